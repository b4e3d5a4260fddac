// Scores the embedded reader of key phrases and names on the labelled sets of bench/text/data.
// Usage: node bench/text/score-terms.mjs [entities|phrases] [--errors] [--folder DIR]
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import snowball from 'snowball-stemmers';
import { createTermReader } from '../../dist/providers/local/language/terms.js';
import { splitSentences } from '../../dist/text/sentences.js';
import { tokenize } from '../../dist/text/tokens.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { errors: { type: 'boolean', default: false }, folder: { type: 'string' } },
});
const folder = values.folder ?? fileURLToPath(new URL('data', import.meta.url));
const TOP = 10;

function readable(text, language) {
  const sentences = splitSentences(text).map(({ start, end }) => ({
    start,
    end,
    language,
    tokens: tokenize(text.slice(start, end)).map((token) => ({
      ...token,
      start: token.start + start,
      end: token.end + start,
    })),
  }));
  return { view: { text, toOriginal: (span) => span }, language, sentences };
}

const load = (name) =>
  readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

const percent = (value) => (100 * value).toFixed(1).padStart(5);

function measures({ right, found, gold }) {
  const [precision, recall] = [right / (found || 1), right / (gold || 1)];
  const f1 = (2 * precision * recall) / (precision + recall || 1);
  return `P ${percent(precision)}  R ${percent(recall)}  F1 ${percent(f1)}  (${gold} labelled)`;
}

/** The four types of newswire corpora. */
const coarse = (type) => (['person', 'location', 'organization'].includes(type) ? type : 'misc');

function scoreEntities(language, reader, documents) {
  const totals = new Map();
  const total = (type) => totals.get(type) ?? totals.set(type, { right: 0, found: 0, gold: 0 }).get(type);
  let milliseconds = 0;
  for (const { text, entities } of documents) {
    const started = performance.now();
    const terms = reader(readable(text, language), () => null);
    milliseconds += performance.now() - started;
    const found = terms
      .filter(
        ({ kind, entityType }) =>
          kind === 'entity' && !['date', 'price', 'phone', 'number', 'address'].includes(entityType),
      )
      .flatMap(({ entityType, mentions }) => mentions.map(({ start, end }) => `${start}-${end}-${coarse(entityType)}`));
    const gold = new Set(entities.map(({ start, end, type }) => `${start}-${end}-${coarse(type)}`));
    const show = (key) => `${text.slice(...key.split('-').slice(0, 2).map(Number))}/${key.split('-')[2].slice(0, 3)}`;
    for (const key of found) {
      const type = key.split('-')[2];
      const isRight = gold.has(key);
      for (const sum of [total(type), total('all')]) {
        sum.found += 1;
        if (isRight) sum.right += 1;
      }
    }
    for (const key of gold) for (const sum of [total(key.split('-')[2]), total('all')]) sum.gold += 1;
    if (values.errors) {
      const wrong = found.filter((key) => !gold.has(key)).map(show);
      const missed = [...gold].filter((key) => !found.includes(key)).map(show);
      if (wrong.length + missed.length > 0)
        console.log(`${text}\n   wrong: ${wrong.join(', ')}\n   missed: ${missed.join(', ')}`);
    }
  }
  for (const [type, sum] of totals) console.log(`entities ${language} ${type.padEnd(12)} ${measures(sum)}`);
  console.log(`entities ${language} ${Math.round((1000 * documents.length) / milliseconds)} documents a second`);
}

function scorePhrases(language, reader, documents) {
  const stemmer = snowball.newStemmer(language === 'es' ? 'spanish' : 'porter');
  const stem = (phrase) =>
    phrase
      .toLowerCase()
      .replaceAll('-', ' ')
      .split(/\s+/)
      .map((word) => stemmer.stem(word))
      .join(' ');
  const sum = { right: 0, found: 0, gold: 0 };
  let milliseconds = 0;
  for (const { text, phrases, keyphrases } of documents) {
    const started = performance.now();
    const terms = reader(readable(text, language), () => null);
    milliseconds += performance.now() - started;
    const found = [...new Set(terms.filter(({ kind }) => kind !== 'hashtag').map(({ term }) => stem(term)))].slice(
      0,
      TOP,
    );
    const gold = new Set((phrases ?? keyphrases).map(stem));
    sum.found += found.length;
    sum.gold += gold.size;
    sum.right += found.filter((phrase) => gold.has(phrase)).length;
    if (values.errors) {
      console.log(
        `${text.slice(0, 100)}…\n   found: ${found.map((phrase) => (gold.has(phrase) ? `[${phrase}]` : phrase)).join(', ')}`,
      );
      console.log(`   missed: ${[...gold].filter((phrase) => !found.includes(phrase)).join(', ')}`);
    }
  }
  console.log(
    `phrases ${language} @${TOP}: ${measures(sum)}  ${Math.round((1000 * documents.length) / milliseconds)} documents a second`,
  );
}

const reader = await createTermReader({ features: ['terms'], language: null, brands: [], modelDirectory: null });
for (const [task, score] of [
  ['phrases', scorePhrases],
  ['entities', scoreEntities],
]) {
  if (positionals.length > 0 && !positionals.includes(task)) continue;
  for (const language of ['en', 'es']) {
    const name = `${task}-${language}.jsonl`;
    if (existsSync(join(folder, name))) score(language, reader, load(name));
    else console.log(`${name}: not there, skipped`);
  }
}
