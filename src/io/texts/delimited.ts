/**
 * Tables of text (RFC 4180 and its relatives), piece by piece. A quote that is never closed costs its own line and not
 * the rest of the file, for which the parser must be able to go back: readers that only go on cannot. Each character is
 * looked at a bounded number of times, whatever the file holds.
 */

import { RECORDS_PER_BATCH } from './text-record.js';

export interface TableDialect {
  /** One character. */
  readonly delimiter: string;
  /** `\n` takes `\r\n` and `\r\r\n` too; `\r` is that of old Macintosh files, whose cells may hold `\n`. */
  readonly lineEnd: '\n' | '\r';
}

/** `unclosed`: no quote ends the cell. `quote`: text follows the closing quote. `long`: a line beyond all measure. */
export type TableFault = 'unclosed' | 'quote' | 'long';

/** A record with its cells, or what is wrong with it; `line` is where it starts, or where the bad quote opens. */
export type TableRecord =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly fault: TableFault };

/** Longer records are taken for unclosed quotes. */
export const MAX_RECORD_CHARACTERS = 1 << 24;

const NONE = Number.POSITIVE_INFINITY;
const INCOMPLETE = -1;

/** The next place of a sign, looked for no more often than it is passed. */
class NextSign {
  readonly #sign: string;
  #text = '';
  #from = 0;
  #at = -1;

  constructor(sign: string) {
    this.#sign = sign;
  }

  reset(text: string): void {
    this.#text = text;
    this.#from = 0;
    this.#at = -1;
  }

  after(from: number): number {
    if (from >= this.#from && from <= this.#at) return this.#at;
    const found = this.#text.indexOf(this.#sign, from);
    this.#from = from;
    this.#at = found === -1 ? NONE : found;
    return this.#at;
  }
}

/** Takes a table as pieces of text and gives its records. */
export class TableParser {
  readonly #dialect: TableDialect;
  readonly #maxCharacters: number;
  readonly #quotes = new NextSign('"');
  readonly #delimiters: NextSign;
  readonly #lineEnds: NextSign;
  #text = '';
  #isLast = false;
  #line: number;
  /** Length up to which the text held no whole record. */
  #tried = 0;
  #isSkipping = false;

  constructor(dialect: TableDialect, { line = 1, maxCharacters = MAX_RECORD_CHARACTERS } = {}) {
    this.#dialect = dialect;
    this.#line = line;
    this.#maxCharacters = maxCharacters;
    this.#delimiters = new NextSign(dialect.delimiter);
    this.#lineEnds = new NextSign(dialect.lineEnd);
  }

  /** The records that end in what was given so far, some at once; they are to be taken before the next piece is given. */
  *push(piece: string, isLast = false): Generator<TableRecord[]> {
    this.#text = this.#text === '' ? piece : this.#text + piece;
    this.#isLast = isLast;
    // A cell over many pieces is not looked through again for each of them.
    if (!isLast && this.#text.length < Math.min(2 * this.#tried, this.#maxCharacters)) return;
    for (const signs of [this.#quotes, this.#delimiters, this.#lineEnds]) signs.reset(this.#text);
    let records: TableRecord[] = [];
    let at = this.#isSkipping ? this.#skipLine(0) : 0;
    while (at < this.#text.length) {
      const next = this.#record(at, records);
      if (next === INCOMPLETE) break;
      at = next;
      if (records.length < RECORDS_PER_BATCH) continue;
      yield records;
      records = [];
    }
    this.#text = this.#text.slice(at);
    this.#tried = this.#text.length;
    if (records.length > 0) yield records;
  }

  /** Adds the record at `at`; gives the place after it, or {@link INCOMPLETE}. */
  #record(at: number, records: TableRecord[]): number {
    const end = this.#lineEnds.after(at);
    if (this.#quotes.after(at) > end || (end === NONE && this.#quotes.after(at) === NONE)) {
      if (end === NONE && !this.#isLast) return this.#waitOrSkip(at, records);
      const stop = Math.min(end, this.#text.length);
      records.push({ line: this.#line++, cells: this.#lineAt(at, stop).split(this.#dialect.delimiter) });
      return stop + 1;
    }
    return this.#quotedRecord(at, records);
  }

  /** The text of a line without its end. */
  #lineAt(from: number, to: number): string {
    let end = to;
    if (this.#dialect.lineEnd === '\n') while (end > from && this.#text[end - 1] === '\r') end -= 1;
    return this.#text.slice(from, end);
  }

  #quotedRecord(start: number, records: TableRecord[]): number {
    const cells: string[] = [];
    const firstLine = this.#line;
    let line = firstLine;
    let at = start;
    for (;;) {
      const quote = this.#openingQuote(at, start);
      if (quote === INCOMPLETE) return INCOMPLETE;
      if (quote === NONE) {
        const end = Math.min(this.#lineEnds.after(at), this.#text.length);
        const delimiter = this.#delimiters.after(at);
        if (delimiter < end) {
          cells.push(this.#text.slice(at, delimiter));
          at = delimiter + 1;
          continue;
        }
        if (end === this.#text.length && !this.#isLast) return this.#waitOrSkip(start, records);
        cells.push(this.#lineAt(at, end));
        return this.#finish(records, { line: firstLine, cells }, line + 1, end + 1);
      }
      const close = this.#closingQuote(quote);
      const next = close === NONE ? INCOMPLETE : this.#afterQuote(close + 1);
      if (next === INCOMPLETE && !this.#isHopeless(start)) return INCOMPLETE;
      if (next === INCOMPLETE || next === NONE) {
        return this.#giveUp(records, close === NONE ? 'unclosed' : 'quote', line, quote);
      }
      const raw = this.#text.slice(quote + 1, close);
      cells.push(raw.includes('"') ? raw.replaceAll('""', '"') : raw);
      line += this.#countLines(raw);
      if (this.#text[next - 1] !== this.#dialect.delimiter) {
        return this.#finish(records, { line: firstLine, cells }, line + 1, next);
      }
      at = next;
    }
  }

  #skipBlanks(from: number): number {
    let at = from;
    while ((this.#text[at] === ' ' || this.#text[at] === '\t') && this.#text[at] !== this.#dialect.delimiter) at += 1;
    return at;
  }

  /**
   * The quote that opens the cell at `at` of the record at `start`; NONE for a cell without quotes. After blanks it is
   * one only where another ends the cell: many a text begins with a quotation.
   */
  #openingQuote(at: number, start: number): number {
    const quote = this.#skipBlanks(at);
    if (this.#text[quote] !== '"') return NONE;
    if (quote === at) return quote;
    const close = this.#closingQuote(quote);
    const next = close === NONE ? INCOMPLETE : this.#afterQuote(close + 1);
    if (next === INCOMPLETE) return this.#isHopeless(start) ? NONE : INCOMPLETE;
    return next === NONE ? NONE : quote;
  }

  /** Whether what a record lacks will not come any more. */
  #isHopeless(start: number): boolean {
    return this.#isLast || this.#text.length - start >= this.#maxCharacters;
  }

  /** The quote that ends the cell whose quote opens at `at`. */
  #closingQuote(at: number): number {
    let quote = this.#quotes.after(at + 1);
    while (quote !== NONE && this.#text[quote + 1] === '"') quote = this.#quotes.after(quote + 2);
    return quote;
  }

  /** Where the next cell or record starts; NONE where the cell goes on after its quote. */
  #afterQuote(at: number): number {
    const { delimiter, lineEnd } = this.#dialect;
    const blanksEnd = this.#skipBlanks(at);
    let end = blanksEnd;
    while (lineEnd === '\n' && this.#text[end] === '\r') end += 1;
    const sign = this.#text[end];
    // One more character tells whether the quote was doubled.
    if (sign === undefined) return this.#isLast ? end + 1 : INCOMPLETE;
    return sign === lineEnd || (sign === delimiter && end === blanksEnd) ? end + 1 : NONE;
  }

  #countLines(cell: string): number {
    const { lineEnd } = this.#dialect;
    let count = 0;
    for (let at = cell.indexOf(lineEnd); at !== -1; at = cell.indexOf(lineEnd, at + 1)) count += 1;
    return count;
  }

  #finish(records: TableRecord[], record: TableRecord, line: number, next: number): number {
    records.push(record);
    this.#line = line;
    return next;
  }

  /** Leaves the line where the bad quote opened and goes on with the next. */
  #giveUp(records: TableRecord[], fault: TableFault, line: number, quote: number): number {
    records.push({ line, fault });
    this.#line = line;
    return this.#skipLine(quote);
  }

  #waitOrSkip(start: number, records: TableRecord[]): number {
    if (this.#text.length - start < this.#maxCharacters) return INCOMPLETE;
    records.push({ line: this.#line, fault: 'long' });
    return this.#skipLine(start);
  }

  /** The place after the line that `at` is in; the rest of it may be still to come. */
  #skipLine(at: number): number {
    const end = this.#lineEnds.after(at);
    this.#isSkipping = end === NONE;
    if (end === NONE) return this.#text.length;
    this.#line += 1;
    return end + 1;
  }
}
