/** One row of a word: what it says, or why it cannot be used. */
import type { OcrWord } from '../model.js';
import type { JsonObject } from './texts/json-records.js';

/** A word on a page, null for the row of a page without words; or what is wrong with the row. */
export type WordRow = { readonly word: OcrWord | null } | { readonly fault: string };

/** Pages have no more pixels a side: the longest that a picture can have is 65,535. */
const MAX_SIDE = 1_000_000;

/** Reads a row of `uxd ocr --level word`. A fault says what is wrong, after the number of its line. */
export function readWordRow(row: JsonObject): WordRow {
  if (row.schema !== 'uxd.ocr/1') return { fault: `it is a row of ${String(row.schema)}` };
  if (row.level !== 'word') return { fault: `it is a row of --level ${String(row.level)}` };
  if (row.box === undefined && !row.text) return { word: null };
  if (typeof row.text !== 'string') return { fault: `its text is ${shown(row.text)}` };
  const { text } = row;
  const fault = faultOfPage(row) ?? faultOfBox(row) ?? faultOfConfidence(row.confidence);
  if (fault !== null) return { fault };
  return { word: { text, confidence: Number(row.confidence ?? 0), box: row.box as unknown as OcrWord['box'] } };
}

function faultOfPage({ width, height }: JsonObject): string | null {
  if ([width, height].every((side) => isNumber(side) && side >= 1 && side <= MAX_SIDE)) return null;
  return `its page is ${shown(width)} x ${shown(height)} pixels large`;
}

/** A box lies at least partly within a page's length of its page. */
function faultOfBox(row: JsonObject): string | null {
  const { box } = row;
  if (!Array.isArray(box) || box.length !== 4) return `its box is ${shown(box)}, not [x, y, width, height]`;
  if (!box.every(isNumber)) return `its box ${shown(box)} is not made of four numbers`;
  const [x = 0, y = 0, width = 0, height = 0] = box.map(Number);
  if (width < 0 || height < 0) return `its box ${shown(box)} has a negative side`;
  const isNear = (start: number, side: number, page: number) => start + side >= -page && start <= 2 * page;
  const [wide, tall] = [Number(row.width), Number(row.height)];
  if (!isNear(x, width, wide) || !isNear(y, height, tall))
    return `its box ${shown(box)} lies far outside of its page (${wide} x ${tall})`;
  return width > 3 * wide || height > 3 * tall ? `its box ${shown(box)} is larger than its page` : null;
}

function faultOfConfidence(confidence: unknown): string | null {
  if (confidence === undefined || confidence === null) return null;
  if (isNumber(confidence) && confidence >= 0 && confidence <= 1) return null;
  return `its confidence is ${shown(confidence)}, not 0 to 1`;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

const MOST_SHOWN = 60;

function shown(value: unknown): string {
  const text = value === undefined ? 'missing' : JSON.stringify(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
