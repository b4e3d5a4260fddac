/**
 * The recogniser's own last layer as a second opinion on the line head. It was trained on far more pictures (receipts,
 * photographs) but knows few accents and hardly a space, so it votes for shapes: for ñ as for n, for € as for C and E.
 */
import { foldCharacter } from './align.js';

/** What signs that the layer does not know look like to it. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '€': 'CEGce6&',
  '£': 'E',
  '¡': 'i!1Iljt;',
  '¿': '?2&c',
  ª: 'a*°',
  º: 'o0*°',
  '°': 'o0°',
  '’': "',’‘",
  "'": "'’‘",
  '“': '"“”',
  '”': '"“”',
  '«': '<k(',
  '»': '>)',
  '–': '-—',
  '—': '-—',
  '…': '.',
  '•': '·*.',
  '·': '.·',
  '²': '2',
  '³': '3',
  '½': '/',
  '¼': '/',
  ß: 'BR8',
  '´': "'",
  '`': "'",
  '™': 'T',
  '©': '@O',
  '^': '*',
  '„': ',"',
};

/** A vote below this is no veto: the layer may never have seen the sign. */
const MIN_VOTE = 0.01;

/** For each character the classes of `shapes` that count as a vote for it; the blank's where nothing else does. */
export function votersOf(characters: readonly string[], shapes: readonly string[]): number[][] {
  const blank = 0;
  return characters.map((character) => {
    if (character === '') return [blank];
    const folded = foldCharacter(character);
    const isUpper = character !== character.toLowerCase();
    const looks = new Set([character, isUpper ? folded.toUpperCase() : folded, ...(LOOKALIKES[character] ?? '')]);
    const voters = shapes.flatMap((text, index) => (index !== blank && looks.has(text) ? [index] : []));
    return voters.length === 0 || character === ' ' ? [...voters, blank] : voters;
  });
}

/**
 * Probabilities, a row of `voters.length` a step, as a product of experts: what the line head says times the votes. Both
 * inputs are logits, `classes x steps`.
 */
export function combineVotes(
  characters: Float32Array,
  shapes: Float32Array,
  steps: number,
  voters: readonly (readonly number[])[],
): Float32Array {
  const classes = voters.length;
  const main = toProbabilities(characters, steps);
  const votes = toProbabilities(shapes, steps);
  const shapeCount = shapes.length / steps;
  for (let step = 0; step < steps; step++) {
    let sum = 0;
    for (let index = 0; index < classes; index++) {
      let vote = 0;
      for (const voter of voters[index] as readonly number[]) vote += votes[step * shapeCount + voter] as number;
      const value = (main[step * classes + index] as number) * Math.max(MIN_VOTE, vote);
      main[step * classes + index] = value;
      sum += value;
    }
    for (let index = 0; index < classes; index++) {
      main[step * classes + index] = (main[step * classes + index] as number) / sum;
    }
  }
  return main;
}

/** Softmax of each step, turned to a row a step. */
function toProbabilities(logits: Float32Array, steps: number): Float32Array {
  const classes = logits.length / steps;
  const output = new Float32Array(logits.length);
  for (let step = 0; step < steps; step++) {
    let highest = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < classes; index++) highest = Math.max(highest, logits[index * steps + step] as number);
    let sum = 0;
    for (let index = 0; index < classes; index++) {
      const value = Math.exp((logits[index * steps + step] as number) - highest);
      output[step * classes + index] = value;
      sum += value;
    }
    for (let index = 0; index < classes; index++) {
      output[step * classes + index] = (output[step * classes + index] as number) / sum;
    }
  }
  return output;
}
