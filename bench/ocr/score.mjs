// Scores OCR rows against pages with known text.
//   uxd ocr bench/ocr/work/set-1 --recursive | node bench/ocr/score.mjs [--set DIR]... [--worst 5]
//   node bench/ocr/score.mjs --rows rows.jsonl --set bench/ocr/work/set-1 --set /data/receipts
//   node bench/ocr/score.mjs --engine tesseract|best|fast     (runs the engine itself)
// A set is a folder (searched for its sub-folders) of `NAME.json` truths made by make-set.mjs, of `NNN.csv` truths
// (8 coordinates, then the line) or of product lists (JSON arrays with `product_name` and `price`).
// Rows are JSONL with `source` and `text` (several rows of one picture are joined).
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, extname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));

/** What readers of text see as the same: typographic quotes and dashes, and any run of spaces. */
export const normalise = (text) =>
  text
    .normalize('NFC')
    .replace(/[’‘´`]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[–—−]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();

/** Edits that turn `needle` into the nearest piece of `haystack`, wherever that is (Sellers, 1980). */
export function nearestEdits(needle, haystack) {
  const wanted = Array.from(needle, (character) => character.codePointAt(0));
  const length = wanted.length;
  let previous = Uint16Array.from({ length: length + 1 }, (_, index) => index);
  let current = new Uint16Array(length + 1);
  let best = length;
  for (const character of haystack) {
    const code = character.codePointAt(0);
    current[0] = 0;
    for (let i = 1; i <= length; i++) {
      const replaced = previous[i - 1] + (wanted[i - 1] === code ? 0 : 1);
      const other = Math.min(previous[i], current[i - 1]) + 1;
      current[i] = Math.min(replaced, other);
    }
    if (current[length] < best) best = current[length];
    [previous, current] = [current, previous];
  }
  return best;
}

/** Words without the punctuation around them. */
export const wordsOf = (text) =>
  normalise(text)
    .split(' ')
    .map((word) => word.replace(/^[.,:;!¡¿?()"'*[\]|_~«»-]+|[.,:;!?()"'*[\]|_~«»-]+$/g, ''))
    .filter(Boolean);

/**
 * Amounts with two decimals, as `1.99`: `1,99` `2'49` `$4.99` `1.299,00`; also `-.99`, `,79` and `5,-`.
 * The mark must have been read: `199` is no price.
 */
export function pricesOf(text) {
  const found = [];
  const seen = normalise(text).replace(
    /(?<![\d.,])(\d{1,3}(?:[.,]\d{3})+|\d+)[.,'·](\d{2})(?!\d)/g,
    (_, whole, cents) => {
      found.push(`${whole.replace(/[.,]/g, '').replace(/^0+(?=\d)/, '')}.${cents}`);
      return ' ';
    },
  );
  for (const [, cents] of seen.matchAll(/(?<![\d.,])-?[.,](\d{2})(?!\d)/g)) found.push(`0.${cents}`);
  for (const [, whole] of seen.matchAll(/(?<![\d.,])(\d+)[.,]\s?-(?!\d)/g)) found.push(`${whole}.00`);
  return found;
}

/** Takes `wanted` out of the bag; true where it was there. */
function take(bag, wanted) {
  const count = bag.get(wanted) ?? 0;
  if (count === 0) return false;
  bag.set(wanted, count - 1);
  return true;
}

const bagOf = (list) => list.reduce((bag, value) => bag.set(value, (bag.get(value) ?? 0) + 1), new Map());

/** Words of a line that are in the bag, best of the ways the line may be read. */
function takeWords(bag, readings) {
  const lists = readings.map(wordsOf);
  const hitsOf = (list) => {
    const left = new Map(bag);
    return list.filter((word) => take(left, word)).length / Math.max(1, list.length);
  };
  const chosen = lists.reduce((best, list) => (hitsOf(list) > hitsOf(best) ? list : best));
  return chosen.map((word) => [word, take(bag, word)]);
}

const tally = () => ({
  pages: 0,
  edits: 0,
  characters: 0,
  words: [0, 0],
  accents: [0, 0],
  euros: [0, 0],
  prices: [0, 0],
  names: [0, 0],
});

function add(pair, hits, total) {
  pair[0] += hits;
  pair[1] += total;
}

/** Scores one page of true lines. Answers the tally and what was missed. */
export function scorePage(truth, text) {
  const fold = truth.ignoreCase ? (value) => normalise(value).toUpperCase() : normalise;
  const page = fold(text);
  const bag = bagOf(wordsOf(page));
  const prices = bagOf(pricesOf(page));
  const score = { ...tally(), pages: 1 };
  const missed = { lines: [], words: [], prices: [] };
  let euros = 0;
  for (const line of truth.lines) {
    const readings = [line.text, ...(line.also ?? [])].map(fold);
    const edits = Math.min(...readings.map((reading) => nearestEdits(reading, page)));
    score.edits += edits;
    score.characters += Array.from(readings[0]).length;
    if (edits > 0) missed.lines.push([edits, line.text]);
    for (const [word, isFound] of takeWords(bag, readings)) {
      add(score.words, Number(isFound), 1);
      if (/[áéíóúüñäößÁÉÍÓÚÜÑÄÖ]/.test(word)) add(score.accents, Number(isFound), 1);
      if (!isFound) missed.words.push(word);
    }
    for (const price of pricesOf(line.text)) {
      const isFound = take(prices, price);
      add(score.prices, Number(isFound), 1);
      if (!isFound) missed.prices.push(price);
    }
    euros += [...line.text].filter((character) => character === '€').length;
  }
  add(score.euros, Math.min(euros, [...page].filter((character) => character === '€').length), euros);
  return { score, missed };
}

/** Scores a page of products: each price exactly, and the words of each name. */
export function scoreProducts(truth, text) {
  const score = { ...tally(), pages: 1 };
  const missed = { lines: [], words: [], prices: [] };
  const prices = bagOf(pricesOf(text));
  const bag = bagOf(wordsOf(text.toLowerCase()));
  for (const { product_name: name, price } of truth.products) {
    if (price !== null && price !== '') {
      const isFound = take(prices, Number(price).toFixed(2));
      add(score.prices, Number(isFound), 1);
      if (!isFound) missed.prices.push(price);
    }
    for (const word of wordsOf((name ?? '').toLowerCase())) {
      const isFound = (bag.get(word) ?? 0) > 0;
      add(score.names, Number(isFound), 1);
      if (!isFound) missed.words.push(word);
    }
  }
  return { score, missed };
}

const pictures = new Set(['.png', '.jpg', '.jpeg', '.webp', '.tif', '.tiff']);

function readTruth(folder, picture) {
  const stem = join(folder, basename(picture, extname(picture)));
  if (existsSync(`${stem}.csv`)) {
    const rows = readFileSync(`${stem}.csv`, 'utf8').split(/\r?\n/).filter(Boolean);
    return { ignoreCase: true, lines: rows.map((row) => ({ text: row.split(',').slice(8).join(',') })) };
  }
  if (!existsSync(`${stem}.json`)) return null;
  const truth = JSON.parse(readFileSync(`${stem}.json`, 'utf8'));
  return Array.isArray(truth) ? { products: truth } : truth;
}

const nameOf = (folder) => resolve(folder).split(sep).slice(-2).join('/');

/** Pages with a truth below `folder`: `{ set, path, truth }`. */
export function readSet(folder) {
  if (!existsSync(folder)) {
    console.error(`${folder} is not there: skipped`);
    return [];
  }
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return readSet(path);
    if (!pictures.has(extname(entry.name).toLowerCase())) return [];
    const truth = readTruth(folder, entry.name);
    return truth === null ? [] : [{ set: nameOf(folder), path, truth }];
  });
}

/** Text by page, given JSONL rows with `source` and `text`. Sources are compared by their resolved paths. */
export function textsOf(jsonl) {
  const texts = new Map();
  for (const line of jsonl.split('\n').filter(Boolean)) {
    const row = JSON.parse(line);
    if (row.status === 'error') console.error(`${row.source}: ${row.errorCode} ${row.errorMessage}`);
    const path = resolve(row.source);
    texts.set(path, [texts.get(path), row.text].filter(Boolean).join('\n'));
  }
  return texts;
}

const percent = ([hits, total]) => (total === 0 ? null : (100 * hits) / total);

/** Scores by set, in percent: `{ set, pages, cer, words, accents, euros, prices, names }`, and pages with what they missed. */
export function scoreTexts(pages, texts) {
  const sets = new Map();
  const details = [];
  for (const { set, path, truth } of pages) {
    const text = texts.get(resolve(path)) ?? '';
    const { score, missed } = truth.products ? scoreProducts(truth, text) : scorePage(truth, text);
    const sum = sets.get(set) ?? sets.set(set, tally()).get(set);
    sum.pages += 1;
    sum.edits += score.edits;
    sum.characters += score.characters;
    for (const key of ['words', 'accents', 'euros', 'prices', 'names']) add(sum[key], ...score[key]);
    details.push({ set, path, look: truth.look, score, missed });
  }
  const table = [...sets].map(([set, sum]) => ({
    set,
    pages: sum.pages,
    cer: percent([sum.edits, sum.characters]),
    words: percent(sum.words),
    accents: percent(sum.accents),
    euros: percent(sum.euros),
    prices: percent(sum.prices),
    names: percent(sum.names),
  }));
  return { table, details };
}

/** Scores as a markdown table. */
export function toMarkdown(table) {
  const show = (value, digits) => (value === null ? '' : value.toFixed(digits));
  const rows = table.map(
    (row) =>
      `| ${row.set} | ${row.pages} | ${show(row.cer, 2)} | ${['words', 'accents', 'euros', 'prices', 'names'].map((key) => show(row[key], 1)).join(' | ')} |`,
  );
  return [
    '| set | pages | CER % | words % | accents % | € % | prices % | product names % |',
    '|---|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** Shell commands that read the paths on their standard input and print JSONL rows. */
const engines = {
  best: ['ocr', '--quality', 'best'],
  fast: ['ocr', '--quality', 'fast'],
};

/** Runs an engine over the paths and answers the texts. */
export function runEngine(name, paths) {
  const input = paths.join('\0');
  const limits = { input, maxBuffer: 2 ** 30, encoding: 'utf8' };
  if (name === 'tesseract') {
    const script =
      'for p; do tesseract "$p" - -l spa+eng 2>/dev/null | jq -Rsc --arg s "$p" "{source: \\$s, text: .}"; done';
    const run = spawnSync('xargs', ['-0', '-n1', `-P${availableParallelism()}`, 'bash', '-c', script, 'bash'], {
      ...limits,
      env: { ...process.env, OMP_THREAD_LIMIT: '1' },
    });
    return textsOf(run.stdout);
  }
  const flags = engines[name];
  if (flags === undefined) throw new Error(`no engine ${name}: tesseract, ${Object.keys(engines).join(', ')}`);
  const uxd = join(here, '..', '..', 'bin', 'uxd.js');
  const run = spawnSync(process.execPath, [uxd, ...flags, '--no-cache', '--files-from', '-', '-0'], {
    ...limits,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return textsOf(run.stdout);
}

function main() {
  const { values } = parseArgs({
    options: {
      set: { type: 'string', multiple: true },
      rows: { type: 'string' },
      engine: { type: 'string' },
      worst: { type: 'string', default: '0' },
      json: { type: 'boolean', default: false },
    },
  });
  const folders = values.set ?? [join(here, 'work', 'set-1')];
  const pages = folders.flatMap((folder) => readSet(folder));
  const paths = pages.map((page) => page.path);
  const texts = values.engine ? runEngine(values.engine, paths) : textsOf(readFileSync(values.rows ?? 0, 'utf8'));
  const { table, details } = scoreTexts(pages, texts);
  console.log(values.json ? JSON.stringify(table) : toMarkdown(table));
  const share = ({ score }) =>
    score.characters ? score.edits / score.characters : 1 - score.prices[0] / Math.max(1, score.prices[1]);
  for (const page of details.sort((a, b) => share(b) - share(a)).slice(0, Number(values.worst))) {
    console.log(`\n${page.path}${page.look ? ` (${page.look})` : ''}: error ${(100 * share(page)).toFixed(1)}%`);
    for (const [edits, line] of page.missed.lines.sort((a, b) => b[0] - a[0]).slice(0, 12))
      console.log(`  ${edits} edits: ${line}`);
    if (page.missed.prices.length) console.log(`  prices missed: ${page.missed.prices.join(' ')}`);
    if (page.missed.words.length) console.log(`  words missed: ${page.missed.words.slice(0, 40).join(' ')}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
