/**
 * Word error rate, language and cost of `uxd transcribe`, with the embedded engine and the command's own cutting.
 *
 *   node bench/speech/score.mjs FOLDER [--language CODES] [--model base|tiny|DIR] [--only TEXT] [--sets NAMES] [--show]
 *
 * FOLDER holds WAV files (16 kHz, mono) and `truth.tsv`: a head line, then file, language, text. Sets of recordings:
 *
 * - `clean`, `telephone`: every clip as it is and as a telephone carries it. Words and language are scored.
 * - `cut`, `cut-telephone`: 3 s out of the middle of each clip of 2 s and more. The language is scored.
 * - `joined`, `joined-telephone`: clips of 2 to 20 s, English and Spanish in turn, eight in a recording, with 1 s of
 *   silence between them. Words are scored, and the language of each clip: that of most letters in its time.
 *
 * After them comes what is no speech, of which no word may be heard. Rules of the comparison of words: words.mjs.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { withFolder } from '../support/inputs.mjs';
import { measureUxd } from '../support/measure.mjs';
import { notSpeech, RATE, readWav, telephone, writeWav } from './sound.mjs';
import { errorsBetween, wordsOf } from './words.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    language: { type: 'string' },
    model: { type: 'string' },
    only: { type: 'string' },
    sets: { type: 'string' },
    show: { type: 'boolean' },
  },
});
const source = positionals[0] ?? '../shared/dev/speech';
const LEAST_SECONDS = 2;
const CUT = 3 * RATE;
const PAUSE = RATE;
const CLIPS_A_RECORDING = 8;

const percent = (part, whole) => `${((100 * part) / whole).toFixed(2)}%`;
const same = (samples) => samples;
const carried = new Map();
/** Each clip goes through the telephone once: that takes longer than to hear it. */
function overTelephone(samples) {
  if (!carried.has(samples)) carried.set(samples, telephone(samples));
  return carried.get(samples);
}

function readClips() {
  return readFileSync(join(source, 'truth.tsv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .filter(([file]) => values.only === undefined || file.includes(values.only))
    .map(([file, language, text]) => ({ file, language, text, samples: readWav(join(source, file)) }));
}

/** Recordings of one clip each: `{ file, samples, clips }`, a clip with its place in seconds. */
function single(clips, change) {
  return clips.map((clip) => {
    const samples = change(clip.samples);
    return { file: clip.file, samples, clips: [{ ...clip, start: 0, end: samples.length / RATE }] };
  });
}

function cut(clips, change) {
  const long = clips.filter(({ samples }) => samples.length >= LEAST_SECONDS * RATE);
  return single(long, (samples) => {
    const start = Math.max(0, (samples.length - CUT) >> 1);
    return change(samples).slice(start, start + CUT);
  });
}

function joined(clips, change) {
  const fits = ({ samples }) => samples.length >= LEAST_SECONDS * RATE && samples.length <= 20 * RATE;
  const [en, es] = ['en', 'es'].map((wanted) => clips.filter((clip) => clip.language === wanted && fits(clip)));
  const turns = en.flatMap((clip, index) => (es.length > 0 ? [clip, es[index % es.length]] : [clip]));
  const recordings = [];
  for (let at = 0; at < turns.length; at += CLIPS_A_RECORDING) {
    const own = turns.slice(at, at + CLIPS_A_RECORDING);
    const samples = new Int16Array(own.reduce((sum, clip) => sum + clip.samples.length + PAUSE, 0));
    let place = 0;
    const placed = own.map((clip) => {
      samples.set(change(clip.samples), place);
      const start = place / RATE;
      place += clip.samples.length + PAUSE;
      return { ...clip, start, end: place / RATE };
    });
    recordings.push({ file: `joined-${recordings.length}.wav`, samples, clips: placed });
  }
  return recordings;
}

/** Rows of segments by the name of the recording. */
async function transcribe(recordings, folder) {
  const flags = ['--no-cache', '--quiet', '--concurrency', '1'];
  if (values.language !== undefined) flags.push('--language', values.language);
  if (values.model !== undefined) flags.push('--model', values.model);
  const files = recordings.map(({ file, samples }) => {
    const path = join(folder, file);
    writeWav(path, samples);
    return path;
  });
  const run = await measureUxd(['transcribe', ...flags, '--files-from', '-'], { input: files.join('\n') });
  if (run.code !== 0) throw new Error(run.stderr);
  const rows = new Map(recordings.map(({ file }) => [file, []]));
  for (const line of run.stdout.trim().split('\n')) {
    const row = JSON.parse(line);
    rows.get(basename(row.source)).push(row);
  }
  return { ...run, rows };
}

/** The words in the time of a clip, the language of most letters, and the flags. */
function heardIn({ start, end }, rows) {
  const own = rows.filter((row) => row.startSeconds < end && row.endSeconds > start);
  const words = own.flatMap((row) => row.words.map((word) => ({ ...word, language: row.language })));
  // the clip begins after the silence that belongs to the one before
  const spoken = words.filter(({ startSeconds, endSeconds }) => {
    const middle = (startSeconds + endSeconds) / 2;
    return middle >= start - 0.2 && middle < end - 0.2;
  });
  const letters = new Map();
  for (const { text, language } of spoken) letters.set(language, (letters.get(language) ?? 0) + text.length);
  const [language = null] = [...letters].sort(([, a], [, b]) => b - a)[0] ?? [];
  return { text: spoken.map(({ text }) => text).join(' '), language, flags: own.flatMap((row) => row.flags ?? []) };
}

function scoreClips(recordings, rows, scoresWords) {
  const groups = new Map();
  const languages = { right: 0, all: 0 };
  for (const { file: recording, clips } of recordings) {
    for (const clip of clips) {
      const { file, language, text } = clip;
      const whole = clips.length === 1 ? { start: -1, end: clip.end + 1 } : clip;
      const heard = heardIn(whole, rows.get(recording));
      if (clip.samples.length >= LEAST_SECONDS * RATE) {
        languages.all += 1;
        if (heard.language === language) languages.right += 1;
        else console.log(`  language of ${file}: ${heard.language}: ${heard.text}`);
      }
      if (heard.flags.length > 0) console.log(`  ${file}: ${heard.flags.join(', ')}`);
      if (!scoresWords) continue;
      const truth = wordsOf(text, language);
      const words = wordsOf(heard.text, language);
      const errors = errorsBetween(truth, words);
      const group = `${language} ${file.split('_')[0]}`;
      const sum = groups.get(group) ?? { errors: 0, words: 0 };
      groups.set(group, { errors: sum.errors + errors, words: sum.words + truth.length });
      if (values.show && errors > 0) console.log(`${file}\n  true  ${truth.join(' ')}\n  heard ${words.join(' ')}`);
    }
  }
  for (const [group, { errors, words }] of groups) {
    console.log(`${group.padEnd(12)} ${percent(errors, words).padStart(7)}  ${errors} of ${words} words`);
  }
  console.log(`language: ${languages.right} of ${languages.all} right`);
}

const SETS = {
  clean: (clips) => single(clips, same),
  telephone: (clips) => single(clips, overTelephone),
  cut: (clips) => cut(clips, same),
  'cut-telephone': (clips) => cut(clips, overTelephone),
  joined: (clips) => joined(clips, same),
  'joined-telephone': (clips) => joined(clips, overTelephone),
};

async function score(name, recordings, folder) {
  const place = join(folder, name);
  mkdirSync(place);
  const run = await transcribe(recordings, place);
  console.log(`\n${name}`);
  scoreClips(recordings, run.rows, !name.startsWith('cut'));
  const seconds = recordings.reduce((sum, { samples }) => sum + samples.length / RATE, 0);
  const factor = (run.cpuSeconds / seconds).toFixed(3);
  console.log(
    `CPU seconds a second: ${factor} (${seconds.toFixed(0)} s); largest process ${run.workerMb.toFixed(0)} MB`,
  );
}

async function bench(folder) {
  const clips = readClips();
  const names = values.sets?.split(',') ?? [...Object.keys(SETS), 'silence'];
  for (const name of names.filter((each) => each in SETS)) await score(name, SETS[name](clips), folder);
  if (!names.includes('silence')) return;
  const quiet = Object.entries(notSpeech()).map(([name, samples]) => ({ file: `${name}.wav`, samples }));
  mkdirSync(join(folder, 'quiet'));
  const { rows } = await transcribe(quiet, join(folder, 'quiet'));
  console.log('\nno speech');
  for (const [file, own] of rows) console.log(`${file}: ${own.map(({ text, flags }) => `"${text}" ${flags}`).join()}`);
}

if (existsSync(join(source, 'truth.tsv'))) await withFolder('uxd-score', bench);
else console.log(`${source} has no truth.tsv: nothing to measure`);
