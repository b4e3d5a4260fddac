/**
 * Spoiled recordings: no crash, no hang, rows for every file, and no memory for what a header claims.
 *
 *   node bench/speech/fuzz.mjs [--files 3000] [--seed 1] [--batch 500] [--limit 300] [--write]
 *
 * The files of test/fixtures/audio with spoiled headers go through the reading layer, a process a batch, every fifth of
 * them with ffmpeg at hand; then files that are cut short, named wrongly, encrypted, or text go through `uxd transcribe`.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readSpeech } from '../../dist/io/audio/read-speech.js';
import { createStretchFinder, FRAME } from '../../dist/providers/local/speech/stretches.js';
import { faultsOfRows, mutate } from '../../test/support/mutate.mjs';
import { withFolder } from '../support/inputs.mjs';
import { measure, measureUxd, root } from '../support/measure.mjs';
import { report, round } from '../support/report.mjs';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '3000' },
    seed: { type: 'string', default: '1' },
    batch: { type: 'string', default: '500' },
    limit: { type: 'string', default: '300' },
    from: { type: 'string' },
    folder: { type: 'string' },
    write: { type: 'boolean' },
  },
});
const fixtures = join(root, 'test', 'fixtures', 'audio');
const SAMPLES = ['nuvela-es.wav', 'message-es.flac'].map((name) => join(root, 'samples', 'calls', name));
const originals = [...readdirSync(fixtures).map((name) => join(fixtures, name)), ...SAMPLES];
/** Resident memory that a process of the reading layer may reach: what it needs for sound files, and some more. */
const MOST_MB = 400;
const HEADER_BYTES = 200;
const EXTREMES = [0, 1, 0x7f, 0x80, 0xff];

/** Loud frames are speech: the network that tells better is no part of what is tried here. */
function finderByEnergy() {
  const finder = createStretchFinder();
  let total = 0;
  return {
    push: async (samples) => {
      total += samples.length;
      for (let at = 0; at + FRAME <= samples.length; at += FRAME) finder.push(Math.abs(samples[at]) > 500 ? 0.9 : 0.1);
      return finder.take();
    },
    flush: async () => finder.end(total),
  };
}

/** The beginning of the file is changed in some places, at times to the ends of what a byte holds. */
function spoilHeader(bytes, seed) {
  let state = (seed * 2_654_435_761) >>> 0;
  const below = (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * limit);
  };
  const spoiled = Buffer.from(bytes);
  for (let count = 1 + below(6); count > 0; count--) {
    const at = below(Math.min(HEADER_BYTES, spoiled.length));
    const width = [1, 2, 4][below(3)];
    spoiled.fill(below(2) === 0 ? EXTREMES[below(EXTREMES.length)] : below(256), at, at + width);
  }
  return spoiled;
}

/** Reads one batch in this process and prints what came of it. */
async function readBatch(first) {
  const outcomes = {};
  const bytes = originals.map((path) => readFileSync(path));
  const path = join(values.folder, 'mutant');
  const last = Math.min(first + Number(values.batch), Number(values.files));
  let slowest = 0;
  for (let index = first; index < last; index++) {
    const seed = Number(values.seed) * 1_000_003 + index;
    const original = bytes[index % bytes.length];
    const isWild = index % 4 === 3;
    writeFileSync(
      path,
      isWild ? mutate(original, seed, bytes[(index + 1) % bytes.length]).bytes : spoilHeader(original, seed),
    );
    const started = performance.now();
    const entries = [{ index: 0, source: 'mutant', path }];
    const env = index % 5 === 0 ? process.env : { PATH: '' };
    const options = { raw: null, splitChannels: index % 2 === 0, env, maxPieceSeconds: 30, findVoice: finderByEnergy };
    let end = 'nothing';
    for await (const item of readSpeech(entries, options)) end = 'error' in item ? item.error.code : 'read';
    outcomes[end] = (outcomes[end] ?? 0) + 1;
    slowest = Math.max(slowest, performance.now() - started);
  }
  console.log(JSON.stringify({ outcomes, slowest }));
}

/** Files of which each must have an error row, or rows. */
function writeOddFiles(folder) {
  const call = readFileSync(SAMPLES[0]);
  const flac = readFileSync(SAMPLES[1]);
  const odd = {
    'cut-in-header.wav': call.subarray(0, 30),
    'cut.wav': call.subarray(0, Math.floor(call.length / 2)),
    'cut.flac': flac.subarray(0, Math.floor(flac.length / 2)),
    'encrypted.wav': randomBytes(100_000),
    'encrypted-salted.mp3': Buffer.concat([Buffer.from('Salted__'), randomBytes(50_000)]),
    'flac.wav': flac,
    'page.mp3': Buffer.from('<!doctype html><title>404</title>\n'.repeat(40)),
    'text.wav': Buffer.from('Buenos días, esto es un texto.\n'.repeat(200)),
    'wav.m4a': call,
    'wav.ogg': call,
  };
  return Object.entries(odd)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, bytes]) => {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      return path;
    });
}

async function fuzz(folder) {
  const faults = [];
  const outcomes = {};
  let [peakMb, slowest, seconds] = [0, 0, 0];
  for (let first = 0; first < Number(values.files); first += Number(values.batch)) {
    const flags = ['--files', values.files, '--batch', values.batch, '--seed', values.seed, '--folder', folder];
    const reader = [process.execPath, fileURLToPath(import.meta.url), '--from', String(first), ...flags];
    const run = await measure('timeout', ['--signal=KILL', values.limit, ...reader], { sampleMs: 50 });
    seconds += run.seconds;
    peakMb = Math.max(peakMb, run.workerMb);
    if (run.code !== 0) {
      faults.push(`files from ${first}: exit ${run.code} ${run.stderr.slice(0, 500)}`);
      continue;
    }
    const batch = JSON.parse(run.stdout);
    slowest = Math.max(slowest, batch.slowest);
    for (const [code, count] of Object.entries(batch.outcomes)) outcomes[code] = (outcomes[code] ?? 0) + count;
  }
  if (peakMb > MOST_MB) faults.push(`${peakMb.toFixed(0)} MB of memory for files of 200 KB`);
  const paths = writeOddFiles(folder);
  const run = await measureUxd([
    'transcribe',
    '--no-cache',
    '--quiet',
    '--level',
    'file',
    '--language',
    'es',
    ...paths,
  ]);
  if (run.code !== 3) faults.push(`exit ${run.code} of uxd: ${run.stderr.slice(0, 500)}`);
  faults.push(...faultsOfRows(run.stdout, paths).filter((fault) => !/: page /.test(fault)));
  for (const fault of faults) console.error(fault);
  const told = Object.entries(outcomes).sort((a, b) => b[1] - a[1]);
  report(
    'speech-fuzz',
    {
      files: Number(values.files),
      faults: faults.length,
      outcomes,
      slowestMs: round(slowest, 0),
      peakMb: round(peakMb, 0),
    },
    `${values.files} recordings with spoiled headers, seed ${values.seed}: ${faults.length} faults (crash, hang, missing row, memory) in ${seconds.toFixed(0)} s; ` +
      `the slowest took ${(slowest / 1000).toFixed(1)} s, the largest process ${peakMb.toFixed(0)} MB. ` +
      `${told.map(([code, count]) => `${code} ${count}`).join(', ')}. ` +
      `${paths.length} cut, misnamed, encrypted and text files through the command: ${run.code === 3 ? 'each with its row' : 'failed'}.`,
  );
  process.exitCode = faults.length === 0 ? 0 : 1;
}

if (values.from !== undefined) await readBatch(Number(values.from));
else await withFolder('uxd-speech-fuzz', fuzz);
