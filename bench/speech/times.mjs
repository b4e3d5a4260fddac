/**
 * How far the times of words are off.
 *
 *   node bench/speech/times.mjs [--truth TABLE] [--show]
 *
 * The speech is made here, where its makers tell when each word begins and ends: Festival speaks English sentences (Debian:
 * festival and festvox-us-slt-hts) and eSpeak NG speaks Spanish words one by one, which are joined without a gap (Debian:
 * espeak-ng). A set whose maker is not here is left out, with a message. `--truth` adds real recordings: a table with a head
 * line, then file (16 kHz, mono), language, word, start and end in seconds, a line a word.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { openEngine } from './engine.mjs';
import { RATE, readWav } from './sound.mjs';
import { wordsOf } from './words.mjs';

const { values } = parseArgs({ options: { truth: { type: 'string' }, show: { type: 'boolean' } } });

const ENGLISH = [
  'The quick brown fox jumps over the lazy dog, and then he sleeps.',
  'Please send the invoice to our office before the end of the month.',
  'I would like to change my reservation from Monday to Thursday.',
  'The engineer explained why the second machine stopped working.',
  'Nobody answered the telephone, so we left a short message.',
  'Seven customers asked about the price of the garden table.',
  'My brother bought a small house near the river last summer.',
  'The doctor said that he should rest for at least two weeks.',
  'When the train arrived, the station was already full of people.',
  'She opened the window because the kitchen was too warm.',
  'Our delivery was late, and the box had been damaged on the way.',
  'They walked across the bridge, looked at the water, and went home.',
];
const SPANISH = [
  'la factura llega antes del fin de mes',
  'mi hermano compra una casa pequeña cerca del mercado',
  'el tren de la mañana sale muy tarde',
  'necesito cambiar la fecha de la reserva',
  'nadie contesta el teléfono de la oficina',
  'el médico recomienda descanso durante dos semanas',
  'los clientes preguntan por el precio de la mesa',
  'la cocina está demasiado caliente esta noche',
];

const folder = mkdtempSync(join(tmpdir(), 'uxd-times-'));

/** What is spoken, and when each word is, in seconds. */
function festivalSays(text, index) {
  const path = join(folder, `en-${index}.wav`);
  const script = join(folder, 'say.scm');
  writeFileSync(
    script,
    `(voice_cmu_us_slt_arctic_hts)
    (set! u (utt.synth (Utterance Text "${text}")))
    (utt.wave.resample u ${RATE})
    (utt.save.wave u "${path}" 'riff)
    (mapcar (lambda (w) (format t "%s %f %f\\n" (item.name w) (item.feat w "word_start") (item.feat w "word_end")))
      (utt.relation.items u 'Word))`,
  );
  const lines = execFileSync('festival', ['-b', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const words = lines
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
    .map(([word, start, end]) => ({ word, start: Number(start), end: Number(end) }));
  return { name: 'festival', language: 'en', samples: readWav(path), words };
}

/** Words one by one, without the silence around them, one after the other. */
function espeakJoins(text) {
  const silence = 0.3;
  const parts = text.split(' ').map((word) => {
    const raw = execFileSync('espeak-ng', ['-v', 'es', '-s', '150', '--stdout', word], {
      maxBuffer: 1e8,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return { word, samples: trimmed(resampled(raw)) };
  });
  const words = [];
  const joined = [new Int16Array(silence * RATE)];
  let at = silence * RATE;
  for (const { word, samples } of parts) {
    words.push({ word, start: at / RATE, end: (at + samples.length) / RATE });
    joined.push(samples);
    at += samples.length;
  }
  joined.push(new Int16Array(silence * RATE));
  return { name: 'joined', language: 'es', samples: Int16Array.from(joined.flatMap((part) => [...part])), words };
}

/** eSpeak NG's 22,050 Hz, 16 bit, to 16 kHz; between neighbours, which is good enough for a voice without highs. */
function resampled(wav) {
  const count = (wav.length - 44) >> 1;
  const ratio = wav.readUInt32LE(24) / RATE;
  return Int16Array.from({ length: Math.floor((count - 1) / ratio) }, (_, index) => {
    const at = index * ratio;
    const before = wav.readInt16LE(44 + 2 * Math.floor(at));
    return before + (at % 1) * (wav.readInt16LE(46 + 2 * Math.floor(at)) - before);
  });
}

function trimmed(samples) {
  const isLoud = (sample) => Math.abs(sample) > 300;
  return samples.slice(samples.findIndex(isLoud), samples.findLastIndex(isLoud) + 1);
}

function realClips(table) {
  const clips = new Map();
  for (const line of readFileSync(table, 'utf8').trim().split('\n').slice(1)) {
    const [file, language, word, start, end] = line.split('\t');
    const clip = clips.get(file) ?? { name: 'real', language, samples: readWav(join(dirname(table), file)), words: [] };
    clip.words.push({ word, start: Number(start), end: Number(end) });
    clips.set(file, clip);
  }
  return [...clips.values()];
}

/** Pairs of a true word and the heard one, where both are the same: the longest common subsequence. */
function pairs(truth, heard, language) {
  const key = (text) => wordsOf(text, language).join(' ');
  const a = truth.map(({ word }) => key(word));
  const b = heard.map(({ text }) => key(text));
  const best = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      best[i][j] = a[i] === b[j] ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
    }
  }
  const found = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) found.push([truth[i++], heard[j++]]);
    else if (best[i + 1][j] >= best[i][j + 1]) i += 1;
    else j += 1;
  }
  return found;
}

const quantile = (numbers, share) => numbers.toSorted((a, b) => a - b)[Math.floor(share * (numbers.length - 1))];

function report(name, words, off) {
  const milliseconds = (value) => `${Math.round(value * 1000)} ms`;
  const line = ['start', 'end'].map((edge) => {
    const all = off.map((each) => each[edge]);
    const sizes = all.map(Math.abs);
    const middle = `median error ${milliseconds(quantile(sizes, 0.5))}, 9 of 10 below ${milliseconds(quantile(sizes, 0.9))}`;
    return `${edge}s: ${middle}, bias ${milliseconds(quantile(all, 0.5))}`;
  });
  console.log(`${name}: ${off.length} of ${words} words compared; ${line.join('; ')}`);
}

/** The clips of one maker; none where it is not installed. */
function made(maker, texts, say) {
  try {
    return texts.map(say);
  } catch (error) {
    console.log(`left out: ${maker} (${error.message.split('\n')[0]})`);
    return [];
  }
}

try {
  const clips = [
    ...made('festival with its voice cmu_us_slt_arctic_hts', ENGLISH, festivalSays),
    ...made('espeak-ng', SPANISH, espeakJoins),
    ...(values.truth === undefined ? [] : realClips(values.truth)),
  ];
  const groups = new Map();
  for (const clip of clips) groups.set(clip.name, [...(groups.get(clip.name) ?? []), clip]);
  const engines = { en: await openEngine(['en']), es: await openEngine(['es']) };
  for (const [name, group] of groups) {
    const off = [];
    for (const { language, samples, words } of group) {
      const { segments } = await engines[language].hear(samples);
      for (const [truth, heard] of pairs(
        words,
        segments.flatMap((segment) => segment.words),
        language,
      )) {
        off.push({ start: heard.startSeconds - truth.start, end: heard.endSeconds - truth.end });
        if (values.show) {
          const edges = [truth.start, heard.startSeconds, truth.end, heard.endSeconds].map((each) => each.toFixed(3));
          console.log(`${truth.word.padEnd(14)} start ${edges[0]} ${edges[1]}  end ${edges[2]} ${edges[3]}`);
        }
      }
    }
    report(
      name,
      group.reduce((sum, { words }) => sum + words.length, 0),
      off,
    );
  }
  await Promise.all(Object.values(engines).map((engine) => engine.close()));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
