/** Tells of events that name no series, and of columns of their files that are not read: mostly slips of the pen. */
import { relationOf } from '../analysis/series/event-time.js';
import type { Series, TimeEvent } from '../analysis/series/series.js';
import { closestName, hintOf, listNames } from '../io/texts/columns.js';

/** Remarks beyond these are counted. */
const MOST_REMARKS = 10;

/** Where an event is told. */
export interface EventPlace {
  readonly source: string;
  readonly line: number;
}

export class EventNames {
  readonly #series: readonly Series[];
  readonly #values = new Map<string, readonly string[]>();
  /** Keys that name series, and those that do not: with many events few are new. */
  readonly #known = new Map<string, boolean>();
  readonly #remarks: string[] = [];
  readonly #listed = new Set<string>();
  #untold = 0;

  constructor(series: readonly Series[]) {
    this.#series = series;
    for (const column of Object.keys(series[0]?.key ?? {})) {
      this.#values.set(column, [...new Set(series.map(({ key }) => key[column] ?? ''))]);
    }
  }

  get remarks(): readonly string[] {
    const more = `${this.#untold} more such slips in events`;
    return this.#untold === 0 ? this.#remarks : [...this.#remarks, more];
  }

  /** An event that names no series; a rival that the table does not know may still take away from all. */
  check(event: TimeEvent, { source, line }: EventPlace): void {
    if (this.#isKnown(event)) return;
    const [unknown] = Object.entries(event.key).filter(([column, value]) => !this.#values.get(column)?.includes(value));
    const what = `${source}, line ${line}: ${JSON.stringify(event.name)}`;
    if (unknown === undefined) {
      this.#add(`${what} names no series: none is ${Object.values(event.key).join(', ')}`);
      return;
    }
    const [column, value] = unknown;
    const known = this.#values.get(column) ?? [];
    if (event.direction === 'down' && closestName(value, known) === null) return;
    const hint = hintOf(value, known) || this.#namesOf(column, known);
    this.#add(`${what} names no series: none has ${column} ${JSON.stringify(value)}${hint}`);
  }

  /** The names that there are, told once a column. */
  #namesOf(column: string, known: readonly string[]): string {
    if (this.#listed.has(column)) return '';
    this.#listed.add(column);
    return `; there are ${listNames(known)}`;
  }

  #isKnown(event: TimeEvent): boolean {
    const name = JSON.stringify(event.key);
    let isKnown = this.#known.get(name);
    if (isKnown === undefined) {
      isKnown = this.#series.some((series) => relationOf(event, series) !== 'other');
      this.#known.set(name, isKnown);
    }
    return isKnown;
  }

  checkDirection(direction: string, { source, line }: EventPlace): void {
    this.#add(
      `${source}, line ${line}: the direction ${JSON.stringify(direction)} is neither up nor down, and not read`,
    );
  }

  /** @param unread columns of a file that say nothing to the analysis; `read`: the names that would */
  checkColumns(source: string, unread: readonly string[], read: readonly string[]): void {
    const slips = unread.flatMap((name) => {
      const near = name.length < 4 ? null : closestName(name, read);
      return near === null ? [] : [`${JSON.stringify(name)} (did you mean ${JSON.stringify(near)}?)`];
    });
    if (slips.length > 0) this.#add(`${source}: not read: the column ${slips.join(', ')}`);
  }

  #add(remark: string): void {
    if (this.#remarks.length < MOST_REMARKS) this.#remarks.push(remark);
    else this.#untold += 1;
  }
}
