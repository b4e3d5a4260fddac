/** Causes of a change in words, with where they are told. */

import { isAsked } from './event-time.js';
import type { Explanation } from './explain.js';
import type { TimeEvent } from './series.js';
import { dayInWords, listInWords } from './words.js';

/** The explanations that answer the question why: the likeliest, or those that cannot be told apart. */
export function mainCauses(explanations: readonly Explanation[]): readonly Explanation[] {
  const [first] = explanations;
  if (first === undefined || first.event === null) return [];
  return first.verdict === 'confounded' ? explanations.filter(({ verdict }) => verdict === 'confounded') : [first];
}

/** `; the likeliest cause is ...`, without a full stop; empty where no events were given. */
export function causeClause(explanations: readonly Explanation[]): string {
  const [first] = explanations;
  if (first === undefined) return '';
  const causes = mainCauses(explanations).flatMap(({ event }) => (event === null ? [] : [citation(event)]));
  const [name = ''] = causes;
  switch (first.verdict) {
    case 'likely':
      return `; the likeliest cause is ${name}`;
    case 'possible':
      return `; a possible cause is ${name}`;
    case 'confounded':
      return `; ${listInWords(causes)} came together and cannot be told apart`;
    case 'unexplained':
      return '; no recorded event explains it';
  }
}

/** An event with its date, its file and page. */
export function citation({ name, date, source, page }: TimeEvent): string {
  const place = isAsked({ source }) ? '' : `, ${source}${page === null ? '' : `, page ${page}`}`;
  return `${name} (${dayInWords(date)}${place})`;
}
