// What every benchmark prints: one line of JSON and one to read; with --write also its section of bench/README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { root } from './measure.mjs';

const readme = join(root, 'bench', 'README.md');

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->`. */
function writeSection(name, text) {
  const old = readFileSync(readme, 'utf8');
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = old.indexOf(begin);
  const to = old.indexOf(end);
  if (from < 0 || to < 0) throw new Error(`bench/README.md has no section ${begin} ... ${end}`);
  writeFileSync(readme, `${old.slice(0, from + begin.length)}\n${text.trim()}\n${old.slice(to)}`);
}

/** `Node 20.20.2, 2 cores of NAME`. */
export function machine() {
  return `Node ${process.versions.node}, ${availableParallelism()} cores (${cpus()[0]?.model.trim() || process.arch})`;
}

/** Prints the figures and, where the script was called with `--write`, keeps `text` in bench/README.md. */
export function report(name, figures, text) {
  console.log(JSON.stringify({ benchmark: name, ...figures }));
  console.log(text);
  if (process.argv.includes('--write')) writeSection(name, `${text}\n\n(${machine()})`);
}

/** Digits after the point, as a number. */
export const round = (value, digits = 2) => Number(value.toFixed(digits));
