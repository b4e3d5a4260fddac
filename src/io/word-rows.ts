/** Pages whose words another run has read: JSONL rows of `uxd ocr --level word`. */
import { open } from 'node:fs/promises';
import type { ItemError, OcrWord, PageReading } from '../model.js';
import { InputError, toInputError } from './input-error.js';
import { isJsonObject, type JsonObject } from './texts/json-records.js';
import { LineSplitter, textPieces } from './texts/pieces.js';
import { readWordRow } from './word-row.js';

/** A page as its rows tell it, or why there is none. */
export interface GivenPage {
  readonly source: string;
  /** 1-based; null where a whole file failed. */
  readonly page: number | null;
  /** Who read it, as the rows say. */
  readonly provider: string | null;
  /** Its words stand in the lines that the rows tell, each in one of its own where they tell none; null where it could not be read. */
  readonly reading: PageReading | null;
  readonly failure: { readonly error: ItemError; readonly attempts: number } | null;
}

const REMEDY = 'give the rows of `uxd ocr --level word`';
const HEAD_BYTES = 64;
/** The fullest pages of price lists have some thousands. */
export const MAX_PAGE_WORDS = 50_000;
export const TOO_MANY_WORDS = `there are more than ${MAX_PAGE_WORDS} words on this page; offers are looked for on pages of fewer: cut it in parts`;

/** Rows written as tables: they have lost what tells one kind of row from another. */
const TABLES: readonly (readonly [name: string, start: RegExp])[] = [
  ['CSV', /^\uFEFF?"?schema"?[,;\t]/],
  ['Parquet', /^PAR1/],
];

/** Whether a file starts as rows do, be they JSON Lines or a table. Errors are those of files. */
export async function holdsRows(path: string): Promise<boolean> {
  const head = await headOf(path);
  return /^\uFEFF?\s*\{/.test(head) || tableOf(head) !== null;
}

function tableOf(head: string): string | null {
  return TABLES.find(([, start]) => start.test(head))?.[0] ?? null;
}

async function headOf(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * The pages of a file of rows, in their order. Rows of one page follow each other, as `uxd ocr` writes them; a row that
 * is none of words, and a page that comes in several places, are failures in their place. Rows that failed before stay
 * failures.
 */
export async function* readWordRows(path: string, source: string): AsyncGenerator<GivenPage> {
  const gatherer = new PageGatherer(source);
  const splitter = new LineSplitter('\n');
  try {
    const table = tableOf(await headOf(path));
    if (table !== null) throw new InputError('MALFORMED_FILE', `these are rows as ${table}; ${REMEDY}, as JSONL`);
    for await (const { text, isLast } of textPieces(path, 'utf-8')) {
      for (const { line, text: row } of splitter.push(text, isLast)) yield* gatherer.add(row, line);
    }
    yield* gatherer.end();
  } catch (error) {
    const known = toInputError(error);
    if (!(known instanceof InputError)) throw error;
    yield* gatherer.end();
    yield failed(source, null, known.toItemError());
  }
}

function failed(source: string, page: number | null, error: ItemError, attempts = 0): GivenPage {
  return { source, page, provider: null, reading: null, failure: { error, attempts } };
}

interface OpenPage {
  readonly source: string;
  readonly page: number;
  readonly first: JsonObject;
  readonly words: OcrWord[];
  /** The words by line, in the order of their first ones. */
  readonly lines: Map<string, OcrWord[]>;
  /** Why its rows cannot be used. */
  fault: string | null;
}

/** Puts rows together to pages. */
class PageGatherer {
  readonly #file: string;
  #open: OpenPage | null = null;
  readonly #closed = new Set<string>();

  constructor(file: string) {
    this.#file = file;
  }

  *add(text: string | null, line: number): Generator<GivenPage> {
    if (text !== null && text.trim() === '') return;
    const row = text === null ? null : parseRow(text);
    if (row?.schema === 'uxd.shard/1') return;
    const place = row === null ? null : placeOf(row);
    if (row === null || (place === null && row.status !== 'error')) {
      // The page goes on behind a line that was spoiled on the way.
      const message = `line ${line} is no row of words; ${REMEDY}`;
      yield failed(this.#file, null, { code: 'MALFORMED_LINE', message, isRetryable: false });
    } else if (place === null || row.status === 'error') {
      yield* this.end();
      yield failedBefore(row, this.#file);
    } else {
      if (this.#open?.source !== place.source || this.#open.page !== place.page) yield* this.#next(place, row);
      this.#addWord(row, line);
    }
  }

  /** The last page. */
  *end(): Generator<GivenPage> {
    if (this.#open === null) return;
    yield toPage(this.#open);
    this.#closed.add(keyOf(this.#open));
    this.#open = null;
  }

  *#next(place: { source: string; page: number }, first: JsonObject): Generator<GivenPage> {
    yield* this.end();
    const isBack = this.#closed.has(keyOf(place));
    const fault = isBack ? 'the rows of this page do not follow each other; sort them by source and page' : null;
    this.#open = { ...place, first, words: [], lines: new Map(), fault };
  }

  #addWord(row: JsonObject, line: number): void {
    const page = this.#open;
    if (page === null || page.fault !== null) return;
    const read = readWordRow(row);
    const place = `line ${line} of ${this.#file === '-' ? 'standard input' : this.#file}`;
    if ('fault' in read) page.fault = `${place} cannot be used: ${read.fault}; ${REMEDY}`;
    else if (row.width !== page.first.width || row.height !== page.first.height)
      page.fault = `${place} tells another size of its page than the rows before it; ${REMEDY}`;
    else if (row !== page.first && isSameWord(row, page.first))
      page.fault = `${place} is the first word of this page again; give each page once`;
    else if (page.words.length >= MAX_PAGE_WORDS) page.fault = TOO_MANY_WORDS;
    else if (read.word !== null) addTo(page, read.word, row);
  }
}

function addTo({ words, lines }: OpenPage, word: OcrWord, { block, line }: JsonObject): void {
  const key = typeof block === 'number' && typeof line === 'number' ? `${block}.${line}` : `word ${words.length}`;
  words.push(word);
  const known = lines.get(key);
  if (known === undefined) lines.set(key, [word]);
  else known.push(word);
}

function keyOf({ source, page }: { readonly source: string; readonly page: number }): string {
  return `${page}\0${source}`;
}

function parseRow(text: string): JsonObject | null {
  try {
    const row: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isJsonObject(row) && typeof row.schema === 'string' ? row : null;
  } catch {
    return null;
  }
}

function placeOf({ source, page }: JsonObject): { source: string; page: number } | null {
  const isPage = typeof page === 'number' && Number.isSafeInteger(page) && page >= 1;
  return typeof source === 'string' && isPage ? { source, page } : null;
}

/** Whether rows tell the same place among the words of a page. */
function isSameWord(one: JsonObject, other: JsonObject): boolean {
  return typeof one.word === 'number' && ['block', 'line', 'word'].every((name) => one[name] === other[name]);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function failedBefore(row: JsonObject, file: string): GivenPage {
  const error = {
    code: textOf(row.errorCode) ?? 'FAILED_BEFORE',
    message: textOf(row.errorMessage) ?? 'the command before this one could not read it',
    isRetryable: row.retryable === true,
  };
  const page = typeof row.page === 'number' ? row.page : null;
  const given = failed(textOf(row.source) ?? file, page, error, numberOf(row.attempts));
  return { ...given, provider: textOf(row.provider) };
}

function toPage({ source, page, first, words, lines: wordsOf, fault }: OpenPage): GivenPage {
  if (fault !== null) return failed(source, page, { code: 'NOT_WORDS', message: fault, isRetryable: false });
  const language = textOf(first.language);
  const unread = { text: '', confidence: 0, box: [0, 0, 0, 0] as const };
  const lines = [...wordsOf.values()].map((own) => ({ ...unread, words: own }));
  const blocks = words.length === 0 ? [] : [{ ...unread, lines }];
  const reading = {
    page,
    width: numberOf(first.width),
    height: numberOf(first.height),
    model: textOf(first.model) ?? '',
    text: { text: words.map(({ text }) => text).join(' '), confidence: null, language, blocks },
  };
  return { source, page, provider: textOf(first.provider), reading, failure: null };
}
