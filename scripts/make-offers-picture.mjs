// Draws docs/images/offers.png: a sample flyer as `uxd offers --annotate` shows it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';

const FLYER = '2020-04-13-trebola-aniversario';
const WIDTH = 1000;

const root = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const scratch = mkdtempSync(path.join(os.tmpdir(), 'uxd-picture-'));
try {
  const flyer = path.join(root, 'samples/flyers', `${FLYER}.jpg`);
  const env = { ...process.env, UXD_CACHE_DIR: path.join(scratch, 'cache') };
  const uxd = path.join(root, 'bin/uxd.js');
  execFileSync(
    process.execPath,
    [uxd, 'offers', flyer, '--annotate', scratch, '-o', path.join(scratch, 'rows.jsonl')],
    {
      env,
      stdio: 'inherit',
    },
  );
  await sharp(path.join(scratch, `${FLYER}.png`))
    .resize({ width: WIDTH })
    .png({ palette: true, effort: 10 })
    .toFile(path.join(root, 'docs/images/offers.png'));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
