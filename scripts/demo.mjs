// The main job on samples/, with the embedded engine: what `npm run demo` shows.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const folder = mkdtempSync(path.join(os.tmpdir(), 'uxd-demo-'));

function run(...args) {
  console.log(`\n$ uxd ${args.map((arg) => (arg.startsWith(folder) ? path.basename(arg) : arg)).join(' ')}`);
  const { status } = spawnSync(process.execPath, ['bin/uxd.js', ...args], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`uxd ended with exit code ${status}`);
}

try {
  const rows = path.join(folder, 'text.jsonl');
  const table = path.join(folder, 'lines.csv');
  run('ocr', 'samples', '--recursive', '-o', rows);
  for (const line of readFileSync(rows, 'utf8').trim().split('\n')) {
    const { source, page, confidence, language, model, text } = JSON.parse(line);
    console.log(`\n--- ${source} (page ${page}, ${language}, confidence ${confidence}, ${model})`);
    console.log(text.split('\n').slice(0, 6).join('\n'));
  }
  run('ocr', 'samples/documents', '--recursive', '--level', 'line', '-o', table);
  console.log(readFileSync(table, 'utf8').split('\r\n').slice(0, 4).join('\n'));
  run('ocr', 'samples/**/*.{png,jpg}', '--provider', 'google', '--dry-run');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
