import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  MkvOutputFormat,
  Output,
} from 'mediabunny';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sniffAudio } from '../../src/io/audio/audio-kind.js';
import { ByteReader } from '../../src/io/audio/byte-reader.js';
import { decodeFile } from '../../src/io/audio/decode.js';
import { readStreamInfo } from '../../src/io/audio/flac.js';
import { FlacFrames } from '../../src/io/audio/flac-frames.js';
import { amplified, Loudness } from '../../src/io/audio/loudness.js';
import { Mixer } from '../../src/io/audio/mix.js';
import type { SoundBlock } from '../../src/io/audio/sound.js';
import { InputError } from '../../src/io/input-error.js';
import { wavFile } from '../support/sounds.js';

const fixtures = path.join(import.meta.dirname, '..', 'fixtures', 'audio');
const fixture = (name: string): Promise<Buffer> => readFile(path.join(fixtures, name));
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'uxd-odd-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

interface Heard {
  readonly samples: number[];
  readonly error: InputError | null;
  readonly remarks: readonly string[];
}

/** The first channel. */
async function hear(bytes: Uint8Array): Promise<Heard> {
  const file = path.join(directory, 'sound');
  await writeFile(file, bytes);
  const samples: number[] = [];
  const remarks: string[] = [];
  const remark = (message: string): void => void remarks.push(message);
  try {
    for await (const { channels } of decodeFile(file, { raw: null, env: { PATH: '' }, remark }))
      for (const sample of channels[0] ?? []) samples.push(sample);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { samples, error, remarks };
  }
  return { samples, error: null, remarks };
}

const facts = { sampleRate: 8000, channelCount: 1, encoding: 's16le' } as const;
const tone = (count: number): Buffer => {
  const bytes = Buffer.alloc(count * 2);
  for (let at = 0; at < count; at++) bytes.writeInt16LE(Math.round(9000 * Math.sin(at / 9)), at * 2);
  return bytes;
};

describe('WAV of careless writers', () => {
  const data = tone(2000);
  const chunkOf = (tag: string, body: Buffer): Buffer => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(body.length);
    return Buffer.concat([Buffer.from(tag), size, body]);
  };

  it.each([
    ['counts its header in', wavFile(data, { ...facts, dataSize: 4044 })],
    ['was stopped before the last size was written', wavFile(data, { ...facts, dataSize: 1000 })],
    [
      'has two chunks of sound',
      Buffer.concat([wavFile(data.subarray(0, 3000), facts), chunkOf('data', data.subarray(3000))]),
    ],
    [
      '... and another between them',
      Buffer.concat([
        wavFile(data.subarray(0, 3000), facts),
        chunkOf('LIST', Buffer.from('abc')),
        chunkOf('data', data.subarray(3000)),
      ]),
    ],
    [
      'forgets to make a chunk even',
      Buffer.concat([wavFile(data, facts).subarray(0, 36), chunkOf('LIST', Buffer.from('abc')), chunkOf('data', data)]),
    ],
  ])('one that %s is heard whole', async (_, bytes) => {
    const { samples, error } = await hear(bytes);
    expect([error, samples.length]).toEqual([null, 2000]);
    const wanted = Array.from({ length: 2000 }, (_, at) => data.readInt16LE(at * 2) / 32_768);
    expect(samples).toEqual(wanted);
  });

  it('one with a wrong length of frames, or half an extended header, is heard as its bits say', async () => {
    const wrong = wavFile(data, facts);
    wrong.writeUInt16LE(4, 32);
    const half = wavFile(data, facts);
    half.writeUInt16LE(0xfffe, 20);
    for (const bytes of [wrong, half]) expect((await hear(bytes)).samples.length).toBe(2000);
  });

  it('zeros and tags behind the sound are no sound', async () => {
    for (const after of [
      Buffer.alloc(200_000),
      Buffer.from('APETAGEX\xff\xff', 'latin1'),
      Buffer.from('ID3\x03\0\0\0\0\0\x05abcde'),
    ])
      expect((await hear(Buffer.concat([wavFile(data, facts), after]))).samples.length).toBe(2000);
  });
});

describe('AU', () => {
  const au = (offset: number, size: number): Buffer => {
    const head = Buffer.alloc(24);
    for (const [at, value] of [0x2e73_6e64, offset, size, 2, 8000, 1].entries()) head.writeUInt32BE(value, at * 4);
    return Buffer.concat([head, Buffer.alloc(500, 3)]);
  };

  it('of a writer that left the size at 0 is heard; one whose sound lies beyond its end is told of', async () => {
    expect(await hear(au(24, 0))).toMatchObject({ error: null, samples: { length: 500 } });
    expect((await hear(au(0xffff_ffff, 500))).error?.code).toBe('TRUNCATED_AUDIO');
  });
});

/** Where the frames of a file of FLAC begin, and where the last ends. */
async function flacFrames(bytes: Buffer): Promise<number[]> {
  const reader = new ByteReader(
    (async function* () {
      yield bytes;
    })(),
  );
  const frames = new FlacFrames(reader, await readStreamInfo(reader));
  const lengths: number[] = [];
  for (let next = await frames.next(); typeof next !== 'string'; next = await frames.next())
    lengths.push(next.byteLength);
  const places = [bytes.length];
  for (const length of lengths.reverse()) places.unshift((places[0] as number) - length);
  return places;
}

describe('FLAC', () => {
  it('with a damaged frame is heard on after it, on its clock', async () => {
    const bytes = await fixture('tones.flac');
    const whole = (await hear(bytes)).samples;
    const places = await flacFrames(bytes);
    const middle = Math.floor(places.length / 2);
    const damaged = Buffer.from(bytes);
    damaged.fill(0xaa, (places[middle] as number) + 20, (places[middle] as number) + 60);
    const { samples, error } = await hear(damaged);
    expect([error?.code, samples.length]).toEqual(['CORRUPT_AUDIO', whole.length]);
    expect(error?.message).toContain('damaged places of the FLAC file: 1');
    expect(samples.slice(-3000)).toEqual(whole.slice(-3000));
    const lost = await hear(Buffer.concat([bytes.subarray(0, places[middle]), bytes.subarray(places[middle + 1])]));
    expect(lost.error?.code).toBe('TRUNCATED_AUDIO');
  });

  it('with a header that tells of fewer samples is heard whole', async () => {
    const bytes = await fixture('tones.flac');
    const whole = (await hear(bytes)).samples;
    const few = Buffer.from(bytes);
    few.writeUInt32BE(5000, 22);
    expect(await hear(few)).toMatchObject({ error: null, samples: { length: whole.length } });
  });
});

/** Places of the pages of an Ogg file. */
function oggPages(bytes: Buffer): Buffer[] {
  const pages: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const next = bytes.indexOf('OggS', at + 4);
    pages.push(bytes.subarray(at, next === -1 ? bytes.length : next));
    at += (pages.at(-1) as Buffer).length;
  }
  return pages;
}

describe('Ogg', () => {
  it('of which a page is lost keeps its clock', async () => {
    for (const name of ['tones.opus', 'tones.ogg']) {
      const bytes = await fixture(name);
      const whole = (await hear(bytes)).samples;
      const pages = oggPages(bytes);
      // the last page of sound but one, and junk in its place
      const [lost] = pages.splice(-2, 1, Buffer.alloc(300, 0x55));
      expect([name, pages.length > 2, (lost?.length ?? 0) > 500]).toEqual([name, true, true]);
      const { samples, error } = await hear(Buffer.concat(pages));
      expect([name, error?.code]).toEqual([name, 'CORRUPT_AUDIO']);
      expect(Math.abs(samples.length - whole.length)).toBeLessThan(48_000 * 0.05);
    }
  });

  it('with streams of several kinds one after the other is heard to the last, also where one lacks its end', async () => {
    const all = await Promise.all(['tones.opus', 'tones.ogg', 'tones.oga'].map(fixture));
    let total = 0;
    for (const bytes of all) total += (await hear(bytes)).samples.length;
    expect(await hear(Buffer.concat(all))).toMatchObject({ error: null, samples: { length: total } });
    const [opus] = all as [Buffer];
    const endless = Buffer.concat(oggPages(opus).slice(0, -1));
    const { samples } = await hear(Buffer.concat([endless, opus]));
    expect(samples.length).toBeGreaterThan((await hear(opus)).samples.length);
  });
});

/** Matroska with pictures of 20 s, and sound: packets of a tenth of a second from `start` on. */
async function film(start: number, soundTracks = 1): Promise<Buffer> {
  const target = new BufferTarget();
  const output = new Output({ format: new MkvOutputFormat(), target });
  const pictures = new EncodedVideoPacketSource('vp8');
  output.addVideoTrack(pictures);
  const sounds = Array.from({ length: soundTracks }, () => new EncodedAudioPacketSource('pcm-s16'));
  for (const sound of sounds) output.addAudioTrack(sound);
  await output.start();
  const picture = { decoderConfig: { codec: 'vp8', codedWidth: 16, codedHeight: 16 } };
  const format = { decoderConfig: { codec: 'pcm-s16', sampleRate: 8000, numberOfChannels: 1 } };
  for (let second = 0; second < 20; second++)
    await pictures.add(new EncodedPacket(new Uint8Array(20), 'key', second, 1), picture);
  for (const sound of sounds)
    for (let tenth = 0; tenth < 30; tenth++)
      await sound.add(new EncodedPacket(tone(800), 'key', start + tenth / 10, 0.1), format);
  await output.finalize();
  return Buffer.from(target.buffer as ArrayBuffer);
}

describe('containers', () => {
  it('with pictures that begin before the sound and go on after it keep its times, and lack nothing', async () => {
    const { samples, error, remarks } = await hear(await film(2.5));
    expect([error, samples.length, remarks]).toEqual([null, 8000 * 5.5, []]);
    expect(samples.slice(0, 8000 * 2.5).every((sample) => sample === 0)).toBe(true);
    expect(samples[8000 * 2.5 + 10]).toBeCloseTo((9000 * Math.sin(10 / 9)) / 32_768, 3);
  });

  it('with several sound tracks are told of', async () => {
    const { remarks, samples } = await hear(await film(0, 2));
    expect([remarks.length, samples.length]).toEqual([1, 8000 * 3]);
    expect(remarks[0]).toMatch(/^it has 2 sound tracks; track \d is heard$/);
  });

  it('of fragments, cut within one, give all before it', async () => {
    const bytes = await fixture('tones-fragments.mp4');
    const whole = (await hear(bytes)).samples.length;
    const { samples, error } = await hear(bytes.subarray(0, Math.floor(bytes.length * 0.8)));
    expect(error?.code).toBe('TRUNCATED_AUDIO');
    expect(samples.length / whole).toBeGreaterThan(0.5);
  });
});

describe('what only ffmpeg reads', () => {
  /** Frames of MPEG with the same header. */
  const frames = (header: number, bytes: number): Buffer => {
    const frame = Buffer.alloc(bytes, 0x11);
    frame.writeUInt32BE(header);
    return Buffer.concat(Array.from({ length: 6 }, () => frame));
  };

  it.each([
    ['layer 2', frames(0xfffd_8400, 384)],
    ['free format', frames(0xfffb_0400, 1040)],
    ['W64', Buffer.from('riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\0\0', 'latin1')],
    ['DTS', Buffer.from('\x7f\xfe\x80\x01\xfc\x3c', 'latin1')],
  ])('%s is known', async (_, bytes) => {
    expect(sniffAudio(bytes)).toBe('other');
    expect((await hear(bytes)).error?.message).toContain('install ffmpeg');
  });

  it('sound without a header is not called a text', async () => {
    const law = Buffer.from(Array.from({ length: 4000 }, (_, at) => (at % 3 === 0 ? 0x7e : 0xfa - (at % 40))));
    expect((await hear(law)).error?.message).toContain('--raw');
    expect((await hear(Buffer.from('привет, это текст '.repeat(300)))).error?.message).toContain('text');
  });
});

describe('the mix of channels', () => {
  const voice = Float32Array.from({ length: 4000 }, (_, at) => Math.sin(at / 7) * Math.sin(at / 900));
  const turned = voice.map((sample) => -sample);
  const other = Float32Array.from({ length: 4000 }, (_, at) => Math.sin(at / 3.3));
  const power = (samples: Float32Array): number => samples.reduce((sum, sample) => sum + sample * sample, 0);

  it('does not lose what two have with opposite poles, however it comes in', () => {
    for (const step of [4000, 37]) {
      const mixer = new Mixer();
      let sum = 0;
      for (let at = 0; at < voice.length; at += step) {
        const channels = [voice, turned].map((samples) => samples.subarray(at, at + step));
        sum += power(mixer.mix({ sampleRate: 8000, channels }));
      }
      expect(sum / power(voice)).toBeCloseTo(1, 5);
    }
  });

  it('is the mean where channels are alike, silent, or have nothing in common', () => {
    const mean = (a: Float32Array, b: Float32Array): Float32Array =>
      a.map((sample, at) => (sample + (b[at] as number)) / 2);
    for (const second of [voice, new Float32Array(4000), other])
      expect(new Mixer().mix({ sampleRate: 8000, channels: [voice, second] })).toEqual(mean(voice, second));
  });
});

describe('quiet recordings', () => {
  const loud = (count: number, peak: number): Float32Array =>
    Float32Array.from({ length: count }, (_, at) => peak * Math.sin(at));
  const block = (...channels: Float32Array[]): SoundBlock => ({ sampleRate: 8000, channels });

  it('are amplified for the finder of voices, others are left as they are', () => {
    const loudness = new Loudness();
    for (let at = 0; at < 8000 * 20; at += 777) loudness.add(block(loud(Math.min(777, 8000 * 20 - at), 0.002)));
    loudness.add(block(loud(8000, 0.4)));
    loudness.add(block(loud(8000 * 90, 0.002)));
    const gains = [1, 9, 10, 20, 50, 110].map((second) => Math.round(loudness.gainAt(second)));
    // quiet until a loud voice is near, and again when it is long gone
    expect(gains).toEqual([25, 25, 1, 1, 1, 3]);
    loudness.add({ sampleRate: 16_000, channels: [loud(16_000 * 400, 0.0002)] });
    expect(loudness.gainAt(400)).toBeCloseTo(125, 0);
  });

  it('are not those in which another channel is loud, nor silence', () => {
    const loudness = new Loudness();
    loudness.add(block(loud(16_000, 0.003), loud(16_000, 0.3)));
    expect(loudness.gainAt(0)).toBe(1);
    const silent = new Loudness();
    silent.add(block(loud(8000, 0.00009)));
    expect(silent.gainAt(0)).toBe(1);
    expect([...amplified(Int16Array.of(3, -7, 30_000), 10)]).toEqual([30, -70, 32_767]);
  });
});
