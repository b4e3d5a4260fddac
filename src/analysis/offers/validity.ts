/** From when to when offers hold: ranges, lists and single days in a text. */
import { LETTER, levelText } from '../../text/level.js';
import { matchesOf } from '../../text/matches.js';
import type { DateWords } from '../../text/offer-words.js';
import { oneOf } from '../../text/phrases.js';
import { type Day, isoOf, placeDay, placeRange } from './calendar.js';
import type { Validity } from './page.js';
import type { OfferVocabulary } from './vocabulary.js';

/** How dates are to be read. */
export interface DateReading {
  /** ISO date near which undated days lie; without it a day without a year is none. */
  readonly date: string | null;
  /** What 4/5 is. */
  readonly dateOrder?: 'dmy' | 'mdy';
}

interface DatePatterns {
  readonly day: RegExp;
  readonly to: RegExp;
  readonly from: RegExp;
  readonly until: RegExp;
  readonly only: RegExp;
  readonly and: RegExp;
  readonly months: ReadonlyMap<string, number>;
  readonly weekdays: ReadonlyMap<string, number>;
}

interface DayInText extends Day {
  readonly start: number;
  readonly end: number;
}

const patterns = new WeakMap<DateWords, DatePatterns>();

/** Times of the day, with a word or two before them. */
const HOURS =
  /^[\s,.:;()-]{0,3}(?:[a-z]{1,6}\s){0,2}\d{1,2}(?:[:.]\d{2}|\s?(?:h|hs|hrs|horas|heures|ore|uhr|am|pm|a|to|bis|-)(?![a-z]))/;

/** Between the days of a range there is this much at most. */
const BETWEEN = 24;

function patternsOf(words: DateWords): DatePatterns {
  const known = patterns.get(words);
  if (known !== undefined) return known;
  const month = misreadable(oneOf(words.months.flat()));
  const weekday = misreadable(oneOf(words.weekdays.flat()));
  const of = oneOf(['of', ...words.of]);
  const name = String.raw`(?<name>${month})(?![${LETTER}])\.?`;
  const year = String.raw`(?:\s?,?\s?(?:${of}\s)?(?<year>20\d{2}|'\d{2})(?!\d))?`;
  const dayOfMonth = String.raw`\d{1,2}(?:st|nd|rd|th|er|o|°)?(?!\d)`;
  const day = [
    String.raw`(?<iso>20\d{2}-\d{2}-\d{2})(?!\d)`,
    String.raw`(?<first>\d{1,2})\s?(?:(?<mark>[./])\s?(?<second>\d{1,2})(?![a-z]{3})(?:\k<mark>\s?(?<numericYear>20\d{2}|\d{2})(?!\d|[./]\d)|\k<mark>(?![.\d/]))?|-(?<second2>\d{1,2})-(?<numericYear2>20\d{2}|\d{2}))(?![\d%€$£]|\s?[%€$£]|[.,]\d)`,
    String.raw`(?<day>${dayOfMonth})\.?\s?(?:${of}\s?)?${name}${year}`,
    String.raw`(?<name2>${month})(?![${LETTER}])\.?\s(?<day2>${dayOfMonth})(?:\s?,?\s(?<year2>20\d{2})(?!\d))?`,
    String.raw`(?<day3>${dayOfMonth})\.?(?!\s?[%€$£]|[.,/]\d|\s?(?:x|g|kg|l|ml|cl|m|cm|er|st|ud|uds|eur)(?![${LETTER}]))`,
  ].join('|');
  const made: DatePatterns = {
    day: new RegExp(
      String.raw`(?<![${LETTER}\d]|\d[.,/](?!20\d{2}-\d{2}-))(?:(?<weekday>${weekday})(?![${LETTER}])\.?,?\s{0,2})?(?:(?:the|el|den|dem|le|lo|il|dia)\s)?(?:${day})|(?<![${LETTER}\d])(?<weekdayOnly>${weekday})(?![${LETTER}])\.?`,
      'g',
    ),
    // what stands between two days of a range, and before the first
    to: wholly([...words.to, '-']),
    from: ending(words.from),
    until: ending(words.until),
    only: ending(words.only),
    and: wholly([...words.and, ',']),
    months: numbered(words.months),
    weekdays: numbered(words.weekdays),
  };
  patterns.set(words, made);
  return made;
}

function wholly(list: readonly string[]): RegExp {
  return new RegExp(String.raw`^[\s,.]{0,3}${oneOf(list)}(?:\s${oneOf(list)})?[\s,.]{0,3}$`, '');
}

function ending(list: readonly string[]): RegExp {
  return list.length === 0 ? /(?!)/ : new RegExp(String.raw`(?<![${LETTER}\d])${oneOf(list)}[\s:.]{0,3}$`, '');
}

function numbered(lists: readonly (readonly string[])[]): Map<string, number> {
  return new Map(lists.flatMap((names, i) => names.map((name): [string, number] => [shapeOf(levelText(name)), i + 1])));
}

/** Letters that recognisers take for others: `marz0`, `abri1`, `Novernber`. */
const LIKE: Readonly<Record<string, string>> = {
  o: '[o0]',
  l: '[l1i|]',
  i: '[i1l|]',
  m: '(?:m|rn)',
  rn: '(?:rn|m)',
  s: '[s5]',
};

/** The pattern of a list of names, those of four letters and more with misread letters too. */
function misreadable(names: string): string {
  return names.replace(/(?<![a-z])[a-z]{4,}/g, (name) => name.replace(/rn|[olims]/g, (part) => LIKE[part] ?? part));
}

/** A name by the shapes of its letters: letters that are taken for each other are one. */
function shapeOf(name: string): string {
  return name.replace(/0/g, 'o').replace(/[1i|]/g, 'l').replace(/5/g, 's').replace(/rn/g, 'm');
}

/**
 * The stretches of time that a text names: `del 9 al 22 de abril`, `hasta el 30/04/2020`, `14, 15 y 16 de mayo`, `jueves
 * 6 a miércoles 12`, `valid thru 4/22`, `10.11. - 15.11.2025`, `ab Mo. 10.11.`. Years, and months where none is named,
 * are those of the first such range that ends on the date or later and is near it. Days that no calendar has are none.
 */
export function findValidity(
  text: string,
  vocabulary: OfferVocabulary,
  reading: DateReading | string | null,
): Validity[] {
  const how: DateReading = reading === null || typeof reading === 'string' ? { date: reading } : reading;
  const level = levelText(text);
  const words = patternsOf(vocabulary.dates);
  const days = findDays(level, words, how.dateOrder ?? 'dmy');
  if (!days.some(({ month, weekday }) => month !== null || weekday !== null)) return [];
  const found: Validity[] = [];
  for (let i = 0; i < days.length; i++) {
    const read = readRange(level, days, i, words, how.date) ?? readSingle(level, days[i] as DayInText, words, how.date);
    if (read === null) continue;
    const { last, ...validity } = read;
    found.push(validity);
    i = last ?? i;
  }
  return found;
}

interface ReadValidity extends Validity {
  /** The last of the days that it was read from. */
  readonly last?: number;
}

/** Days with `to` or `and` between them. */
function readRange(
  level: string,
  days: readonly DayInText[],
  i: number,
  words: DatePatterns,
  date: string | null,
): ReadValidity | null {
  let last = i;
  let isList = false;
  for (let next = i + 1; next < days.length; next++) {
    const between = level.slice((days[next - 1] as DayInText).end, (days[next] as DayInText).start);
    if (between.length > BETWEEN) break;
    // `2020-04-06/2020-04-12` is how ISO 8601 writes it
    const isRange = (between === '/' || words.to.test(between)) && !isList;
    if (!isRange && !words.and.test(between)) break;
    last = next;
    if (isRange) break;
    isList = true;
  }
  const [first, end] = [days[i] as DayInText, days[last] as DayInText];
  const hasMonth = first.month !== null || end.month !== null;
  const hasWeekdays = first.weekday !== null && end.weekday !== null;
  if (last === i || !(hasMonth || hasWeekdays)) return null;
  // `lunes a sábado, de 9 a 21 h` is when the shop is open
  if (!hasMonth && first.day === null && HOURS.test(level.slice(end.end, end.end + BETWEEN))) return null;
  const range = placeRange(first, end, date);
  if (range === null) return null;
  const start = Math.min(first.start, startOfWords(level, first.start, words.from) ?? first.start);
  return { ...range, start, end: end.end, last };
}

/** One day: until it, from it, or only on it. */
function readSingle(level: string, day: DayInText, words: DatePatterns, date: string | null): ReadValidity | null {
  const until = startOfWords(level, day.start, words.until);
  const from = startOfWords(level, day.start, words.from);
  const only = startOfWords(level, day.start, words.only);
  const start = until ?? only ?? from;
  // a number alone is a day only where words say so, and then only with its month
  if (start === null || day.day === null || (day.month === null && day.weekday === null)) return null;
  const iso = placeDay(day, date);
  if (iso === null) return null;
  const side =
    until !== null
      ? { from: null, to: iso }
      : from !== null && only === null
        ? { from: iso, to: null }
        : { from: iso, to: iso };
  return { ...side, start, end: day.end };
}

function startOfWords(level: string, end: number, pattern: RegExp): number | null {
  const from = Math.max(0, end - 40);
  const match = pattern.exec(level.slice(from, end));
  return match === null ? null : from + match.index;
}

function findDays(level: string, words: DatePatterns, order: 'dmy' | 'mdy'): DayInText[] {
  const found: DayInText[] = [];
  const matches = matchesOf(level, words.day);
  // `4/9 - 4/22`: one day that can only be read in one way tells how all are written
  const isMonthFirst = matches.some(({ groups }) => groups?.mark === '/' && Number(groups.second) > 12);
  for (const match of matches) {
    const day = readDay(match.groups ?? {}, words, isMonthFirst ? 'mdy' : order);
    if (day !== null) found.push({ ...day, start: match.index, end: match.index + match[0].trimEnd().length });
  }
  return found;
}

function readDay(
  groups: Readonly<Record<string, string | undefined>>,
  words: DatePatterns,
  order: 'dmy' | 'mdy',
): Day | null {
  const weekday = words.weekdays.get(shapeOf(groups.weekday ?? groups.weekdayOnly ?? '')) ?? null;
  if (groups.weekdayOnly !== undefined) return { weekday, day: null, month: null, year: null };
  if (groups.iso !== undefined) {
    const [year = 0, month = 0, day = 0] = groups.iso.split('-').map(Number);
    return checked({ weekday, day, month, year });
  }
  if (groups.first !== undefined) {
    const [a, b] = [Number(groups.first), Number(groups.second ?? groups.second2)];
    const printedYear = groups.numericYear ?? groups.numericYear2;
    const isMonthFirst = groups.mark === '/' && (order === 'mdy' ? a <= 12 : b > 12 && a <= 12);
    const year = printedYear === undefined ? null : longYear(printedYear);
    return checked({ weekday, day: isMonthFirst ? b : a, month: isMonthFirst ? a : b, year });
  }
  const name = groups.name ?? groups.name2;
  const day = Number.parseInt(groups.day ?? groups.day2 ?? groups.day3 ?? '', 10);
  const month = name === undefined ? null : (words.months.get(shapeOf(name)) ?? null);
  const year = groups.year ?? groups.year2;
  return checked({ weekday, day, month, year: year === undefined ? null : longYear(year) });
}

function longYear(printed: string): number {
  const digits = printed.replace(/\D/g, '');
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits);
}

/** Null where no calendar has the day; of 29 February that depends on the year. */
function checked(day: Day): Day | null {
  const { day: dayOfMonth, month, year } = day;
  if (dayOfMonth === null || dayOfMonth < 1 || dayOfMonth > 31) return null;
  if (month === null) return day;
  return month >= 1 && month <= 12 && isoOf(year ?? 2024, month, dayOfMonth) !== null ? day : null;
}
