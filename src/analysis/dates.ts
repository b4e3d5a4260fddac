/** Dates as they stand in tables, and the periods that they fall in. */

export const PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Period = (typeof PERIODS)[number];

/** What `3/4/2020` means. */
export type DateOrder = 'dmy' | 'mdy';

export interface ParsedDate {
  /** First day that is meant, YYYY-MM-DD. */
  readonly iso: string;
  /** How much is meant: of `2020-04` a whole month. */
  readonly precision: Period;
}

const MS_PER_DAY = 86_400_000;

/** Beginnings of month names, English and Spanish; all are told apart by three letters. */
const MONTHS: Readonly<Record<string, number>> = {
  jan: 1,
  ene: 1,
  feb: 2,
  mar: 3,
  apr: 4,
  abr: 4,
  may: 5,
  jun: 6,
  jul: 7,
  aug: 8,
  ago: 8,
  sep: 9,
  set: 9,
  oct: 10,
  nov: 11,
  dec: 12,
  dic: 12,
};

const MONTH_NAMES =
  'january|february|march|april|may|june|july|august|september|october|november|december|' +
  'enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|' +
  'jan|ene|feb|mar|apr|abr|jun|jul|aug|ago|sept|sep|set|oct|nov|dec|dic';

const TIME = String.raw`(?:[T\s,]+(?:a las |at )?\d{1,2}[:.h]\d{2}.*)?`;
const DAY_NAME = String.raw`(?:\p{L}{3,9}\.?,?\s+)?`;

type Reader = (parts: readonly string[], order: DateOrder) => ParsedDate | null;

const FORMS: readonly (readonly [RegExp, Reader])[] = [
  [form(String.raw`(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${TIME}Z?`), ([y, , m, d]) => day(y, m, d)],
  [form(String.raw`(\d{4})(\d{2})(\d{2})(?:T\d{4,6}.*)?`), ([y, m, d]) => day(y, m, d)],
  [form(String.raw`(\d{4})-?W(\d{2})(?:-?([1-7]))?`), ([y, w, d]) => isoWeek(y, w, d)],
  [form(String.raw`(\d{4})-?[QT]([1-4])`), ([y, q]) => month(y, String(Number(q) * 3 - 2), 'quarter')],
  [form(String.raw`[QT]([1-4])[\s/-]+(\d{4})`), ([q, y]) => month(y, String(Number(q) * 3 - 2), 'quarter')],
  [form(String.raw`(\d{4})[-/](\d{1,2})`), ([y, m]) => month(y, m)],
  [form(String.raw`(\d{1,2})/(\d{4})`), ([m, y]) => month(y, m)],
  [form(String.raw`(\d{4})`), ([y]) => month(y, '1', 'year')],
  [
    form(String.raw`(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${TIME}`),
    ([a, , b, y], order) => (order === 'dmy' ? day(longYear(y), b, a) : day(longYear(y), a, b)),
  ],
  [
    form(
      String.raw`${DAY_NAME}(\d{1,2})(?:st|nd|rd|th|º|ª|\.)?[\s-]+(?:de |of )?(${MONTH_NAMES})\.?,?(?:[\s-]+(?:del? )?)(\d{4}|\d{2})${TIME}`,
    ),
    ([d, m, y]) => day(longYear(y), monthNumber(m), d),
  ],
  [
    form(String.raw`${DAY_NAME}(${MONTH_NAMES})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,\s*|\s+)(\d{4})${TIME}`),
    ([m, d, y]) => day(y, monthNumber(m), d),
  ],
  [form(String.raw`(${MONTH_NAMES})\.?,?[\s-]+(?:del? )?(\d{4})`), ([m, y]) => month(y, monthNumber(m))],
];

function form(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`, 'iu');
}

/** Longer cells are no dates; it also keeps the patterns fast. */
const MAX_LENGTH = 64;

/**
 * Reads a cell as a date, or gives null: ISO dates and date-times (`2020-04-03`, `20200403`, `2020-04`, `2020`,
 * `2020-W14`, `2020-W14-5`, `2020-Q2`), `Q2 2020`, `2020/04/03`, `3/4/2020` and `3.4.20` in the order given, `04/2020`, and names
 * of months in English and Spanish (`3 abr 2020`, `3 de abril de 2020`, `Fri, April 3rd, 2020`, `Apr 2020`). A time of
 * day is passed over: the date is the one that is written, in whatever time zone it was written. Two-digit years are
 * 1970 to 2069.
 */
export function parseDate(cell: string, order: DateOrder): ParsedDate | null {
  const text = cell.trim();
  if (text.length < 4 || text.length > MAX_LENGTH) return null;
  for (const [pattern, read] of FORMS) {
    const match = pattern.exec(text);
    if (match !== null) return read(match.slice(1), order);
  }
  return null;
}

function longYear(text = ''): string {
  if (text.length !== 2) return text;
  return String(Number(text) + (Number(text) < 70 ? 2000 : 1900));
}

function monthNumber(name = ''): string {
  return String(MONTHS[name.slice(0, 3).toLowerCase()] ?? 0);
}

function isoOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function timeOf(iso: string): number {
  return Date.parse(`${iso}T00:00:00Z`);
}

function day(year = '', monthOfYear = '', dayOfMonth = ''): ParsedDate | null {
  const iso = `${year}-${monthOfYear.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`;
  const time = timeOf(iso);
  // an engine may take 30 February for 1 March
  return Number.isNaN(time) || isoOf(time) !== iso || !isYear(year) ? null : { iso, precision: 'day' };
}

function month(year = '', monthOfYear = '', precision: Period = 'month'): ParsedDate | null {
  const first = day(year, monthOfYear, '1');
  return first === null ? null : { iso: first.iso, precision };
}

/** Four digits that are far from our time are a number, not a year. */
function isYear(year: string): boolean {
  return Number(year) >= 1000 && Number(year) <= 2999;
}

function isoWeek(year = '', week = '', dayOfWeek: string | undefined = undefined): ParsedDate | null {
  const number = Number(week);
  if (!isYear(year) || number < 1 || number > 53) return null;
  // 4 January is always in week 1
  const monday = timeOf(mondayOf(`${year}-01-04`)) + (number - 1) * 7 * MS_PER_DAY;
  const thursday = isoOf(monday + 3 * MS_PER_DAY);
  if (thursday.slice(0, 4) !== year) return null;
  if (dayOfWeek === undefined) return { iso: isoOf(monday), precision: 'week' };
  return { iso: isoOf(monday + (Number(dayOfWeek) - 1) * MS_PER_DAY), precision: 'day' };
}

function mondayOf(iso: string): string {
  const time = timeOf(iso);
  const daysSinceMonday = (new Date(time).getUTCDay() + 6) % 7;
  return isoOf(time - daysSinceMonday * MS_PER_DAY);
}

/**
 * The first day of the period that a date falls in (weeks begin on Monday, as in ISO 8601), or null where the date says
 * too little: `2020` is in no known week, and a week may lie in two months.
 */
export function periodStart({ iso, precision }: ParsedDate, period: Period): string | null {
  if (precision !== 'day' && PERIODS.indexOf(precision) > PERIODS.indexOf(period)) return null;
  const [year = '', monthOfYear = ''] = iso.split('-');
  switch (period) {
    case 'day':
      return iso;
    case 'week':
      return mondayOf(iso);
    case 'month':
      return precision === 'week' && !isWithin(iso, 7) ? null : `${year}-${monthOfYear}-01`;
    case 'quarter': {
      if (precision === 'week' && !isWithin(iso, 7) && Number(monthOfYear) % 3 === 0) return null;
      const first = Number(monthOfYear) - ((Number(monthOfYear) - 1) % 3);
      return `${year}-${String(first).padStart(2, '0')}-01`;
    }
    case 'year':
      return precision === 'week' && !isWithin(iso, 7) && monthOfYear === '12' ? null : `${year}-01-01`;
  }
}

/** Whether that many days from a date on are in one month. */
function isWithin(iso: string, days: number): boolean {
  return isoOf(timeOf(iso) + (days - 1) * MS_PER_DAY).slice(0, 7) === iso.slice(0, 7);
}
