/** Invisible, selectable text for a PDF page: each word lies where it was read, as wide as it was read. */
import type { OcrLine, OcrWord, PageReading } from '../model.js';
import { FONT_DESCENT, GLYPH_WIDTH } from './glyphless-font.js';

/** Gives each character of a document a code of two bytes, so that any Unicode text can be written. */
export class CharacterCodes {
  readonly #codes = new Map<string, number>();

  /** The code of a character, from 1. Past the 65,535th kind of character in one document it is that of `\uFFFD`. */
  codeOf(character: string): number {
    const known = this.#codes.get(character);
    if (known !== undefined) return known;
    if (this.#codes.size >= MAX_CODES && character !== REPLACEMENT) return this.codeOf(REPLACEMENT);
    const code = this.#codes.size + 1;
    this.#codes.set(character, code);
    return code;
  }

  /** A ToUnicode CMap (ISO 32000-1, 9.10.3), which tells readers what the codes stand for. */
  toUnicodeMap(): string {
    const lines = [...this.#codes].map(([character, code]) => `<${hex(code)}> <${utf16Hex(character)}>`);
    const groups: string[] = [];
    for (let from = 0; from < lines.length; from += ENTRIES_PER_GROUP) {
      const group = lines.slice(from, from + ENTRIES_PER_GROUP);
      groups.push(`${group.length} beginbfchar\n${group.join('\n')}\nendbfchar`);
    }
    return [
      '/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap',
      '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
      '/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def',
      '1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange',
      ...groups,
      'endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend',
    ].join('\n');
  }
}

const MAX_CODES = 65_534;
const REPLACEMENT = '\uFFFD';
/** As many entries as one list of a CMap may have. */
const ENTRIES_PER_GROUP = 100;
const LONE_SURROGATE = /\p{Surrogate}/u;
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}]/u;

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}

function utf16Hex(character: string): string {
  const safe = LONE_SURROGATE.test(character) ? REPLACEMENT : character;
  return Buffer.from(safe, 'utf16le').swap16().toString('hex').toUpperCase();
}

function number(value: number): string {
  return Number(value.toFixed(3)).toString();
}

/** Where a run of text stands: in points, origin at the bottom left of the upright page. */
interface Span {
  readonly x: number;
  readonly width: number;
}

/** Shows characters over exactly this width; glyphs are placed from left to right, as they are seen. */
function show(text: string, span: Span, baseline: number, fontSize: number, codes: CharacterCodes): string {
  const characters = [...text];
  const seen = RIGHT_TO_LEFT.test(text) ? characters.reverse() : characters;
  const natural = (seen.length * GLYPH_WIDTH * fontSize) / 1000;
  const stretch = (100 * span.width) / natural;
  const encoded = seen.map((character) => hex(codes.codeOf(character))).join('');
  return `1 0 0 1 ${number(span.x)} ${number(baseline)} Tm ${number(stretch)} Tz <${encoded}> Tj`;
}

/** The band that the words of a line stand in: that of the line, unless it is so skewed that its box is far too high. */
function bandOf(line: OcrLine, word: OcrWord): { top: number; height: number } {
  const [, top, , height] = line.box[3] <= 1.6 * word.box[3] ? line.box : word.box;
  return { top, height };
}

function lineOperators(line: OcrLine, page: PageScale, codes: CharacterCodes): string[] {
  const words = (line.words.length > 0 ? line.words : [line]).filter(({ text, box }) => text !== '' && box[2] > 0);
  return words.flatMap((word, i) => {
    const { top, height } = bandOf(line, word);
    const fontSize = Math.max(height * page.scale, 0.5);
    const baseline = page.height - (top + height) * page.scale - (FONT_DESCENT / 1000) * fontSize;
    const span = { x: word.box[0] * page.scale, width: word.box[2] * page.scale };
    const operators = [`/${page.fontKey} ${number(fontSize)} Tf`, show(word.text, span, baseline, fontSize, codes)];
    const next = words[i + 1];
    const end = word.box[0] + word.box[2];
    // A space as wide as the gap: without it, readers that do not measure run the words together.
    const gap = next === undefined ? height / 4 : next.box[0] - end;
    if (gap > 0) {
      const space = { x: end * page.scale, width: gap * page.scale };
      operators.push(show(' ', space, baseline, fontSize, codes));
    }
    return operators;
  });
}

interface PageScale {
  /** Points a pixel. */
  readonly scale: number;
  /** Height of the upright page in points. */
  readonly height: number;
  /** Name of the font among the resources of the page. */
  readonly fontKey: string;
}

/** Numbers of a PDF matrix: how the upright page, in points from its bottom left, lies in the page's own frame. */
export type PageMatrix = readonly [number, number, number, number, number, number];

/** The content stream of a page's text; empty where there is none. `widthPoints` is that of the upright page. */
export function textOperators(
  reading: PageReading,
  page: { readonly widthPoints: number; readonly matrix: PageMatrix; readonly fontKey: string },
  codes: CharacterCodes,
): string {
  const scale = page.widthPoints / reading.width;
  const place = { scale, height: reading.height * scale, fontKey: page.fontKey };
  const lines = (reading.text?.blocks ?? []).flatMap(({ lines: own }) => own);
  const operators = lines.flatMap((line) => lineOperators(line, place, codes));
  if (operators.length === 0) return '';
  const invisible = '3 Tr';
  return ['q', `${page.matrix.map(number).join(' ')} cm`, 'BT', invisible, ...operators, 'ET', 'Q'].join('\n');
}
