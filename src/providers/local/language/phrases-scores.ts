/** Weighs the phrases of a text. */
import type { PhraseMention } from './phrases-words.js';
import { wordLevel } from './terms-tables.js';

export interface ScoredPhrase {
  readonly key: string;
  readonly mentions: readonly PhraseMention[];
  /** 0 or more; comparable within the text. */
  readonly weight: number;
}

interface Weights {
  /** By the number of words in the phrase (index). */
  readonly length: readonly number[];
  /** Power of the number of words that their sum is divided by: 1 is their mean. */
  readonly mean: number;
  /** What a word gains by standing often. */
  readonly often: number;
  /** Of phrases that only stand within longer ones. */
  readonly part: number;
}

/** Set on the labelled texts of bench/text/data; neighbouring values do as well. */
const WEIGHTS: Readonly<Record<'en' | 'es', Weights>> = {
  en: { length: [0, 0.55, 1, 0.95, 0.75, 0.55, 0.4], mean: 0.5, often: 0.3, part: 0.35 },
  es: { length: [0, 0.8, 1.35, 1.05, 0.75, 0.65, 0.5], mean: 0.9, often: 0.1, part: 0.8 },
};
/** Weight of an English word by how common it is (index: its level). */
const RARITY = [0, 0.5, 0.8, 1.05, 1.25] as const;

/** Long words are rare ones in Spanish. */
function rarityOf(word: string, language: 'en' | 'es'): number {
  if (language === 'es') return Math.min(1.3, 0.8 + 0.05 * word.length);
  return RARITY[wordLevel(word)] ?? 1;
}

interface Group {
  mentions: PhraseMention[];
  whole: number;
}

function grouped(mentions: readonly PhraseMention[]): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const mention of mentions) {
    const key = mention.keys.join(' ');
    const group = groups.get(key);
    if (group) {
      group.mentions.push(mention);
      if (!mention.isPart) group.whole += 1;
    } else groups.set(key, { mentions: [mention], whole: mention.isPart ? 0 : 1 });
  }
  return groups;
}

/**
 * Words weigh what they occur, damped, and rare ones more; a phrase weighs the sum of its words, more where it stands
 * early and is said again, less where it is one word or a long row of them.
 */
export function scorePhrases(
  mentions: readonly PhraseMention[],
  language: 'en' | 'es',
  length: number,
): ScoredPhrase[] {
  const weights = WEIGHTS[language];
  const counts = new Map<string, number>();
  for (const { keys, isPart } of mentions)
    if (!isPart) for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const scored: ScoredPhrase[] = [];
  for (const [key, group] of grouped(mentions)) {
    const first = group.mentions[0];
    if (!first) continue;
    let sum = 0;
    const content = first.words.filter(({ tag }) => tag !== 'preposition' && tag !== 'determiner');
    for (const [at, wordKey] of first.keys.entries()) {
      const word = content[at]?.lower ?? wordKey;
      sum += (1 + weights.often * Math.log(counts.get(wordKey) ?? 1)) * rarityOf(word, language);
    }
    const words = first.keys.length;
    const early = 1 + 0.3 * (1 - first.start / Math.max(length, 1));
    const repeated = 1 + 0.3 * Math.log(group.mentions.length);
    const kind = first.isAdjective ? 0.3 : group.whole === 0 ? weights.part : 1;
    scored.push({
      key,
      mentions: group.mentions,
      weight: ((sum * (weights.length[words] ?? 0.3)) / Math.max(words, 1) ** weights.mean) * early * repeated * kind,
    });
  }
  return scored.sort((left, right) => right.weight - left.weight || (left.key < right.key ? -1 : 1));
}
