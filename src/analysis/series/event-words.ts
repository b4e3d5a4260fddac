/** Events as sentences name them. */
import { isAsked } from './event-time.js';
import type { Frequency, TimeEvent } from './series.js';
import { dayInWords, listInWords, periodInWords } from './words.js';

/** Its name; that of the flags is `the event`: the series that it concerns are the subject of the sentence. */
export function sentenceName(event: Pick<TimeEvent, 'name' | 'source'>): string {
  return isAsked(event) ? 'the event' : event.name;
}

/** All that an effect is of: the event and those that cannot be told from it. */
export function namesOf({ event, beside }: { readonly event: TimeEvent; readonly beside: readonly string[] }): string {
  return listInWords([sentenceName(event), ...beside]);
}

const PERIOD_START = { month: /-01$/, quarter: /-(01|04|07|10)-01$/, year: /-01-01$/ } as const;

/** Its day, or the month, quarter or year that it begins where the values are as far apart. */
export function eventDate({ date }: Pick<TimeEvent, 'date'>, frequency: Frequency): string {
  const isPeriod = frequency in PERIOD_START && PERIOD_START[frequency as keyof typeof PERIOD_START].test(date);
  return isPeriod ? periodInWords(date, frequency) : dayInWords(date);
}
