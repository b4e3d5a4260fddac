/** Uncompressed samples, and the two companded kinds of telephony, to floats. */
import type { ByteReader } from './byte-reader.js';
import { viewOf } from './byte-reader.js';
import { checkSoundFormat, type SoundStream, truncatedAudio } from './sound.js';

export const PCM_ENCODINGS = [
  'u8',
  's8',
  's16le',
  's16be',
  's24le',
  's24be',
  's32le',
  's32be',
  'f32le',
  'f32be',
  'f64le',
  'f64be',
  'mulaw',
  'alaw',
] as const;
export type PcmEncoding = (typeof PCM_ENCODINGS)[number];

export interface PcmFormat {
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly encoding: PcmEncoding;
  /** Bytes of one sample of all channels; more than the encoding needs where a header pads. */
  readonly frameBytes: number;
}

export function bytesPerSample(encoding: PcmEncoding): number {
  if (encoding === 'mulaw' || encoding === 'alaw') return 1;
  return Number(/\d+/.exec(encoding)?.[0]) / 8;
}

/** ITU-T G.711, mu-law: a byte to its value of 16 bits. */
function muLawValue(byte: number): number {
  const code = ~byte & 0xff;
  const magnitude = ((((code & 0x0f) << 3) + 0x84) << ((code & 0x70) >> 4)) - 0x84;
  return code & 0x80 ? -magnitude : magnitude;
}

/** ITU-T G.711, A-law: a byte to its value of 16 bits. */
function aLawValue(byte: number): number {
  const code = byte ^ 0x55;
  const segment = (code & 0x70) >> 4;
  const step = ((code & 0x0f) << 4) + 8;
  const magnitude = segment === 0 ? step : (step + 0x100) << (segment - 1);
  return code & 0x80 ? magnitude : -magnitude;
}

const MU_LAW = Float32Array.from({ length: 256 }, (_, byte) => muLawValue(byte) / 32_768);
const A_LAW = Float32Array.from({ length: 256 }, (_, byte) => aLawValue(byte) / 32_768);

type SampleReader = (view: DataView, at: number) => number;

const READERS: Readonly<Record<PcmEncoding, SampleReader>> = {
  u8: (view, at) => (view.getUint8(at) - 128) / 128,
  s8: (view, at) => view.getInt8(at) / 128,
  s16le: (view, at) => view.getInt16(at, true) / 32_768,
  s16be: (view, at) => view.getInt16(at, false) / 32_768,
  s24le: (view, at) => ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 8_388_608,
  s24be: (view, at) => ((view.getInt16(at, false) << 8) | view.getUint8(at + 2)) / 8_388_608,
  s32le: (view, at) => view.getInt32(at, true) / 2_147_483_648,
  s32be: (view, at) => view.getInt32(at, false) / 2_147_483_648,
  f32le: (view, at) => finite(view.getFloat32(at, true)),
  f32be: (view, at) => finite(view.getFloat32(at, false)),
  f64le: (view, at) => finite(view.getFloat64(at, true)),
  f64be: (view, at) => finite(view.getFloat64(at, false)),
  mulaw: (view, at) => MU_LAW[view.getUint8(at)] as number,
  alaw: (view, at) => A_LAW[view.getUint8(at)] as number,
};

/** Damaged floats would spoil all that the filters make of them; far beyond full scale nothing is sound. */
function finite(value: number): number {
  return value >= -1e4 && value <= 1e4 ? value : 0;
}

/** Whole frames of bytes to one array a channel. */
export function decodePcm(bytes: Uint8Array, format: PcmFormat): Float32Array[] {
  const { encoding, channelCount, frameBytes } = format;
  const read = READERS[encoding];
  const size = bytesPerSample(encoding);
  const view = viewOf(bytes);
  const frames = Math.floor(bytes.length / frameBytes);
  return Array.from({ length: channelCount }, (_, channel) => {
    const samples = new Float32Array(frames);
    for (let frame = 0, at = channel * size; frame < frames; frame++, at += frameBytes) samples[frame] = read(view, at);
    return samples;
  });
}

const BLOCK_BYTES = 1 << 18;
/** Some writers count their header in with the sound: nothing is missing then. */
const MISCOUNTED_BYTES = 128;

/**
 * Sound of the next `byteCount` bytes, or of all that come where it is null. Throws where they end before that; a
 * frame that the end cuts in two is left away.
 */
export async function* readPcm(reader: ByteReader, format: PcmFormat, byteCount: number | null): SoundStream {
  const { sampleRate, frameBytes } = format;
  checkSoundFormat(sampleRate, format.channelCount);
  const blockBytes = Math.max(frameBytes, BLOCK_BYTES - (BLOCK_BYTES % frameBytes));
  let left = byteCount ?? Number.POSITIVE_INFINITY;
  while (left >= frameBytes) {
    const wanted = Math.min(blockBytes, left - (left % frameBytes));
    const bytes = await reader.take(Number.isFinite(wanted) ? wanted : blockBytes);
    if (bytes.length >= frameBytes) yield { sampleRate, channels: decodePcm(bytes, format) };
    if (bytes.length < (Number.isFinite(wanted) ? wanted : blockBytes)) {
      const missing = left - bytes.length;
      if (byteCount === null || missing <= MISCOUNTED_BYTES) return;
      throw truncatedAudio(`${byteCount} bytes of sound are claimed, ${byteCount - missing} are there`);
    }
    left -= bytes.length;
  }
}
