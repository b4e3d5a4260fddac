import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readAacConfig } from '../../src/io/audio/aac.js';
import { decodeFile } from '../../src/io/audio/decode.js';
import { adtsHeaderAt, type FrameHeader, mp3HeaderAt } from '../../src/io/audio/mpeg-header.js';
import { InputError } from '../../src/io/input-error.js';
import { wavFile } from '../support/sounds.js';

const fixtures = path.join(import.meta.dirname, '..', 'fixtures', 'audio');
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'uxd-codecs-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

interface Heard {
  /** Samples of the first channel, and the formats that the blocks have, in their order. */
  readonly samples: Float32Array;
  readonly formats: readonly string[];
  readonly code: string | null;
}

async function hear(bytes: Uint8Array): Promise<Heard> {
  const file = path.join(directory, 'sound');
  await writeFile(file, bytes);
  const parts: number[] = [];
  const formats = new Set<string>();
  let code: string | null = null;
  try {
    for await (const { channels, sampleRate } of decodeFile(file, { raw: null, env: { PATH: '' } })) {
      for (const sample of channels[0] ?? []) parts.push(sample);
      formats.add(`${sampleRate}/${channels.length}`);
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    code = error.code;
  }
  return { samples: Float32Array.from(parts), formats: [...formats], code };
}

/** Comparing arrays sample by sample takes seconds. */
const hash = (samples: Float32Array): string => createHash('sha256').update(samples).digest('hex');

const fixture = (name: string): Promise<Buffer> => readFile(path.join(fixtures, name));

function framesOf(bytes: Buffer, headerAt: (bytes: Uint8Array, at: number) => FrameHeader | null): Buffer[] {
  const frames: Buffer[] = [];
  let at = 0;
  for (let header = headerAt(bytes, at); header !== null; header = headerAt(bytes, at)) {
    frames.push(bytes.subarray(at, at + header.byteLength));
    at += header.byteLength;
  }
  return frames;
}

/** Frames of MP3 after the tag; the first is the one of LAME, without sound. */
async function mp3Frames(name: string): Promise<Buffer[]> {
  const bytes = await fixture(name);
  const start = [...bytes.keys()].find((at) => framesOf(bytes.subarray(at), mp3HeaderAt).length > 5) as number;
  return framesOf(bytes.subarray(start), mp3HeaderAt);
}

function id3(size: number): Buffer {
  const tag = Buffer.alloc(10 + size, 0xff);
  tag.set([0x49, 0x44, 0x33, 4, 0, 0, ...[21, 14, 7, 0].map((shift) => (size >> shift) & 127)]);
  return tag;
}

describe('MP3', () => {
  it('is as long as what was encoded, where the encoder tells what it added', async () => {
    expect(await hear(await fixture('tones.mp3'))).toMatchObject({ formats: ['44100/2'], code: null });
    expect((await hear(await fixture('tones.mp3'))).samples.length).toBe(66_150);
    expect((await hear(await fixture('tones-22.mp3'))).samples.length).toBe(33_075);
  });

  it('is the same with pictures before it and tags behind it', async () => {
    const frames = await mp3Frames('tones.mp3');
    const plain = await hear(Buffer.concat(frames));
    const trailer = Buffer.alloc(128, 0x20);
    trailer.write('TAG');
    const tagged = await hear(Buffer.concat([id3(9000), ...frames, trailer]));
    expect([tagged.code, hash(tagged.samples)]).toEqual([null, hash(plain.samples)]);
  });

  it('without the first frame of LAME has all samples of its frames', async () => {
    const frames = (await mp3Frames('tones.mp3')).slice(1);
    const { samples, code } = await hear(Buffer.concat(frames));
    expect([samples.length, code]).toEqual([frames.length * 1152, null]);
  });

  it('goes on after damaged bytes and frames, keeps the clock over the latter, and tells', async () => {
    const frames = (await mp3Frames('tones.mp3')).slice(1);
    const whole = await hear(Buffer.concat(frames));
    const junk = Buffer.alloc(300, 0xff);
    const between = await hear(Buffer.concat([...frames.slice(0, 20), junk, ...frames.slice(20)]));
    expect([between.code, hash(between.samples)]).toEqual(['CORRUPT_AUDIO', hash(whole.samples)]);
    // sizes in the side information that cannot be
    const spoiled = Buffer.concat([frames[20]!.subarray(0, 4), Buffer.alloc(frames[20]!.length - 4, 0xff)]);
    const inside = await hear(Buffer.concat([...frames.slice(0, 20), spoiled, ...frames.slice(21)]));
    expect([inside.code, inside.samples.length]).toEqual(['CORRUPT_AUDIO', whole.samples.length]);
    expect(hash(inside.samples.subarray(24 * 1152))).toBe(hash(whole.samples.subarray(24 * 1152)));
  });

  it('tells of an end before the claimed one, though it be between two frames', async () => {
    const frames = await mp3Frames('tones.mp3');
    expect((await hear(Buffer.concat(frames.slice(0, 30)))).code).toBe('TRUNCATED_AUDIO');
  });

  it('of files put together goes on with another rate and number of channels', async () => {
    const [first, second] = [await mp3Frames('tones.mp3'), await mp3Frames('tones-22.mp3')];
    const { formats, code } = await hear(Buffer.concat([...first, id3(20), ...second]));
    expect([formats, code]).toEqual([['44100/2', '22050/1'], null]);
  });
});

describe('AAC', () => {
  it('of an edit list begins where the sound does; of ADTS it has the delay of the encoder', async () => {
    const m4a = await hear(await fixture('tones.m4a'));
    const adts = await hear(await fixture('tones.aac'));
    expect([m4a.code, adts.code, adts.samples.length - m4a.samples.length]).toEqual([null, null, 1024]);
    expect(hash(adts.samples.subarray(1024))).toBe(hash(m4a.samples));
  });

  it('goes on after damaged bytes and frames, and tells', async () => {
    const frames = framesOf(await fixture('tones.aac'), adtsHeaderAt);
    const whole = await hear(Buffer.concat(frames));
    const between = await hear(Buffer.concat([...frames.slice(0, 20), Buffer.alloc(99, 0xff), ...frames.slice(20)]));
    expect([between.code, hash(between.samples)]).toEqual(['CORRUPT_AUDIO', hash(whole.samples)]);
    // a coupling channel, which the stream does not have
    const spoiled = Buffer.concat([frames[20]!.subarray(0, 7), Buffer.alloc(frames[20]!.length - 7, 0x55)]);
    const inside = await hear(Buffer.concat([...frames.slice(0, 20), spoiled, ...frames.slice(21)]));
    expect([inside.code, inside.samples.length]).toEqual(['CORRUPT_AUDIO', whole.samples.length]);
  });

  it('is told by its configuration', () => {
    const config = (...bytes: number[]) => readAacConfig(Uint8Array.from(bytes));
    expect(config(0x12, 0x10)).toEqual({ sampleRate: 44_100, channelCount: 2 });
    expect(config(0x14, 0x08)).toEqual({ sampleRate: 16_000, channelCount: 1 });
    // high efficiency, versions 1 and 2: 48 kHz and the core of 24 kHz, in two channels and in one
    expect(config(0x2b, 0x11, 0x88, 0x00)).toEqual({ sampleRate: 24_000, channelCount: 2 });
    expect(config(0xeb, 0x09, 0x88, 0x00)).toEqual({ sampleRate: 24_000, channelCount: 1 });
    // Main profile; a layout of its own; frames of 960 samples; more than two channels
    for (const other of [[0x0a, 0x10], [0x12, 0x00], [0x12, 0x14], [0x12, 0x30], []])
      expect(() => config(...other)).toThrow('cannot be decoded here');
  });
});

describe('Vorbis', () => {
  it('ends where its last page says', async () => {
    const { samples, formats, code } = await hear(await fixture('tones.ogg'));
    expect([samples.length, formats, code]).toEqual([66_150, ['44100/2'], null]);
  });

  it('with a spoiled header is an error', async () => {
    const bytes = await fixture('tones.ogg');
    bytes.fill(0x55, bytes.indexOf('\x05vorbis', 0, 'latin1') + 7, 2000);
    const { samples, code } = await hear(bytes);
    expect([samples.length, code]).toEqual([0, 'UNSUPPORTED_AUDIO']);
  });

  it('of which a page is damaged goes on after it, and tells', async () => {
    const bytes = await fixture('tones.ogg');
    const pages = [...bytes.keys()].filter((at) => bytes.toString('latin1', at, at + 4) === 'OggS');
    bytes.fill(0, pages.at(-2), (pages.at(-2) as number) + 4);
    const { samples, code } = await hear(bytes);
    expect(code).toBe('CORRUPT_AUDIO');
    expect(samples.length).toBeGreaterThan(0);
  });
});

describe('Opus', () => {
  it('with damaged packets is an error, and nothing is printed', async () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const bytes = await fixture('tones.opus');
    // a packet whose first byte promises more frames than it has
    const page = bytes.lastIndexOf('OggS', bytes.length - 60, 'latin1');
    const table = bytes[page + 26] as number;
    bytes.fill(0xff, page + 27 + table, bytes.length);
    const { code } = await hear(bytes);
    expect([code, print.mock.calls]).toEqual(['CORRUPT_AUDIO', []]);
    print.mockRestore();
  });
});

describe('what other programs put around the sound', () => {
  const wav = wavFile(Buffer.alloc(4000, 0x31), { sampleRate: 8000, channelCount: 1, encoding: 's16le' });
  const files = async (): Promise<[name: string, bytes: Buffer][]> => [
    ['WAV', wav],
    ...(await Promise.all(
      ['tones.aac', 'tones.flac', 'tones.mp3'].map(
        async (name): Promise<[string, Buffer]> => [name, await fixture(name)],
      ),
    )),
  ];

  it('is passed over: tags of any size, several of them, and zeros', async () => {
    for (const [name, bytes] of await files()) {
      const plain = await hear(bytes);
      for (const before of [id3(200), id3(70_000), Buffer.concat([id3(90), id3(80_000)]), Buffer.alloc(70_000)]) {
        const heard = await hear(Buffer.concat([before, bytes]));
        expect([name, before.length, heard.code, hash(heard.samples)]).toEqual([
          name,
          before.length,
          null,
          hash(plain.samples),
        ]);
      }
    }
  });

  it('and what stands behind it: tags, and zeros however many', async () => {
    const tag = Buffer.concat([Buffer.from('TAGSong'), Buffer.alloc(121)]);
    for (const name of ['tones.m4a', 'tones.ogg', 'tones.flac', 'tones.mp3']) {
      const bytes = await fixture(name);
      const plain = await hear(bytes);
      for (const after of [tag, Buffer.alloc(2_000_000)]) {
        const heard = await hear(Buffer.concat([bytes, after]));
        expect([name, heard.code, heard.samples.length]).toEqual([name, null, plain.samples.length]);
      }
    }
  });
});

describe('files that were put together', () => {
  it('are heard to the last one', async () => {
    const wav = wavFile(Buffer.alloc(4001, 0x31), { sampleRate: 8000, channelCount: 1, encoding: 'u8' });
    const names = ['flac', 'oga', 'm4a', 'mov', 'mkv', 'webm', 'ogg', 'opus'].map((kind) => `tones.${kind}`);
    const all = await Promise.all([...names, 'tones-fragments.mp4'].map(fixture));
    for (const bytes of [...all, wav]) {
      const [once, twice] = [await hear(bytes), await hear(Buffer.concat([bytes, bytes]))];
      expect([twice.code, twice.samples.length / once.samples.length]).toEqual([null, expect.closeTo(2, 1)]);
    }
  });

  it('of FLAC with tags between, and of encoders that did not know how long it is', async () => {
    const flac = await fixture('tones.flac');
    const unknown = Buffer.from(flac);
    unknown.writeUInt8(unknown.readUInt8(21) & 0xf0, 21);
    unknown.writeUInt32BE(0, 22);
    const [once, twice] = [await hear(flac), await hear(Buffer.concat([unknown, id3(500), flac]))];
    expect([twice.code, twice.samples.length]).toEqual([null, 2 * once.samples.length]);
  });

  it('tell what was read, and nothing else', async () => {
    const file = path.join(directory, 'cut');
    const messages: string[] = [];
    for (const bytes of [200, 4000]) {
      await writeFile(file, (await fixture('tones.mp3')).subarray(0, bytes));
      const read = async (): Promise<void> => {
        for await (const _ of decodeFile(file, { raw: null, env: {} }));
      };
      await read().catch((error: Error) => messages.push(error.message));
    }
    expect(messages).toEqual([
      expect.stringContaining('nothing of it could be read'),
      expect.stringContaining('what comes before was read'),
    ]);
  });
});
