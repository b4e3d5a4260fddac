/** Finds the columns that the user means among those that a file has. */
import { editDistance } from '../../text/edit-distance.js';
import { InputError } from '../input-error.js';
import { detached } from './text-record.js';

/** Names of columns that hold texts, where the user names none. */
const USUAL_NAMES: ReadonlySet<string> = new Set(
  [
    'text',
    'review',
    'comment',
    'body',
    'content',
    'message',
    'texto',
    'reseña',
    'comentario',
    'opinión',
    'opinion',
  ].map(fold),
);
const MAX_NAMES_SHOWN = 20;

/** Names are compared without case, spaces, and signs that stand for spaces. */
export function fold(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s_-]+/gu, '');
}

/** The name that is nearest, where one is near. */
export function closestName(wanted: string, names: readonly string[]): string | null {
  const target = fold(wanted).slice(0, 100);
  const [best] = names
    .filter((name) => name !== '' && name.length <= 100)
    .map((name) => ({ name, edits: editDistance(target, fold(name)) }))
    .sort((a, b) => a.edits - b.edits);
  return best !== undefined && best.edits <= Math.max(1, Math.floor(target.length / 3)) ? best.name : null;
}

/** The names as a message shows them. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES_SHOWN).map((name) => JSON.stringify(name.slice(0, 60)));
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : '';
  return names.length === 0 ? 'none' : shown.join(', ') + more;
}

/** `; did you mean "week"?`, or nothing where no name is near. */
export function hintOf(wanted: string, names: readonly string[]): string {
  const near = closestName(wanted, names);
  return near === null ? '' : `; did you mean ${JSON.stringify(near)}?`;
}

function notFound(wanted: string, names: readonly string[], flag: string | undefined): InputError {
  const hint = hintOf(wanted, names);
  return new InputError(
    'COLUMN_NOT_FOUND',
    `${flag === undefined ? '' : `${flag}: `}there is no column ${JSON.stringify(wanted)}${hint || ';'} the columns are ${listNames(names)}`,
  );
}

function ambiguous(
  wanted: string,
  names: readonly string[],
  places: readonly number[],
  flag: string | undefined,
): InputError {
  const numbers = places.slice(0, MAX_NAMES_SHOWN).map((at) => at + 1);
  const choice = `${numbers.slice(0, -1).join(', ')} or ${numbers.at(-1)}`;
  return new InputError(
    'COLUMN_NOT_FOUND',
    `${flag === undefined ? '' : `${flag}: `}${places.length} columns are named ${JSON.stringify(wanted)}; name the one that is meant by its number, ${choice}; the columns are ${listNames(names)}`,
  );
}

/**
 * Place of a column in a header, by its name, else by its name without case and spaces, else by its number from 1.
 * Throws {@link InputError} COLUMN_NOT_FOUND with the names that are there, and the flag that asked for it.
 */
export function columnAt(header: readonly string[], wanted: string, flag?: string): number {
  const places = (test: (name: string) => boolean): number[] => header.flatMap((name, at) => (test(name) ? [at] : []));
  const exact = places((name) => name === wanted);
  const alike = exact.length > 0 ? exact : places((name) => fold(name) === fold(wanted));
  if (alike.length > 1) throw ambiguous(wanted, header, alike, flag);
  if (alike[0] !== undefined) return alike[0];
  const number = /^[1-9]\d{0,5}$/.test(wanted) ? Number(wanted) : 0;
  if (number >= 1 && number <= header.length) return number - 1;
  throw notFound(wanted, header, flag);
}

/** The one column whose name says that it holds texts. Throws {@link InputError} where it must be named. */
export function usualColumnAt(header: readonly string[]): number {
  const places = header.flatMap((name, at) => (USUAL_NAMES.has(fold(name)) ? [at] : []));
  if (places.length === 1 && places[0] !== undefined) return places[0];
  // A table of one column leaves no choice.
  if (header.length === 1) return 0;
  const reason =
    places.length === 0 ? 'which column holds the texts is not known' : 'several columns may hold the texts';
  throw new InputError(
    'COLUMN_NOT_FOUND',
    `${reason}; give --text-column NAME (the columns are ${listNames(header)}), or --lines to take each line as a text`,
  );
}

/** Where a table keeps what is wanted. */
export interface TableColumns {
  readonly text: number;
  /** Null: records are numbered. */
  readonly id: number | null;
  readonly keep: readonly { readonly name: string; readonly at: number }[];
}

export interface WantedColumns {
  readonly textColumn: string | null;
  readonly idColumn: string | null;
  readonly keep: readonly string[];
  /** The flags that ask for the columns of `keep`, for messages. */
  readonly askedBy?: ReadonlyMap<string, string>;
}

function usualIdAt(header: readonly string[]): number | null {
  const places = header.flatMap((name, at) => (fold(name) === 'id' ? [at] : []));
  return places.length === 1 ? (places[0] ?? null) : null;
}

/** Throws {@link InputError} COLUMN_NOT_FOUND. */
export function tableColumns(
  header: readonly string[],
  { textColumn, idColumn, keep, askedBy }: WantedColumns,
): TableColumns {
  return {
    text: textColumn === null ? usualColumnAt(header) : columnAt(header, textColumn),
    id: idColumn === null ? usualIdAt(header) : columnAt(header, idColumn, '--id-column'),
    keep: keep.map((name) => ({ name, at: columnAt(header, name, askedBy?.get(name)) })),
  };
}

/** Whether a header has a column that is asked for by name, or one of a usual name. */
export function hasWanted(header: readonly string[], { textColumn }: WantedColumns): boolean {
  return header.some((name) => (textColumn === null ? USUAL_NAMES.has(fold(name)) : fold(name) === fold(textColumn)));
}

/**
 * The id of a record whose id column holds `value`; null where there is no such column. Numbers stand for ids where no
 * record has one; among ids, a bare number could be that of another record.
 */
export function recordId(value: string | null, number: number): string {
  if (value === null) return String(number);
  return value === '' ? `#${number}` : detached(value);
}
