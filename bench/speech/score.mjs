/**
 * Word error rate, language and cost of the local speech engine.
 *
 *   node bench/speech/score.mjs FOLDER [--model base|tiny|DIR] [--only TEXT] [--show]
 *
 * FOLDER holds WAV files (16 kHz, mono) and `truth.tsv`: a head line, then file, language, text. Every clip is heard as it
 * is and as a telephone carries it; clips above 25 s are left to `uxd transcribe`, which cuts them. After them comes what
 * is no speech, of which no word may be heard. Rules of the comparison: words.mjs.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openEngine } from './engine.mjs';
import { notSpeech, RATE, readWav, telephone } from './sound.mjs';
import { errorsBetween, wordsOf } from './words.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { model: { type: 'string' }, only: { type: 'string' }, show: { type: 'boolean' } },
});
const folder = positionals[0] ?? '../shared/dev/speech';
if (!existsSync(join(folder, 'truth.tsv'))) {
  console.log(`${folder} has no truth.tsv: nothing to measure`);
  process.exit(0);
}
const clips = readFileSync(join(folder, 'truth.tsv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t'))
  .filter(([file]) => values.only === undefined || file.includes(values.only))
  .map(([file, language, text]) => ({ file, language, text, samples: readWav(join(folder, file)) }))
  .filter(({ samples }) => samples.length <= 25 * RATE);

const model = values.model ?? null;
const textOf = ({ segments }) => segments.map(({ text }) => text).join(' ');
const percent = (part, whole) => `${((100 * part) / whole).toFixed(2)}%`;

async function scoreWords(engines, set, change) {
  const sums = new Map();
  let seconds = 0;
  let spent = 0;
  for (const { file, language, text, samples } of set) {
    const started = performance.now();
    const heard = wordsOf(textOf(await engines[language].hear(change(samples))), language);
    spent += performance.now() - started;
    seconds += samples.length / RATE;
    const truth = wordsOf(text, language);
    const errors = errorsBetween(truth, heard);
    const group = `${language} ${file.split('_')[0]}`;
    const sum = sums.get(group) ?? { errors: 0, words: 0 };
    sums.set(group, { errors: sum.errors + errors, words: sum.words + truth.length });
    if (values.show && errors > 0) console.log(`${file}\n  true  ${truth.join(' ')}\n  heard ${heard.join(' ')}`);
  }
  for (const [group, { errors, words }] of sums) {
    console.log(`${group.padEnd(12)} ${percent(errors, words).padStart(7)}  ${errors} of ${words} words`);
  }
  console.log(`real-time factor, one worker: ${(spent / 1000 / seconds).toFixed(3)} (${seconds.toFixed(0)} s)`);
}

const engines = { en: await openEngine(['en'], model), es: await openEngine(['es'], model) };
for (const [name, change] of [
  ['clean', (samples) => samples],
  ['telephone', telephone],
]) {
  console.log(`\n${name}`);
  await scoreWords(engines, clips, change);
}
await Promise.all(Object.values(engines).map((engine) => engine.close()));

const both = await openEngine(['en', 'es'], model);
let right = 0;
for (const { file, language, samples } of clips) {
  const found = (await both.hear(samples)).language;
  if (found === language) right += 1;
  else console.log(`language of ${file}: ${found} instead of ${language}`);
}
console.log(`\nlanguage: ${right} of ${clips.length} right`);
for (const [name, samples] of Object.entries(notSpeech())) {
  console.log(`${name}: ${JSON.stringify(textOf(await both.hear(samples)))}`);
}
await both.close();
