/** What is felt at a place of a text: the score of the clause that stands there. */
import type { TextSpan } from '../../../model.js';
import type { ReadableText } from './readable.js';
import { type SentenceSentiment, toScore } from './sentiment.js';

interface ScoredSpan extends TextSpan {
  readonly score: number;
}

/** Clauses of a sentence with their scores; a clause reaches to where the next one starts. */
function clausesOf({ units, clauses, opinions }: SentenceSentiment, sentence: TextSpan): ScoredSpan[] {
  let next = 0;
  return clauses.map(({ from, to }, at) => {
    let sum = 0;
    for (let opinion = opinions[next]; opinion !== undefined && opinion.unit < to; opinion = opinions[++next]) {
      if (opinion.unit >= from) sum += opinion.value;
    }
    const start = at === 0 ? sentence.start : (units[from]?.start ?? sentence.start);
    const end = at === clauses.length - 1 ? sentence.end : (units[to]?.start ?? sentence.end);
    return { start, end, score: toScore(sum) };
  });
}

/** A function of a span of the view: the score of the clause at its start, -1 to 1; null between sentences. */
export function clauseScores(
  { sentences }: ReadableText,
  sentiments: readonly SentenceSentiment[],
): (span: TextSpan) => number | null {
  const clauses = sentences.flatMap((sentence, at) => {
    const sentiment = sentiments[at];
    if (sentiment === undefined || sentiment.opinions.length === 0) return [{ ...sentence, score: 0 }];
    const ordered = [...sentiment.opinions].sort((a, b) => a.unit - b.unit);
    return clausesOf({ ...sentiment, opinions: ordered }, sentence);
  });
  return ({ start }) => {
    let [low, high] = [0, clauses.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((clauses[middle]?.start ?? 0) <= start) low = middle;
      else high = middle - 1;
    }
    const clause = clauses[low];
    return clause && start >= clause.start && start < clause.end ? clause.score : null;
  };
}
