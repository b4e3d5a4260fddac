/** What is done to samples before they are heard. */

/** Loudness that the models hear best: root mean square of the loud parts, of full scale 1. */
const LOUD = 0.1;
/** Nearly silent pieces are not blown up to speech. */
const MOST_GAIN = 30;
const WINDOW = 400;

/** Signed 16 bit to floats. */
export function toFloats(samples: Int16Array): Float32Array {
  return Float32Array.from(samples, (sample) => sample / 32_768);
}

/** Root mean square of each window of 25 ms. */
export function energies(samples: Float32Array, window = WINDOW): Float32Array {
  const values = new Float32Array(Math.ceil(samples.length / window));
  for (let index = 0; index < values.length; index++) {
    const part = samples.subarray(index * window, (index + 1) * window);
    let sum = 0;
    for (const sample of part) sum += sample * sample;
    values[index] = Math.sqrt(sum / part.length);
  }
  return values;
}

/** Brings the loud parts, those that only a tenth of the windows exceed, to one loudness. */
export function levelled(samples: Float32Array): Float32Array {
  const sorted = energies(samples).sort();
  const loud = sorted[Math.floor(sorted.length * 0.9)] ?? 0;
  const gain = loud === 0 ? 1 : Math.min(MOST_GAIN, LOUD / loud);
  return samples.map((sample) => Math.max(-1, Math.min(1, sample * gain)));
}

/** With this much silence before and after. */
export function padded(samples: Float32Array, before: number, after: number): Float32Array {
  const longer = new Float32Array(before + samples.length + after);
  longer.set(samples, before);
  return longer;
}
