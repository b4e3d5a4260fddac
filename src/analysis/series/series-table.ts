/** Gathers rows of a table as series, each value packed with the number of its date. */
import type { SeriesKey } from './series.js';

/** What makes of several rows of one series and date one value. */
export type Aggregate = 'sum' | 'mean';

/** Rows of one series as they came. */
export interface RawSeries {
  readonly key: SeriesKey;
  /** Places in {@link SeriesTable.dates}. */
  readonly dates: Int32Array;
  /** NaN where the cell is empty. */
  readonly values: Float64Array;
}

class Packed {
  dates = new Int32Array(8);
  values = new Float64Array(8);
  length = 0;

  constructor(readonly key: SeriesKey) {}

  add(date: number, value: number): void {
    if (this.length === this.dates.length) {
      const [dates, values] = [new Int32Array(this.length * 2), new Float64Array(this.length * 2)];
      dates.set(this.dates);
      values.set(this.values);
      [this.dates, this.values] = [dates, values];
    }
    this.dates[this.length] = date;
    this.values[this.length] = value;
    this.length += 1;
  }
}

/** Twelve bytes a row; dates and keys are kept once. */
export class SeriesTable {
  readonly #by: readonly string[];
  readonly #series = new Map<string, Packed>();
  readonly #dates = new Map<string, number>();

  /** @param by names of the columns that tell series apart */
  constructor(by: readonly string[]) {
    this.#by = by;
  }

  add(date: string, key: readonly string[], value: number): void {
    const name = key.length === 1 ? (key[0] ?? '') : key.join('\u0000');
    let series = this.#series.get(name);
    if (series === undefined) {
      // own copies: a piece of a line would keep the whole of it alive
      const own = key.map((part) => Buffer.from(part).toString());
      series = new Packed(Object.fromEntries(this.#by.map((column, i) => [column, own[i] ?? ''])));
      this.#series.set(own.join('\u0000'), series);
    }
    let place = this.#dates.get(date);
    if (place === undefined) {
      place = this.#dates.size;
      this.#dates.set(Buffer.from(date).toString(), place);
    }
    series.add(place, value);
  }

  /** Whether a row with this cell as its date was added. */
  hasDate(date: string): boolean {
    return this.#dates.has(date);
  }

  /** Cells of the date column, each once. */
  get dates(): readonly string[] {
    return [...this.#dates.keys()];
  }

  /** In the order in which they came first. */
  get series(): readonly RawSeries[] {
    return [...this.#series.values()].map(({ key, dates, values, length }) => ({
      key,
      dates: dates.subarray(0, length),
      values: values.subarray(0, length),
    }));
  }
}
