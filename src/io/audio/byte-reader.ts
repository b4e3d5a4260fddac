/** Bytes of a stream in the portions that a parser asks for. */

const NO_BYTES: Uint8Array = new Uint8Array(0);

/** Reads forward only; memory holds what was asked for and one chunk of the stream. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = NO_BYTES;
  #at = 0;
  /** Bytes taken or skipped so far. */
  position = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next bytes, `count` of them or fewer at the end of the stream. `count` is the caller's to bound. */
  async take(count: number): Promise<Uint8Array> {
    if (this.#chunk.length - this.#at >= count) return this.#cut(count);
    const parts: Uint8Array[] = [];
    let missing = count;
    while (missing > 0 && (this.#at < this.#chunk.length || (await this.#next()))) {
      const part = this.#cut(Math.min(missing, this.#chunk.length - this.#at));
      parts.push(part);
      missing -= part.length;
    }
    return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
  }

  /** What is at hand, at most `count` bytes; none at the end of the stream. */
  async takeSome(count: number): Promise<Uint8Array> {
    if (this.#at === this.#chunk.length && !(await this.#next())) return NO_BYTES;
    return this.#cut(Math.min(count, this.#chunk.length - this.#at));
  }

  /** Passes over bytes and tells how many there were. */
  async skip(count: number): Promise<number> {
    let missing = count;
    while (missing > 0) {
      const part = await this.takeSome(missing);
      if (part.length === 0) break;
      missing -= part.length;
    }
    return count - missing;
  }

  #cut(count: number): Uint8Array {
    const part = this.#chunk.subarray(this.#at, this.#at + count);
    this.#at += count;
    this.position += count;
    return part;
  }

  async #next(): Promise<boolean> {
    for (;;) {
      const next = await this.#chunks.next();
      if (next.done) return false;
      if (next.value.length === 0) continue;
      this.#chunk = next.value;
      this.#at = 0;
      return true;
    }
  }
}

/** The bytes as a `DataView`. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Such as `RIFF`; characters of one byte, none after the end of the bytes, wherever a header points. */
export function tagAt(bytes: Uint8Array, offset: number, length = 4): string {
  const tag = bytes.subarray(offset, offset + length);
  return Buffer.from(tag.buffer, tag.byteOffset, tag.length).toString('latin1');
}
