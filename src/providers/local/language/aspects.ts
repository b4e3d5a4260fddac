/** What a text judges, and how: the nouns of each sentence with the opinions that are said of them. */
import type { AspectMention, AspectReading, SentimentLabel, TextSpan } from '../../../model.js';
import { type Candidate, findCandidates, groupCandidates } from './aspects-candidates.js';
import { impliedAspect } from './aspects-implied.js';
import { type Share, shareOpinions } from './aspects-opinions.js';
import type { Clause, Unit } from './clauses.js';
import type { Lexicon } from './lexicon.js';
import { type SentenceSentiment, toScore } from './sentiment.js';
import { round } from './sentiment-labels.js';
import { modifierOf } from './sentiment-modifiers.js';

/** Score from which a mention is praise or blame. */
const JUDGED_FROM = 0.03;
/** Both sides at least this strong make a mention mixed. */
const MIXED_FROM = 1.2;
/** Affinity from which words are given as the opinion on a thing. */
const OPINION_AFFINITY = 0.3;
/** What the rest of a sentence says of a thing that nothing near it judges. */
const SENTENCE_FALLBACK = 0.5;

const CIRCUMSTANCE_FALLBACK = 0.2;

/** Collects the aspects of one text, merged by name. Spans are of the view. */
export class AspectCollector {
  readonly #aspects = new Map<string, { category: string | null; mentions: AspectMention[] }>();
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Takes in the next sentence. */
  add(sentence: SentenceSentiment, lexicon: Lexicon): void {
    const groups = groupCandidates(sentence.words, findCandidates(sentence.words, lexicon));
    const shares = shareOpinions(sentence, groups);
    for (const [index, group] of groups.entries()) {
      for (const candidate of group) this.#addMention(sentence, candidate, shares[index] ?? []);
    }
    this.#addImplied(sentence, lexicon, new Set(groups.flat().map(({ category }) => category)));
  }

  /** The aspects in order of their first mention; `toOriginal` leads spans back to the text as it was given. */
  finish(toOriginal: (span: TextSpan) => TextSpan): AspectReading[] {
    return [...this.#aspects].map(([aspect, { category, mentions }]) => ({
      aspect,
      category,
      mentions: mentions.map((mention) => ({ ...mention, ...toOriginal(mention) })),
    }));
  }

  #addMention(sentence: SentenceSentiment, candidate: Candidate, shares: readonly Share[]): void {
    const near = shares.filter(({ affinity }) => affinity >= OPINION_AFFINITY);
    if (candidate.isGuess && near.length === 0) return;
    const { label, score } = judgeShares(
      shares,
      sentence,
      candidate.isCircumstance ? CIRCUMSTANCE_FALLBACK : SENTENCE_FALLBACK,
    );
    const strongest = near.reduce<Share | null>(
      (best, share) => (best === null || strengthOf(share) > strengthOf(best) ? share : best),
      null,
    );
    const mention: AspectMention = {
      ...this.#quoteOf(sentence, candidate, strongest),
      opinion: strongest === null ? null : this.#opinionText(sentence, strongest),
      label,
      score,
    };
    this.#keep(candidate.name, candidate.category, mention);
  }

  #keep(name: string, category: string | null, mention: AspectMention): void {
    const known = this.#aspects.get(name);
    if (known === undefined) this.#aspects.set(name, { category, mentions: [mention] });
    else known.mentions.push(mention);
  }

  /** What words such as `cheap` judge, where the sentence does not name it. */
  #addImplied(sentence: SentenceSentiment, lexicon: Lexicon, named: ReadonlySet<string | null>): void {
    for (const opinion of sentence.opinions) {
      const unit = sentence.units[opinion.unit] as Unit;
      const reading = unit.readings[0];
      const implied = reading === undefined ? null : impliedAspect(lexicon.language, reading.row.lemma);
      if (implied === null || named.has(implied.category)) continue;
      const share = { opinion, affinity: 1 };
      const score = round(toScore(opinion.value));
      this.#keep(implied.name, implied.category, {
        ...this.#quoteOf(sentence, unit, share),
        opinion: this.#opinionText(sentence, share),
        label: score > 0 ? 'positive' : 'negative',
        score,
      });
    }
  }

  /** The clause of the thing, and of what judges it. */
  #quoteOf(
    { units, clauses, words }: SentenceSentiment,
    { from, to }: Pick<Candidate, 'from' | 'to'>,
    strongest: Share | null,
  ): TextSpan {
    const clauseAt = (word: number): Clause | undefined =>
      clauses.find((clause) => (units[clause.from] as Unit).from <= word && word < (units[clause.to - 1] as Unit).to);
    const places = [from, to - 1, ...(strongest === null ? [] : [(units[strongest.opinion.unit] as Unit).from])];
    let [start, end] = [Number.POSITIVE_INFINITY, 0];
    for (const place of places) {
      const clause = clauseAt(place);
      if (clause === undefined) continue;
      start = Math.min(start, (units[clause.from] as Unit).start);
      end = Math.max(end, (units[clause.to - 1] as Unit).end);
    }
    if (start > end) [start, end] = [words[from]?.start ?? 0, words[to - 1]?.end ?? 0];
    while (end > start && /[\s,;:]/.test(this.#text.charAt(end - 1))) end -= 1;
    return { start, end };
  }

  /** The words that judge, with what denies or strengthens them right before. */
  #opinionText({ units }: SentenceSentiment, { opinion }: Share): string {
    let first = opinion.unit;
    while (
      first > 0 &&
      units[first - 1]?.meaning?.type === 'modifier' &&
      modifierOf(units[first - 1], 'contrast') === null
    )
      first -= 1;
    return this.#text.slice((units[first] as Unit).start, opinion.end);
  }
}

function strengthOf({ opinion, affinity }: Share): number {
  return Math.abs(opinion.value) * affinity;
}

function judgeShares(
  shares: readonly Share[],
  sentence: SentenceSentiment,
  fallback: number,
): { readonly label: SentimentLabel; readonly score: number } {
  let [positive, negative] = [0, 0];
  for (const { opinion, affinity } of shares) {
    const part = opinion.value * affinity;
    if (part > 0) positive += part;
    else negative += part;
  }
  if (shares.every(({ affinity }) => affinity < OPINION_AFFINITY)) {
    positive += sentence.positive * fallback;
    negative += sentence.negative * fallback;
  }
  const score = round(toScore(positive + negative));
  const weaker = Math.min(positive, -negative);
  if (weaker >= MIXED_FROM && weaker >= 0.6 * Math.max(positive, -negative)) return { label: 'mixed', score };
  return { label: score >= JUDGED_FROM ? 'positive' : score <= -JUDGED_FROM ? 'negative' : 'neutral', score };
}
