/** Bits of a buffer from the highest of each byte on. */

/** The buffer ended before the bits did. */
export const OUT_OF_BITS: unique symbol = Symbol('out of bits');

export class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  /** The next bits, at the upper end. */
  #cache = 0;
  #count = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Bytes begun so far. */
  get bytePosition(): number {
    return this.#at - (this.#count >> 3);
  }

  alignToByte(): void {
    this.#drop(this.#count & 7);
  }

  /** `count` bits, 0 to 32, as an unsigned number. Throws {@link OUT_OF_BITS}. */
  read(count: number): number {
    if (count > 24) return this.read(count - 16) * 65_536 + this.read(16);
    if (count === 0) return 0;
    if (this.#count < count) this.#fill(count);
    const value = this.#cache >>> (32 - count);
    this.#drop(count);
    return value;
  }

  /** `count` bits, 1 to 33, in two's complement. */
  readSigned(count: number): number {
    const sign = this.read(1);
    const rest = this.read(count - 1);
    return sign === 1 ? rest - 2 ** (count - 1) : rest;
  }

  /** Zeros before the next one, which is passed over. */
  readUnary(): number {
    let zeros = 0;
    for (;;) {
      if (this.#count === 0) this.#fill(1);
      const leading = Math.clz32(this.#cache);
      if (leading < this.#count) {
        this.#drop(leading + 1);
        return zeros + leading;
      }
      zeros += this.#count;
      this.#drop(this.#count);
    }
  }

  #drop(count: number): void {
    // a shift by 32 would be none
    this.#cache = count >= 32 ? 0 : this.#cache << count;
    this.#count -= count;
  }

  #fill(needed: number): void {
    const bytes = this.#bytes;
    while (this.#count <= 24 && this.#at < bytes.length) {
      this.#cache |= (bytes[this.#at++] as number) << (24 - this.#count);
      this.#count += 8;
    }
    if (this.#count < needed) throw OUT_OF_BITS;
  }
}
