/** Tells dates that are written in the other order of day and month. */
import { type DateOrder, parseDate } from '../analysis/dates.js';
import { UsageError } from '../model.js';

export const OTHER_ORDER = { dmy: 'mdy', mdy: 'dmy' } as const;

const IN_WORDS = { dmy: 'day/month', mdy: 'month/day' } as const;

/** Counts dates that can be of one order only. */
export class DateOrderCount {
  readonly #order: DateOrder;
  #own = 0;
  #other = 0;
  #example = '';

  constructor(order: DateOrder) {
    this.#order = order;
  }

  /** Why a cell is no date; null where it is one. @param isDate whether it can be read in the order given */
  faultOf(cell: string, isDate: boolean): string | null {
    const isOther = parseDate(cell, OTHER_ORDER[this.#order]) !== null;
    if (isDate) {
      if (!isOther) this.#own += 1;
      return null;
    }
    if (!isOther) return 'is no date';
    if (this.#other === 0) this.#example = cell;
    this.#other += 1;
    return 'is no date in this order of day and month; see --date-order';
  }

  /** Throws {@link UsageError} where more dates can only be of the other order than of the one given. */
  check(column: string): void {
    if (this.#other <= this.#own) return;
    const other = OTHER_ORDER[this.#order];
    const example = JSON.stringify(this.#example.slice(0, 40));
    const dates = this.#other === 1 ? `the date ${example}` : `${this.#other} dates, such as ${example},`;
    const contrary = this.#own === 0 ? '' : ` (${this.#own} others are contrary: write them alike)`;
    throw new UsageError(
      `${column}: ${dates} can only be read as ${IN_WORDS[other]}; give --date-order ${other}${contrary}`,
    );
  }
}
