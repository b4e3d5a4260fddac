/** Reads a list of products to look out for: CSV, TSV or JSON Lines. */
import { type ItemError, UsageError } from '../model.js';
import { withoutAccents } from '../text/fold.js';
import { InputError, toInputError } from './input-error.js';
import { fold, listNames } from './texts/columns.js';
import { TableParser } from './texts/delimited.js';
import { findDialect } from './texts/dialect.js';
import { findEncoding } from './texts/encoding.js';
import { isJsonObject } from './texts/json-records.js';
import { readHead } from './texts/pieces.js';
import { readWhole } from './texts/whole-file.js';

/** One product of a list. */
export interface ListedProduct {
  readonly product: string;
  readonly brand: string | null;
  readonly id: string | null;
  readonly keywords: readonly string[];
  readonly isRival: boolean | null;
}

/** A record by its column names, which are folded, and the line that it begins in. */
interface ListRecord {
  readonly line: number;
  readonly fields: ReadonlyMap<string, string>;
}

const NO = /^(?:no|n|nein|non|não|false|f|0|own|propio|propia|nuestro|nuestra|-)$/i;
const YES = /^(?:yes|y|sí|si|s|ja|j|oui|o|sim|true|t|1|x|rival|competitor|competidor|competidora|✓)$/i;

/** A list without repetitions. */
export interface ReadWatchList {
  readonly products: readonly ListedProduct[];
  /** Names that it has more than once. */
  readonly repeated: readonly string[];
}

/** Throws {@link UsageError}: no such file, no column with names, no products, a rival that is neither yes nor no. */
export async function readWatchList(path: string, name: string): Promise<ReadWatchList> {
  const fail = (reason: string): never => {
    throw new UsageError(`--watch-list ${name}: ${reason}`);
  };
  const { columns, records } = await readList(path).catch((error: unknown) => {
    const known = toInputError(error);
    return known instanceof InputError
      ? fail((known.toItemError() satisfies ItemError).message)
      : Promise.reject(error);
  });
  if (!columns.some(isName)) {
    fail(`there is no column product or name; the columns are ${listNames(columns)}`);
  }
  const products = records.map((record) => toProduct(record, fail)).filter(({ product }) => product !== '');
  if (products.length === 0) fail('it lists no products');
  return withoutRepetitions(products);
}

/** Of products of one name and brand the first counts, with the keywords of all. */
function withoutRepetitions(listed: readonly ListedProduct[]): ReadWatchList {
  const products = new Map<string, ListedProduct>();
  const repeated = new Set<string>();
  for (const one of listed) {
    const key = withoutAccents(fold(`${one.product}\0${one.brand ?? ''}`));
    const known = products.get(key);
    if (known === undefined) products.set(key, one);
    else {
      products.set(key, { ...known, keywords: [...new Set([...known.keywords, ...one.keywords])] });
      repeated.add(known.product);
    }
  }
  return { products: [...products.values()], repeated: [...repeated] };
}

function isName(column: string): boolean {
  return /^(?:product|name)$/.test(fold(column));
}

function toProduct({ line, fields }: ListRecord, fail: (reason: string) => never): ListedProduct {
  const text = (column: string): string | null => fields.get(column)?.trim() || null;
  const rival = text('rival');
  return {
    product: text('product') ?? text('name') ?? '',
    brand: text('brand'),
    id: text('id'),
    keywords: (text('keywords') ?? '').split(/\s*[;,|]\s*/).filter((keyword) => keyword !== ''),
    isRival: fields.has('rival') ? rival !== null && isYes(rival, line, fail) : null,
  };
}

function isYes(word: string, line: number, fail: (reason: string) => never): boolean {
  if (YES.test(word)) return true;
  return NO.test(word) ? false : fail(`line ${line}: rival is ${JSON.stringify(word)}; give yes or no`);
}

interface List {
  readonly columns: readonly string[];
  readonly records: readonly ListRecord[];
}

/** Throws {@link InputError} and errors of files. */
async function readList(path: string): Promise<List> {
  const file = await readHead(path);
  const encoding = await findEncoding(path, file.head, { given: null, isHtml: false });
  const text = await readWhole(path, { ...file, encoding }, 'name a shorter list');
  if (text.trim() === '') throw new InputError('EMPTY_FILE', 'the file is empty');
  return /^\s*\{/.test(text) ? readJsonLines(text) : readTable(text);
}

function readJsonLines(text: string): List {
  const lines = text.split('\n').map((line, at) => ({ line: line.trim(), number: at + 1 }));
  const objects = lines
    .filter(({ line }) => line !== '')
    .map(({ line, number }) => ({ line: number, object: parseObject(line, number) }));
  const columns = [...new Set(objects.flatMap(({ object }) => Object.keys(object)))];
  return { columns, records: objects.map(({ line, object }) => ({ line, fields: toFields(object) })) };
}

function parseObject(line: string, number: number): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    if (isJsonObject(value)) return value;
  } catch {
    // told below
  }
  throw new InputError('MALFORMED_FILE', `line ${number} is no JSON object; give one object a line`);
}

function toFields(object: Readonly<Record<string, unknown>>): ListRecord['fields'] {
  const cell = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(String).join(';');
    return value === null || value === undefined ? '' : String(value);
  };
  return new Map(Object.entries(object).map(([key, value]) => [fold(key), cell(value)]));
}

function readTable(text: string): List {
  const dialect = findDialect(text, { given: null, isWhole: true, hasWanted: (header) => header.some(isName) });
  const line = text.slice(0, dialect.skip).split('\n').length;
  const records = [...new TableParser(dialect, { line }).push(text.slice(dialect.skip), true)].flat();
  const rows = records.map((record) => {
    if ('cells' in record) return record;
    throw new InputError('MALFORMED_FILE', `line ${record.line}: a quote is not closed, or stands inside of a cell`);
  });
  const [header, ...body] = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const columns = header?.cells.map((name) => name.trim()) ?? [];
  const fieldsOf = (cells: readonly string[]) => new Map(columns.map((name, at) => [fold(name), cells[at] ?? '']));
  return { columns, records: body.map(({ line, cells }) => ({ line, fields: fieldsOf(cells) })) };
}
