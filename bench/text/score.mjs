// Scores the embedded text engine on labelled sets: `node bench/text/score.mjs [--set NAME] [--errors N] [--tags]`.
// Own sets are in bench/text/data; development sets are read from ../shared/dev/text where they are.
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createTextReader } from '../../dist/providers/local/language/read-text.js';

const { values } = parseArgs({
  options: { set: { type: 'string' }, errors: { type: 'string', default: '0' }, tags: { type: 'boolean' } },
});
const own = new URL('data/', import.meta.url);
const dev = new URL('../../../shared/dev/text/', import.meta.url);
const options = (language, features) => ({ features, language, brands: [], modelDirectory: null });

const readRows = (url) =>
  readFileSync(url, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line));
const decodeEscapes = (text) =>
  text
    .replace(/\\u([\da-f]{4})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\"/g, '"')
    .replace(/\\n/g, '\n');
const SHORT = { positive: 'pos', negative: 'neg', neutral: 'neu', mixed: 'neu' };
const percent = (value) => (100 * value).toFixed(1).padStart(5);

function figures(pairs, classes) {
  const accuracy = pairs.filter(([truth, guess]) => truth === guess).length / pairs.length;
  const f1 = classes.map((one) => {
    const both = pairs.filter(([truth, guess]) => truth === one && guess === one).length;
    const said = pairs.filter(([, guess]) => guess === one).length;
    const are = pairs.filter(([truth]) => truth === one).length;
    return said + are === 0 ? 0 : (2 * both) / (said + are);
  });
  return { accuracy, macro: f1.reduce((sum, value) => sum + value, 0) / classes.length, f1 };
}

function report(name, pairs, classes) {
  const { accuracy, macro, f1 } = figures(pairs, classes);
  const parts = classes.map((one, at) => `${one} ${percent(f1[at])}`).join('  ');
  console.log(
    `${name.padEnd(26)} ${String(pairs.length).padStart(5)}  accuracy ${percent(accuracy)}  macro-F1 ${percent(macro)}  ${parts}`,
  );
}

function showErrors(wrong) {
  const count = Number(values.errors);
  const step = Math.max(1, Math.floor(wrong.length / Math.max(1, count)));
  for (const { truth, guess, note, text } of wrong.filter((_, at) => at % step === 0).slice(0, count)) {
    console.log(`   ${truth}>${guess} ${note} ${text.slice(0, 200)}`);
  }
}

async function scoreSentiment(name, url, language) {
  if (!existsSync(url)) return console.log(`${name}: skipped, ${url.pathname} is not there`);
  const read = await createTextReader(options(language, ['sentiment']));
  const [pairs, binary, wrong, tags] = [[], [], [], new Map()];
  for (const row of readRows(url)) {
    const text = decodeEscapes(row.text);
    const { sentiment } = read({ text, format: 'plain' });
    const truth = SHORT[row.y] ?? row.y;
    const guess = SHORT[sentiment?.label ?? 'neutral'];
    pairs.push([truth, guess]);
    if (truth !== 'neu') binary.push([truth, (sentiment?.score ?? 0) > 0 ? 'pos' : 'neg']);
    if (truth !== guess) wrong.push({ truth, guess, text, note: `${sentiment?.score ?? 0} ${row.tag ?? ''}` });
    if (row.tag) {
      const tag = tags.get(row.tag) ?? [0, 0];
      tags.set(row.tag, [tag[0] + (truth === guess ? 1 : 0), tag[1] + 1]);
    }
  }
  report(name, pairs, ['pos', 'neg', 'neu']);
  report(`${name} (binary)`, binary, ['pos', 'neg']);
  if (values.tags) console.log([...tags].map(([tag, [right, all]]) => `   ${tag} ${right}/${all}`).join('\n'));
  showErrors(wrong);
}

/** The mention whose quote lies over the term and whose aspect shares a word with it, else the sentence. */
function polarityAt(reading, { term, start, end }) {
  const words = term.toLowerCase().split(/\s+/);
  let [best, most] = [null, 0];
  for (const { aspect, mentions } of reading.aspects ?? []) {
    const shared = words.filter((word) =>
      aspect.split(' ').some((part) => word.startsWith(part.slice(0, Math.max(3, part.length - 2)))),
    ).length;
    for (const mention of mentions) {
      const isOver =
        (mention.startOffset <= start && mention.endOffset >= end) || (mention.start <= start && mention.end >= end);
      const fit = (shared > 0 ? 2 + shared : 0) + (isOver ? 1 : 0);
      if (shared > 0 && fit > most) [best, most] = [mention, fit];
    }
  }
  if (best !== null) return { label: best.label, by: 'aspect' };
  const sentence = reading.sentences?.find((one) => one.start <= start && one.end >= end);
  return { label: sentence?.sentiment.label ?? reading.sentiment?.label ?? 'neutral', by: 'sentence' };
}

async function scoreAspects(name, url, language) {
  if (!existsSync(url)) return console.log(`${name}: skipped, ${url.pathname} is not there`);
  const read = await createTextReader(options(language, ['sentiment', 'aspects']));
  const [pairs, wrong] = [[], []];
  let found = 0;
  for (const row of readRows(url)) {
    if (row.term === null || row.term === 'NULL' || !['pos', 'neg', 'neu'].includes(row.y)) continue;
    const { label, by } = polarityAt(read({ text: row.text, format: 'plain' }), row);
    if (by === 'aspect') found += 1;
    pairs.push([row.y, SHORT[label]]);
    if (row.y !== SHORT[label])
      wrong.push({ truth: row.y, guess: SHORT[label], text: row.text, note: `[${row.term}] ${by}` });
  }
  report(name, pairs, ['pos', 'neg', 'neu']);
  console.log(`${''.padEnd(26)}  terms with a row of their own: ${percent(found / pairs.length)}`);
  showErrors(wrong);
}

async function scoreLanguage() {
  const read = await createTextReader(options(null, ['sentiment']));
  const names = [undefined, new URL('language.jsonl', own)];
  for (const [language, url] of [names, ...SENTIMENT.map(([, url, language]) => [language, url])]) {
    if (!existsSync(url)) continue;
    const rows = readRows(url);
    const wrong = [];
    for (const row of rows) {
      const reading = read({ text: decodeEscapes(row.text), format: 'plain' });
      const truth = language ?? row.y;
      if (reading.language !== truth) wrong.push({ truth, guess: reading.language, text: row.text, note: '' });
    }
    console.log(
      `language ${url.pathname.split('/').at(-1).padEnd(24)} ${String(rows.length).padStart(5)}  accuracy ${percent(1 - wrong.length / rows.length)}`,
    );
    showErrors(wrong);
  }
}

const SENTIMENT = [
  ['own-en', new URL('sentences-en.jsonl', own), 'en'],
  ['own-es', new URL('sentences-es.jsonl', own), 'es'],
  ...['opener', 'xlmt'].flatMap((set) =>
    ['en', 'es'].flatMap((language) =>
      (set === 'opener' ? ['train', 'dev'] : ['train', 'val']).map((part) => [
        `${set}-${language}-${part}`,
        new URL(`${set}_${language}_${part}.jsonl`, dev),
        language,
      ]),
    ),
  ),
];
const ASPECTS = [
  ['aspects-rest14', new URL('se14_rest_train_asp.jsonl', dev), 'en'],
  ['aspects-laptop14', new URL('se14_lap_train_asp.jsonl', dev), 'en'],
  ['aspects-es16', new URL('se16_es_train_asp.jsonl', dev), 'es'],
  ['aspects-opener-es', new URL('opener_es_train_asp.jsonl', dev), 'es'],
];
const isWanted = (name) => values.set === undefined || name.startsWith(values.set);
for (const [name, url, language] of SENTIMENT) if (isWanted(name)) await scoreSentiment(name, url, language);
for (const [name, url, language] of ASPECTS) if (isWanted(name)) await scoreAspects(name, url, language);
if (isWanted('language')) await scoreLanguage();
