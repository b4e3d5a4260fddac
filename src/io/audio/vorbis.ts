/** Vorbis (Vorbis I specification), from the packets of an Ogg stream. */
import { InputError } from '../input-error.js';
import { tagAt, viewOf } from './byte-reader.js';
import { CodecSound } from './codecs.js';
import { checkSoundFormat, pauseBefore, type SoundBlock, silence } from './sound.js';

const HEADER_PACKETS = 3;

/** One Vorbis stream; samples before its start and after its end are left away. */
export class VorbisSound {
  readonly #sampleRate: number;
  readonly #channelCount: number;
  readonly #sound: CodecSound;
  /** Samples until here as the pages count them; null before the first page that tells. */
  #position: number | null = null;

  private constructor(sampleRate: number, channelCount: number, sound: CodecSound) {
    this.#sampleRate = sampleRate;
    this.#channelCount = channelCount;
    this.#sound = sound;
  }

  /** @param headers the three packets before the sound. Throws {@link InputError}. */
  static async open(headers: readonly Uint8Array[]): Promise<VorbisSound> {
    const [first = new Uint8Array(0), , setup = new Uint8Array(0)] = headers;
    const isWhole = headers.every((packet, index) => tagAt(packet, 0, 7) === `${'\x01\x03\x05'[index]}vorbis`);
    if (!isWhole || headers.length < HEADER_PACKETS || first.length < 30)
      throw new InputError('CORRUPT_AUDIO', 'the header of the Vorbis stream is damaged');
    const channelCount = first[11] as number;
    const sampleRate = viewOf(first).getUint32(12, true);
    checkSoundFormat(sampleRate, channelCount);
    const head = Buffer.concat([first, setup]);
    const sound = await CodecSound.open({ codec: 'vorbis', sampleRate, channelCount, head });
    return new VorbisSound(sampleRate, channelCount, sound);
  }

  /** Decodes the packets of a page; `granule`: the samples of the stream at its end, null where it does not tell. */
  *decode(packets: readonly Uint8Array[], granule: number | null, isEnd: boolean): Generator<SoundBlock> {
    const decoded = packets.map((packet) => this.#sound.decode(packet, 0));
    const count = decoded.reduce((sum, channels) => sum + (channels[0]?.length ?? 0), 0);
    // a stream that begins before its first sample has what is to be left away there; at its end, it is left away there
    let start = this.#position ?? (granule === null || isEnd ? 0 : granule - count);
    if (granule !== null) {
      // lost pages are silence
      const pause = pauseBefore(granule - count, start, this.#sampleRate) ?? 0;
      yield* silence(pause, this.#channelCount, this.#sampleRate);
      start += pause;
    }
    const end = isEnd && granule !== null ? granule : Number.POSITIVE_INFINITY;
    let at = start;
    for (const channels of decoded) {
      const length = channels[0]?.length ?? 0;
      const [from, to] = [Math.min(length, Math.max(0, -at)), Math.min(length, end - at)];
      at += length;
      if (from < to)
        yield { sampleRate: this.#sampleRate, channels: channels.map((samples) => samples.subarray(from, to)) };
    }
    if (this.#position !== null || granule !== null) this.#position = granule ?? at;
  }

  /** Nothing more comes. Throws {@link InputError} where packets were lost. */
  finish(): void {
    this.#sound.finish();
  }
}
