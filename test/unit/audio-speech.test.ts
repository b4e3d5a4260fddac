import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cutter } from '../../src/io/audio/cutter.js';
import { parseRawFormat, readSpeech, type SpeechSourceOptions } from '../../src/io/audio/read-speech.js';
import type { VoicedStretch } from '../../src/io/audio/voice.js';
import type { FailedInput, Item, SpeechPiece } from '../../src/model.js';
import { mutate } from '../support/mutate.mjs';
import { energyFinder, wavFile } from '../support/sounds.js';

const RATE = 16_000;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'uxd-speech-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const options: SpeechSourceOptions = {
  splitChannels: false,
  raw: null,
  findVoice: energyFinder,
  maxPieceSeconds: 30,
  env: { PATH: '' },
};

/** Voice from and to, in seconds: a tone that tells its second by its height. */
function channelOf(seconds: number, voiced: readonly (readonly [from: number, to: number])[]): Int16Array {
  const samples = new Int16Array(seconds * RATE);
  for (const [from, to] of voiced)
    for (let at = Math.round(from * RATE); at < to * RATE; at++) samples[at] = 8000 * Math.sin((at * at) / 5e5);
  return samples;
}

async function write(name: string, channels: readonly Int16Array[]): Promise<string> {
  const frames = channels[0]?.length ?? 0;
  const data = Buffer.alloc(frames * channels.length * 2);
  for (const [channel, samples] of channels.entries())
    for (let at = 0; at < frames; at++) data.writeInt16LE(samples[at] as number, (at * channels.length + channel) * 2);
  const file = path.join(directory, name);
  await writeFile(file, wavFile(data, { sampleRate: RATE, channelCount: channels.length, encoding: 's16le' }));
  return file;
}

async function read(
  files: readonly string[],
  changes: Partial<SpeechSourceOptions> = {},
): Promise<(Item<SpeechPiece> | FailedInput)[]> {
  const entries = files.map((file, index) => ({ index, source: path.basename(file), path: file }));
  const items: (Item<SpeechPiece> | FailedInput)[] = [];
  for await (const item of readSpeech(entries, { ...options, ...changes }))
    items.push(item as Item<SpeechPiece> | FailedInput);
  return items;
}

const pieces = (items: readonly (Item<SpeechPiece> | FailedInput)[]): SpeechPiece[] =>
  items.flatMap((item) => ('error' in item ? [] : [item.payload]));

describe('the cutter', () => {
  it('puts every voiced sample into one piece, in order, none too long', () => {
    const plan = fc.record({
      gaps: fc.array(fc.tuple(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 300, max: 600_000 })), {
        maxLength: 6,
      }),
      step: fc.integer({ min: 500, max: 60_000 }),
      maxPieceSeconds: fc.integer({ min: 5, max: 30 }),
    });
    fc.assert(
      fc.property(plan, ({ gaps, step, maxPieceSeconds }) => {
        let at = 0;
        const stretches = gaps.map(([gap, length]): VoicedStretch => {
          const start = at + gap;
          at = start + length;
          return { start, end: at };
        });
        const total = at + 1000;
        const samples = new Int16Array(total);
        for (let index = 0; index < total; index++) samples[index] = (index * 7919) % 30_011;
        const cutter = new Cutter({ maxPieceSeconds });
        const found = [];
        let told = 0;
        for (let from = 0; from < total; from += step) {
          cutter.add(samples.subarray(from, from + step));
          const until = Math.min(total, from + step);
          const ended = stretches.filter((stretch, index) => index >= told && stretch.end <= until);
          told += ended.length;
          found.push(
            ...cutter.cut({ stretches: ended, settledUntil: Math.min(until, stretches[told]?.start ?? until) }),
          );
        }
        found.push(...cutter.flush());
        const covered = new Uint8Array(total);
        let end = 0;
        for (const piece of found) {
          expect(piece.start).toBeGreaterThanOrEqual(end);
          expect(piece.samples.length).toBeLessThanOrEqual(maxPieceSeconds * RATE);
          end = piece.start + piece.samples.length;
          expect(
            Buffer.compare(Buffer.from(piece.samples.buffer), Buffer.from(samples.slice(piece.start, end).buffer)),
          ).toBe(0);
          covered.fill(1, piece.start, end);
        }
        for (const stretch of stretches) expect(covered.subarray(stretch.start, stretch.end).includes(0)).toBe(false);
      }),
      { numRuns: 30 },
    );
  });
});

describe('recordings', () => {
  it('become pieces at silences, with the probe of the channel, the last one told', async () => {
    const samples = channelOf(60, [
      [1, 4],
      [4.3, 9],
      [20, 23],
      [30, 58],
    ]);
    const items = await read([await write('a.wav', [samples])]);
    expect(items.map(({ index }) => index)).toEqual([0, 1, 2]);
    const found = pieces(items);
    expect(found.map(({ startSeconds }) => Math.round(startSeconds * 10) / 10)).toEqual([1, 20, 30]);
    expect(found.map(({ isLast }) => isLast)).toEqual([false, false, true]);
    expect(found.map(({ recordingSeconds }) => recordingSeconds)).toEqual([null, null, 60]);
    expect(new Set(found.map(({ languageProbe }) => languageProbe)).size).toBe(1);
    expect(found[0]?.languageProbe.length).toBeGreaterThan(9.9 * RATE);
    expect(found[0]?.languageProbe.length).toBeLessThanOrEqual(10 * RATE);
    for (const piece of found) {
      const start = Math.round(piece.startSeconds * RATE);
      expect([...piece.samples.subarray(0, 5000)]).toEqual([...samples.subarray(start, start + 5000)]);
    }
    expect(items.map((item) => 'key' in item && /^[0-9a-f]{64}$/.test(item.key))).toEqual([true, true, true]);
    // the key is a hash of the samples, which take long to compare one by one
    const facts = (of: typeof items) =>
      of.map((item) =>
        'error' in item ? item.error : [item.index, item.key, item.payload.startSeconds, item.payload.isLast],
      );
    expect(facts(await read([path.join(directory, 'a.wav')]))).toEqual(facts(items));
  });

  it('of two channels keep their common clock and the order of time', async () => {
    const agent = channelOf(100, [
      [0.5, 3],
      [10, 14],
      [80, 85],
    ]);
    const customer = channelOf(100, [
      [2, 6],
      [12, 13],
      [95, 99],
    ]);
    const file = await write('call.wav', [agent, customer]);
    const found = pieces(await read([file], { splitChannels: true }));
    expect(found.map(({ channel, startSeconds }) => [channel, Math.round(startSeconds * 10) / 10])).toEqual([
      [1, 0.5],
      [2, 2],
      [1, 10],
      [2, 12],
      [1, 80],
      [2, 95],
    ]);
    expect(found.filter(({ isLast }) => isLast)).toEqual([found.at(-1)]);
    const mixed = pieces(await read([file]));
    expect(mixed.map(({ channel }) => channel)).toEqual(mixed.map(() => null));
    expect(mixed).toHaveLength(4);
  });

  it('without voice give one piece without samples; files that cannot be read keep their place', async () => {
    const silent = await write('silent.wav', [channelOf(3, [])]);
    const text = path.join(directory, 'text.wav');
    await writeFile(text, 'no sound at all');
    const voiced = await write('voiced.wav', [channelOf(5, [[1, 3]])]);
    const items = await read([silent, text, path.join(directory, 'none.wav'), voiced]);
    expect(
      items.map((item) => [
        item.index,
        item.source,
        'error' in item ? item.error.code : item.payload.samples.length > 0,
      ]),
    ).toEqual([
      [0, 'silent.wav', false],
      [1, 'text.wav', 'NOT_AUDIO'],
      [2, 'none.wav', 'FILE_NOT_FOUND'],
      [3, 'voiced.wav', true],
    ]);
    expect(pieces(items)[0]).toMatchObject({ isLast: true, recordingSeconds: 3 });
  });

  it('are freed of a constant offset, and else left as they are', async () => {
    const samples = channelOf(4, [[1, 3]]);
    const [plain] = pieces(await read([await write('plain.wav', [samples])]));
    const [shifted] = pieces(await read([await write('shifted.wav', [samples.map((sample) => sample + 12_000)])]));
    expect(shifted?.startSeconds).toBe(plain?.startSeconds);
    const difference = (plain as SpeechPiece).samples.map((sample, at) => sample - (shifted?.samples[at] as number));
    expect(Math.max(...difference.map(Math.abs))).toBeLessThan(0.02 * 32_768);
    const from = Math.round((plain?.startSeconds ?? 0) * RATE);
    expect(plain?.samples).toEqual(samples.subarray(from, from + (plain?.samples.length ?? 0)));
  });

  it('that are quiet, or have the poles of a channel changed over, are heard all the same, as they are', async () => {
    const samples = channelOf(4, [[1, 3]]);
    const [plain] = pieces(await read([await write('plain.wav', [samples])]));
    const quiet = samples.map((sample) => sample / 200);
    const [heard] = pieces(await read([await write('quiet.wav', [quiet])]));
    const from = (heard?.startSeconds ?? 0) * RATE;
    expect([heard?.startSeconds, heard?.samples.length]).toEqual([plain?.startSeconds, plain?.samples.length]);
    expect(heard?.samples).toEqual(quiet.subarray(from, from + (heard?.samples.length ?? 0)));
    const [turned] = pieces(await read([await write('turned.wav', [samples, samples.map((sample) => -sample)])]));
    expect(turned?.samples).toEqual(plain?.samples);
  });

  it('with the same sound on all channels, or a header beside --raw, are told of', async () => {
    const [sound, other] = [channelOf(3, [[1, 2]]), channelOf(3, [[1, 2.5]])];
    const files = [await write('same.wav', [sound, sound]), await write('two.wav', [sound, other])];
    const remarks: string[] = [];
    const remark = (source: string, message: string): void => void remarks.push(`${source}: ${message}`);
    await read([...files, await write('one.wav', [sound])], { splitChannels: true, remark });
    expect(remarks).toEqual([expect.stringMatching(/^same\.wav: all its channels hold the same sound/)]);
    await read(files.slice(1), { raw: parseRawFormat('8000:1:mulaw'), remark });
    expect(remarks[1]).toMatch(/^two\.wav: it has a header \(wav\)/);
  });

  it('that end early give their pieces, none the last, and then an error', async () => {
    const file = await write('cut.wav', [
      channelOf(40, [
        [1, 4],
        [10, 13],
        [30, 34],
      ]),
    ]);
    await writeFile(file, (await readFile(file)).subarray(0, 20 * RATE * 2));
    const items = await read([file]);
    expect(items.map((item) => ('error' in item ? item.error.code : item.payload.isLast))).toEqual([
      false,
      false,
      'TRUNCATED_AUDIO',
    ]);
  });

  it('are read no further than they are asked for', async () => {
    const file = await write('long.wav', [
      channelOf(
        600,
        Array.from({ length: 60 }, (_, at) => [at * 10, at * 10 + 8] as const),
      ),
    ]);
    let heard = 0;
    const findVoice = () => {
      const finder = energyFinder();
      return {
        flush: () => finder.flush(),
        push: (samples: Int16Array) => {
          heard += samples.length;
          return finder.push(samples);
        },
      };
    };
    const source = readSpeech([{ index: 0, source: 'long.wav', path: file }], { ...options, findVoice });
    await source.next();
    await source.return();
    expect(heard).toBeLessThan(60 * RATE);
  });
});

describe('spoiled files', () => {
  it('of every kind, 300 of them, end in pieces or errors', async () => {
    const folder = path.join(import.meta.dirname, '..', 'fixtures', 'audio');
    const sounds = [await write('sound.wav', [channelOf(2, [[0.3, 1.5]])])];
    for (const name of (await readdir(folder)).sort()) sounds.push(path.join(folder, name));
    const bytes = await Promise.all(sounds.map((file) => readFile(file)));
    const mutant = path.join(directory, 'mutant');
    let failed = 0;
    for (let seed = 0; seed < 300; seed++) {
      const original = bytes[seed % bytes.length] as Buffer;
      await writeFile(mutant, mutate(original, seed, bytes[(seed * 7 + 1) % bytes.length]).bytes);
      const items = await read([mutant], { splitChannels: seed % 2 === 0 });
      expect(items.length).toBeGreaterThan(0);
      if (items.some((item) => 'error' in item)) failed += 1;
      else expect(pieces(items).at(-1)?.isLast).toBe(true);
    }
    expect(failed).toBeGreaterThan(100);
    expect(process.memoryUsage().rss).toBeLessThan(1e9);
  }, 240_000);
});
