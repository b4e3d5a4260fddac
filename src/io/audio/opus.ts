/** Opus packets (RFC 6716), decoded by libopus in WebAssembly. */
import { OpusDecoder } from 'opus-decoder';
import { InputError } from '../input-error.js';
import { viewOf } from './byte-reader.js';
import type { SoundBlock } from './sound.js';

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

/** Copies of the channels without their first `skipped` and beyond `most` samples: the decoder may use its own again. */
function cutChannels(channels: readonly Float32Array[], skipped: number, most: number): Float32Array[] {
  return channels.map((samples) => samples.slice(skipped, skipped + Math.max(0, most)));
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

/** One Opus stream; the delay of its encoder is taken off. */
export class OpusSound {
  readonly #decoder: OpusDecoder<48000>;
  readonly #preSkip: number;
  /** Samples decoded, those skipped included. */
  #position = 0;
  #lost = 0;

  private constructor(decoder: OpusDecoder<48000>, preSkip: number) {
    this.#decoder = decoder;
    this.#preSkip = preSkip;
  }

  /** @param head the `OpusHead` packet. Throws {@link InputError}. */
  static async open(head: Uint8Array): Promise<OpusSound> {
    const { preSkip, ...layout } = readOpusHead(head);
    const decoder = new OpusDecoder<48000>({ ...layout, preSkip: 0, sampleRate: OPUS_RATE });
    await decoder.ready;
    return new OpusSound(decoder, preSkip);
  }

  /** `end`: where the stream ends, counted as the decoder does; null where that is not here. */
  *decode(packets: readonly Uint8Array[], end: number | null): Generator<SoundBlock> {
    for (let at = 0; at < packets.length; at += PACKETS_AT_ONCE) {
      const frames = packets.slice(at, at + PACKETS_AT_ONCE).filter(({ length }) => length > 0);
      const { channelData, samplesDecoded, errors } = withoutConsole(() => this.#decoder.decodeFrames(frames));
      this.#lost += errors.length;
      const skipped = Math.min(samplesDecoded, Math.max(0, this.#preSkip - this.#position));
      const most = end === null ? samplesDecoded : end - this.#position;
      this.#position += samplesDecoded;
      const channels = cutChannels(channelData, skipped, Math.min(samplesDecoded, most) - skipped);
      if ((channels[0]?.length ?? 0) > 0) yield { sampleRate: OPUS_RATE, channels };
    }
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
