/** Reads what happened: files of events, offers of flyers, and the event that the flags name. */
import { type DateOrder, parseDate } from '../analysis/dates.js';
import { matchOffer, type OfferNames } from '../analysis/series/offer-match.js';
import type { Series, SeriesKey, TimeEvent } from '../analysis/series/series.js';
import type { FieldValue, RecordError } from '../io/records/record-file.js';
import { fold } from '../io/texts/columns.js';
import { lineFault } from '../io/texts/text-record.js';
import { UsageError } from '../model.js';
import { type TrendFiles, withFileName } from './trend-files.js';

export interface EventSettings {
  readonly events: readonly string[];
  readonly rivals: readonly string[];
  readonly treated: readonly string[];
  readonly at: string | null;
  readonly by: readonly string[];
  readonly dateOrder: DateOrder;
}

export interface EventInput {
  readonly events: readonly TimeEvent[];
  readonly errors: readonly (RecordError & { readonly source: string })[];
  /** Offers that name no series and are no rival's. */
  readonly passedOver: number;
}

/** Names that the columns of a file of events may have, the first found counts. */
const COLUMNS = {
  schema: ['schema'],
  status: ['status'],
  date: ['date', 'validfrom', 'start', 'datefrom', 'from', 'fecha'],
  dateTo: ['dateto', 'validto', 'end', 'to', 'until'],
  name: ['name', 'event', 'title', 'product'],
  kind: ['kind', 'type', 'promotion'],
  direction: ['direction'],
  source: ['source'],
  page: ['page'],
  quote: ['quote'],
  product: ['product'],
  brand: ['brand'],
  price: ['price'],
  currency: ['currency'],
  retailer: ['retailer'],
  watch: ['watch'],
  watchRival: ['watchrival'],
} as const;

type Role = keyof typeof COLUMNS;
type EventRecord = Partial<Record<Role, FieldValue>>;

/** Throws {@link UsageError} where a file is not one of events. */
export async function readEvents(
  settings: EventSettings,
  series: readonly Series[],
  files: TrendFiles,
): Promise<EventInput> {
  const reader = new EventReader(settings, series);
  for (const source of settings.events) await withFileName(source, () => reader.readFile(source, files));
  const given = eventOfFlags(settings, series);
  return { events: [...reader.events, ...given], errors: reader.errors, passedOver: reader.passedOver };
}

class EventReader {
  readonly #settings: EventSettings;
  readonly #names: OfferNames;
  readonly events: TimeEvent[] = [];
  readonly errors: (RecordError & { readonly source: string })[] = [];
  passedOver = 0;

  constructor(settings: EventSettings, series: readonly Series[]) {
    this.#settings = settings;
    const valuesOf = (column: string): [string, Set<string>] => [
      column,
      new Set(series.map(({ key }) => key[column] ?? '')),
    ];
    this.#names = { values: new Map(settings.by.map(valuesOf)), rivals: settings.rivals };
  }

  async readFile(source: string, files: TrendFiles): Promise<void> {
    const file = await files.open(source, ['date', 'name', 'validFrom', ...this.#settings.by]);
    const roles = (Object.keys(COLUMNS) as Role[]).flatMap((role) => {
      const folded = file.names.map(fold);
      const at = COLUMNS[role].map((name) => folded.indexOf(name)).find((place) => place !== -1);
      return at === undefined ? [] : [{ role, column: file.names[at] ?? '' }];
    });
    if (!roles.some(({ role }) => role === 'date')) {
      throw new UsageError(
        `${source}: events need a column "date" or "validFrom"; the columns are ${file.names.join(', ')}`,
      );
    }
    const by = this.#settings.by.filter((name) => file.names.includes(name));
    const columns = [...roles.map(({ column }) => column), ...by];
    for await (const batch of file.read(columns)) {
      for (const record of batch) {
        if ('error' in record) {
          this.errors.push({ ...record, source });
          continue;
        }
        const values = Object.fromEntries(roles.map(({ role }, i) => [role, record.values[i]])) as EventRecord;
        const key = Object.fromEntries(
          by.flatMap((name, i) => {
            const value = textOf(record.values[roles.length + i]);
            return value === null ? [] : [[name, value]];
          }),
        );
        this.#take(values, key, { source, line: record.line });
      }
    }
  }

  #take(record: EventRecord, key: SeriesKey, place: { readonly source: string; readonly line: number }): void {
    const schema = textOf(record.schema);
    if (textOf(record.status) === 'error' || (schema?.startsWith('uxd.') && schema !== 'uxd.offer/1')) return;
    const text = textOf(record.date);
    const isOffer = schema === 'uxd.offer/1';
    if (isOffer && text === null) {
      this.passedOver += 1;
      return;
    }
    const date = readDay(text, this.#settings.dateOrder);
    if (date === null) {
      const message = `${JSON.stringify(text ?? '')} is no date; see --date-order`;
      this.errors.push({ source: place.source, line: place.line, error: lineFault(place.line, message).error });
      return;
    }
    const event = {
      ...eventOf(record, date, place.source),
      dateTo: readDay(textOf(record.dateTo), this.#settings.dateOrder),
      key,
    };
    if (isOffer) this.#takeOffer(event, record);
    else this.events.push(event);
  }

  #takeOffer(event: TimeEvent, record: EventRecord): void {
    const found = matchOffer(
      {
        product: event.name,
        brand: textOf(record.brand),
        watch: textOf(record.watch),
        isRival: isTrue(record.watchRival),
      },
      this.#names,
    );
    if (found.length === 0) this.passedOver += 1;
    const price = Number(record.price);
    const figures = textOf(record.price) === null || !Number.isFinite(price) ? {} : { price };
    const where = textOf(record.retailer);
    const at = 'price' in figures ? ` at ${price.toFixed(2)}` : '';
    const name = `${event.name}${at}${where === null ? '' : ` at ${where}`}`;
    for (const { key, direction } of found) {
      // what rivals offer is one kind, whatever its promotion: it takes away
      const kind = direction === 'down' ? 'rival offer' : (event.kind ?? 'offer');
      this.events.push({
        ...event,
        name,
        kind: kind === 'none' ? 'offer' : kind,
        key: { ...event.key, ...key },
        direction,
        figures,
      });
    }
  }
}

function eventOf(record: EventRecord, date: string, file: string): TimeEvent {
  const direction = textOf(record.direction)?.toLowerCase();
  const page = Number(record.page);
  const kind = textOf(record.kind);
  return {
    date,
    dateTo: null,
    name: textOf(record.name) ?? kind ?? 'event',
    kind,
    key: {},
    direction: direction === 'up' || direction === 'down' ? direction : null,
    source: textOf(record.source) ?? file,
    page: Number.isInteger(page) && page > 0 ? page : null,
    quote: textOf(record.quote)?.replace(/\s+/g, ' ').trim() ?? null,
    figures: {},
  };
}

/** The event of `--at`, once for each `--treated`. */
function eventOfFlags({ treated, at, by, dateOrder }: EventSettings, series: readonly Series[]): TimeEvent[] {
  if (at === null) {
    if (treated.length > 0) throw new UsageError('--treated: when? give --at DATE');
    return [];
  }
  const date = readDay(at, dateOrder);
  if (date === null) throw new UsageError(`--at: ${JSON.stringify(at)} is no date; give YYYY-MM-DD`);
  const span = spanOf(series);
  if (span !== null && !span.holds(date))
    throw new UsageError(`--at: ${date} is outside of the data, which go from ${span.start} to ${span.end}`);
  const keys = treated.length === 0 ? [{}] : treated.map((text) => treatedKey(text, by, series));
  const names = keys.map((key) => Object.values(key).join(', '));
  const name = treated.length === 0 ? 'the event' : `the event of ${names.join(' and ')}`;
  return keys.map((key) => ({
    date,
    dateTo: null,
    name,
    kind: null,
    key,
    direction: null,
    source: '--at',
    page: null,
    quote: null,
    figures: {},
  }));
}

/** Columns and values of one `--treated`. */
function treatedKey(text: string, by: readonly string[], series: readonly Series[]): SeriesKey {
  const key: Record<string, string> = {};
  for (const part of text.split(',')) {
    const [, column, value] = /^\s*([^=]+?)\s*=\s*(.*?)\s*$/.exec(part) ?? [];
    if (column === undefined || value === undefined || !by.includes(column)) {
      throw new UsageError(
        `--treated: ${JSON.stringify(part)} is not COLUMN=VALUE with a column of --by (${by.join(', ') || 'none'})`,
      );
    }
    if (key[column] !== undefined) {
      throw new UsageError(`--treated: ${column} is given twice; give --treated once for each series`);
    }
    if (!series.some((each) => each.key[column] === value)) {
      const known = [...new Set(series.map((each) => each.key[column] ?? ''))].slice(0, 10).join(', ');
      throw new UsageError(`--treated: no series has ${column} ${JSON.stringify(value)}; there are ${known}`);
    }
    key[column] = value;
  }
  return key;
}

/** Days that a period has at most. */
const PERIOD_DAYS = { day: 1, week: 7, month: 31, quarter: 92, year: 366, index: 1 } as const;

/** From the first period of all series to the end of the last; nothing can be said of what lies outside. */
export interface DataSpan {
  readonly start: string;
  readonly end: string;
  holds(date: string): boolean;
}

/** Null where there are no series. */
export function spanOf(series: readonly Series[]): DataSpan | null {
  const [first] = series;
  if (first === undefined) return null;
  const placeOf = (day: string): number => (first.frequency === 'index' ? Number(day) : Date.parse(day) / 86_400_000);
  const byPlace = (one: string, other: string): number => placeOf(one) - placeOf(other);
  const start = series.flatMap(({ dates }) => dates[0] ?? []).sort(byPlace)[0];
  const end = series
    .flatMap(({ dates }) => dates.at(-1) ?? [])
    .sort(byPlace)
    .at(-1);
  if (start === undefined || end === undefined) return null;
  const until = placeOf(end) + PERIOD_DAYS[first.frequency];
  return { start, end, holds: (date) => placeOf(date) >= placeOf(start) && placeOf(date) < until };
}

/** A day, or a whole number where series have no dates. */
function readDay(text: string | null, order: DateOrder): string | null {
  if (text === null) return null;
  return parseDate(text, order)?.iso ?? (/^[+-]?\d{1,15}$/.test(text.trim()) ? String(Number(text)) : null);
}

function textOf(value: FieldValue): string | null {
  return value === null || value === undefined || value === '' ? null : String(value);
}

function isTrue(value: FieldValue): boolean | null {
  const text = textOf(value)?.toLowerCase();
  return text === undefined ? null : text === 'true' || text === '1';
}
