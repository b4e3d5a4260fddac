/**
 * `uxd transcribe` and Debian's pocketsphinx on the same clips, scored by the same rules (words.mjs).
 *
 *   node bench/speech/compare.mjs [FOLDER] [--every N] [--write]
 *
 * FOLDER: see score.mjs; `--every 5` takes a fifth of its clips of each language. Every clip is heard as it is and as a telephone carries it, by one process of each program on one
 * thread; the language is told. pocketsphinx comes with a model of English alone; where it is not installed it is left out.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { withFolder } from '../support/inputs.mjs';
import { measure, measureUxd } from '../support/measure.mjs';
import { report, round } from '../support/report.mjs';
import { RATE, readWav, telephone, writeWav } from './sound.mjs';
import { errorsBetween, wordsOf } from './words.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { every: { type: 'string', default: '1' }, write: { type: 'boolean' } },
});
const source = positionals[0] ?? '../shared/dev/speech';
const PEER_MODEL = '/usr/share/pocketsphinx/model/en-us';

/** Each hears WAV files of one language in a folder: texts by file name, and CPU seconds. */
const ENGINES = {
  'uxd transcribe': async (files, language) => {
    const flags = ['--language', language, '--level', 'file', '--no-cache', '--quiet', '--concurrency', '1'];
    const run = await measureUxd(['transcribe', ...flags, '--files-from', '-'], { input: files.join('\n') });
    if (run.code !== 0) throw new Error(run.stderr);
    const rows = run.stdout.trim().split('\n').map(JSON.parse);
    return { ...run, texts: new Map(rows.map((row) => [basename(row.source), row.text])) };
  },
  pocketsphinx: async (files, language, folder) => {
    if (language !== 'en') return null;
    const [list, answers] = [join(folder, 'list'), join(folder, 'answers')];
    writeFileSync(list, files.map((file) => `${basename(file, '.wav')}\n`).join(''));
    const model = ['-hmm', `${PEER_MODEL}/en-us`, '-lm', `${PEER_MODEL}/en-us.lm.bin`];
    const run = await measure('pocketsphinx_batch', [
      ...['-adcin', 'yes', '-adchdr', '44', '-cepdir', folder, '-cepext', '.wav', '-ctl', list, '-hyp', answers],
      ...[...model, '-dict', `${PEER_MODEL}/cmudict-en-us.dict`, '-logfn', '/dev/null'],
    ]);
    if (run.code !== 0) throw new Error(run.stderr);
    // a text, then the name and the score in brackets
    const lines = readFileSync(answers, 'utf8').trim().split('\n');
    const texts = lines.map((line) => /^(.*?) ?\((\S+) \S+\)$/.exec(line) ?? ['', '', '']);
    return { ...run, texts: new Map(texts.map(([, text, name]) => [`${name}.wav`, text])) };
  },
};

function isPeerThere() {
  try {
    execFileSync('pocketsphinx_batch', [], { stdio: 'ignore' });
  } catch (error) {
    if (error.code === 'ENOENT') return false;
  }
  return existsSync(PEER_MODEL);
}

function readClips() {
  const lines = readFileSync(join(source, 'truth.tsv'), 'utf8').trim().split('\n').slice(1);
  const clips = lines.map((line) => {
    const [file, language, text] = line.split('\t');
    return { file, language, text };
  });
  const chosen = ['en', 'es'].flatMap((wanted) =>
    clips.filter(({ language }) => language === wanted).filter((_, index) => index % Number(values.every) === 0),
  );
  return chosen.map((clip) => ({ ...clip, samples: readWav(join(source, clip.file)) }));
}

/** Word errors of one engine on clips of one language, all changed in the same way. */
async function score(engine, clips, language, folder) {
  const files = clips.map(({ file }) => join(folder, file));
  const run = await ENGINES[engine](files, language, folder);
  if (run === null) return null;
  let errors = 0;
  let words = 0;
  for (const { file, text } of clips) {
    const truth = wordsOf(text, language);
    errors += errorsBetween(truth, wordsOf(run.texts.get(file) ?? '', language));
    words += truth.length;
  }
  const seconds = clips.reduce((sum, { samples }) => sum + samples.length / RATE, 0);
  return { errors, words, seconds, cpuSeconds: run.cpuSeconds, memoryMb: Math.max(run.mainMb, run.workerMb) };
}

async function bench(folder) {
  const clips = readClips();
  const names = Object.keys(ENGINES).filter((name) => name === 'uxd transcribe' || isPeerThere());
  if (names.length === 1) console.log('no peer: apt-get install pocketsphinx pocketsphinx-en-us');
  const scores = Object.fromEntries(names.map((name) => [name, []]));
  for (const [sound, change] of [
    ['clean', (samples) => samples],
    ['telephone', telephone],
  ]) {
    for (const language of ['en', 'es']) {
      const place = join(folder, `${sound}-${language}`);
      mkdirSync(place);
      const own = clips.filter((clip) => clip.language === language);
      for (const { file, samples } of own) writeWav(join(place, file), change(samples));
      for (const name of names) scores[name].push(await score(name, own, language, place));
    }
  }
  const percent = (one) => (one === null ? '' : ((100 * one.errors) / one.words).toFixed(2));
  const lines = names.map((name) => {
    const heard = scores[name].filter((one) => one !== null);
    const sum = (field) => heard.reduce((total, one) => total + one[field], 0);
    const memory = Math.max(...heard.map(({ memoryMb }) => memoryMb)).toFixed(0);
    const [cleanEn, cleanEs, phoneEn, phoneEs] = scores[name].map(percent);
    const factor = (sum('cpuSeconds') / sum('seconds')).toFixed(3);
    return `| ${name} | ${cleanEn} | ${phoneEn} | ${cleanEs} | ${phoneEs} | ${factor} | ${memory} |`;
  });
  const [en, es] = ['en', 'es'].map((language) => clips.filter((clip) => clip.language === language));
  const minutes = (set) => (set.reduce((sum, { samples }) => sum + samples.length, 0) / RATE / 60).toFixed(1);
  const figures = Object.fromEntries(
    names.map((name) => [name, scores[name].map((one) => one && round((100 * one.errors) / one.words))]),
  );
  const share = values.every === '1' ? '' : `, one clip of ${values.every}`;
  const text = [
    `${en.length} English clips (${minutes(en)} min), ${es.length} Spanish (${minutes(es)} min)${share}; word error rate in %:`,
    '',
    '| engine | English | English, telephone | Spanish | Spanish, telephone | CPU s a second | largest process, MB |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
  report('speech-compare', figures, text);
}

if (existsSync(join(source, 'truth.tsv'))) await withFolder('uxd-compare', bench);
else console.log(`${source} has no truth.tsv: nothing to measure`);
