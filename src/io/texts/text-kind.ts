/** Tells what kind of texts a file holds: by its name where that says it, else by its first bytes. */
import { extname } from 'node:path';
import type { TextFormat } from '../../model.js';
import { sniffMediaType } from '../media-type.js';
import { sniffEncoding } from './encoding.js';

/** Endings, in lower case with their dot, of the files that are taken from directories. */
export const TEXT_FILE_EXTENSIONS = [
  '.txt',
  '.text',
  '.md',
  '.markdown',
  '.html',
  '.htm',
  '.csv',
  '.tsv',
  '.tab',
  '.jsonl',
  '.ndjson',
  '.json',
  '.pdf',
] as const;

export type TextKind = 'document' | 'lines' | 'table' | 'json-lines' | 'json';

const FORMATS: Readonly<Record<string, TextFormat>> = {
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.html': 'html',
  '.htm': 'html',
  '.xhtml': 'html',
};
const TABLE_ENDINGS: ReadonlySet<string> = new Set(['.csv', '.tsv', '.tab', '.psv']);

export function endingOf(source: string): string {
  return extname(source).toLowerCase();
}

/** How the characters of a file of this name are to be understood. */
export function formatOf(source: string): TextFormat {
  return FORMATS[endingOf(source)] ?? 'plain';
}

const PICTURE_REMEDY = 'read its text first, for instance with: uxd ocr FILE > text.jsonl, then read text.jsonl';
/** First bytes, as Latin-1, of files that are no text. */
const MAGIC: readonly (readonly [string, string])[] = [
  ['PK\x03\x04', 'this is a ZIP or office file; save it as text, CSV or PDF first'],
  ['PK\x05\x06', 'this is an empty ZIP file'],
  ['\xd0\xcf\x11\xe0', 'this is an old office file; save it as text, CSV or PDF first'],
  ['\x1f\x8b', 'this is compressed with gzip; unpack it first, for instance with: gunzip -k FILE'],
  ['\x28\xb5\x2f\xfd', 'this is compressed with zstd; unpack it first, for instance with: zstd -d FILE'],
  ['BZh', 'this is compressed with bzip2; unpack it first, for instance with: bunzip2 -k FILE'],
  ['\xfd7zXZ\0', 'this is compressed with xz; unpack it first, for instance with: unxz -k FILE'],
  ['7z\xbc\xaf\x27\x1c', 'this is a 7z archive; unpack it first'],
  ['PAR1', 'this is a Parquet file; save it as CSV or JSON Lines first'],
  ['SQLite format 3\0', 'this is a SQLite database; save the table as CSV first'],
  ['{\\rtf', 'this is an RTF file; save it as text or PDF first'],
];

/**
 * Whether there are many bytes that texts do not have: all control characters but white space, escape and backspace. A
 * few are damage, such as the zeros that some exports leave in cells; of a short text they are a large share.
 */
function isBinary(head: Uint8Array): boolean {
  let count = 0;
  for (const byte of head) if (byte < 32 && !(byte >= 7 && byte <= 13) && byte !== 27) count += 1;
  return count > 0.05 * head.length + 3 || count > 0.3 * head.length;
}

/** What a file is that holds no text, and what to do with it; null for texts. PDF files count as texts. */
export function describeBinary(head: Buffer, source: string): string | null {
  const start = head.toString('latin1', 0, 32);
  const known = MAGIC.find(([magic]) => start.startsWith(magic));
  if (known !== undefined) {
    // what came on standard input has no name to unpack
    const message = source === '-' ? known[1].replace(/, for instance with: .*$/, '') : known[1];
    return message.replaceAll('FILE', quoteName(source));
  }
  const mediaType = sniffMediaType(head.subarray(0, 1024));
  if (mediaType !== null && mediaType !== 'application/pdf')
    return `this is a picture; ${PICTURE_REMEDY.replaceAll('FILE', quoteName(source))}`;
  if (/^....ftyp/s.test(start)) return 'this is a video, a sound or a HEIC picture, not text';
  if (sniffEncoding(head) === null && isBinary(head)) return 'this is a binary file, not text; save it as text first';
  return null;
}

/** A name as a shell takes it. */
export function quoteName(source: string): string {
  return /^[\w@%+=:,./-]+$/.test(source) ? source : `'${source.replaceAll("'", "'\\''")}'`;
}

export function isPdf(head: Buffer, source: string): boolean {
  const at = head.subarray(0, 1024).indexOf('%PDF-');
  // A text may speak of PDF in its first lines.
  return at === 0 || (at > 0 && endingOf(source) === '.pdf');
}

/** Whether a text starts with an object of JSON in its first line. */
function startsWithObject(sample: string): boolean {
  const start = sample.trimStart();
  if (!start.startsWith('{')) return false;
  const end = start.indexOf('\n');
  // A first line that is longer than the sample can be judged by its start alone.
  if (end === -1 && sample.length > 60_000) return /^\{\s*"(?:[^"\\\n]|\\.){0,200}"\s*:/.test(start);
  try {
    JSON.parse(end === -1 ? start : start.slice(0, end));
    return true;
  } catch {
    return false;
  }
}

/** The kind of a file that is text. `sample` is its start, decoded. */
export function textKindOf(
  source: string,
  sample: string,
  { textColumn, isLineDocuments }: { readonly textColumn: string | null; readonly isLineDocuments: boolean },
): TextKind {
  const ending = endingOf(source);
  if (ending === '.jsonl' || ending === '.ndjson') return 'json-lines';
  if (ending === '.json') return startsWithObject(sample) && sample.trim().includes('\n') ? 'json-lines' : 'json';
  const plain = isLineDocuments ? 'lines' : 'document';
  if (TABLE_ENDINGS.has(ending)) return isLineDocuments && textColumn === null ? 'lines' : 'table';
  if (formatOf(source) !== 'plain') return plain;
  if (startsWithObject(sample)) return 'json-lines';
  if (textColumn === null) return plain;
  return /^\s*\[\s*\{/.test(sample) ? 'json' : 'table';
}
