/**
 * One text from two readings of a line. The network recogniser (`shapes`) is right about digits and letter shapes but
 * knows few accents and loses spaces; Tesseract (`signs`) knows accents, spaces, the euro sign and inverted marks.
 */
import { alignCharacters, foldCharacter } from './align.js';
import type { ReadCharacter } from './ctc.js';
import type { LineReading } from './recognition.js';

const NOTHING: LineReading = { text: '', confidence: 0, characters: [] };
/** Below this Tesseract saw only dirt. */
const MIN_SIGNS_CONFIDENCE = 0.15;
/** Readings less alike than this are of different things: one of them is taken whole. */
const MIN_SIMILARITY = 0.5;

/** Fuses two readings; `knows` tells which characters the network recogniser can output at all. */
export function fuseReadings(
  shapes: LineReading,
  signs: LineReading,
  knows: (character: string) => boolean,
): LineReading {
  if (signs.text === '' || signs.confidence < MIN_SIGNS_CONFIDENCE) return shapes.confidence >= 0.5 ? shapes : NOTHING;
  if (shapes.text === '') return signs.confidence > 0.6 ? signs : NOTHING;
  const { pairs, distance } = alignCharacters(
    shapes.characters.map((character) => character.text),
    signs.characters.map((character) => character.text),
  );
  const similarity = 1 - distance / Math.max(shapes.characters.length, signs.characters.length);
  if (similarity < MIN_SIMILARITY) return preferOne(shapes, signs);
  const characters: ReadCharacter[] = [];
  for (const { a, b } of pairs) {
    const shape = a === null ? undefined : shapes.characters[a];
    const sign = b === null ? undefined : signs.characters[b];
    const chosen = chooseCharacter(shape, sign, characters.at(-1), signs.confidence, knows);
    if (chosen !== undefined) characters.push(chosen);
  }
  const confidence = ((shapes.confidence + signs.confidence) / 2) * (0.6 + 0.4 * similarity);
  return tidy(characters, confidence);
}

function preferOne(shapes: LineReading, signs: LineReading): LineReading {
  const chosen = shapes.confidence >= 0.6 || shapes.confidence > signs.confidence ? shapes : signs;
  return { ...chosen, confidence: chosen.confidence * 0.9 };
}

function chooseCharacter(
  shape: ReadCharacter | undefined,
  sign: ReadCharacter | undefined,
  previous: ReadCharacter | undefined,
  signsConfidence: number,
  knows: (character: string) => boolean,
): ReadCharacter | undefined {
  if (shape !== undefined && sign !== undefined) return chooseOfBoth(shape, sign, signsConfidence, knows);
  if (sign !== undefined) return acceptSignAlone(sign, previous, signsConfidence, knows) ? sign : undefined;
  if (shape === undefined) return undefined;
  if (shape.text === ' ') return signsConfidence >= 0.8 ? undefined : shape;
  return shape.confidence >= 0.7 ? shape : undefined;
}

function chooseOfBoth(
  shape: ReadCharacter,
  sign: ReadCharacter,
  signsConfidence: number,
  knows: (character: string) => boolean,
): ReadCharacter {
  if (shape.text === sign.text) return shape;
  const isSameLetter = foldCharacter(shape.text) === foldCharacter(sign.text);
  if (!knows(sign.text)) {
    return isSameLetter || sign.text === '€' || shape.confidence < 0.9 ? sign : shape;
  }
  const isAccentOnly = isSameLetter && shape.text.toLowerCase() !== sign.text.toLowerCase();
  if (isAccentOnly) return signsConfidence >= 0.75 || shape.confidence < 0.9 ? sign : shape;
  return shape.confidence < 0.6 && signsConfidence > 0.8 ? sign : shape;
}

/** Whether to insert a character that only Tesseract saw. */
function acceptSignAlone(
  sign: ReadCharacter,
  previous: ReadCharacter | undefined,
  signsConfidence: number,
  knows: (character: string) => boolean,
): boolean {
  if (sign.text === ' ') return signsConfidence >= 0.6;
  if (!knows(sign.text)) return signsConfidence > 0.6;
  if (sign.text === ',' || sign.text === '.') return signsConfidence > 0.85;
  const isDecimalApostrophe = /['’‘]/.test(sign.text) && /\d/.test(previous?.text ?? '');
  return isDecimalApostrophe && signsConfidence > 0.5;
}

/** Drops doubled and outer spaces. */
export function tidy(characters: readonly ReadCharacter[], confidence: number): LineReading {
  const kept: ReadCharacter[] = [];
  for (const character of characters) {
    if (character.text === ' ' && (kept.length === 0 || kept.at(-1)?.text === ' ')) continue;
    kept.push(character);
  }
  while (kept.at(-1)?.text === ' ') kept.pop();
  return { text: kept.map((character) => character.text).join(''), confidence, characters: kept };
}
