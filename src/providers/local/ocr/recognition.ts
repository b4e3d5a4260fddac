/** Reads line pictures: the PP-OCRv4 recogniser's features, and the head that knows Latin script. */

import type { OnnxModel } from '../runtime.js';
import { decodeCtc, type ReadCharacter } from './ctc.js';
import { type Quad, quadSize } from './geometry.js';
import { cutQuad, type Raster } from './raster.js';
import { combineVotes, votersOf } from './votes.js';

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
const MIN_WIDTH = 48;
const MAX_WIDTH = 3200;

/** What the recogniser's outputs mean; see recogniser-graph.ts. */
export interface RecogniserClasses {
  readonly characters: readonly string[];
  readonly shapes: readonly string[];
}

/** Lines are read one by one: on a processor batches take longer, since they leave its caches. */
export function createLineRecogniser(model: OnnxModel, classes: RecogniserClasses): LineRecogniser {
  const voters = votersOf(classes.characters, classes.shapes);
  const readLine = async (page: Raster, quad: Quad): Promise<LineReading> => {
    const size = quadSize(quad);
    const width = Math.ceil((HEIGHT * size.width) / Math.max(1, size.height));
    const picture = cutQuad(page, quad, Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)), HEIGHT);
    const [characters, shapes] = await model.run(toInput(picture), [1, 3, HEIGHT, picture.width]);
    const steps = characters?.dims[2];
    if (!characters || !shapes || steps === undefined) throw new Error('the recogniser gave no characters');
    const probabilities = combineVotes(characters.data, shapes.data, steps, voters);
    return toReading(decodeCtc(probabilities, steps, classes.characters));
  };
  return {
    async read(page, quads) {
      const readings: LineReading[] = [];
      for (const quad of quads) readings.push(await readLine(page, quad));
      return readings;
    },
  };
}

/** BGR planes scaled to -1..1. */
function toInput({ width, data }: Raster): Float32Array {
  const plane = HEIGHT * width;
  const input = new Float32Array(3 * plane);
  for (let channel = 0; channel < 3; channel++) {
    for (let at = 0, from = 2 - channel; at < plane; at++, from += 3) {
      input[channel * plane + at] = (data[from] as number) / 127.5 - 1;
    }
  }
  return input;
}

function toReading(characters: ReadCharacter[]): LineReading {
  const sum = characters.reduce((total, character) => total + character.confidence, 0);
  return {
    text: characters.map((character) => character.text).join(''),
    confidence: characters.length === 0 ? 0 : sum / characters.length,
    characters,
  };
}
