/**
 * The recogniser's own last layer as a second opinion. It was trained on far more pictures (receipts, photographs) but
 * knows few accents and hardly a space, so it votes for shapes: for ñ as for n, for € as for C and E.
 */
import { foldCharacter } from './align.js';
import type { LineHead } from './line-head.js';
import type { SplitModel } from './onnx-optimize.js';

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

/** The layer's classes in Latin script; class 0 is the blank. Chinese readings of dirt are left out. */
export function createShapeHead(layer: SplitModel, dictionary: string): LineHead {
  const all = ['', ...dictionary.replace(/\r?\n$/, '').split(/\r?\n/), ' '];
  const classes = all.flatMap((text, index) =>
    index === 0 || /^[\u0020-\u024f\u2010-\u203a]$/.test(text) ? [{ text, index }] : [],
  );
  const featureSize = layer.weights.length / all.length;
  const weights = new Float32Array(classes.length * featureSize);
  for (const [row, { index }] of classes.entries()) {
    for (let column = 0; column < featureSize; column++) {
      weights[row * featureSize + column] = layer.weights[column * all.length + index] as number;
    }
  }
  const bias = Float32Array.from(classes, ({ index }) => layer.bias[index] as number);
  return {
    characters: classes.map(({ text }) => text),
    classify: (features, steps) => classifyLinear(weights, bias, features, steps, featureSize),
  };
}

function classifyLinear(
  weights: Float32Array,
  bias: Float32Array,
  features: Float32Array,
  steps: number,
  featureSize: number,
): Float32Array {
  const classes = bias.length;
  const output = new Float32Array(steps * classes);
  for (let step = 0; step < steps; step++) {
    for (let row = 0; row < classes; row++) {
      let sum = bias[row] as number;
      for (let column = 0; column < featureSize; column++) {
        sum += (weights[row * featureSize + column] as number) * (features[step * featureSize + column] as number);
      }
      output[step * classes + row] = sum;
    }
  }
  toProbabilities(output, steps, classes);
  return output;
}

/** Softmax of each row, in place. */
export function toProbabilities(logits: Float32Array, steps: number, classes: number): void {
  for (let step = 0; step < steps; step++) {
    const row = logits.subarray(step * classes, (step + 1) * classes);
    let highest = Number.NEGATIVE_INFINITY;
    for (const value of row) highest = Math.max(highest, value);
    let sum = 0;
    for (let index = 0; index < classes; index++) {
      const value = Math.exp((row[index] as number) - highest);
      row[index] = value;
      sum += value;
    }
    for (let index = 0; index < classes; index++) row[index] = (row[index] as number) / sum;
  }
}

/** A product of experts: `main` names the characters, `shapes` votes for what each looks like. */
export function combineHeads(main: LineHead, shapes: LineHead): LineHead {
  const votes = main.characters.map((character) => votersOf(character, shapes.characters));
  const classes = main.characters.length;
  return {
    characters: main.characters,
    classify(features, steps) {
      const output = main.classify(features, steps);
      const shape = shapes.classify(features, steps);
      for (let step = 0; step < steps; step++) {
        let sum = 0;
        for (let index = 0; index < classes; index++) {
          let vote = 0;
          for (const voter of votes[index] as number[])
            vote += shape[step * shapes.characters.length + voter] as number;
          const value = (output[step * classes + index] as number) * Math.max(MIN_VOTE, vote);
          output[step * classes + index] = value;
          sum += value;
        }
        for (let index = 0; index < classes; index++) {
          output[step * classes + index] = (output[step * classes + index] as number) / sum;
        }
      }
      return output;
    },
  };
}

/** Classes that count as a vote for a character; the blank's where nothing else does. */
function votersOf(character: string, known: readonly string[]): number[] {
  const blank = 0;
  if (character === '') return [blank];
  const isUpper = character !== character.toLowerCase();
  const folded = foldCharacter(character);
  const looks = new Set([character, isUpper ? folded.toUpperCase() : folded, ...(LOOKALIKES[character] ?? '')]);
  const voters = known.flatMap((text, index) => (index !== blank && looks.has(text) ? [index] : []));
  return voters.length === 0 || character === ' ' ? [...voters, blank] : voters;
}
