/** The frames of a FLAC stream one after the other, and the way back to them after damaged bytes. */
import { InputError } from '../input-error.js';
import type { ByteReader } from './byte-reader.js';
import { OUT_OF_BITS } from './flac-bits.js';
import { FlacDamage, type FlacDefaults, type FlacFrame, readFlacFrame } from './flac-frame.js';
import { checkSoundFormat } from './sound.js';

/** Frames are decoded from this much at hand; a larger one is given more, up to {@link MOST_FRAME_BYTES}. */
const WINDOW_BYTES = 1 << 18;
const MOST_FRAME_BYTES = 1 << 22;

/** Why there is no frame: the stream has ended, or ends within one, or what comes is none. */
export type NoFrame = 'end' | 'cut' | 'damage';

export class FlacFrames {
  readonly #reader: ByteReader;
  readonly #defaults: FlacDefaults;
  #bytes: Uint8Array = new Uint8Array(0);
  #isAtEnd = false;

  constructor(reader: ByteReader, defaults: FlacDefaults) {
    this.#reader = reader;
    this.#defaults = defaults;
  }

  /** Bytes at hand that belong to no frame so far. */
  get rest(): Uint8Array {
    return this.#bytes;
  }

  async next(): Promise<FlacFrame | NoFrame> {
    for (let wanted = WINDOW_BYTES; ; wanted *= 2) {
      const frame = this.#decode();
      if (frame !== null) return frame;
      if (this.#isAtEnd) return this.#bytes.length === 0 ? 'end' : 'cut';
      if (wanted > MOST_FRAME_BYTES) return 'damage';
      await this.#fill(wanted);
    }
  }

  /** Goes to the next place where a frame may begin; else tells whether all that was passed over is zeros. */
  async findNext(): Promise<'frame' | 'zeros' | 'nothing'> {
    let isZeros = true;
    for (let from = 1; ; from = 0) {
      const at = nextSync(this.#bytes, from);
      isZeros &&= this.#bytes.subarray(0, at).every((byte) => byte === 0);
      this.#bytes = this.#bytes.subarray(at);
      if (this.#bytes.length > 1) return 'frame';
      if (this.#isAtEnd) return isZeros ? 'zeros' : 'nothing';
      await this.#fill(WINDOW_BYTES);
    }
  }

  /** Gives the bytes at hand back to the reader. */
  putBack(): void {
    this.#reader.unread(this.#bytes);
    this.#bytes = new Uint8Array(0);
  }

  async #fill(wanted: number): Promise<void> {
    const missing = wanted - this.#bytes.length;
    const more = await this.#reader.take(missing);
    this.#isAtEnd = more.length < missing;
    this.#bytes = Buffer.concat([this.#bytes, more]);
  }

  /** Null where the bytes at hand end before the frame does. */
  #decode(): FlacFrame | 'damage' | null {
    if (this.#bytes.length === 0) return null;
    try {
      const frame = readFlacFrame(this.#bytes, this.#defaults);
      checkSoundFormat(frame.sampleRate, frame.channels.length);
      this.#bytes = this.#bytes.subarray(frame.byteLength);
      return frame;
    } catch (error) {
      if (error === OUT_OF_BITS) return null;
      if (error instanceof FlacDamage || error instanceof InputError) return 'damage';
      throw error;
    }
  }
}

/** Where the mark stands that frames begin with, or may begin at the end of the bytes. */
function nextSync(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    if (at + 1 === bytes.length || ((bytes[at + 1] as number) & 0xfe) === 0xf8) return at;
  }
  return bytes.length;
}
