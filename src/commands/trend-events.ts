/** Reads what happened: files of events, offers of flyers, and the event that the flags name. */
import { matchOffer, type OfferNames } from '../analysis/series/offer-match.js';
import type { Series, SeriesKey, TimeEvent } from '../analysis/series/series.js';
import type { FieldValue, RecordError } from '../io/records/record-file.js';
import { fold } from '../io/texts/columns.js';
import { lineFault } from '../io/texts/text-record.js';
import { UsageError } from '../model.js';
import { type AskedSettings, eventsOfFlags, readDay } from './trend-asked.js';
import { DateOrderCount } from './trend-date-order.js';
import { EventNames, type EventPlace } from './trend-event-names.js';
import { type TrendFiles, withFileName } from './trend-files.js';

export interface EventSettings extends AskedSettings {
  readonly events: readonly string[];
  readonly rivals: readonly string[];
}

export interface EventInput {
  readonly events: readonly TimeEvent[];
  readonly errors: readonly (RecordError & { readonly source: string })[];
  /** Offers that name no series and are no rival's. */
  readonly passedOver: number;
  /** What the user should know: names that no series has, columns that are not read. */
  readonly remarks: readonly string[];
  /** That of the flags, which is also the first of the events. */
  readonly asked: readonly TimeEvent[];
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

const EVENT_NAMES: ReadonlySet<string> = new Set(['name', 'event', 'title']);

type Role = keyof typeof COLUMNS;
type EventRecord = Partial<Record<Role, FieldValue>>;

/** Throws {@link UsageError} where a file is not one of events. */
export async function readEvents(
  settings: EventSettings,
  series: readonly Series[],
  files: TrendFiles,
): Promise<EventInput> {
  const asked = eventsOfFlags(settings, series);
  const reader = new EventReader(settings, series);
  for (const source of settings.events) await withFileName(source, () => reader.readFile(source, files));
  const { errors, passedOver, names } = reader;
  return { events: [...asked, ...reader.events], errors, passedOver, remarks: names.remarks, asked };
}

class EventReader {
  readonly #settings: EventSettings;
  readonly #offers: OfferNames;
  #orders: DateOrderCount;
  readonly names: EventNames;
  readonly events: TimeEvent[] = [];
  readonly errors: (RecordError & { readonly source: string })[] = [];
  passedOver = 0;

  constructor(settings: EventSettings, series: readonly Series[]) {
    this.#settings = settings;
    const valuesOf = (column: string): [string, Set<string>] => [
      column,
      new Set(series.map(({ key }) => key[column] ?? '')),
    ];
    this.#offers = { values: new Map(settings.by.map(valuesOf)), rivals: settings.rivals };
    this.names = new EventNames(series);
    this.#orders = new DateOrderCount(settings.dateOrder);
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
    const by = this.#settings.by.flatMap((name) => {
      const column = file.names.includes(name) ? name : file.names.find((other) => fold(other) === fold(name));
      return column === undefined ? [] : [{ name, column }];
    });
    const columns = [...roles, ...by].map(({ column }) => column);
    if (!roles.some(({ role }) => role === 'schema')) {
      const unread = file.names.filter((name) => !columns.includes(name));
      this.names.checkColumns(source, unread, [...Object.values(COLUMNS).flat(), ...this.#settings.by]);
    }
    this.#orders = new DateOrderCount(this.#settings.dateOrder);
    for await (const batch of file.read(columns)) {
      for (const record of batch) {
        if ('error' in record) {
          this.errors.push({ ...record, source });
          continue;
        }
        const values = Object.fromEntries(roles.map(({ role }, i) => [role, record.values[i]])) as EventRecord;
        const key = Object.fromEntries(
          by.flatMap(({ name, column }, i) => {
            const value = textOf(record.values[roles.length + i]);
            // a column of names of events is one of series only where a series has that name
            const isSeries = !EVENT_NAMES.has(fold(column)) || this.#offers.values.get(name)?.has(value ?? '');
            return value === null || !isSeries ? [] : [[name, value]];
          }),
        );
        this.#take(values, key, { source, line: record.line });
      }
    }
    this.#orders.check('dates');
  }

  #take(record: EventRecord, key: SeriesKey, place: EventPlace): void {
    const schema = textOf(record.schema);
    if (textOf(record.status) === 'error' || (schema?.startsWith('uxd.') && schema !== 'uxd.offer/1')) return;
    const text = textOf(record.date);
    const isOffer = schema === 'uxd.offer/1';
    if (isOffer && text === null) {
      this.passedOver += 1;
      return;
    }
    const date = this.#readDay(text ?? '', place);
    const until = textOf(record.dateTo);
    const dateTo = until === null ? null : this.#readDay(until, place);
    if (date === null || (until !== null && dateTo === null)) return;
    if (dateTo !== null && Number.isNaN(Number(date)) && dateTo < date) {
      this.#fail(place, `the event ends on ${dateTo}, before it begins on ${date}`);
      return;
    }
    const event = { ...eventOf(record, date, place.source), dateTo, key };
    const direction = textOf(record.direction);
    if (direction !== null && event.direction === null) this.names.checkDirection(direction, place);
    if (isOffer) this.#takeOffer(event, record);
    else {
      this.names.check(event, place);
      this.events.push(event);
    }
  }

  /** Null where the cell holds no date, which becomes an error row. */
  #readDay(cell: string, place: EventPlace): string | null {
    const date = readDay(cell, this.#settings.dateOrder);
    const fault = this.#orders.faultOf(cell, date !== null);
    if (fault !== null) this.#fail(place, `${JSON.stringify(cell)} ${fault}`);
    return date;
  }

  #fail({ source, line }: EventPlace, message: string): void {
    this.errors.push({ source, line, error: lineFault(line, message).error });
  }

  #takeOffer(event: TimeEvent, record: EventRecord): void {
    const found = matchOffer(
      {
        product: event.name,
        brand: textOf(record.brand),
        watch: textOf(record.watch),
        isRival: isTrue(record.watchRival),
      },
      this.#offers,
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

function textOf(value: FieldValue): string | null {
  return value === null || value === undefined || value === '' ? null : String(value);
}

function isTrue(value: FieldValue): boolean | null {
  const text = textOf(value)?.toLowerCase();
  return text === undefined ? null : text === 'true' || text === '1';
}
