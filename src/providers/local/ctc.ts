/** Greedy decoding of a CTC recogniser's output (Graves et al., ICML 2006): best class a step, repeats and blanks dropped. */

export interface ReadCharacter {
  readonly text: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** Place in the line as shares of its width, 0 to 1. */
  readonly from: number;
  readonly to: number;
}

export interface CtcAlphabet {
  /** Text of each class; class 0 is the blank. */
  readonly characters: readonly string[];
  /** Classes that may be read, blank included, ascending. */
  readonly allowed: Int32Array;
}

/**
 * Decodes one line. `start` is the offset of its first step in `probabilities`; `steps` covers the line without the
 * padding of its batch.
 */
export function decodeCtc(
  probabilities: Float32Array,
  start: number,
  steps: number,
  alphabet: CtcAlphabet,
): ReadCharacter[] {
  const classes = alphabet.characters.length;
  const found: { class: number; confidence: number; first: number; last: number }[] = [];
  let previous = 0;
  for (let step = 0; step < steps; step++) {
    const { best, value } = bestClass(probabilities, start + step * classes, alphabet.allowed);
    const current = found.at(-1);
    if (best !== 0 && best === previous && current !== undefined) {
      current.last = step;
      current.confidence = Math.max(current.confidence, value);
    } else if (best !== 0) {
      found.push({ class: best, confidence: value, first: step, last: step });
    }
    previous = best;
  }
  return found.map((entry) => ({
    text: alphabet.characters[entry.class] as string,
    confidence: Math.min(1, entry.confidence),
    from: entry.first / steps,
    to: (entry.last + 1) / steps,
  }));
}

function bestClass(probabilities: Float32Array, offset: number, allowed: Int32Array): { best: number; value: number } {
  let best = 0;
  let value = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < allowed.length; index++) {
    const candidate = allowed[index] as number;
    const probability = probabilities[offset + candidate] as number;
    if (probability <= value) continue;
    value = probability;
    best = candidate;
  }
  return { best, value };
}
