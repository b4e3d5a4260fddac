// What the loopback Cloud Vision answers: made of the bytes of the picture alone, so that a test can tell whose answer
// it holds.
import { createHash } from 'node:crypto';

/** A picture that holds this text makes the whole batch fail with INVALID_ARGUMENT "Bad image data.". */
export const POISON_BATCH = 'UXD-TEST-POISONS-THE-BATCH';
/** A picture that holds this text gets a per-image error that stays. */
export const POISON_IMAGE = 'UXD-TEST-BAD-IMAGE';

/** @param {Uint8Array} bytes @returns {string} hex sha256 */
export function hashOf(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

function jpegSize(bytes) {
  let at = 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1];
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

/**
 * Width and height as the header says, or null where the bytes are no picture.
 * @param {Buffer} bytes
 * @returns {{ width: number, height: number } | null}
 */
export function sizeOf(bytes) {
  const magic = bytes.subarray(0, 12).toString('latin1');
  if (bytes.length > 24 && magic.startsWith('\x89PNG')) {
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  }
  if (magic.startsWith('\xff\xd8\xff')) return jpegSize(bytes);
  if (bytes.length > 26 && magic.startsWith('BM')) {
    return { width: bytes.readInt32LE(18), height: Math.abs(bytes.readInt32LE(22)) };
  }
  if (/^(RIFF....WEBP|GIF8|II\*\0|MM\0\*|%PDF-)/s.test(magic)) return { width: 640, height: 480 };
  return null;
}

/**
 * The text that is "read" on a picture.
 * @param {Uint8Array} bytes
 * @param {number} [page]
 * @returns {string} two blocks
 */
export function textOf(bytes, page) {
  return textOfHash(hashOf(bytes), bytes.length, page);
}

function textOfHash(hash, length, page) {
  const second = page === undefined ? `${length} bytes` : `page ${page}`;
  return `uxd ${hash.slice(0, 12)}\nrebajas-\nverano\n\n${second}`;
}

const DETECTED_SPACE = { detectedBreak: { type: 'SPACE' } };

function symbolsOf(text, lastBreak) {
  const symbols = [...text].map((character) => ({ text: character, confidence: 0.95 }));
  if (lastBreak) symbols[symbols.length - 1].property = { detectedBreak: { type: lastBreak } };
  return symbols;
}

function polygon([x, y, width, height], page) {
  const corners = [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
  if (page.isNormalized) {
    return { normalizedVertices: corners.map(([cx, cy]) => ({ x: cx / page.width, y: cy / page.height })) };
  }
  return { vertices: corners.map(([cx, cy]) => ({ x: cx, y: cy })) };
}

/** Lines are 20 pixels high and 30 apart; a letter is 8 wide. */
function wordsOf(line, row, page) {
  const isHyphenated = line.endsWith('-');
  const texts = line.replace(/-$/, '').split(' ');
  let x = 0;
  return texts.map((text, index) => {
    const isLast = index === texts.length - 1;
    const lastBreak = !isLast ? DETECTED_SPACE.detectedBreak.type : isHyphenated ? 'HYPHEN' : 'LINE_BREAK';
    const boundingBox = polygon([x, row * 30, text.length * 8, 20], page);
    x += (text.length + 1) * 8;
    return { boundingBox, confidence: 0.95, symbols: symbolsOf(text, lastBreak) };
  });
}

/**
 * A `TextAnnotation` with blocks (separated by blank lines in `text`), words and breaks.
 * @param {string} text
 * @param {{ width: number, height: number, isNormalized: boolean }} page
 */
export function fullTextOf(text, page) {
  let row = 0;
  const blocks = text.split('\n\n').map((block) => {
    const firstRow = row;
    const words = block.split('\n').flatMap((line) => wordsOf(line, row++, page));
    const boundingBox = polygon([0, firstRow * 30, 200, (row - firstRow) * 30 - 10], page);
    return { blockType: 'TEXT', confidence: 0.95, boundingBox, paragraphs: [{ boundingBox, words }] };
  });
  const property = { detectedLanguages: [{ languageCode: 'es', confidence: 0.9 }] };
  return { text, pages: [{ property, width: page.width, height: page.height, confidence: 0.95, blocks }] };
}

/**
 * @typedef {object} GivenWord
 * @property {string} text
 * @property {[number, number, number, number]} box
 */

/**
 * The same of words whose places are known, each on a line of its own.
 * @param {GivenWord[]} given
 * @param {{ width: number, height: number, isNormalized: boolean }} page
 */
export function fullTextOfWords(given, page) {
  const words = given.map(({ text, box }) => ({
    boundingBox: polygon(box, page),
    confidence: 0.95,
    symbols: symbolsOf(text, 'LINE_BREAK'),
  }));
  const boundingBox = polygon([0, 0, page.width, page.height], page);
  const block = { blockType: 'TEXT', confidence: 0.95, boundingBox, paragraphs: [{ boundingBox, words }] };
  const property = { detectedLanguages: [{ languageCode: 'es', confidence: 0.9 }] };
  const text = given.map((word) => word.text).join('\n');
  return { text, pages: [{ property, width: page.width, height: page.height, confidence: 0.95, blocks: [block] }] };
}

function sightingsOf(types, hash, page) {
  const answer = {};
  if (types.has('LABEL_DETECTION')) {
    answer.labelAnnotations = [{ mid: '/m/01c7x', description: `label ${hash.slice(0, 6)}`, score: 0.9 }];
  }
  if (types.has('OBJECT_LOCALIZATION')) {
    const boundingPoly = polygon([page.width / 4, page.height / 4, page.width / 2, page.height / 2], {
      ...page,
      isNormalized: true,
    });
    answer.localizedObjectAnnotations = [{ mid: '/m/04dr76w', name: 'Bottle', score: 0.8, boundingPoly }];
  }
  if (types.has('LOGO_DETECTION')) {
    const boundingPoly = polygon([10, 20, 100, 50], page);
    answer.logoAnnotations = [{ mid: '/m/045c7b', description: 'Logo', score: 0.7, boundingPoly }];
  }
  return answer;
}

/**
 * An `AnnotateImageResponse` in protobuf's JSON form.
 * @param {{ hash: string, length: number }} content
 * @param {{ width: number, height: number, isNormalized: boolean }} size
 * @param {Set<string>} types the features asked for
 * @param {number} [page]
 */
export function answerFor({ hash, length }, size, types, page) {
  const answer = sightingsOf(types, hash, size);
  if (types.has('DOCUMENT_TEXT_DETECTION')) {
    answer.fullTextAnnotation = fullTextOf(textOfHash(hash, length, page), size);
  }
  return answer;
}
