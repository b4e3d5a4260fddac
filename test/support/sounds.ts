/** Sounds and files of sound made for tests. */
import type { PcmEncoding } from '../../src/io/audio/pcm.js';
import type { VoiceFinder, VoiceProgress } from '../../src/io/audio/voice.js';

/** ITU-T G.711 by its tables of ends, the other way round than the decoder does it: by search. */
function companded(value: number, decode: (byte: number) => number): number {
  let best = 0;
  for (let byte = 0; byte < 256; byte++)
    if (Math.abs(decode(byte) - value) < Math.abs(decode(best) - value)) best = byte;
  return best;
}

const muLaw = (byte: number): number => {
  const code = ~byte & 255;
  const magnitude = (33 + 2 * (code & 15)) * 2 ** ((code >> 4) & 7) - 33;
  return ((code & 128 ? -1 : 1) * magnitude * 4) / 32_768;
};
const aLaw = (byte: number): number => {
  const code = byte ^ 0x55;
  const exponent = (code >> 4) & 7;
  const mantissa = 2 * (code & 15) + 1;
  const magnitude = exponent === 0 ? mantissa : (mantissa + 32) * 2 ** (exponent - 1);
  return ((code & 128 ? 1 : -1) * magnitude * 8) / 32_768;
};

/** Bytes of one sample; `value` of full scale 1. */
export function encodeSample(value: number, encoding: PcmEncoding): Buffer {
  if (encoding === 'mulaw') return Buffer.of(companded(value, muLaw));
  if (encoding === 'alaw') return Buffer.of(companded(value, aLaw));
  const isBig = encoding.endsWith('be');
  const bits = Number(/\d+/.exec(encoding)?.[0]);
  const bytes = Buffer.alloc(bits / 8);
  if (encoding.startsWith('f')) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    if (bits === 32) view.setFloat32(0, value, !isBig);
    else view.setFloat64(0, value, !isBig);
    return bytes;
  }
  const whole = Math.max(-(2 ** (bits - 1)), Math.min(2 ** (bits - 1) - 1, Math.round(value * 2 ** (bits - 1))));
  if (encoding === 'u8') bytes.writeUInt8(whole + 128);
  else if (isBig || bits === 8) bytes.writeIntBE(whole, 0, bits / 8);
  else bytes.writeIntLE(whole, 0, bits / 8);
  return bytes;
}

/** Largest error of a value that went through the encoding. */
export function encodingError(value: number, encoding: PcmEncoding): number {
  if (encoding === 'mulaw' || encoding === 'alaw')
    return 0.001 + Math.abs(value) * 0.035 + Math.max(0, Math.abs(value) - 0.97);
  if (encoding.startsWith('f')) return 1e-6;
  return 1 / 2 ** (Number(/\d+/.exec(encoding)?.[0]) - 1) + 1e-6;
}

export function interleave(channels: readonly (readonly number[])[], encoding: PcmEncoding): Buffer {
  const frames = channels[0]?.length ?? 0;
  return Buffer.concat(
    Array.from({ length: frames }, (_, frame) =>
      Buffer.concat(channels.map((samples) => encodeSample(samples[frame] as number, encoding))),
    ),
  );
}

const chunk = (tag: string, body: Buffer, isBig = false, size = body.length): Buffer => {
  const head = Buffer.alloc(8);
  head.write(tag, 'latin1');
  if (isBig) head.writeUInt32BE(size, 4);
  else head.writeUInt32LE(size, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
};

export interface WavFacts {
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly encoding: PcmEncoding;
  readonly isExtensible?: boolean;
  readonly isRf64?: boolean;
  /** What the header claims, where that is not the truth. */
  readonly dataSize?: number;
  /** Chunks before the sound. */
  readonly chunks?: readonly (readonly [tag: string, bytes: number])[];
}

export function wavFile(data: Buffer, facts: WavFacts): Buffer {
  const { sampleRate, channelCount, encoding, isExtensible = false, isRf64 = false } = facts;
  const kind = { mulaw: 7, alaw: 6 }[encoding as string] ?? (encoding.startsWith('f') ? 3 : 1);
  const bits = kind > 3 ? 8 : Number(/\d+/.exec(encoding)?.[0]);
  const format = Buffer.alloc(isExtensible ? 40 : 16);
  format.writeUInt16LE(isExtensible ? 0xfffe : kind, 0);
  format.writeUInt16LE(channelCount, 2);
  format.writeUInt32LE(sampleRate, 4);
  format.writeUInt32LE((sampleRate * channelCount * bits) / 8, 8);
  format.writeUInt16LE((channelCount * bits) / 8, 12);
  format.writeUInt16LE(bits, 14);
  if (isExtensible) {
    format.writeUInt16LE(22, 16);
    format.writeUInt16LE(bits, 18);
    format.writeUInt16LE(kind, 24);
    format.write('000000001000800000aa00389b71', 26, 'hex');
  }
  const ds64 = Buffer.alloc(28);
  ds64.writeBigUInt64LE(BigInt(data.length), 8);
  const claimed = facts.dataSize ?? (isRf64 ? 0xffff_ffff : data.length);
  const head = Buffer.from(`${isRf64 ? 'RF64' : 'RIFF'}\xff\xff\xff\xffWAVE`, 'latin1');
  const others = (facts.chunks ?? []).map(([tag, bytes]) => chunk(tag, Buffer.alloc(bytes, 7)));
  return Buffer.concat([
    head,
    ...(isRf64 ? [chunk('ds64', ds64)] : []),
    ...others,
    chunk('fmt ', format),
    ...others,
    chunk('data', data, false, claimed),
  ]);
}

const AIFC_TAGS: Readonly<Record<string, string>> = {
  s16le: 'sowt',
  f32be: 'fl32',
  f64be: 'fl64',
  mulaw: 'ulaw',
  alaw: 'alaw',
};

/** AIFF for whole numbers, big-endian; AIFF-C for the others that it knows. */
export function aiffFile(data: Buffer, sampleRate: number, channelCount: number, encoding: PcmEncoding): Buffer {
  const tag = AIFC_TAGS[encoding];
  const bits = tag?.endsWith('law') ? 16 : Number(/\d+/.exec(encoding)?.[0]);
  const common = Buffer.alloc(18);
  common.writeUInt16BE(channelCount, 0);
  common.writeUInt16BE(bits, 6);
  const exponent = Math.floor(Math.log2(sampleRate));
  common.writeUInt16BE(exponent + 16_383, 8);
  common.writeUInt32BE(sampleRate * 2 ** (31 - exponent), 10);
  const body = tag === undefined ? common : Buffer.concat([common, Buffer.from(`${tag}\0\0`, 'latin1')]);
  const parts = [chunk('COMM', body, true), chunk('SSND', Buffer.concat([Buffer.alloc(8), data]), true)];
  const form = Buffer.concat([Buffer.from(tag === undefined ? 'AIFF' : 'AIFC'), ...parts]);
  return chunk('FORM', form, true);
}

/** A voice finder by energy: frames of 20 ms louder than a limit are voice; pauses under 0.2 s end nothing. */
export function energyFinder(): VoiceFinder {
  const frame = 320;
  let rest: number[] = [];
  let at = 0;
  let start: number | null = null;
  let last = 0;
  const pause = 10 * frame;
  const judge = (samples: readonly number[], ended: { start: number; end: number }[]): void => {
    const energy = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / frame);
    if (energy > 300) {
      start ??= at;
      last = at + samples.length;
    } else if (start !== null && at - last >= pause) {
      ended.push({ start, end: last });
      start = null;
    }
    at += samples.length;
  };
  const progress = (stretches: { start: number; end: number }[]): VoiceProgress => ({
    stretches,
    settledUntil: start ?? at,
  });
  return {
    async push(samples) {
      const ended: { start: number; end: number }[] = [];
      rest.push(...samples);
      while (rest.length >= frame) judge(rest.splice(0, frame), ended);
      return progress(ended);
    },
    async flush() {
      const ended: { start: number; end: number }[] = [];
      if (rest.length > 0) judge(rest, ended);
      rest = [];
      if (start !== null) ended.push({ start, end: last });
      start = null;
      return progress(ended);
    },
  };
}
