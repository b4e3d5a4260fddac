// How fast `uxd offers --text` reads: lines a second, and how the time grows with the length of a line.
//   npm run build && node bench/offers/text-speed.mjs [--lines 100000] [--longest 100000]
// The lines are those of test/fixtures/offers-gold, over and over; times are of the processor, so that others may use the machine.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const { values } = parseArgs({
  options: { lines: { type: 'string', default: '100000' }, longest: { type: 'string', default: '100000' } },
});
const gold = (name) =>
  readFileSync(join(root, 'test', 'fixtures', 'offers-gold', name), 'utf8')
    .trim()
    .split('\n');
const offers = gold('text-offers.jsonl').map((line) => JSON.parse(line).text);
const money = gold('text-money.tsv').map((line) => line.split('\t')[0]);
const promotions = gold('promotions.tsv').map((line) => line.split('\t')[1]);
const texts = offers.flatMap((offer, i) => [offer, `${offer} ${promotions[i % promotions.length]}`, money[i]]);
const PARTS = [
  '1,99€/kg ',
  '2x1 ',
  '1,99 € ',
  'save $5 ',
  '4 x 125 g ',
  '- ',
  'con tu tarjeta ',
  'descuento ',
  '1 ',
  'a',
];

const folder = mkdtempSync(join(tmpdir(), 'text-speed-'));

/** Has a process tell at its end how long the processor was busy with it. */
const TELL = 'process.on("exit",()=>console.error("\\nbusy "+JSON.stringify(process.cpuUsage())))';

/** Seconds of the processor that a file takes, the start of the program included. */
function read(lines) {
  const file = join(folder, 'lines.txt');
  writeFileSync(file, `${lines.join('\n')}\n`);
  const bin = join(root, 'bin', 'uxd.js');
  const flags = ['--import', `data:text/javascript,${TELL}`, bin, 'offers', '--text', file];
  const { status, stderr } = spawnSync(process.execPath, [...flags, '-o', join(folder, 'offers.jsonl')]);
  if (status !== 0) throw new Error(`uxd ended with code ${status}: ${stderr}`);
  const { user, system } = JSON.parse(/^busy (.*)$/m.exec(String(stderr))[1]);
  return (user + system) / 1e6;
}

try {
  const empty = read(['x']);
  const count = Number(values.lines);
  const seconds = read(Array.from({ length: count }, (_, i) => texts[i % texts.length]));
  const each = (1000 * (seconds - empty)) / count;
  console.log(
    `${count} lines: ${seconds.toFixed(1)} s, ${each.toFixed(3)} ms a line beside ${empty.toFixed(1)} s to start`,
  );
  for (const part of PARTS) {
    const times = [0.1, 1].map((share) => {
      const length = Number(values.longest) * share;
      return read([part.repeat(Math.ceil(length / part.length)).slice(0, length)]) - empty;
    });
    const [short, long] = times.map((time) => Math.max(0, time).toFixed(2));
    console.log(`a line of "${part}", ${values.longest} characters: ${long} s; a tenth of it: ${short} s`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
