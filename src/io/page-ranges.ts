/** The pages that a user picks: `1-5,8,10-`. */
import { UsageError } from '../model.js';

/** Pages from 1, both ends included; `last` is null for "to the end". */
interface PageRange {
  readonly first: number;
  readonly last: number | null;
}

export type PageSelection = readonly PageRange[];

function wrong(text: string, reason: string): UsageError {
  return new UsageError(`"${text}" is no list of pages: ${reason}; write it like 1-5,8,10-`);
}

function parseRange(part: string, text: string): PageRange {
  const match = /^\s*(\d{1,9})\s*(?:(-)\s*(\d{1,9})?)?\s*$/.exec(part);
  if (match === null)
    throw wrong(text, part.trim() === '' ? 'something is missing between commas' : `what is "${part.trim()}"?`);
  const first = Number(match[1]);
  const last = match[2] === undefined ? first : match[3] === undefined ? null : Number(match[3]);
  if (first === 0 || last === 0) throw wrong(text, 'pages are counted from 1');
  if (last !== null && last < first) throw wrong(text, `${first} comes after ${last}`);
  return { first, last };
}

/** Reads a list of pages and ranges. Throws {@link UsageError} that says what is wrong with it. */
export function parsePages(text: string): PageSelection {
  return text.split(',').map((part) => parseRange(part, text));
}

/** The selected pages that a file of `pageCount` pages has: ascending, each once. All of them where nothing is selected. */
export function selectPages(selection: PageSelection | null, pageCount: number): number[] {
  const ranges = selection ?? [{ first: 1, last: null }];
  const pages = new Set<number>();
  for (const { first, last } of ranges) {
    for (let page = first; page <= Math.min(last ?? pageCount, pageCount); page++) pages.add(page);
  }
  return [...pages].sort((a, b) => a - b);
}

/** Writes pages as short as can be: `1-3,7`. */
export function formatPages(pages: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const page of pages) {
    const range = ranges.at(-1);
    if (range !== undefined && range[1] === page - 1) range[1] = page;
    else ranges.push([page, page]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}
