/** Reads the characters of a PDF page and what lies under them. */
import type { Pdfium, PdfiumFunctions } from './pdfium.js';
import type { Edges, Glyph } from './text-layout.js';

/** Maps points of the page (72 an inch, y up, not rotated) to pixels of the upright page. */
export interface PageTransform {
  readonly width: number;
  readonly height: number;
  toPixels(x: number, y: number): readonly [number, number];
}

/** PDFium gives whole device units; on a huge virtual device they are fine enough for any resolution. */
const VIRTUAL_UNITS = 1 << 20;

/** The transform for a page drawn `width` x `height` pixels large, with its /Rotate and crop box applied. */
export function pageTransform(pdfium: Pdfium, page: number, width: number, height: number): PageTransform {
  const at = (x: number, y: number): [number, number] =>
    pdfium.run((functions, scratch) => {
      const size = [0, 0, VIRTUAL_UNITS, VIRTUAL_UNITS, 0] as const;
      functions.FPDF_PageToDevice(page, ...size, x, y, scratch, scratch + 4);
      return [(pdfium.int32(scratch) / VIRTUAL_UNITS) * width, (pdfium.int32(scratch + 4) / VIRTUAL_UNITS) * height];
    });
  const span = 1000;
  const origin = at(0, 0);
  const [xx, xy] = at(span, 0).map((value, i) => (value - (origin[i] ?? 0)) / span) as [number, number];
  const [yx, yy] = at(0, span).map((value, i) => (value - (origin[i] ?? 0)) / span) as [number, number];
  const toPixels = (x: number, y: number): readonly [number, number] => [
    origin[0] + x * xx + y * yx,
    origin[1] + x * xy + y * yy,
  ];
  return { width, height, toPixels };
}

function toEdges(transform: PageTransform, left: number, bottom: number, right: number, top: number): Edges {
  const [x0, y0] = transform.toPixels(left, bottom);
  const [x1, y1] = transform.toPixels(right, top);
  return [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)];
}

/** What is known of the text of a page besides its characters. */
export interface PageGlyphs {
  /** Characters on the page, in the order of its content. */
  readonly glyphs: readonly Glyph[];
  /** Characters that stand for nothing: without a Unicode value, private or unassigned. */
  readonly unreadable: number;
  /** Characters written in the invisible mode that OCR software uses over a scan. */
  readonly invisible: number;
}

const INVISIBLE_MODE = 3;
/** Hyphens at line ends, as PDFium marks them, and soft ones. */
const HYPHENS: ReadonlySet<number> = new Set([0x02, 0xad, 0xfffe]);
const UNREADABLE = /[\p{Co}\p{Cn}\p{Cc}\p{Cs}\uFFFD]/u;
const LIGATURE = /[\uFB00-\uFB06]/;

/** Half a million characters are a thousand dense pages; a page with more was made to exhaust memory. */
const MAX_CHARACTERS = 500_000;

function characterAt(functions: PdfiumFunctions, textPage: number, index: number): string | null {
  const code = functions.FPDFText_GetUnicode(textPage, index);
  if (HYPHENS.has(code)) return '-';
  if (code === 0 || code > 0x10ffff) return null;
  const character = String.fromCodePoint(code);
  return LIGATURE.test(character) ? character.normalize('NFKC') : character;
}

type PageBox = readonly [left: number, bottom: number, right: number, top: number];

/** The box of the ink, in points. */
function inkBoxAt(
  pdfium: Pdfium,
  functions: PdfiumFunctions,
  textPage: number,
  index: number,
  scratch: number,
): PageBox {
  functions.FPDFText_GetCharBox(textPage, index, scratch, scratch + 8, scratch + 16, scratch + 24);
  const at = (offset: number): number => pdfium.float64(scratch + offset);
  return [at(0), at(16), at(8), at(24)];
}

/** The box between ascender and descender, or that of the ink where the font gives senseless measures. */
function boxAt(pdfium: Pdfium, functions: PdfiumFunctions, textPage: number, index: number, scratch: number): PageBox {
  functions.FPDFText_GetLooseCharBox(textPage, index, scratch);
  const at = (offset: number): number => pdfium.float32(scratch + offset);
  const [left, top, right, bottom] = [at(0), at(4), at(8), at(12)];
  const fontSize = functions.FPDFText_GetFontSize(textPage, index);
  const isSensible = top > bottom && right > left;
  // Many files scale a font of size 1 by the matrix of the text: its size then says nothing.
  if (isSensible && (fontSize <= 1 || Math.min(top - bottom, right - left) < 2.5 * fontSize)) {
    return [left, bottom, right, top];
  }
  return inkBoxAt(pdfium, functions, textPage, index, scratch);
}

/** Text off the edges of the page by more than this, in quarter turns, is slanted; less is a scan that lies askew. */
const MAX_SKEW = 0.12;

/** Direction of the text in the page's own frame, in quarter turns clockwise; not whole for slanted text. */
function turnAt(functions: PdfiumFunctions, textPage: number, index: number): number {
  const angle = functions.FPDFText_GetCharAngle(textPage, index);
  if (!Number.isFinite(angle)) return 0;
  const quarters = angle / (Math.PI / 2);
  return Math.abs(quarters - Math.round(quarters)) > MAX_SKEW ? quarters : Math.round(quarters) % 4;
}

/** Quarter turns clockwise by which the page is shown. */
function turnOf(transform: PageTransform): number {
  const [x0, y0] = transform.toPixels(0, 0);
  const [x1, y1] = transform.toPixels(1, 0);
  return Math.round(Math.atan2(y1 - y0, x1 - x0) / (Math.PI / 2));
}

function isOnPage([left, top, right, bottom]: Edges, { width, height }: PageTransform): boolean {
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return x >= 0 && y >= 0 && x <= width && y <= height;
}

/** Whether two characters start at one place, whichever way the text runs. */
function startsWhere(a: PageBox, b: PageBox): boolean {
  return a[0] === b[0] && (a[1] === b[1] || a[3] === b[3]);
}

/** A ligature comes as several characters at one place, of which only the ink box tells the whole width. */
function joinLigature(before: Glyph, piece: string, edges: Edges, ink: Edges): Glyph {
  const union = [before.edges, edges, ink].reduce((a, b) => [
    Math.min(a[0], b[0]),
    Math.min(a[1], b[1]),
    Math.max(a[2], b[2]),
    Math.max(a[3], b[3]),
  ]);
  return { ...before, text: before.text + piece, edges: union };
}

/** Reads all characters of an open text page. */
export function readGlyphs(pdfium: Pdfium, textPage: number, transform: PageTransform): PageGlyphs {
  const pageTurn = turnOf(transform);
  return pdfium.run((functions, scratch) => {
    const glyphs: Glyph[] = [];
    let [unreadable, invisible] = [0, 0];
    let last: PageBox | undefined;
    let [hasSpace, hasGuessedSpace] = [false, false];
    const count = Math.min(functions.FPDFText_CountChars(textPage), MAX_CHARACTERS);
    for (let i = 0; i < count; i++) {
      const text = characterAt(functions, textPage, i);
      const isGenerated = functions.FPDFText_IsGenerated(textPage, i) === 1;
      if (text === null || isGenerated || /^\s/.test(text)) {
        if (isGenerated) hasGuessedSpace = true;
        else hasSpace = true;
        continue;
      }
      const place = boxAt(pdfium, functions, textPage, i, scratch);
      const edges = toEdges(transform, ...place);
      if (!isOnPage(edges, transform)) continue;
      if (UNREADABLE.test(text) || functions.FPDFText_HasUnicodeMapError(textPage, i) === 1) {
        unreadable++;
        continue;
      }
      const object = functions.FPDFText_GetTextObject(textPage, i);
      if (object !== 0 && functions.FPDFTextObj_GetTextRenderMode(object) === INVISIBLE_MODE) invisible++;
      const quarters = turnAt(functions, textPage, i);
      // PDFium's guesses at spaces are made for text that is upright before the page is turned.
      const breaksBefore = hasSpace || (hasGuessedSpace && quarters === 0);
      const before = glyphs.at(-1);
      if (before !== undefined && last !== undefined && !breaksBefore && startsWhere(last, place)) {
        const ink = toEdges(transform, ...inkBoxAt(pdfium, functions, textPage, i, scratch));
        glyphs[glyphs.length - 1] = joinLigature(before, text, edges, ink);
        continue;
      }
      const turn = ((Math.round(quarters + pageTurn) % 4) + 4) % 4;
      const slant = Number.isInteger(quarters) ? 0 : object;
      glyphs.push({ text, edges, turn: turn as Glyph['turn'], slant, breaksBefore });
      [hasSpace, hasGuessedSpace, last] = [false, false, place];
    }
    return { glyphs, unreadable, invisible };
  });
}

type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
const IMAGE_OBJECT = 3;
const FORM_OBJECT = 5;
const MAX_DEPTH = 4;
/** Cells a side of the raster on which the area under pictures is measured. */
const COVERAGE_CELLS = 32;
const MAX_OBJECTS = 20_000;

function multiply(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[1] * n[2],
    m[0] * n[1] + m[1] * n[3],
    m[2] * n[0] + m[3] * n[2],
    m[2] * n[1] + m[3] * n[3],
    m[4] * n[0] + m[5] * n[2] + n[4],
    m[4] * n[1] + m[5] * n[3] + n[5],
  ];
}

/** The share of the page that pictures cover, 0 to 1. */
export function imageCoverage(pdfium: Pdfium, page: number, transform: PageTransform): number {
  const cells = new Uint8Array(COVERAGE_CELLS ** 2);
  let seen = 0;
  const markImage = (object: number, matrix: Matrix, functions: PdfiumFunctions, scratch: number): void => {
    if (functions.FPDFPageObj_GetBounds(object, scratch, scratch + 4, scratch + 8, scratch + 12) === 0) return;
    const [left, bottom, right, top] = [0, 4, 8, 12].map((at) => pdfium.float32(scratch + at)) as [
      number,
      number,
      number,
      number,
    ];
    const corners = [
      [left, bottom],
      [right, bottom],
      [left, top],
      [right, top],
    ].map(([x = 0, y = 0]) =>
      transform.toPixels(x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5]),
    );
    const toCell = (value: number, size: number): number => Math.round((value / size) * COVERAGE_CELLS);
    const xs = corners.map(([x]) => toCell(x, transform.width));
    const ys = corners.map(([, y]) => toCell(y, transform.height));
    const [x0, x1] = [Math.max(0, Math.min(...xs)), Math.min(COVERAGE_CELLS, Math.max(...xs))];
    for (let y = Math.max(0, Math.min(...ys)); y < Math.min(COVERAGE_CELLS, Math.max(...ys)); y++) {
      if (x1 > x0) cells.fill(1, y * COVERAGE_CELLS + x0, y * COVERAGE_CELLS + x1);
    }
  };
  const visit = (object: number, matrix: Matrix, depth: number, functions: PdfiumFunctions, scratch: number): void => {
    if (object === 0 || seen++ > MAX_OBJECTS) return;
    const type = functions.FPDFPageObj_GetType(object);
    if (type === IMAGE_OBJECT) markImage(object, matrix, functions, scratch);
    if (type !== FORM_OBJECT || depth >= MAX_DEPTH) return;
    functions.FPDFPageObj_GetMatrix(object, scratch);
    const own = [0, 4, 8, 12, 16, 20].map((at) => pdfium.float32(scratch + at)) as unknown as Matrix;
    const inner = multiply(own, matrix);
    const count = functions.FPDFFormObj_CountObjects(object);
    for (let i = 0; i < count; i++)
      visit(functions.FPDFFormObj_GetObject(object, i), inner, depth + 1, functions, scratch);
  };
  pdfium.run((functions, scratch) => {
    const count = functions.FPDFPage_CountObjects(page);
    for (let i = 0; i < count && seen <= MAX_OBJECTS; i++) {
      visit(functions.FPDFPage_GetObject(page, i), IDENTITY, 0, functions, scratch);
    }
  });
  return cells.reduce((sum, cell) => sum + cell, 0) / cells.length;
}
