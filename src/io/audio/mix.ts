/** All channels of a recording as one. */
import type { SoundBlock } from './sound.js';

/** Likeness of two channels, -1 to 1, below which one is taken for the other turned around. */
const TURNED_AROUND = -0.7;
/** ... and above which it is not any more. */
const UPRIGHT = 0;
/** How far back likeness is measured, in seconds. */
const MEMORY_SECONDS = 2;

interface Likeness {
  /** Sums of products, of the first channel with the other, with itself, and of the other with itself. */
  cross: number;
  first: number;
  other: number;
  isTurned: boolean;
}

/**
 * The mean of the channels: what they have in common keeps its loudness. A channel with its poles changed over, by a cable or
 * a sound card, would cancel what it has in common with the first: it is turned back.
 */
export class Mixer {
  readonly #likenesses: Likeness[] = [];

  /** The block as one channel; the same array where it has but one. */
  mix({ sampleRate, channels }: SoundBlock): Float32Array {
    const [first, ...others] = channels as readonly [Float32Array, ...Float32Array[]];
    if (others.length === 0) return first;
    const kept = Math.exp(-first.length / (sampleRate * MEMORY_SECONDS));
    const mix = Float32Array.from(first);
    for (const [index, other] of others.entries()) {
      const sign = this.#isTurned(index, first, other, kept) ? -1 : 1;
      for (let at = 0; at < mix.length; at++) mix[at] = (mix[at] as number) + sign * (other[at] as number);
    }
    for (let at = 0; at < mix.length; at++) mix[at] = (mix[at] as number) / channels.length;
    return mix;
  }

  /** @param kept part of what was measured before that still counts. */
  #isTurned(index: number, first: Float32Array, other: Float32Array, kept: number): boolean {
    this.#likenesses[index] ??= { cross: 0, first: 0, other: 0, isTurned: false };
    const sums = this.#likenesses[index] as Likeness;
    let [cross, firstPower, otherPower] = [0, 0, 0];
    for (let at = 0; at < first.length; at++) {
      const [a, b] = [first[at] as number, other[at] as number];
      cross += a * b;
      firstPower += a * a;
      otherPower += b * b;
    }
    sums.cross = sums.cross * kept + cross;
    sums.first = sums.first * kept + firstPower;
    sums.other = sums.other * kept + otherPower;
    const power = Math.sqrt(sums.first * sums.other);
    if (power > 0) sums.isTurned = sums.cross / power < (sums.isTurned ? UPRIGHT : TURNED_AROUND);
    return sums.isTurned;
  }
}
