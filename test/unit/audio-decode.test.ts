import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeFile } from '../../src/io/audio/decode.js';
import { describeAudio } from '../../src/io/audio/describe.js';
import { ffmpegVersion } from '../../src/io/audio/ffmpeg.js';
import { PCM_ENCODINGS, type PcmEncoding } from '../../src/io/audio/pcm.js';
import { parseRawFormat, type RawFormat } from '../../src/io/audio/raw.js';
import { InputError } from '../../src/io/input-error.js';
import { aiffFile, encodingError, interleave, wavFile } from '../support/sounds.js';

const fixtures = path.join(import.meta.dirname, '..', 'fixtures', 'audio');
const withoutFfmpeg = { env: { PATH: '' } };
const withFfmpeg = { env: { PATH: process.env.PATH ?? '' } };
const ffmpeg = await ffmpegVersion(withFfmpeg);
if (ffmpeg === null) console.warn('ADPCM is not tested: there is no ffmpeg on the PATH');
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'uxd-audio-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

interface Decoded {
  readonly rate: number;
  readonly channels: number[][];
  readonly error: InputError | null;
}

async function decode(file: string, raw: RawFormat | null = null, env = withoutFfmpeg.env): Promise<Decoded> {
  const channels: number[][] = [];
  let rate = 0;
  try {
    for await (const block of decodeFile(file, { raw, env })) {
      rate = block.sampleRate;
      for (const [index, samples] of block.channels.entries()) {
        channels[index] ??= [];
        for (const sample of samples) channels[index].push(sample);
      }
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { rate, channels, error };
  }
  return { rate, channels, error: null };
}

async function decodeBytes(bytes: Uint8Array, raw: RawFormat | null = null): Promise<Decoded> {
  const file = path.join(directory, 'sound');
  await writeFile(file, bytes);
  return decode(file, raw);
}

function expectClose(channels: number[][], expected: number[][], encoding: PcmEncoding): void {
  expect(channels.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
  for (const [index, samples] of expected.entries()) {
    for (const [at, value] of samples.entries()) {
      const error = Math.abs((channels[index]?.[at] as number) - value);
      if (error > encodingError(value, encoding))
        expect([encoding, at, channels[index]?.[at]]).toEqual([encoding, at, value]);
    }
  }
}

const sound = fc
  .integer({ min: 1, max: 3 })
  .chain((count) =>
    fc.array(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: count, maxLength: count }), {
      minLength: 1,
      maxLength: 40,
    }),
  )
  .map((frames) => (frames[0] as number[]).map((_, channel) => frames.map((frame) => frame[channel] as number)));
const rate = fc.constantFrom(8000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000);

describe('uncompressed sound', () => {
  const wavEncodings = PCM_ENCODINGS.filter((name) => !name.endsWith('be') && name !== 's8');
  it('reads back what was written as WAV in any encoding', async () => {
    const facts = fc.record({
      rate,
      encoding: fc.constantFrom(...wavEncodings),
      isExtensible: fc.boolean(),
      isRf64: fc.boolean(),
      odd: fc.nat(9),
    });
    await fc.assert(
      fc.asyncProperty(sound, facts, async (channels, { rate: sampleRate, encoding, isExtensible, isRf64, odd }) => {
        const head = {
          sampleRate,
          channelCount: channels.length,
          encoding,
          isExtensible,
          isRf64,
          chunks: [['LIST', odd]] as const,
        };
        const read = await decodeBytes(wavFile(interleave(channels, encoding), head));
        expect(read.error).toBeNull();
        expect(read.rate).toBe(sampleRate);
        expectClose(read.channels, channels, encoding);
      }),
      { numRuns: 150 },
    );
  });

  it('reads back what was written as AIFF and AIFF-C', async () => {
    const encodings = ['s8', 's16be', 's24be', 's32be', 's16le', 'f32be', 'f64be', 'mulaw', 'alaw'] as const;
    await fc.assert(
      fc.asyncProperty(sound, rate, fc.constantFrom(...encodings), async (channels, sampleRate, encoding) => {
        const read = await decodeBytes(aiffFile(interleave(channels, encoding), sampleRate, channels.length, encoding));
        expect(read.error).toBeNull();
        expect(read.rate).toBe(sampleRate);
        expectClose(read.channels, channels, encoding);
      }),
      { numRuns: 100 },
    );
  });

  it('reads AU and raw sound', async () => {
    const channels = [[0, 0.5, -0.5, 0.25]];
    const head = Buffer.alloc(28);
    head.write('.snd');
    for (const [index, value] of [28, 0xffff_ffff, 3, 8000, 1].entries()) head.writeUInt32BE(value, 4 + index * 4);
    const au = await decodeBytes(Buffer.concat([head, interleave(channels, 's16be')]));
    expect(au).toMatchObject({ rate: 8000, channels, error: null });
    for (const encoding of PCM_ENCODINGS) {
      const raw = parseRawFormat(`8000:1:${encoding}`);
      const read = await decodeBytes(interleave(channels, encoding), raw);
      expect(read.error).toBeNull();
      expectClose(read.channels, channels, encoding);
    }
    expect(() => parseRawFormat('8000:1')).toThrow('rate:channels:encoding');
    expect(() => parseRawFormat('8000:1:mp3')).toThrow('no encoding');
    expect(() => parseRawFormat('8:1:s16le')).toThrow('sample rate');
    expect(() => parseRawFormat('8000:0:s16le')).toThrow('channels');
  });

  it('takes the sizes of streaming writers for what they are, and tells of a file that ends early', async () => {
    const data = interleave([Array.from({ length: 1000 }, (_, at) => Math.sin(at / 9) / 2)], 's16le');
    const facts = { sampleRate: 8000, channelCount: 1, encoding: 's16le' } as const;
    for (const dataSize of [0, 0xffff_ffff, 0x7fff_ffff, 0x7fff_f000]) {
      const read = await decodeBytes(wavFile(data, { ...facts, dataSize }));
      expect([read.error, read.channels[0]?.length]).toEqual([null, 1000]);
    }
    const cut = await decodeBytes(wavFile(data, facts).subarray(0, 1001));
    expect(cut.error?.code).toBe('TRUNCATED_AUDIO');
    expect(cut.channels[0]?.length).toBe(Math.floor((1001 - 44) / 2));
    const huge = await decodeBytes(wavFile(data, { ...facts, dataSize: 0x6000_0000 }));
    expect([huge.error?.code, huge.channels[0]?.length]).toEqual(['TRUNCATED_AUDIO', 1000]);
  });
});

/** Part of a channel that is the tones of the fixtures, by projection; and the rest, in decibels below it. */
function noiseBelow(samples: readonly number[], sampleRate: number, tone: number, gain: number): number {
  let error = 0;
  let power = 0;
  for (let at = Math.round(0.1 * sampleRate); at < 0.5 * sampleRate; at++) {
    const time = at / sampleRate;
    const value = gain * Math.sin(2 * Math.PI * tone * time) * Math.sin(2 * Math.PI * 1.5 * time);
    error += ((samples[at] as number) - value) ** 2;
    power += value ** 2;
  }
  return 10 * Math.log10(power / error);
}

describe('compressed sound', () => {
  it.each([
    ['tones.flac', 22_050, 2, 80],
    ['tones-24.flac', 48_000, 1, 80],
    ['tones.oga', 16_000, 2, 80],
    ['tones.mkv', 22_050, 2, 80],
    ['tones.mov', 8000, 2, 80],
    ['tones.opus', 48_000, 2, 20],
    ['tones.webm', 48_000, 2, 20],
    ['tones.mp3', 44_100, 2, 25],
    ['tones.ogg', 44_100, 2, 20],
    ['tones.m4a', 44_100, 2, 20],
    // its edit list and its head both tell of the samples before the sound
    ['tones-opus.mp4', 48_000, 2, 20],
  ] as const)('%s: %d Hz, %d channels, in its place', async (name, sampleRate, count, decibels) => {
    const { rate: found, channels, error } = await decode(path.join(fixtures, name));
    expect(error).toBeNull();
    expect([found, channels.length]).toEqual([sampleRate, count]);
    if (count === 1) return;
    expect(noiseBelow(channels[0] as number[], sampleRate, 440, 0.5)).toBeGreaterThan(decibels);
    expect(noiseBelow(channels[1] as number[], sampleRate, 660, 0.3)).toBeGreaterThan(decibels);
  });

  it('without ffmpeg an error says what to do', async () => {
    const { error, channels } = await decode(path.join(fixtures, 'tones-adpcm.wav'));
    expect([error?.code, channels]).toEqual(['UNSUPPORTED_AUDIO', []]);
    expect(error?.message).toContain('ffmpeg -i FILE');
  });

  it.skipIf(ffmpeg === null)('tones-adpcm.wav through ffmpeg', async () => {
    const { rate: found, channels, error } = await decode(path.join(fixtures, 'tones-adpcm.wav'), null, withFfmpeg.env);
    expect(error).toBeNull();
    expect([found, channels.length]).toEqual([16_000, 2]);
    expect(noiseBelow(channels[0] as number[], found, 440, 0.5)).toBeGreaterThan(20);
  });

  it('gives what is there of a file that ends early, and then an error', async () => {
    for (const name of 'tones.flac tones.opus tones.webm tones.oga tones.mp3 tones.aac tones.ogg'.split(' ')) {
      const bytes = await readFile(path.join(fixtures, name));
      const { channels, error } = await decodeBytes(bytes.subarray(0, Math.floor(bytes.length * 0.7)));
      expect([name, error?.code]).toEqual([name, 'TRUNCATED_AUDIO']);
      // of WebM only whole clusters can be read, and this file has but one
      if (!name.endsWith('webm')) expect([name, (channels[0]?.length ?? 0) > 4000]).toEqual([name, true]);
    }
    const m4a = await readFile(path.join(fixtures, 'tones.m4a'));
    expect((await decodeBytes(m4a.subarray(0, 9000))).error?.code).toBe('TRUNCATED_AUDIO');
  });

  it('tells the doctor what can be read', async () => {
    const { state, detail } = await describeAudio(withoutFfmpeg);
    expect(state).toBe('warning');
    expect(detail).toContain('MP3, AAC (M4A), Opus, Vorbis; no ffmpeg on the PATH');
    if (ffmpeg === null) return;
    expect(await describeAudio(withFfmpeg)).toMatchObject({ state: 'ok', detail: expect.stringContaining('ffmpeg') });
  });
});

describe('files that are no recordings', () => {
  it.each([
    ['Dear all, this is a text.', 'NOT_AUDIO', 'text'],
    ['<html><body>404</body></html>', 'NOT_AUDIO', 'HTML'],
    ['%PDF-1.7 ...', 'NOT_AUDIO', 'PDF'],
    ['Salted__\x01\x02\x03', 'NOT_AUDIO', 'encrypted'],
    ['PK\x03\x04.....', 'NOT_AUDIO', 'ZIP'],
    ['\x00\x01\x02\x03\x04\x05\x06\x07', 'NOT_AUDIO', 'encrypted or damaged'],
    ['RIFF\x24\x00\x00\x00WAVE', 'TRUNCATED_AUDIO', 'no chunk'],
    // a tag that claims 256 MB
    ['ID3\x04\x00\x00\x7f\x7f\x7f\x7f', 'CORRUPT_AUDIO', 'MP3'],
  ])('%j: %s', async (text, code, message) => {
    const { error } = await decodeBytes(Buffer.from(text, 'latin1'));
    expect(error?.code).toBe(code);
    expect(error?.message).toContain(message);
  });
});
