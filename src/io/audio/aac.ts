/**
 * AAC of the low complexity profile, decoded in JavaScript by `aac`. Of the high efficiency profiles it hears the core,
 * which has half the rate and all of speech.
 */
import { createRequire } from 'node:module';
import { InputError } from '../input-error.js';
import { type ByteReader, viewOf } from './byte-reader.js';
import { loadOptional } from './packages.js';
import { CONVERT_ADVICE, type SoundStream, truncatedAudio, unsupportedAudio } from './sound.js';

interface FilterBank {
  process(info: { windowShape: Int32Array }, data: unknown, output: unknown, channel: number): void;
}

/** What is used of the package, which has no types. */
interface AacDecoder {
  filter_bank: FilterBank;
  config: { sampleRate: number; chanConfig: number };
  format: { channelsPerFrame: number };
  bitstream: unknown;
  init(): void;
  setCookie(buffer: unknown): void;
  /** Interleaved samples of a frame. */
  readChunk(): Float32Array;
}

interface AvLibrary {
  readonly Buffer: new (bytes: Uint8Array) => unknown;
  readonly Stream: { fromBuffer(buffer: unknown): unknown };
  readonly Bitstream: new (stream: unknown) => unknown;
}

type AacPackages = [AvLibrary, { prototype: AacDecoder }, { prototype: object }];

/**
 * The package forgets the window shape of the frame before, with which the first half of each frame is weighed: without
 * it the error is 19 dB below the sound, with it beyond what 16 bits hold.
 */
function repairWindows(filterBank: FilterBank): void {
  const process = filterBank.process.bind(filterBank);
  const shapes = new Map<number, number>();
  filterBank.process = (info, data, output, channel) => {
    info.windowShape[0] = shapes.get(channel) ?? 0;
    shapes.set(channel, info.windowShape[1] as number);
    process(info, data, output, channel);
  };
}

/** The package never seeds the noise that stands for noisy bands, which makes it no number. */
function repairNoise(prototype: object): void {
  let state = 1;
  Object.defineProperty(prototype, 'randomState', {
    configurable: true,
    get: () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      return (state >>> 12) + 1;
    },
    set: () => undefined,
  });
}

const LOW_COMPLEXITY = 2;
const SPECTRAL_BAND_REPLICATION = 5;
const PARAMETRIC_STEREO = 29;
const FRAME_SAMPLES = 1024;
const RATES = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350];

interface AacConfig {
  readonly sampleRate: number;
  readonly channelCount: number;
  /** AudioSpecificConfig of the low complexity core. */
  readonly cookie: Uint8Array;
}

/** ISO/IEC 14496-3, 1.6.2.1. Throws {@link InputError} where the core is of another profile. */
function readConfig(description: Uint8Array): AacConfig {
  const bits = [...description.subarray(0, 16)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const profile = Number.parseInt(bits.slice(0, 5), 2);
  const rateIndex = Number.parseInt(bits.slice(5, 9), 2);
  const channelCount = Number.parseInt(bits.slice(9, 13), 2);
  const isKnown = profile === LOW_COMPLEXITY || profile === SPECTRAL_BAND_REPLICATION || profile === PARAMETRIC_STEREO;
  const sampleRate = RATES[rateIndex];
  const isPlain = profile !== LOW_COMPLEXITY || bits[13] !== '1';
  if (!isKnown || !isPlain || sampleRate === undefined || !(channelCount >= 1 && channelCount <= 2))
    throw unsupportedAudio(`AAC of profile ${profile} with ${channelCount || 'described'} channels`);
  const packed = (LOW_COMPLEXITY << 11) | (rateIndex << 7) | (channelCount << 3);
  return { sampleRate, channelCount, cookie: Uint8Array.of(packed >> 8, packed & 0xff, 0, 0) };
}

export class AacSound {
  readonly #av: AvLibrary;
  readonly #decoder: AacDecoder;
  readonly sampleRate: number;
  readonly #channelCount: number;
  #frames = 0;
  #lost = 0;

  private constructor(av: AvLibrary, decoder: AacDecoder, { sampleRate, channelCount }: AacConfig) {
    this.#av = av;
    this.#decoder = decoder;
    this.sampleRate = sampleRate;
    this.#channelCount = channelCount;
  }

  /** @param description the AudioSpecificConfig. Throws {@link InputError}. */
  static async open(description: Uint8Array): Promise<AacSound> {
    const config = readConfig(description);
    const require = createRequire(import.meta.url);
    const load = async (): Promise<AacPackages> => [require('av'), require('aac'), require('aac/src/ics')];
    const [av, { prototype }, stream] = await loadOptional(load, 'AAC');
    repairNoise(stream.prototype);
    // its constructor wants a demuxer of its own; the methods need none
    const decoder: AacDecoder = Object.create(prototype);
    decoder.format = { channelsPerFrame: 0 };
    decoder.init();
    decoder.setCookie(new av.Buffer(config.cookie));
    repairWindows(decoder.filter_bank);
    return new AacSound(av, decoder, config);
  }

  /** Throws {@link InputError} where frames were lost. */
  finish(): void {
    if (this.#lost === 0) return;
    throw new InputError(
      'CORRUPT_AUDIO',
      `${this.#lost} of ${this.#frames} frames of AAC could not be decoded, silence stands in their place; ${CONVERT_ADVICE}`,
    );
  }

  /** One frame of 1024 samples, without an ADTS header; silence for one that is damaged. */
  decode(frame: Uint8Array): Float32Array[] {
    let samples = new Float32Array(FRAME_SAMPLES * this.#channelCount);
    this.#frames += 1;
    try {
      this.#decoder.bitstream = new this.#av.Bitstream(this.#av.Stream.fromBuffer(new this.#av.Buffer(padded(frame))));
      samples = Float32Array.from(this.#decoder.readChunk());
      if (samples.some(Number.isNaN)) samples.fill(0);
    } catch {
      this.#lost += 1;
    }
    const count = this.#channelCount;
    return Array.from({ length: count }, (_, channel) =>
      Float32Array.from({ length: samples.length / count }, (__, index) => samples[index * count + channel] as number),
    );
  }
}

const ADTS_HEADER_BYTES = 7;

/** The sound of a file of AAC frames with ADTS headers (ISO/IEC 13818-7, 6.2). Throws {@link InputError}. */
export async function* readAdts(reader: ByteReader): SoundStream {
  let sound: AacSound | null = null;
  for (;;) {
    const head = await nextHeader(reader);
    if (head.length === 0) break;
    const view = viewOf(head);
    const size = ((view.getUint32(3, false) >>> 13) & 0x1fff) - ADTS_HEADER_BYTES;
    const frame = await reader.take(Math.max(0, size));
    if (head.length < ADTS_HEADER_BYTES || frame.length < size) throw truncatedAudio('its last frame is cut in two');
    const facts = view.getUint16(2, false);
    const packed = (((facts >>> 14) + 1) << 11) | (((facts >>> 10) & 15) << 7) | (((facts >>> 6) & 7) << 3);
    sound ??= await AacSound.open(Uint8Array.of(packed >> 8, packed & 0xff));
    const hasChecksum = (view.getUint8(1) & 1) === 0;
    yield { sampleRate: sound.sampleRate, channels: sound.decode(frame.subarray(hasChecksum ? 2 : 0)) };
  }
  sound?.finish();
}

/** The next header, with what is no frame before it passed over; no bytes at the end. */
async function nextHeader(reader: ByteReader): Promise<Uint8Array> {
  let head = await reader.take(ADTS_HEADER_BYTES);
  while (head.length === ADTS_HEADER_BYTES && (viewOf(head).getUint16(0, false) & 0xfff6) !== 0xfff0) {
    head = Buffer.concat([head.subarray(1), await reader.take(1)]);
  }
  const isTag = head.length < ADTS_HEADER_BYTES && head[0] !== 0xff;
  return isTag ? new Uint8Array(0) : head;
}

/** The bit reader looks a few bytes ahead. */
function padded(frame: Uint8Array): Uint8Array {
  const longer = new Uint8Array(frame.length + 8);
  longer.set(frame);
  return longer;
}
