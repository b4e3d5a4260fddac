/** Greedy decoding of a CTC recogniser's output (Graves et al., ICML 2006): best class a step, repeats and blanks dropped. */

export interface ReadCharacter {
  readonly text: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** Place in the line as shares of its width, 0 to 1. */
  readonly from: number;
  readonly to: number;
  /** What else it may be: the likeliest other character, and how likely it is. */
  readonly second?: { readonly text: string; readonly confidence: number };
}

/**
 * Decodes one line from `steps` rows of probabilities, one column a class; class 0 is the blank. A step's second best
 * class is remembered where it is a character.
 */
export function decodeCtc(probabilities: Float32Array, steps: number, characters: readonly string[]): ReadCharacter[] {
  const classes = characters.length;
  const found: { class: number; confidence: number; second: number; doubt: number; first: number; last: number }[] = [];
  let previous = 0;
  for (let step = 0; step < steps; step++) {
    const { best, value, second, doubt } = bestTwo(probabilities.subarray(step * classes, (step + 1) * classes));
    const current = found.at(-1);
    if (best !== 0 && best === previous && current !== undefined) {
      current.last = step;
      if (value > current.confidence) Object.assign(current, { confidence: value, second, doubt });
    } else if (best !== 0) {
      found.push({ class: best, confidence: value, second, doubt, first: step, last: step });
    }
    previous = best;
  }
  return found.map((entry) => ({
    text: characters[entry.class] as string,
    confidence: Math.min(1, entry.confidence),
    from: entry.first / steps,
    to: (entry.last + 1) / steps,
    second: { text: characters[entry.second] as string, confidence: entry.doubt },
  }));
}

function bestTwo(row: Float32Array): { best: number; value: number; second: number; doubt: number } {
  let best = 0;
  let second = 0;
  let value = -1;
  let doubt = -1;
  for (let index = 0; index < row.length; index++) {
    const probability = row[index] as number;
    if (probability > value) {
      second = best;
      doubt = value;
      best = index;
      value = probability;
    } else if (probability > doubt) {
      second = index;
      doubt = probability;
    }
  }
  return { best, value, second, doubt: Math.max(0, doubt) };
}
