/** Headers of the frames of MP3 (ISO/IEC 11172-3, 2.4.1.3) and of AAC with ADTS (ISO/IEC 13818-7, 6.2). */
import { viewOf } from './byte-reader.js';

export interface FrameHeader {
  /** Of the whole frame. */
  readonly byteLength: number;
  readonly sampleRate: number;
  readonly channelCount: number;
  /** Samples of each channel in the frame. */
  readonly sampleCount: number;
  /** Equal for all frames of a stream. */
  readonly kind: string;
}

export interface Mp3Header extends FrameHeader {
  /** Bytes from the start of the frame to its main data. */
  readonly sideEnd: number;
}

export interface AdtsHeader extends FrameHeader {
  readonly headerBytes: number;
  /** Low complexity, in one block of one or two channels: what is decoded here. */
  readonly isPlain: boolean;
}

const BIT_RATES_V1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const BIT_RATES_V2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const MP3_RATES = [44_100, 48_000, 32_000];
const MPEG_1 = 3;
const MPEG_2 = 2;

/** The header of MPEG layer 3 that stands here, or null. */
export function mp3HeaderAt(bytes: Uint8Array, at: number): Mp3Header | null {
  if (at + 4 > bytes.length) return null;
  const header = viewOf(bytes).getUint32(at, false);
  const version = (header >>> 19) & 3;
  const rate = MP3_RATES[(header >>> 10) & 3];
  const isLayer3 = header >>> 21 === 0x7ff && ((header >>> 17) & 3) === 1 && version !== 1;
  const isVersion1 = version === MPEG_1;
  const bitRate = (isVersion1 ? BIT_RATES_V1 : BIT_RATES_V2)[(header >>> 12) & 15];
  if (!isLayer3 || rate === undefined || !bitRate) return null;
  const sampleRate = isVersion1 ? rate : version === MPEG_2 ? rate / 2 : rate / 4;
  const isMono = ((header >>> 6) & 3) === 3;
  const hasCheck = ((header >>> 16) & 1) === 0;
  return {
    byteLength: Math.floor(((isVersion1 ? 144_000 : 72_000) * bitRate) / sampleRate) + ((header >>> 9) & 1),
    sampleRate,
    channelCount: isMono ? 1 : 2,
    sampleCount: isVersion1 ? 1152 : 576,
    kind: `${sampleRate}/${isMono ? 1 : 2}`,
    sideEnd: 4 + (hasCheck ? 2 : 0) + (isVersion1 ? (isMono ? 17 : 32) : isMono ? 9 : 17),
  };
}

const BIT_RATES_LAYER_2 = [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
/** Bytes of a frame of free format, at least and at most: 8 kbit/s at 48 kHz, 640 at 32 kHz. */
const [SHORTEST_FREE, LONGEST_FREE] = [24, 2880];
const FRAMES_IN_A_ROW = 3;

/** Whether frames of MPEG stand here that are not decoded here: of layer 2, or of layer 3 in free format. */
export function hasOtherMpegFrames(bytes: Uint8Array, at: number): boolean {
  if (at + 4 > bytes.length || bytes[at] !== 0xff || ((bytes[at + 1] as number) & 0xe0) !== 0xe0) return false;
  const [version, layer, bitRate] = factsAt(bytes, at);
  const isKnown = version !== 1 && ((bytes[at + 2] as number) >> 2) % 4 !== 3;
  if (!isKnown || bitRate === 15) return false;
  if (layer === 2 && bitRate !== 0) return hasLayer2Frames(bytes, at);
  return layer === 1 && bitRate === 0 && hasFreeFrames(bytes, at);
}

/** Version, layer (1 is the third, 2 the second) and index of the bit rate. */
function factsAt(bytes: Uint8Array, at: number): [version: number, layer: number, bitRate: number] {
  const second = bytes[at + 1] as number;
  return [(second >> 3) & 3, (second >> 1) & 3, (bytes[at + 2] as number) >> 4];
}

function hasLayer2Frames(bytes: Uint8Array, start: number): boolean {
  let at = start;
  for (let count = 0; count < FRAMES_IN_A_ROW; count++) {
    if (at + 4 > bytes.length || !isSameKind(bytes, start, at)) return false;
    const [version, , index] = factsAt(bytes, at);
    const third = bytes[at + 2] as number;
    const rate = (MP3_RATES[(third >> 2) & 3] as number) / (version === MPEG_1 ? 1 : version === MPEG_2 ? 2 : 4);
    const bitRate = (version === MPEG_1 ? BIT_RATES_LAYER_2 : BIT_RATES_V2)[index];
    if (!bitRate) return false;
    at += Math.floor((144_000 * bitRate) / rate) + ((third >> 1) & 1);
  }
  return true;
}

/** The length of such frames is told nowhere: it is the distance to the next, but for a byte of padding. */
function hasFreeFrames(bytes: Uint8Array, start: number): boolean {
  const isFrame = (at: number): boolean => isSameKind(bytes, start, at) && (bytes[at + 2] as number) >> 4 === 0;
  for (let length = SHORTEST_FREE; length <= LONGEST_FREE; length++) {
    const second = start + length;
    if (isFrame(second) && [-1, 0, 1].some((padding) => isFrame(second + length + padding))) return true;
  }
  return false;
}

/** Whether a header stands at `at` of the same version, layer and sample rate. */
function isSameKind(bytes: Uint8Array, start: number, at: number): boolean {
  if (bytes[at] !== 0xff || at + 4 > bytes.length) return false;
  const isSameRate = (((bytes[start + 2] as number) ^ (bytes[at + 2] as number)) & 0x0c) === 0;
  return bytes[at + 1] === bytes[start + 1] && isSameRate;
}

/** Rates of AAC by their index (ISO/IEC 14496-3, table 1.18). */
export const AAC_RATES = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350,
];
export const AAC_FRAME_SAMPLES = 1024;
const LOW_COMPLEXITY = 1;

/** The ADTS header that stands here, or null. */
export function adtsHeaderAt(bytes: Uint8Array, at: number): AdtsHeader | null {
  if (at + 7 > bytes.length) return null;
  const view = viewOf(bytes);
  const sync = view.getUint16(at, false);
  const facts = view.getUint16(at + 2, false);
  const byteLength = (view.getUint32(at + 3, false) >>> 13) & 0x1fff;
  const sampleRate = AAC_RATES[(facts >>> 10) & 15];
  const headerBytes = (sync & 1) === 0 ? 9 : 7;
  if ((sync & 0xfff6) !== 0xfff0 || byteLength <= headerBytes || sampleRate === undefined) return null;
  const profile = facts >>> 14;
  const channelCount = (facts >>> 6) & 7;
  const blocks = (view.getUint8(at + 6) & 3) + 1;
  return {
    byteLength,
    sampleRate,
    channelCount,
    sampleCount: blocks * AAC_FRAME_SAMPLES,
    kind: `${profile}/${sampleRate}/${channelCount}`,
    headerBytes,
    isPlain: profile === LOW_COMPLEXITY && blocks === 1 && (channelCount === 1 || channelCount === 2),
  };
}
