import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { degrees, PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DocumentFiles } from '../../src/io/document-files.js';
import { expandDocuments } from '../../src/io/documents.js';
import { glyphlessFont } from '../../src/io/glyphless-font.js';
import { toHocr } from '../../src/io/hocr.js';
import type { InputEntry } from '../../src/io/inputs.js';
import { parsePages } from '../../src/io/page-ranges.js';
import { openPdf, pagePixels, readTextLayerPages } from '../../src/io/pdf.js';
import { toSearchablePdf } from '../../src/io/searchable-pdf.js';
import { type Glyph, layOutGlyphs } from '../../src/io/text-layout.js';
import type { Box, OcrLine, PageReading } from '../../src/model.js';

let directory: string;
const DPI = 144;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'uxd-pdf-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

type Draw = (document: PDFDocument) => Promise<void>;

async function makePdf(draw: Draw): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  await draw(document);
  return document.save();
}

async function textPage(document: PDFDocument, lines: readonly string[], angle = 0): Promise<void> {
  const page = document.addPage([300, 400]);
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (const [i, line] of lines.entries()) page.drawText(line, { x: 30, y: 360 - i * 16, size: 12, font });
  page.setRotation(degrees(angle));
}

async function scanPage(document: PDFDocument): Promise<void> {
  const noise = { type: 'gaussian', mean: 200, sigma: 20 } as const;
  const jpeg = await sharp({ create: { width: 150, height: 200, channels: 3, background: '#fff', noise } })
    .jpeg()
    .toBuffer();
  const image = await document.embedJpg(jpeg);
  document.addPage([300, 400]).drawImage(image, { x: 0, y: 0, width: 300, height: 400 });
}

const LINES = [
  'Aceite de oliva virgen extra, 1 litro',
  'Leche entera de la sierra, pack de seis',
  'España: años, ñandú',
];

async function save(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, bytes);
  return path;
}

describe('PDF pages', () => {
  it('have their text, in pixels of the page as it is shown', async () => {
    const bytes = await makePdf((document) => textPage(document, LINES));
    const pdf = await openPdf(bytes);
    expect([pdf.pageCount, pdf.pageSize(1), pdf.hasTextLayer(1)]).toEqual([1, { width: 300, height: 400 }, true]);
    const text = pdf.readTextLayer(1, DPI);
    expect(text.text).toBe(LINES.join('\n'));
    expect(text.confidence).toBe(1);
    const word = text.blocks[0]?.lines[0]?.words[0];
    expect(word?.text).toBe('Aceite');
    const [x, y, width, height] = word?.box ?? [0, 0, 0, 0];
    expect(Math.abs(x - 60)).toBeLessThan(3);
    expect(y).toBeGreaterThan(40);
    expect(y + height).toBeLessThan(95);
    expect(width).toBeGreaterThan(50);
    pdf.close();
  });

  it.each([90, 180, 270])('are read upright when they are turned by %i degrees', async (angle) => {
    const pdf = await openPdf(await makePdf((document) => textPage(document, LINES, angle)));
    const isTurned = angle !== 180;
    expect(pdf.pageSize(1)).toEqual(isTurned ? { width: 400, height: 300 } : { width: 300, height: 400 });
    expect(pdf.readTextLayer(1, DPI).text).toBe(LINES.join('\n'));
    const first = pdf.readTextLayer(1, DPI).blocks[0]?.lines[0]?.box ?? [0, 0, 0, 0];
    const places: Record<number, (box: Box) => boolean> = {
      90: ([x]) => x > 700,
      180: ([, y]) => y > 700,
      270: ([x]) => x < 100,
    };
    expect(places[angle]?.(first)).toBe(true);
    pdf.close();
  });

  it('are drawn on white, no larger than allowed', async () => {
    const pdf = await openPdf(await makePdf((document) => textPage(document, LINES)));
    const page = pdf.renderPage(1, { dpi: 72, maxPixels: 1e6 });
    expect([page.width, page.height, page.data.length, page.dpi]).toEqual([300, 400, 360_000, 72]);
    expect([...page.data.subarray(0, 3)]).toEqual([255, 255, 255]);
    expect(page.data.some((value) => value < 60)).toBe(true);
    const small = pdf.renderPage(1, { dpi: 7200, maxPixels: 10_000 });
    expect(small.width * small.height).toBeLessThanOrEqual(10_000);
    expect(small.dpi).toBeLessThan(72);
    expect(pagePixels({ width: 300, height: 400 }, 144)).toEqual({ width: 600, height: 800, dpi: 144 });
    expect(() => pdf.readTextLayer(2, 72)).toThrow(/no page 2/);
    pdf.close();
    pdf.close();
  });

  it('include what was filled into a form', async () => {
    const bytes = await makePdf(async (document) => {
      await textPage(document, ['Name of the person']);
      const field = document.getForm().createTextField('name');
      field.setText('Carmen Sevilla');
      field.addToPage(document.getPage(0), { x: 30, y: 200, width: 150, height: 20 });
    });
    const pdf = await openPdf(bytes);
    expect(pdf.readTextLayer(1, DPI).text).toContain('Carmen Sevilla');
    pdf.close();
  });

  it('without text, or with a stamp over a scan only, have no text layer', async () => {
    const bytes = await makePdf(async (document) => {
      await scanPage(document);
      await scanPage(document);
      const font = await document.embedFont(StandardFonts.Helvetica);
      document.getPage(1).drawText('Downloaded on 3 May 2024 by user 42', { x: 10, y: 10, size: 8, font });
      document.getPage(1).drawText('CONFIDENTIAL', { x: 60, y: 100, size: 30, font, rotate: degrees(45) });
      document.addPage([300, 400]).drawText('3', { x: 150, y: 10, size: 8, font });
    });
    const pdf = await openPdf(bytes);
    expect([1, 2, 3].map((page) => pdf.hasTextLayer(page))).toEqual([false, false, false]);
    expect(pdf.readTextLayer(2, DPI).text).toContain('CONFIDENTIAL');
    pdf.close();
  });

  it('that are damaged or protected say so, and the next file is read', async () => {
    const good = await makePdf((document) => textPage(document, LINES));
    await expect(openPdf(good.subarray(0, 200))).rejects.toMatchObject({ code: 'CORRUPT_PDF' });
    await expect(openPdf(Buffer.from('%PDF-1.7 nothing'))).rejects.toMatchObject({ code: 'CORRUPT_PDF' });
    await expect(openPdf(new Uint8Array(0))).rejects.toMatchObject({ code: 'CORRUPT_PDF' });
    await expect(openPdf(join(directory, 'missing.pdf'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    const document = await PDFDocument.load(good);
    document.encrypt({ userPassword: 'secret', ownerPassword: 'secret' });
    const locked = await document.save();
    await expect(openPdf(locked)).rejects.toMatchObject({
      code: 'ENCRYPTED_PDF',
      message: expect.stringContaining('qpdf'),
    });
    const pdf = await openPdf(good);
    expect(pdf.readTextLayer(1, DPI).text).toContain('Aceite');
    pdf.close();
  });

  it('never crash, whatever bytes they have', async () => {
    const good = await makePdf(async (document) => {
      await textPage(document, LINES);
      await scanPage(document);
    });
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.floor((seed / 2 ** 31) * below);
    };
    const codes = new Set<string>();
    for (let round = 0; round < 60; round++) {
      const bytes = Uint8Array.from(good);
      for (let i = 0; i < 1 + random(30); i++) bytes[random(bytes.length)] = random(256);
      try {
        const pdf = await openPdf(bytes);
        for (let page = 1; page <= Math.min(pdf.pageCount, 3); page++) {
          pdf.hasTextLayer(page);
          pdf.renderPage(page, { dpi: 50, maxPixels: 1e6 });
        }
        pdf.close();
        codes.add('read');
      } catch (error) {
        expect(error).toMatchObject({ name: 'InputError' });
        codes.add((error as { code: string }).code);
      }
    }
    expect([...codes].every((code) => ['read', 'CORRUPT_PDF', 'ENCRYPTED_PDF'].includes(code))).toBe(true);
    expect(codes.has('read')).toBe(true);
  });
});

describe('the layout of characters', () => {
  const SIZE = 10;

  /** Letters half as wide as they are high, in content order. */
  function type(text: string, x: number, y: number): Glyph[] {
    return [...text].flatMap((character, i) => {
      if (character === ' ') return [];
      const left = x + i * (SIZE / 2);
      const edges = [left, y, left + SIZE / 2, y + SIZE] as const;
      return [{ text: character, edges, turn: 0, slant: 0, breaksBefore: i === 0 || text[i - 1] === ' ' } as const];
    });
  }

  it('makes words, lines and blocks', () => {
    const text = layOutGlyphs([...type('one two', 0, 0), ...type('three', 0, 12), ...type('four', 0, 60)]);
    expect(text.text).toBe('one two\nthree\n\nfour');
    expect(text.blocks[0]?.lines[0]?.words[1]).toEqual({ text: 'two', confidence: 1, box: [20, 0, 15, 10] });
    expect(layOutGlyphs([])).toEqual({ text: '', confidence: null, language: null, blocks: [] });
  });

  it('keeps the rows of a table and the columns of a page', () => {
    const row = [...type('bread', 0, 0), ...type('1.20', 200, 0), ...type('milk', 0, 12), ...type('0.99', 200, 12)];
    expect(layOutGlyphs(row).text).toBe('bread 1.20\nmilk 0.99');
    const left = [...type('left one', 0, 0), ...type('left two', 0, 12)];
    const right = [...type('right one', 60, 0), ...type('right two', 60, 12)];
    expect(layOutGlyphs([...left, ...right]).text).toBe('left one\nleft two\n\nright one\nright two');
  });

  it('joins a word that was written later to its line', () => {
    const line = [...type('a', 0, 0), ...type('of words', 30, 0), ...type('far', 0, 80), ...type('bold', 8, 0)];
    expect(layOutGlyphs(line).text).toBe('a bold of words\n\nfar');
  });

  it('orders a page that was written from the bottom up', () => {
    const lines = ['five', 'four', 'three', 'two', 'one'].flatMap((word, i) => type(word, 0, 400 - i * 90));
    expect(layOutGlyphs(lines).text.split('\n\n')).toEqual(['one', 'two', 'three', 'four', 'five']);
  });

  it('keeps Hebrew words in the order of reading', () => {
    const letters = [...'שלום'].map((text, i) => {
      const left = 100 - (i + 1) * 5;
      return { text, edges: [left, 0, left + 5, 10], turn: 0, slant: 0, breaksBefore: i === 0 } as const;
    });
    expect(layOutGlyphs(letters).text).toBe('שלום');
  });
});

function readingOf(words: readonly string[], size: { width: number; height: number }, page = 1): PageReading {
  const at = (i: number): Box => [40 + i * 110, 100, 100, 30];
  const line: OcrLine = {
    text: words.join(' '),
    confidence: 0.9,
    box: [40, 100, words.length * 110 - 10, 30],
    words: words.map((text, i) => ({ text, confidence: 0.9, box: at(i) })),
  };
  const block = { ...line, lines: [line] };
  return { page, ...size, model: 'test', text: { text: line.text, confidence: 0.9, language: 'es', blocks: [block] } };
}

const WORDS = ['¡ñandú!', '1,99', '€', 'Ελληνικά', 'Zażółć', 'שלום'];

async function picture(width = 800, height = 600): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#fed' } })
    .png()
    .toBuffer();
}

describe('searchable PDFs', () => {
  it('show the picture and hold its words where they are', async () => {
    const path = await save('page.png', await picture());
    const reading = readingOf(WORDS, { width: 800, height: 600 });
    const document = { path, mediaType: 'image/png', readings: [reading] } as const;
    const bytes = await toSearchablePdf(document, { dpi: 200, maxPixels: 1e7 });
    expect(Buffer.compare(bytes, await toSearchablePdf(document, { dpi: 200, maxPixels: 1e7 }))).toBe(0);
    const pdf = await openPdf(bytes);
    expect(pdf.pageSize(1)).toEqual({ width: 288, height: 216 });
    expect(pdf.hasTextLayer(1)).toBe(true);
    const found = pdf.readTextLayer(1, 200).blocks.flatMap(({ lines }) => lines.flatMap(({ words }) => words));
    expect(found.map(({ text }) => text)).toEqual(WORDS);
    for (const [i, { box }] of found.entries()) {
      for (const [side, value] of box.entries())
        expect(Math.abs(value - (reading.text?.blocks[0]?.lines[0]?.words[i]?.box[side] ?? 0))).toBeLessThan(2);
    }
    const { data } = pdf.renderPage(1, { dpi: 72, maxPixels: 1e6 });
    expect(new Set(data)).toEqual(new Set([0xff, 0xee, 0xdd]));
    pdf.close();
  });

  it.each(['jpeg', 'webp', 'gif', 'tiff'] as const)('are made of %s', async (format) => {
    const path = await save(
      `page.${format}`,
      await sharp(await picture())
        .toFormat(format)
        .toBuffer(),
    );
    const readings = [readingOf(WORDS, { width: 800, height: 600 })];
    const bytes = await toSearchablePdf({ path, mediaType: `image/${format}`, readings }, { dpi: 200, maxPixels: 1e7 });
    const pdf = await openPdf(bytes);
    expect(pdf.readTextLayer(1, 200).text).toContain('Zażółć');
    const { data } = pdf.renderPage(1, { dpi: 72, maxPixels: 1e6 });
    expect(Math.abs((data[0] ?? 0) - 0xff) + Math.abs((data[2] ?? 0) - 0xdd)).toBeLessThan(12);
    pdf.close();
  });

  it.each([0, 90, 180, 270])('keep the pages of a PDF, also turned by %i degrees', async (angle) => {
    const bytes = await makePdf(async (document) => {
      await scanPage(document);
      document.getPage(0).setRotation(degrees(angle));
      await textPage(document, LINES);
    });
    const path = await save('scan.pdf', bytes);
    const size = angle % 180 === 0 ? { width: 600, height: 800 } : { width: 800, height: 600 };
    const [own] = await readTextLayerPages(path, [2], { dpi: DPI });
    const [small] = await readTextLayerPages(path, [2], { dpi: 1200, maxPixels: 250_000 });
    expect((small?.width ?? 0) * (small?.height ?? 0)).toBeLessThanOrEqual(250_000);
    expect(small?.text?.text).toBe(own?.text?.text);
    const boxes = (small?.text?.blocks ?? []).map(({ box }) => box[0] + box[2]);
    expect(Math.max(...boxes)).toBeLessThanOrEqual(small?.width ?? 0);
    const readings = [readingOf(WORDS.slice(0, 4), size), own as PageReading];
    const pdf = await openPdf(
      await toSearchablePdf({ path, mediaType: 'application/pdf', readings }, { dpi: DPI, maxPixels: 1e7 }),
    );
    expect(pdf.pageCount).toBe(2);
    const [line] = pdf.readTextLayer(1, DPI).blocks.flatMap(({ lines }) => lines);
    expect(line?.text).toBe(WORDS.slice(0, 4).join(' '));
    expect(Math.abs((line?.box[0] ?? 0) - 40)).toBeLessThan(2);
    expect(Math.abs((line?.box[1] ?? 0) - 100)).toBeLessThan(2);
    expect(pdf.readTextLayer(2, DPI).text).toBe(LINES.join('\n'));
    pdf.close();
  });

  it('are drawn anew where the PDF is protected against changes', async () => {
    const document = await PDFDocument.load(await makePdf(scanPage));
    document.encrypt({ userPassword: '', ownerPassword: 'owner' });
    const path = await save('protected.pdf', await document.save());
    const readings = [readingOf(['hello', 'world'], { width: 600, height: 800 })];
    const pdf = await openPdf(
      await toSearchablePdf({ path, mediaType: 'application/pdf', readings }, { dpi: DPI, maxPixels: 1e7 }),
    );
    expect(pdf.readTextLayer(1, DPI).text).toBe('hello world');
    expect(Math.round(pdf.pageSize(1).width)).toBe(300);
    pdf.close();
  });

  it('embed a font that is whole', () => {
    const font = glyphlessFont();
    let sum = 0;
    for (let at = 0; at < font.length; at += 4) sum = (sum + font.readUInt32BE(at)) >>> 0;
    expect(sum).toBe(0xb1b0afba);
  });
});

describe('hOCR', () => {
  it('has a place and a confidence for everything, and is well-formed', () => {
    const failed = {
      page: 2,
      width: 0,
      height: 0,
      model: 'test',
      error: { code: 'X', message: '', isRetryable: false },
    };
    const words = ['<b>', '"a" & \'b\'', '\u0001\ud800'];
    const hocr = toHocr('a "b" <c>.png', [readingOf(words, { width: 800, height: 600 }), failed], null);
    expect(hocr).toContain(
      '<span class="ocrx_word" id="word_1_1_1_1" title="bbox 40 100 140 130; x_wconf 90">&lt;b&gt;</span>',
    );
    expect(hocr).toContain('&quot;a&quot; &amp; &#39;b&#39;</span>');
    expect(hocr).toContain('\uFFFD\uFFFD</span>');
    expect(hocr).toContain('<p class="ocr_par" id="par_1_1" lang="es"');
    expect(hocr.match(/class="ocr_page"/g)).toHaveLength(2);
    expect(hocr.match(/<(div|p|span)\b/g)?.length).toBe(hocr.match(/<\/(div|p|span)>/g)?.length);
  });
});

describe('files beside the rows', () => {
  it('are one of each kind for a document, however many parts it came in', async () => {
    const path = await save(
      'two.pdf',
      await makePdf(async (document) => {
        await scanPage(document);
        await scanPage(document);
      }),
    );
    const [hocrDirectory, pdfDirectory] = [join(directory, 'h/ocr'), join(directory, 'pdf')];
    const warnings: string[] = [];
    const warn = (message: string) => void warnings.push(message);
    const files = await DocumentFiles.open({
      hocrDirectory,
      pdfDirectory,
      dpi: DPI,
      maxPixels: 1e7,
      isSharded: false,
      warn,
    });
    const size = { width: 600, height: 800 };
    const part = { source: 'x/two.pdf', path, mediaType: 'application/pdf' } as const;
    await files.add({ ...part, readings: [readingOf(['first'], size, 1)] });
    await files.add({ ...part, readings: [readingOf(['second'], size, 2)] });
    await files.add({
      ...part,
      source: 'y/gone.png',
      path: join(directory, 'gone.png'),
      mediaType: 'image/png',
      readings: [readingOf(['x'], size)],
    });
    await files.close();
    expect(await readFile(join(hocrDirectory, 'two.hocr'), 'utf8')).toMatch(/first.*second/s);
    const pdf = await openPdf(join(pdfDirectory, 'two.pdf'));
    expect([1, 2].map((page) => pdf.readTextLayer(page, DPI).text)).toEqual(['first', 'second']);
    pdf.close();
    expect(warnings).toEqual([expect.stringMatching(/^y\/gone\.png: no .*gone\.pdf: there is no such file/)]);
    await expect(
      DocumentFiles.open({ hocrDirectory: path, pdfDirectory: null, dpi: DPI, maxPixels: 1, isSharded: false, warn }),
    ).rejects.toThrow(/stands in its place/);
  });

  it('never take the place of an input', async () => {
    const path = await save('same.png', await picture());
    const options = { hocrDirectory: null, dpi: DPI, maxPixels: 1e7, isSharded: false, warn: () => undefined };
    const files = await DocumentFiles.open({ ...options, pdfDirectory: directory });
    await files.add({
      source: 'same.png',
      path,
      mediaType: 'image/png',
      readings: [readingOf(['x'], { width: 800, height: 600 })],
    });
    await files.close();
    expect((await readFile(join(directory, 'same.ocr.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
  });
});

describe('items', () => {
  async function expand(
    names: readonly string[],
    more: { pages?: string; useTextLayer?: 'auto' | 'never' | 'only' } = {},
  ) {
    const entries: InputEntry[] = names.map((source, index) => ({ index, source, path: join(directory, source) }));
    const items = expandDocuments(entries, {
      pagesPerItem: (mediaType) => (mediaType === 'application/pdf' ? 2 : 1),
      pages: more.pages === undefined ? null : parsePages(more.pages),
      maxPixels: 1e7,
      useTextLayer: more.useTextLayer ?? 'auto',
    });
    const shown: string[] = [];
    let index = 0;
    for await (const item of items) {
      expect(item.index).toBe(index++);
      if ('error' in item) shown.push(`${item.source}: ${item.error.code}`);
      else shown.push(`${item.source}: ${item.payload.pages.join(' ')}${item.payload.useTextLayer ? ' text' : ''}`);
    }
    return shown;
  }

  it('are runs of pages that are read in the same way', async () => {
    await save(
      'mixed.pdf',
      await makePdf(async (document) => {
        await textPage(document, LINES);
        await textPage(document, LINES);
        for (let i = 0; i < 3; i++) await scanPage(document);
        await textPage(document, LINES);
      }),
    );
    expect(await expand(['mixed.pdf'])).toEqual([
      'mixed.pdf: 1 2 text',
      'mixed.pdf: 3 4',
      'mixed.pdf: 5',
      'mixed.pdf: 6 text',
    ]);
    expect(await expand(['mixed.pdf'], { useTextLayer: 'never' })).toEqual([
      'mixed.pdf: 1 2',
      'mixed.pdf: 3 4',
      'mixed.pdf: 5 6',
    ]);
    expect(await expand(['mixed.pdf'], { useTextLayer: 'only' })).toEqual(['mixed.pdf: 1 2 3 4 5 6 text']);
    expect(await expand(['mixed.pdf'], { pages: '2,4-5,9' })).toEqual(['mixed.pdf: 2 text', 'mixed.pdf: 4 5']);
    expect(await expand(['mixed.pdf'], { pages: '7-' })).toEqual(['mixed.pdf: PAGE_NOT_FOUND']);
  });

  it('fail one by one, and the neighbours do not', async () => {
    await save('a.png', await picture(10, 10));
    await save('empty.png', new Uint8Array(0));
    await save('text.png', Buffer.from('hello'));
    await save('broken.pdf', Buffer.from('%PDF-1.4 hello'));
    expect(await expand(['a.png', 'empty.png', 'a.png', 'text.png', 'broken.pdf', 'none.png', 'a.png'])).toEqual([
      'a.png: 1',
      'empty.png: EMPTY_FILE',
      'a.png: 1',
      'text.png: NOT_AN_IMAGE',
      'broken.pdf: CORRUPT_PDF',
      'none.png: FILE_NOT_FOUND',
      'a.png: 1',
    ]);
  });

  it('have keys of their content and pages', async () => {
    await save('b.png', await picture(10, 10));
    const keys: string[] = [];
    const entries = ['a.png', 'b.png', 'mixed.pdf'].map((source, index) => ({
      index,
      source,
      path: join(directory, source),
    }));
    const options = { pagesPerItem: () => 1, pages: null, maxPixels: 1e7, useTextLayer: 'auto' } as const;
    for await (const item of expandDocuments(entries, options)) if ('key' in item) keys.push(item.key);
    expect(keys[0]).toMatch(/^[0-9a-f]{64}#1$/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).toMatch(/#1-2\+text$/);
    expect(keys[3]).toMatch(/#3$/);
  });
});
