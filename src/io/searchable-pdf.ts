/** PDFs that look like the input and can be searched: the page as it is, and what was read on it as invisible text. */
import { deflateSync } from 'node:zlib';
import type { PDFDocument, PDFPage, PDFRef } from '@cantoo/pdf-lib';
import type { PageMediaType, PageReading } from '../model.js';
import { FONT_ASCENT, FONT_DESCENT, GLYPH_WIDTH, glyphlessFont } from './glyphless-font.js';
import { bitmapToPdfImage, claimedDpi, fileToPdfImage, type PdfImage } from './page-image.js';
import { openPdf, PDF_TEXT_MODEL } from './pdf.js';
import { CharacterCodes, type PageMatrix, textOperators } from './text-overlay.js';

/** A file and what was read in it. */
export interface ReadDocument {
  readonly path: string;
  readonly mediaType: PageMediaType;
  /** In page order; pages that failed have no text. */
  readonly readings: readonly PageReading[];
}

export interface SearchablePdfOptions {
  /** Resolution of pages that say nothing of theirs, and of PDF pages that have to be drawn. */
  readonly dpi: number;
  readonly maxPixels: number;
}

type PdfLibrary = typeof import('@cantoo/pdf-lib');

const UPRIGHT: PageMatrix = [1, 0, 0, 1, 0, 0];
const POINTS_PER_INCH = 72;

/** A PDF under construction, with the font that all its invisible text is set in. */
class Builder {
  readonly #library: PdfLibrary;
  readonly #document: PDFDocument;
  readonly #codes = new CharacterCodes();
  readonly #font: PDFRef;

  constructor(library: PdfLibrary, document: PDFDocument) {
    this.#library = library;
    this.#document = document;
    this.#font = document.context.nextRef();
  }

  /** Adds a page that shows a picture. */
  addImagePage(image: PdfImage, reading: PageReading | undefined, dpi: number): void {
    const [width, height] = [image.width, image.height].map((pixels) => (pixels * POINTS_PER_INCH) / dpi) as [
      number,
      number,
    ];
    const { context } = this.#document;
    const page = this.#document.addPage([width, height]);
    const size = { Width: image.width, Height: image.height };
    const stream = context.stream(image.bytes, {
      Type: 'XObject',
      Subtype: 'Image',
      ...size,
      ...image.dictionary,
    } as never);
    const key = page.node.newXObject('Image', context.register(stream)).asString().slice(1);
    this.#addContent(page, `q ${width} 0 0 ${height} 0 0 cm /${key} Do Q`);
    if (reading !== undefined) this.#addText(page, reading, width, UPRIGHT);
  }

  /** Lays text over a page that is there; text that came from the page itself is not written again. */
  overlay(pageNumber: number, reading: PageReading): void {
    if (reading.model === PDF_TEXT_MODEL || reading.text === undefined || reading.width === 0) return;
    const page = this.#document.getPage(pageNumber - 1);
    const { matrix, width } = uprightFrame(page);
    const { PDFOperator, PDFOperatorNames } = this.#library;
    const [push, pop] = [PDFOperatorNames.PushGraphicsState, PDFOperatorNames.PopGraphicsState].map((name) =>
      this.#document.context.register(this.#document.context.contentStream([PDFOperator.of(name)])),
    ) as [PDFRef, PDFRef];
    // What the page's own content leaves set must not move the text.
    page.node.wrapContentStreams(push, pop);
    this.#addText(page, reading, width, matrix);
  }

  /** The file's bytes. */
  async finish(): Promise<Uint8Array> {
    this.#defineFont();
    return this.#document.save({ addDefaultPage: false, updateFieldAppearances: false });
  }

  #addText(page: PDFPage, reading: PageReading, widthPoints: number, matrix: PageMatrix): void {
    const fontKey = page.node.newFontDictionary('Unseen', this.#font).asString().slice(1);
    const operators = textOperators(reading, { widthPoints, matrix, fontKey }, this.#codes);
    if (operators !== '') this.#addContent(page, operators);
  }

  #addContent(page: PDFPage, operators: string): void {
    const { context } = this.#document;
    page.node.addContentStream(context.register(context.flateStream(operators)));
  }

  /** A composite font (ISO 32000-1, 9.7) whose codes all show the same glyph. */
  #defineFont(): void {
    const { context } = this.#document;
    const { PDFString } = this.#library;
    const name = 'GlyphLess';
    const font = glyphlessFont();
    const file = context.register(context.flateStream(font, { Length1: font.length }));
    const glyphOfCode = Buffer.alloc(2 * 65_536);
    for (let at = 1; at < glyphOfCode.length; at += 2) glyphOfCode[at] = 1;
    const glyphMap = context.register(context.stream(deflateSync(glyphOfCode), { Filter: 'FlateDecode' }));
    const toUnicode = context.register(context.flateStream(this.#codes.toUnicodeMap()));
    const descriptor = context.register(
      context.obj({
        ...{ Type: 'FontDescriptor', FontName: name, Flags: 5, FontFile2: file, StemV: 80, ItalicAngle: 0 },
        ...{ Ascent: FONT_ASCENT, Descent: FONT_DESCENT, CapHeight: FONT_ASCENT },
        FontBBox: [0, FONT_DESCENT, GLYPH_WIDTH, FONT_ASCENT],
      }),
    );
    const system = { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0 };
    const descendant = context.register(
      context.obj({
        ...{ Type: 'Font', Subtype: 'CIDFontType2', BaseFont: name, CIDSystemInfo: system, DW: GLYPH_WIDTH },
        ...{ FontDescriptor: descriptor, CIDToGIDMap: glyphMap },
      }),
    );
    const composite = { Type: 'Font', Subtype: 'Type0', BaseFont: name, Encoding: 'Identity-H' };
    context.assign(this.#font, context.obj({ ...composite, DescendantFonts: [descendant], ToUnicode: toUnicode }));
  }
}

/** How the page, as it is shown, lies in its own frame: see /Rotate in ISO 32000-1, 7.7.3.3. */
function uprightFrame(page: PDFPage): { matrix: PageMatrix; width: number } {
  const [media, crop] = [page.getMediaBox(), page.getCropBox()];
  const x0 = Math.max(media.x, crop.x);
  const y0 = Math.max(media.y, crop.y);
  const x1 = Math.min(media.x + media.width, crop.x + crop.width);
  const y1 = Math.min(media.y + media.height, crop.y + crop.height);
  const turn = (((page.getRotation().angle / 90) % 4) + 4) % 4;
  const matrices: readonly PageMatrix[] = [
    [1, 0, 0, 1, x0, y0],
    [0, 1, -1, 0, x1, y0],
    [-1, 0, 0, -1, x1, y1],
    [0, -1, 1, 0, x0, y1],
  ];
  return { matrix: matrices[turn] ?? UPRIGHT, width: turn % 2 === 0 ? x1 - x0 : y1 - y0 };
}

async function fromPicture(library: PdfLibrary, read: ReadDocument, options: SearchablePdfOptions): Promise<Builder> {
  const builder = new Builder(library, await library.PDFDocument.create({ updateMetadata: false }));
  const dpi = (await claimedDpi(read.path, read.mediaType)) ?? options.dpi;
  const { mediaType } = read;
  for (const reading of read.readings) {
    if (reading.error !== undefined) continue;
    const image = await fileToPdfImage(read.path, { mediaType, page: reading.page, maxPixels: options.maxPixels });
    // A picture that was scaled down here has fewer pixels to the same inch.
    builder.addImagePage(image, reading, (dpi * image.width) / Math.max(1, reading.width));
  }
  return builder;
}

/** Draws the pages of a PDF that cannot be copied (damaged, or protected against changes). */
async function fromDrawnPages(
  library: PdfLibrary,
  read: ReadDocument,
  options: SearchablePdfOptions,
): Promise<Builder> {
  const builder = new Builder(library, await library.PDFDocument.create({ updateMetadata: false }));
  const pdf = await openPdf(read.path);
  try {
    for (const reading of read.readings) {
      if (reading.error !== undefined) continue;
      const page = pdf.renderPage(reading.page, options);
      builder.addImagePage(await bitmapToPdfImage(page), reading, page.dpi);
    }
  } finally {
    pdf.close();
  }
  return builder;
}

async function fromPdf(library: PdfLibrary, read: ReadDocument, options: SearchablePdfOptions): Promise<Builder> {
  try {
    const { readFile } = await import('node:fs/promises');
    const document = await library.PDFDocument.load(await readFile(read.path), { updateMetadata: false });
    const builder = new Builder(library, document);
    for (const reading of read.readings) builder.overlay(reading.page, reading);
    return builder;
  } catch {
    return fromDrawnPages(library, read, options);
  }
}

/**
 * Makes the searchable PDF of one document. The pages of a PDF stay as they are; where that is not possible, and for
 * pictures, the pages show the picture that was read. Throws {@link InputError} where the file cannot be read any more.
 */
export async function toSearchablePdf(read: ReadDocument, options: SearchablePdfOptions): Promise<Uint8Array> {
  const library = await import('@cantoo/pdf-lib');
  const builder = await (read.mediaType === 'application/pdf'
    ? fromPdf(library, read, options)
    : fromPicture(library, read, options));
  return builder.finish();
}
