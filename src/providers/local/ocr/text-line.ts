/** A line that was read, on its way to the page's text. */
import { type Bounds, boundsOfPoints, type Quad, sliceQuad, unionOf } from './geometry.js';
import type { LineReading } from './recognition.js';

export interface TextWord {
  readonly text: string;
  readonly confidence: number;
  readonly bounds: Bounds;
}

export interface TextLine {
  readonly text: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly bounds: Bounds;
  readonly words: readonly TextWord[];
}

/** Splits a reading at its spaces; the words' boxes follow the places of their characters. */
export function toTextLine(quad: Quad, reading: LineReading): TextLine {
  const words: TextWord[] = [];
  let start = 0;
  const { characters } = reading;
  for (let end = 0; end <= characters.length; end++) {
    if (end < characters.length && characters[end]?.text !== ' ') continue;
    const part = characters.slice(start, end);
    const first = part[0];
    const last = part.at(-1);
    start = end + 1;
    if (first === undefined || last === undefined) continue;
    const confidence = part.reduce((sum, character) => sum + character.confidence, 0) / part.length;
    const to = Math.max(last.to, first.from + 0.001);
    words.push({
      text: part.map((character) => character.text).join(''),
      confidence,
      bounds: boundsOfPoints(sliceQuad(quad, first.from, to)),
    });
  }
  return lineOfWords(words, boundsOfPoints(quad), reading.confidence);
}

export function lineOfWords(words: readonly TextWord[], bounds: Bounds, confidence: number): TextLine {
  return { text: words.map((word) => word.text).join(' '), confidence, bounds, words };
}

/** Two lines as one, the second to the right of the first; `joiner` stands between their texts. */
export function joinLines(first: TextLine, second: TextLine, joiner: '' | ' ' | '.'): TextLine {
  const bounds = unionOf([first.bounds, second.bounds]);
  const last = first.words.at(-1);
  const next = second.words[0];
  const words =
    joiner === ' ' || last === undefined || next === undefined
      ? [...first.words, ...second.words]
      : [
          ...first.words.slice(0, -1),
          {
            text: last.text + joiner + next.text,
            confidence: Math.min(last.confidence, next.confidence),
            bounds: unionOf([last.bounds, next.bounds]),
          },
          ...second.words.slice(1),
        ];
  return lineOfWords(words, bounds, Math.min(first.confidence, second.confidence));
}
