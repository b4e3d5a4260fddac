/** Texts as items, and the options that an engine is given. */
import { createHash } from 'node:crypto';
import type { Item, TextDocument, TextFormat, TextOptions } from '../../src/model.js';

export const TEXT_OPTIONS: TextOptions = {
  features: ['sentiment'],
  language: null,
  brands: [],
  modelDirectory: null,
};

/** The item for a text, as the source of texts makes it. */
export function textItem(text: string, index = 0, format: TextFormat = 'plain'): Item<TextDocument> {
  const key = createHash('sha256').update(text).digest('hex');
  const payload: TextDocument = { id: String(index + 1), text, format, columns: {} };
  return { index, source: 'reviews.csv', key, sizeBytes: Buffer.byteLength(text), payload };
}
