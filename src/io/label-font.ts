/**
 * The outlines of a font, so that labels in pictures look the same on machines with any fonts or none: that of bold
 * Helvetica that PDFium brings along.
 */
import { acquirePdfium, type Pdfium, type PdfiumFunctions, releasePdfium } from './pdfium.js';

/** A character at font size 1, with its origin on the baseline and y downwards. */
export interface GlyphOutline {
  /** Path data of SVG; empty for a space. */
  readonly path: string;
  readonly width: number;
}

const FONT = 'Helvetica-Bold\0';
const LINE = 0;
const CURVE = 1;
const MOVE = 2;
/** Stands for characters that the font does not have. */
const UNKNOWN = '?';
const UNITS = 1000;

/** The outlines of the characters of some texts, by character. */
export async function glyphOutlines(texts: Iterable<string>): Promise<ReadonlyMap<string, GlyphOutline>> {
  const characters = new Set<string>(UNKNOWN);
  for (const text of texts) for (const character of text) characters.add(character);
  const pdfium = await acquirePdfium();
  try {
    return pdfium.run((functions, scratch) => {
      const name = functions.malloc(FONT.length);
      pdfium.heap.set(Buffer.from(FONT), name);
      const document = functions.FPDF_CreateNewDocument();
      const font = functions.FPDFText_LoadStandardFont(document, name);
      const outlines = readAll(new GlyphReader(pdfium, functions, font, scratch), characters);
      functions.FPDFFont_Close(font);
      functions.FPDF_CloseDocument(document);
      functions.free(name);
      return outlines;
    });
  } finally {
    releasePdfium(pdfium);
  }
}

function readAll(reader: GlyphReader, characters: ReadonlySet<string>): Map<string, GlyphOutline> {
  const unknown = reader.read(UNKNOWN) ?? { path: '', width: 0.5 };
  const outlines = new Map<string, GlyphOutline>();
  for (const character of characters) {
    const base = character.normalize('NFD').slice(0, 1);
    outlines.set(character, reader.read(character) ?? reader.read(base) ?? unknown);
  }
  return outlines;
}

class GlyphReader {
  constructor(
    readonly pdfium: Pdfium,
    readonly functions: PdfiumFunctions,
    readonly font: number,
    readonly scratch: number,
  ) {}

  /** Null where the font does not have it. */
  read(character: string): GlyphOutline | null {
    const { functions, pdfium, font, scratch } = this;
    const code = character.codePointAt(0) ?? 0;
    functions.FPDFFont_GetGlyphWidth(font, code, UNITS, scratch);
    const width = pdfium.float32(scratch) / UNITS;
    if (/\s/.test(character)) return { path: '', width };
    const glyph = functions.FPDFFont_GetGlyphPath(font, code, UNITS);
    if (glyph === 0) return null;
    const count = functions.FPDFGlyphPath_CountGlyphSegments(glyph);
    let path = '';
    let curve = 0;
    for (let at = 0; at < count; at++) {
      const segment = functions.FPDFGlyphPath_GetGlyphPathSegment(glyph, at);
      functions.FPDFPathSegment_GetPoint(segment, scratch, scratch + 4);
      const [x, y] = [pdfium.float32(scratch), -pdfium.float32(scratch + 4)];
      const type = functions.FPDFPathSegment_GetType(segment);
      // A curve is three points; only the first names it.
      path += type === CURVE ? (curve++ % 3 === 0 ? 'C' : ' ') : type === MOVE ? 'M' : type === LINE ? 'L' : '';
      path += `${round(x)} ${round(y)}`;
      if (functions.FPDFPathSegment_GetClose(segment) !== 0) path += 'Z';
    }
    return { path, width };
  }
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
