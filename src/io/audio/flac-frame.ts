/** One frame of FLAC (RFC 9639, section 9). */
import { BitReader } from './flac-bits.js';

export interface FlacDefaults {
  readonly sampleRate: number;
  readonly bitsPerSample: number;
}

export interface FlacFrame {
  /** Of its first sample, or of the frame itself where all have one length. */
  readonly number: number;
  readonly isNumberOfSample: boolean;
  readonly sampleRate: number;
  readonly bitsPerSample: number;
  readonly channels: readonly (Int32Array | Float64Array)[];
  readonly byteLength: number;
}

/** The bits here are no frame, or a damaged one. */
export class FlacDamage extends Error {}

const RATES = [0, 88_200, 176_400, 192_000, 8000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000];
const BITS = [0, 8, 12, 0, 16, 20, 24, 32];
const LEFT_SIDE = 8;
const RIGHT_SIDE = 9;
const MID_SIDE = 10;

function crcTable(polynomial: number, width: number): Uint16Array {
  const mask = 2 ** width - 1;
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    let crc = byte << (width - 8);
    for (let bit = 0; bit < 8; bit++) crc = (crc & (1 << (width - 1)) ? (crc << 1) ^ polynomial : crc << 1) & mask;
    return crc;
  });
}

const CRC8 = crcTable(0x07, 8);
const CRC16 = crcTable(0x8005, 16);

function crc8(bytes: Uint8Array, length: number): number {
  let crc = 0;
  for (let index = 0; index < length; index++) crc = CRC8[crc ^ (bytes[index] as number)] as number;
  return crc;
}

function crc16(bytes: Uint8Array, length: number): number {
  let crc = 0;
  for (let index = 0; index < length; index++)
    crc = ((crc << 8) & 0xffff) ^ (CRC16[(crc >> 8) ^ (bytes[index] as number)] as number);
  return crc;
}

interface FrameHeader extends Pick<FlacFrame, 'number' | 'isNumberOfSample'> {
  readonly blockSize: number;
  readonly sampleRate: number;
  readonly bitsPerSample: number;
  readonly assignment: number;
}

/** Reads the frame that `bytes` begin with. Throws {@link FlacDamage}, or `OUT_OF_BITS` where it goes on after them. */
export function readFlacFrame(bytes: Uint8Array, defaults: FlacDefaults): FlacFrame {
  const bits = new BitReader(bytes);
  const header = readHeader(bits, bytes, defaults);
  const { blockSize, assignment, bitsPerSample } = header;
  const count = assignment < LEFT_SIDE ? assignment + 1 : 2;
  const channels: Samples[] = [];
  for (let channel = 0; channel < count; channel++) {
    const isSide = assignment === RIGHT_SIDE ? channel === 0 : assignment >= LEFT_SIDE && channel === 1;
    channels.push(readSubframe(bits, blockSize, bitsPerSample + (isSide ? 1 : 0)));
  }
  bits.alignToByte();
  const length = bits.bytePosition;
  if (bits.read(16) !== crc16(bytes, length)) throw new FlacDamage('checksum');
  if (assignment >= LEFT_SIDE) joinSides(channels as [Samples, Samples], assignment);
  const { sampleRate, number, isNumberOfSample } = header;
  return { number, isNumberOfSample, sampleRate, bitsPerSample, channels, byteLength: length + 2 };
}

function readHeader(bits: BitReader, bytes: Uint8Array, defaults: FlacDefaults): FrameHeader {
  if (bits.read(15) !== 0x7ffc) throw new FlacDamage('no frame');
  const isNumberOfSample = bits.read(1) === 1;
  const sizeCode = bits.read(4);
  const rateCode = bits.read(4);
  const assignment = bits.read(4);
  const bitsCode = bits.read(3);
  if (bits.read(1) !== 0 || assignment > MID_SIDE || sizeCode === 0 || rateCode === 15 || bitsCode === 3)
    throw new FlacDamage('reserved values');
  const number = readCodedNumber(bits);
  const blockSize = readBlockSize(bits, sizeCode);
  const sampleRate = readRate(bits, rateCode) || defaults.sampleRate;
  const length = bits.bytePosition;
  if (bits.read(8) !== crc8(bytes, length)) throw new FlacDamage('checksum of the header');
  const bitsPerSample = BITS[bitsCode] || defaults.bitsPerSample;
  return { number, isNumberOfSample, blockSize, sampleRate, bitsPerSample, assignment };
}

/** The number of the frame or sample, coded as UTF-8 codes characters, with up to 36 bits. */
function readCodedNumber(bits: BitReader): number {
  const first = bits.read(8);
  const more = first < 0x80 ? 0 : Math.clz32(~(first << 24)) - 1;
  if (first >= 0x80 && (more < 1 || more > 6)) throw new FlacDamage('number of the frame');
  let number = more === 0 ? first : first & (0x3f >> more);
  for (let index = 0; index < more; index++) number = number * 64 + (bits.read(8) & 0x3f);
  return number;
}

function readBlockSize(bits: BitReader, code: number): number {
  if (code === 1) return 192;
  if (code <= 5) return 576 << (code - 2);
  if (code === 6) return bits.read(8) + 1;
  if (code === 7) return bits.read(16) + 1;
  return 256 << (code - 8);
}

function readRate(bits: BitReader, code: number): number {
  if (code === 12) return bits.read(8) * 1000;
  if (code === 13) return bits.read(16);
  if (code === 14) return bits.read(16) * 10;
  return RATES[code] as number;
}

/** Integers; those of more than 32 bits (the side of two channels of 32) as floats. */
type Samples = Int32Array | Float64Array;

function readSubframe(bits: BitReader, blockSize: number, width: number): Samples {
  if (bits.read(1) !== 0) throw new FlacDamage('padding');
  const type = bits.read(6);
  const wasted = bits.read(1) === 1 ? bits.readUnary() + 1 : 0;
  const depth = width - wasted;
  if (depth < 1) throw new FlacDamage('wasted bits');
  const samples = depth > 32 ? new Float64Array(blockSize) : new Int32Array(blockSize);
  if (type === 0) samples.fill(bits.readSigned(depth));
  else if (type === 1) for (let index = 0; index < blockSize; index++) samples[index] = bits.readSigned(depth);
  else if (type >= 8 && type <= 12) readFixed(bits, samples, type - 8, depth);
  else if (type >= 32) readLinear(bits, samples, type - 31, depth);
  else throw new FlacDamage('kind of subframe');
  if (wasted > 0)
    for (let index = 0; index < blockSize; index++) samples[index] = (samples[index] as number) * 2 ** wasted;
  return samples;
}

const FIXED_WEIGHTS: readonly (readonly number[])[] = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

function readFixed(bits: BitReader, samples: Samples, order: number, depth: number): void {
  readWarmUp(bits, samples, order, depth);
  readResidual(bits, samples, order);
  predict(samples, FIXED_WEIGHTS[order] as readonly number[], 0, depth + 4 > 31);
}

function readLinear(bits: BitReader, samples: Samples, order: number, depth: number): void {
  readWarmUp(bits, samples, order, depth);
  const precision = bits.read(4) + 1;
  if (precision === 16) throw new FlacDamage('precision');
  const shift = bits.readSigned(5);
  if (shift < 0) throw new FlacDamage('shift');
  const weights = Array.from({ length: order }, () => bits.readSigned(precision));
  readResidual(bits, samples, order);
  predict(samples, weights, shift, depth + precision + Math.ceil(Math.log2(order)) > 31);
}

function readWarmUp(bits: BitReader, samples: Samples, order: number, depth: number): void {
  if (order > samples.length) throw new FlacDamage('order');
  for (let index = 0; index < order; index++) samples[index] = bits.readSigned(depth);
}

/** Rice codes in partitions. */
function readResidual(bits: BitReader, samples: Samples, order: number): void {
  const method = bits.read(2);
  if (method > 1) throw new FlacDamage('kind of residual');
  const parameterBits = method === 0 ? 4 : 5;
  const raw = method === 0 ? 15 : 31;
  const partitions = 1 << bits.read(4);
  const size = samples.length / partitions;
  if (!Number.isInteger(size) || size < order) throw new FlacDamage('partitions');
  for (let partition = 0, at = order; partition < partitions; partition++) {
    const end = (partition + 1) * size;
    const parameter = bits.read(parameterBits);
    if (parameter === raw) {
      const width = bits.read(5);
      for (; at < end; at++) samples[at] = width === 0 ? 0 : bits.readSigned(width);
    } else {
      for (; at < end; at++) {
        const folded = bits.readUnary() * 2 ** parameter + bits.read(parameter);
        samples[at] = folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
      }
    }
  }
}

/** Adds the prediction to the residuals, in place. Sums that may not fit 32 bits are made of floats, which hold 53. */
function predict(samples: Samples, weights: readonly number[], shift: number, isWide: boolean): void {
  const order = weights.length;
  if (order === 0) return;
  const taps = Float64Array.from(weights);
  const scale = 2 ** shift;
  for (let index = order; index < samples.length; index++) {
    let sum = 0;
    if (isWide) {
      for (let tap = 0; tap < order; tap++) sum += (taps[tap] as number) * (samples[index - 1 - tap] as number);
      samples[index] = (samples[index] as number) + Math.floor(sum / scale);
    } else {
      for (let tap = 0; tap < order; tap++)
        sum = (sum + Math.imul(weights[tap] as number, samples[index - 1 - tap] as number)) | 0;
      samples[index] = (samples[index] as number) + (sum >> shift);
    }
  }
}

/** Two channels from one and their difference, in place. */
function joinSides(channels: [Samples, Samples], assignment: number): void {
  const [first, second] = channels;
  for (let index = 0; index < first.length; index++) {
    const a = first[index] as number;
    const b = second[index] as number;
    if (assignment === LEFT_SIDE) second[index] = a - b;
    else if (assignment === RIGHT_SIDE) first[index] = a + b;
    else {
      const sum = a * 2 + (b & 1);
      first[index] = (sum + b) / 2;
      second[index] = (sum - b) / 2;
    }
  }
}
