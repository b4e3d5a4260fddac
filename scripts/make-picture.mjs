// Draws docs/images/run.png: what the commands below print when they are really run on samples/.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';

const COMMANDS = [
  "uxd ocr samples/flyers/2020-04-06*.jpg --level line | jq -c '[.text, .confidence, .box]' | head -n 12",
  "uxd ocr 'samples/**/*.{png,jpg,pdf}' -o text.csv",
  "uxd ocr 'samples/**/*.{png,jpg}' --provider google --dry-run | jq -c '{items, calls, units, listPriceUsd}'",
];
const COLUMNS = 112;
const [CHARACTER, LINE, MARGIN, SIZE] = [8.43, 19, 18, 14];

const root = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const scratch = mkdtempSync(path.join(os.tmpdir(), 'uxd-picture-'));
const uxd = `uxd() { '${process.execPath}' '${path.join(root, 'bin/uxd.js')}' "$@"; }`;
const setUp = `cd '${scratch}' && ln -sfn '${path.join(root, 'samples')}' samples && ${uxd}`;

function run(command) {
  const env = {
    ...process.env,
    NO_COLOR: '1',
    UXD_CACHE_DIR: path.join(scratch, 'cache'),
    UXD_GOOGLE_ENDPOINT: 'http://127.0.0.1:1',
  };
  const output = execFileSync('bash', ['-c', `${setUp}; { ${command}; } 2>&1`], { env, encoding: 'utf8' });
  return output.trimEnd().split('\n');
}

function wrap(line) {
  const characters = [...line];
  const rows = [];
  for (let from = 0; from === 0 || from < characters.length; from += COLUMNS) {
    rows.push(characters.slice(from, from + COLUMNS).join(''));
  }
  return rows;
}

const escapeXml = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const lines = [];
for (const command of COMMANDS) {
  lines.push({ text: `$ ${command}`, color: '#7ee787' });
  for (const line of run(command)) {
    const color = line.startsWith('uxd:') ? '#8b949e' : '#e6edf3';
    for (const text of wrap(line)) lines.push({ text, color });
  }
  lines.push({ text: '', color: '#000' });
}
lines.pop();
rmSync(scratch, { recursive: true, force: true });

const width = Math.ceil(COLUMNS * CHARACTER + 2 * MARGIN);
const height = lines.length * LINE + 2 * MARGIN;
const body = lines.map(
  ({ text, color }, i) =>
    `<text x="${MARGIN}" y="${MARGIN + (i + 0.75) * LINE}" fill="${color}" xml:space="preserve">${escapeXml(text)}</text>`,
);
const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<rect width="100%" height="100%" rx="10" fill="#0d1117"/>
<g font-family="DejaVu Sans Mono" font-size="${SIZE}">${body.join('\n')}</g></svg>`;

mkdirSync(path.join(root, 'docs/images'), { recursive: true });
await sharp(Buffer.from(svg), { density: 144 }).png({ palette: true }).toFile(path.join(root, 'docs/images/run.png'));
