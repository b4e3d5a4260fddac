/** How loud a recording is, second by second, so that voices are found in quiet ones. */
import type { SoundBlock } from './sound.js';

/** Peak, of full scale 1, that quieter recordings are brought to. */
const WANTED_PEAK = 0.05;
const MOST_GAIN = 125;
/** Three steps of 16 bits: where no more than that is there, nothing is. */
const LEAST_PEAK = 0.0001;
/** Seconds that are known before one is judged: the pause before a loud voice is no quiet recording. */
export const FORESIGHT = 10;
/** After a second without sound the peak counts for so much less: half in 20 s. */
const KEPT = 0.5 ** (1 / 20);

/**
 * Gains for the finder of voices, 1 for all but quiet recordings. They are the same for all channels: where one of them
 * speaks, what is heard faintly on another is no quiet recording, but its echo.
 */
export class Loudness {
  readonly #peaks: number[] = [];
  /** The loudest so far, as far as it still counts. */
  readonly #loudest: number[] = [];
  /** Seconds before the samples of the rate that is counted now, and those samples. */
  #start = 0;
  #rate = 0;
  #count = 0;

  /** The next sound of the recording. */
  add({ sampleRate, channels }: SoundBlock): void {
    if (sampleRate !== this.#rate) {
      if (this.#rate > 0) this.#start += this.#count / this.#rate;
      this.#rate = sampleRate;
      this.#count = 0;
    }
    const length = channels[0]?.length ?? 0;
    for (let at = 0; at < length; ) {
      const second = Math.floor(this.#start + this.#count / sampleRate);
      const missing = Math.ceil((second + 1 - this.#start) * sampleRate - this.#count);
      const end = Math.min(length, at + Math.max(1, missing));
      this.#peaks[second] = Math.max(this.#peaks[second] ?? 0, ...channels.map((samples) => peakOf(samples, at, end)));
      this.#count += end - at;
      at = end;
    }
  }

  /** The gain of a second, counted from 0; it and the {@link FORESIGHT} after it have been added, as far as there are any. */
  gainAt(second: number): number {
    for (let next = this.#loudest.length; next <= second; next++)
      this.#loudest.push(Math.max(this.#peaks[next] ?? 0, (this.#loudest[next - 1] ?? 0) * KEPT));
    const ahead = this.#peaks.slice(second, second + FORESIGHT + 1);
    const loudest = Math.max(this.#loudest[second] as number, ...ahead);
    return loudest > LEAST_PEAK && loudest < WANTED_PEAK ? Math.min(MOST_GAIN, WANTED_PEAK / loudest) : 1;
  }
}

function peakOf(samples: Float32Array, from: number, to: number): number {
  let peak = 0;
  for (let at = from; at < to; at++) peak = Math.max(peak, Math.abs(samples[at] as number));
  return peak;
}

/** The samples `gain` times as loud; what is louder than full scale is clipped. */
export function amplified(samples: Int16Array, gain: number): Int16Array {
  return samples.map((sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample * gain))));
}
