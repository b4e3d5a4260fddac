/** Readings as hOCR 1.2 (https://kba.github.io/hocr-spec/1.2/): the page as XHTML, with boxes and confidences. */
import type { Box, OcrBlock, OcrLine, OcrWord, PageReading } from '../model.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** XML 1.0 has no place for these, not even escaped. */
const NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

function escapeXml(text: string): string {
  return text.replace(NOT_XML, '\uFFFD').replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

function bbox([x, y, width, height]: Box): string {
  return `bbox ${[Math.floor(x), Math.floor(y), Math.ceil(x + width), Math.ceil(y + height)].join(' ')}`;
}

function toWord(word: OcrWord, id: string): string {
  const title = `${bbox(word.box)}; x_wconf ${Math.round(word.confidence * 100)}`;
  return `<span class="ocrx_word" id="word_${id}" title="${title}">${escapeXml(word.text)}</span>`;
}

function toLine(line: OcrLine, id: string): string {
  // An engine that gives lines only: the line is all the word there is.
  const words = line.words.length > 0 ? line.words : [line];
  const spans = words.map((word, i) => toWord(word, `${id}_${i + 1}`));
  return `     <span class="ocr_line" id="line_${id}" title="${bbox(line.box)}">${spans.join(' ')}</span>`;
}

function toBlock(block: OcrBlock, id: string, language: string | null): string {
  const lines = block.lines.map((line, i) => toLine(line, `${id}_${i + 1}`));
  const place = bbox(block.box);
  const lang = language === null ? '' : ` lang="${escapeXml(language)}" xml:lang="${escapeXml(language)}"`;
  return [
    `   <div class="ocr_carea" id="block_${id}" title="${place}">`,
    `    <p class="ocr_par" id="par_${id}"${lang} title="${place}">`,
    ...lines,
    '    </p>',
    '   </div>',
  ].join('\n');
}

/** One page; one that failed is there without text, so that the pages keep their places. */
function toPage(reading: PageReading, source: string, dpi: number | null): string {
  const { page, width, height, text } = reading;
  const resolution = dpi === null ? '' : `; scan_res ${Math.round(dpi)} ${Math.round(dpi)}`;
  const image = source.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  const title = `image "${image}"; ${bbox([0, 0, width, height])}; ppageno ${page - 1}${resolution}`;
  const blocks = (text?.blocks ?? []).map((block, i) => toBlock(block, `${page}_${i + 1}`, text?.language ?? null));
  return [`  <div class="ocr_page" id="page_${page}" title="${escapeXml(title)}">`, ...blocks, '  </div>'].join('\n');
}

const CAPABILITIES = 'ocr_page ocr_carea ocr_par ocr_line ocrx_word';

/**
 * The readings of one document as an hOCR file. `dpi` is the resolution of pages that were drawn (PDF), null for
 * pictures, whose pixels are their own.
 */
export function toHocr(source: string, readings: readonly PageReading[], dpi: number | null): string {
  const models = [...new Set(readings.map(({ model }) => model))].join(' ');
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">',
    '<html xmlns="http://www.w3.org/1999/xhtml">',
    ' <head>',
    `  <title>${escapeXml(source)}</title>`,
    '  <meta http-equiv="Content-Type" content="text/html;charset=utf-8"/>',
    `  <meta name="ocr-system" content="${escapeXml(`uxd ${models}`.trim())}"/>`,
    `  <meta name="ocr-number-of-pages" content="${readings.length}"/>`,
    `  <meta name="ocr-capabilities" content="${CAPABILITIES}"/>`,
    ' </head>',
    ' <body>',
    ...readings.map((reading) => toPage(reading, source, dpi)),
    ' </body>',
    '</html>',
  ].join('\n')}\n`;
}
