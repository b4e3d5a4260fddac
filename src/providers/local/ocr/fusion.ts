/**
 * One text from two readings of a line. The network recogniser (`shapes`) is the better reader; Tesseract (`signs`) is
 * asked where the network doubts, and decides between the characters that the network holds for possible.
 */
import { alignCharacters, foldCharacter } from './align.js';
import type { ReadCharacter } from './ctc.js';
import type { LineReading } from './recognition.js';

const NOTHING: LineReading = { text: '', confidence: 0, characters: [] };
/** Below this Tesseract saw only dirt. */
const MIN_SIGNS_CONFIDENCE = 0.15;
/** Readings less alike than this are of different things: one of them is taken whole. */
const MIN_SIMILARITY = 0.5;
/** A character that the network is this sure of needs no second reading. */
const SURE = 0.9;

/** A second reading is asked for where a character is less sure than this. */
const DOUBT = 0.8;
/** Readings below this are of pictures, not of text: a second one would only find more of it. */
const MIN_TEXT_CONFIDENCE = 0.45;

/** Whether a second reading may change anything for the better. */
export function isDoubtful(reading: LineReading): boolean {
  if (reading.text !== '' && reading.confidence < MIN_TEXT_CONFIDENCE) return false;
  return reading.text === '' || reading.characters.some((character) => character.confidence < DOUBT);
}

/** The reading as it stands, without what is hardly text. */
export function acceptReading(reading: LineReading): LineReading {
  return reading.confidence < MIN_TEXT_CONFIDENCE ? NOTHING : tidy(reading.characters, reading.confidence);
}

/** Fuses two readings of one line. */
export function fuseReadings(shapes: LineReading, signs: LineReading): LineReading {
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
    const chosen = chooseCharacter(shape, sign, characters.at(-1), signs.confidence);
    if (chosen !== undefined) characters.push(chosen);
  }
  const confidence = ((shapes.confidence + signs.confidence) / 2) * (0.6 + 0.4 * similarity);
  return tidy(characters, Math.max(confidence, shapes.confidence * similarity));
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
): ReadCharacter | undefined {
  if (shape !== undefined && sign !== undefined) return chooseOfBoth(shape, sign, signsConfidence);
  if (sign !== undefined) return acceptSignAlone(sign, previous, signsConfidence) ? sign : undefined;
  if (shape === undefined) return undefined;
  if (shape.text === ' ') return shape.confidence < 0.6 && signsConfidence >= 0.8 ? undefined : shape;
  return shape.confidence < 0.4 ? undefined : shape;
}

function chooseOfBoth(shape: ReadCharacter, sign: ReadCharacter, signsConfidence: number): ReadCharacter {
  if (shape.text === sign.text || shape.confidence >= SURE) return shape;
  if (/\d/.test(shape.text) && /\D/.test(sign.text) && shape.confidence > 0.5) return shape;
  if (shape.second?.text === sign.text && signsConfidence > 0.6) return withConfidence(sign, signsConfidence);
  const isSameLetter = foldCharacter(shape.text) === foldCharacter(sign.text);
  if (isSameLetter && signsConfidence >= 0.75) return withConfidence(sign, signsConfidence);
  return shape.confidence < 0.5 && signsConfidence > 0.85 ? sign : shape;
}

function withConfidence(character: ReadCharacter, confidence: number): ReadCharacter {
  return { ...character, confidence: Math.min(character.confidence, confidence) };
}

/** Whether to insert a character that only Tesseract saw. */
function acceptSignAlone(sign: ReadCharacter, previous: ReadCharacter | undefined, signsConfidence: number): boolean {
  if (sign.text === '€') return signsConfidence > 0.6;
  if (sign.text === ' ') return signsConfidence >= 0.85 && (previous?.confidence ?? 1) < SURE;
  if (sign.text === ',' || sign.text === '.') return signsConfidence > 0.85 && /\d/.test(previous?.text ?? '');
  if (sign.text === '¡' || sign.text === '¿') return signsConfidence > 0.8;
  return false;
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
