/** Opus packets (RFC 6716), decoded by libopus in WebAssembly. */
import { OpusDecoder } from 'opus-decoder';
import { InputError } from '../input-error.js';
import { viewOf } from './byte-reader.js';
import { pauseBefore, type SoundBlock, silence } from './sound.js';

const OPUS_RATE = 48_000;
/** Packets decoded at once: a second of usual ones. */
const PACKETS_AT_ONCE = 50;

interface OpusHead {
  readonly channels: number;
  readonly preSkip: number;
  readonly streamCount: number;
  readonly coupledStreamCount: number;
  readonly channelMappingTable: number[];
}

/** RFC 7845, section 5.1. Throws {@link InputError}. */
function readOpusHead(bytes: Uint8Array): OpusHead {
  const channels = bytes[9] ?? 0;
  if (bytes.length < 19 || channels === 0)
    throw new InputError('CORRUPT_AUDIO', 'the header of the Opus stream is damaged');
  const preSkip = viewOf(bytes).getUint16(10, true);
  if (bytes[18] === 0) {
    if (channels > 2) throw new InputError('CORRUPT_AUDIO', 'the header of the Opus stream is damaged');
    const coupledStreamCount = channels - 1;
    return {
      channels,
      preSkip,
      streamCount: 1,
      coupledStreamCount,
      channelMappingTable: channels === 1 ? [0] : [0, 1],
    };
  }
  const [streamCount = 0, coupledStreamCount = 0] = bytes.subarray(19, 21);
  const channelMappingTable = [...bytes.subarray(21, 21 + channels)];
  const isSound =
    channels <= 8 &&
    streamCount >= 1 &&
    coupledStreamCount <= streamCount &&
    streamCount + coupledStreamCount <= 8 &&
    channelMappingTable.length === channels &&
    channelMappingTable.every((stream) => stream < streamCount + coupledStreamCount || stream === 255);
  if (!isSound) throw new InputError('CORRUPT_AUDIO', 'the header of the Opus stream is damaged');
  return { channels, preSkip, streamCount, coupledStreamCount, channelMappingTable };
}

/** The decoder also prints the errors that it gives back. */
function withoutConsole<T>(work: () => T): T {
  const { error } = console;
  console.error = () => undefined;
  try {
    return work();
  } finally {
    console.error = error;
  }
}

/** Where a page of an Ogg stream ends, in samples of its clock; null where it does not tell. */
export interface PageEnd {
  readonly granule: number | null;
  /** The stream ends there too, before its last packet does where that is longer. */
  readonly isLast: boolean;
}

/** One Opus stream; the delay of its encoder is taken off. */
export class OpusSound {
  readonly #decoder: OpusDecoder<48000>;
  readonly #channelCount: number;
  /** Samples that the encoder put before the sound. */
  readonly preSkip: number;
  /** Samples decoded, or lost, so far. */
  #position = 0;
  /** What the clock of the stream shows at its first sample; null before the first page that tells. */
  #origin: number | null = null;
  #lost = 0;

  private constructor(decoder: OpusDecoder<48000>, { preSkip, channels }: OpusHead) {
    this.#decoder = decoder;
    this.#channelCount = channels;
    this.preSkip = preSkip;
  }

  /** @param head the `OpusHead` packet. Throws {@link InputError}. */
  static async open(head: Uint8Array): Promise<OpusSound> {
    const facts = readOpusHead(head);
    const { preSkip: _, ...layout } = facts;
    const decoder = new OpusDecoder<48000>({ ...layout, preSkip: 0, sampleRate: OPUS_RATE });
    await decoder.ready;
    return new OpusSound(decoder, facts);
  }

  /** The packets of a page, with silence before them where pages were lost. */
  *decodePage(packets: readonly Uint8Array[], { granule, isLast }: PageEnd): Generator<SoundBlock> {
    const blocks: (readonly Float32Array[])[] = [];
    for (let at = 0; at < packets.length; at += PACKETS_AT_ONCE)
      blocks.push(this.decode(packets.slice(at, at + PACKETS_AT_ONCE)).map((samples) => samples.slice()));
    const count = blocks.reduce((sum, channels) => sum + (channels[0]?.length ?? 0), 0);
    if (granule !== null) {
      this.#origin ??= isLast ? 0 : Math.max(0, granule - count);
      const pause = pauseBefore(granule - count - this.#origin, this.#position, OPUS_RATE) ?? 0;
      yield* silence(pause, this.#channelCount, OPUS_RATE);
      this.#position += pause;
    }
    const end = isLast && granule !== null ? granule - (this.#origin ?? 0) : Number.POSITIVE_INFINITY;
    for (const channels of blocks) {
      const length = channels[0]?.length ?? 0;
      const from = Math.max(0, this.preSkip - this.#position);
      const to = Math.min(length, end - this.#position);
      this.#position += length;
      if (from < to) yield { sampleRate: OPUS_RATE, channels: channels.map((samples) => samples.subarray(from, to)) };
    }
  }

  /** All samples of packets, one array a channel, which the decoder may use again for the next. */
  decode(packets: readonly Uint8Array[]): readonly Float32Array[] {
    const frames = packets.filter(({ length }) => length > 0);
    const { channelData, samplesDecoded, errors } = withoutConsole(() => this.#decoder.decodeFrames(frames));
    this.#lost += errors.length;
    return channelData.map((samples) => samples.subarray(0, samplesDecoded));
  }

  /** Nothing more comes. Throws {@link InputError} where packets were lost. */
  finish(): void {
    if (this.#lost === 0) return;
    throw new InputError('CORRUPT_AUDIO', `${this.#lost} packets of the Opus stream are damaged; the others were read`);
  }

  close(): void {
    this.#decoder.free();
  }
}
