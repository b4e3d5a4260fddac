/** Long recordings to measure with, joined from short clips. */
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { decodeFile } from '../../dist/io/audio/decode.js';
import { createResampler, toInt16 } from '../../dist/io/audio/resample.js';
import { root } from '../support/measure.mjs';
import { bytesOf, RATE, readWav, wavHeader } from './sound.mjs';

/** Clips of the samples: made by a formant synthesiser, so their words are no measure, but their length is. */
const SAMPLES = [
  ['nuvela-en.flac', 'en'],
  ['refund-en.wav', 'en'],
  ['nuvela-es.wav', 'es'],
  ['message-es.flac', 'es'],
];

async function readSample(file) {
  const parts = [];
  let resampler = null;
  for await (const { sampleRate, channels } of decodeFile(file, { raw: null, env: process.env })) {
    resampler ??= createResampler(sampleRate);
    const mix = channels[0].map((_, at) => channels.reduce((sum, each) => sum + each[at], 0) / channels.length);
    parts.push(toInt16(resampler.push(mix)));
  }
  parts.push(toInt16(resampler.flush()));
  const bytes = Buffer.concat(parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength)));
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

/** `{ name, clips: { en, es } }`: the clips of `folder` by language where it has a `truth.tsv`, else those of the samples. */
export async function clipsByLanguage(folder) {
  const clips = { en: [], es: [] };
  if (existsSync(join(folder, 'truth.tsv'))) {
    const lines = readFileSync(join(folder, 'truth.tsv'), 'utf8').trim().split('\n').slice(1);
    for (const [file, language] of lines.map((line) => line.split('\t')))
      clips[language]?.push(readWav(join(folder, file)));
    return { name: 'clips of people who speak', clips };
  }
  for (const [file, language] of SAMPLES) clips[language].push(await readSample(join(root, 'samples', 'calls', file)));
  return { name: 'synthetic voices of samples/calls', clips };
}

/**
 * Writes a WAV file of `seconds`, the clips in turn with about `pauseSeconds` of silence between them, and answers the
 * seconds that are clips. Each time round a clip begins a little later, so that no two pieces are equal.
 */
export function writeRecording(path, clips, seconds, pauseSeconds) {
  const total = Math.round(seconds * RATE);
  const file = openSync(path, 'w', 0o600);
  let voiced = 0;
  try {
    writeSync(file, wavHeader(total));
    for (let written = 0, turn = 0; written < total; turn++) {
      const round = Math.floor(turn / clips.length);
      const clip = clips[turn % clips.length].subarray((7 * round) % 800).subarray(0, total - written);
      // pauses of half to one and a half of what is asked for
      const pause = Math.min(total - written - clip.length, Math.round(pauseSeconds * RATE * (0.5 + (turn % 5) / 4)));
      writeSync(file, bytesOf(clip));
      writeSync(file, new Uint8Array(pause * 2));
      written += clip.length + pause;
      voiced += clip.length;
    }
  } finally {
    closeSync(file);
  }
  return voiced / RATE;
}
