/** Reads line pictures with the PP-OCRv4 recogniser. */
import { type CtcAlphabet, decodeCtc, type ReadCharacter } from './ctc.js';
import { type Quad, quadSize } from './geometry.js';
import { cutQuad, type Raster } from './raster.js';
import type { OnnxModel } from './runtime.js';

export interface LineReading {
  readonly text: string;
  /** Mean over the characters, 0 to 1; 0 for no text. */
  readonly confidence: number;
  readonly characters: readonly ReadCharacter[];
}

export interface LineRecogniser {
  /** Reads each quad of the page; one reading for each, in their order. */
  read(page: Raster, quads: readonly Quad[]): Promise<LineReading[]>;
}

const HEIGHT = 48;
const MIN_WIDTH = 16;
const MAX_WIDTH = 3200;
/** Pixels of a batch, padding included: bounds memory on pages of very long lines. */
const MAX_BATCH_WIDTH = 4800;
/** Lines of a batch differ in width by this at most, so that little padding is computed. */
const MAX_STRETCH = 1.25;
const STRETCH_SLACK = 32;

/**
 * The recogniser's alphabet, without what is never on the pages this engine is for: Chinese readings of dirt would
 * only replace Latin ones.
 */
export function latinAlphabet(dictionary: string): CtcAlphabet {
  const lines = dictionary.replace(/\r?\n$/, '').split(/\r?\n/);
  const characters = ['', ...lines, ' '];
  const allowed = characters.flatMap((character, index) =>
    index === 0 || /^[\u0020-\u024f\u2010-\u203a\u20ac]$/.test(character) ? [index] : [],
  );
  return { characters, allowed: Int32Array.from(allowed) };
}

export function createLineRecogniser(model: OnnxModel, alphabet: CtcAlphabet): LineRecogniser {
  return {
    async read(page, quads) {
      const readings: LineReading[] = quads.map(() => ({ text: '', confidence: 0, characters: [] }));
      for (const batch of batchesOf(quads)) {
        const results = await readBatch(model, alphabet, page, batch);
        for (const [position, line] of batch.entries()) readings[line.index] = results[position] as LineReading;
      }
      return readings;
    },
  };
}

interface SizedLine {
  readonly index: number;
  readonly quad: Quad;
  readonly width: number;
}

function batchesOf(quads: readonly Quad[]): SizedLine[][] {
  const lines = quads.map((quad, index): SizedLine => {
    const size = quadSize(quad);
    const width = Math.ceil((HEIGHT * size.width) / Math.max(1, size.height));
    return { index, quad, width: Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)) };
  });
  lines.sort((a, b) => a.width - b.width);
  const batches: SizedLine[][] = [];
  let batch: SizedLine[] = [];
  for (const line of lines) {
    const first = batch[0];
    const isFull = line.width * (batch.length + 1) > MAX_BATCH_WIDTH;
    if (first === undefined || isFull || line.width > first.width * MAX_STRETCH + STRETCH_SLACK) {
      batch = [];
      batches.push(batch);
    }
    batch.push(line);
  }
  return batches;
}

async function readBatch(
  model: OnnxModel,
  alphabet: CtcAlphabet,
  page: Raster,
  batch: readonly SizedLine[],
): Promise<LineReading[]> {
  const width = Math.max(HEIGHT, ...batch.map((line) => line.width));
  const input = new Float32Array(batch.length * 3 * HEIGHT * width);
  for (const [position, line] of batch.entries()) {
    fillInput(input, position * 3 * HEIGHT * width, width, cutQuad(page, line.quad, line.width, HEIGHT));
  }
  const [output] = await model.run(input, [batch.length, 3, HEIGHT, width]);
  const [, steps, classes] = output?.dims ?? [];
  if (output === undefined || steps === undefined || classes !== alphabet.characters.length) {
    throw new Error('the recogniser and its dictionary do not belong together');
  }
  return batch.map((line, position) => {
    const used = Math.min(steps, Math.ceil((steps * (line.width + 8)) / width));
    return toReading(decodeCtc(output.data, position * steps * classes, used, alphabet));
  });
}

/** BGR planes scaled to -1..1; the padding stays 0. */
function fillInput(input: Float32Array, start: number, stride: number, picture: Raster): void {
  for (let channel = 0; channel < 3; channel++) {
    const plane = start + channel * HEIGHT * stride;
    for (let y = 0; y < HEIGHT; y++) {
      let from = y * picture.width * 3 + 2 - channel;
      for (let x = 0; x < picture.width; x++, from += 3) {
        input[plane + y * stride + x] = (picture.data[from] as number) / 127.5 - 1;
      }
    }
  }
}

function toReading(characters: ReadCharacter[]): LineReading {
  const sum = characters.reduce((total, character) => total + character.confidence, 0);
  return {
    text: characters.map((character) => character.text).join(''),
    confidence: characters.length === 0 ? 0 : sum / characters.length,
    characters,
  };
}
