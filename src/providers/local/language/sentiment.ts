/**
 * Sentiment of a sentence by rules: what each word of the lexicon says, changed by what stands around it. The sum is
 * brought to -1..1 as VADER does (Hutto and Gilbert 2014); negation shifts rather than mirrors (Taboada et al. 2011).
 */
import type { Token } from '../../../text/tokens.js';
import { type Clause, readUnits, splitClauses, type Unit } from './clauses.js';
import type { Lexicon } from './lexicon.js';
import { readFigures } from './sentiment-figures.js';
import { clauseOpinions, type Opinion } from './sentiment-rules.js';
import { readWordsOf, type SentenceWord } from './sentiment-words.js';

export interface SentenceSentiment {
  readonly words: readonly SentenceWord[];
  readonly units: readonly Unit[];
  readonly clauses: readonly Clause[];
  readonly opinions: readonly Opinion[];
  /** Sum of the weighted opinions above and below zero. */
  readonly positive: number;
  readonly negative: number;
}

/** Sum at which a score is 0.71. */
const ALPHA = 15;

/** A sum as a score, -1 to 1. */
export function toScore(sum: number): number {
  return sum / Math.sqrt(sum * sum + ALPHA);
}

/** Reads one sentence. `emoji` holds the valences of signs. */
export function readSentence(
  tokens: readonly Token[],
  lexicon: Lexicon,
  emoji: ReadonlyMap<string, number>,
): SentenceSentiment {
  const words = readWordsOf(tokens, lexicon);
  const units = readUnits(words, lexicon);
  const clauses = splitClauses(units, lexicon.language);
  const plain = clauseOpinions({ units, lexicon, ...capitalsOf(words) }, clauses);
  const opinions = withSigns(readFigures(units, clauses, plain, words), units, emoji);
  const exclamations = Math.min(
    3,
    tokens.reduce(
      (count, { kind, text }) => count + (kind === 'punctuation' && text.includes('!') ? text.length : 0),
      0,
    ),
  );
  const factor = (1 + 0.08 * exclamations) * (isQuestion(tokens) ? 0.5 : 1);
  let [positive, negative] = [0, 0];
  for (const { value, weight } of opinions) {
    const weighted = value * weight * factor;
    if (weighted > 0) positive += weighted;
    else negative += weighted;
  }
  return { words, units, clauses, opinions, positive, negative };
}

/** Whether capitals mean anything here. */
function capitalsOf(words: readonly SentenceWord[]): { readonly isShouting: boolean; readonly isTitle: boolean } {
  let [caps, titles, count] = [0, 0, 0];
  for (const { kind, text, isCaps } of words) {
    if (kind !== 'word' || text.length < 2) continue;
    count += 1;
    if (isCaps) caps += 1;
    if (text.charAt(0) !== text.charAt(0).toLowerCase()) titles += 1;
  }
  return { isShouting: caps > count * 0.6, isTitle: titles > count * 0.6 };
}

function isQuestion(tokens: readonly Token[]): boolean {
  for (let at = tokens.length - 1; at >= 0; at--) {
    const token = tokens[at] as Token;
    if (token.kind === 'punctuation' && token.text.includes('?')) return true;
    if (token.kind === 'word' || token.kind === 'number') return false;
  }
  return false;
}

/** Emoji, emoticons and hashtags that say that nothing is meant. */
function withSigns(opinions: Opinion[], units: readonly Unit[], emoji: ReadonlyMap<string, number>): Opinion[] {
  const signs: Opinion[] = [];
  let isIronic = false;
  let run = 0;
  let last = '';
  for (const [at, unit] of units.entries()) {
    if (unit.word.kind === 'hashtag' && IRONY.test(unit.norm)) isIronic = true;
    if (unit.word.kind !== 'emoji' && unit.word.kind !== 'emoticon') continue;
    const sign = unit.norm.replaceAll('\ufe0f', '').replace(/\p{EMod}/gu, '');
    const valence = emoji.get(sign) ?? emoji.get(unit.norm) ?? emoji.get([...sign][0] ?? '') ?? 0;
    run = sign === last ? run + 1 : 0;
    last = sign;
    // The same sign again adds less and less.
    if (valence !== 0 && run < 3)
      signs.push({ unit: at, value: valence / (1 + run), weight: 1, kind: 'sign', start: unit.start, end: unit.end });
    if (SCORN.test(sign)) isIronic = true;
  }
  const all = isIronic
    ? opinions.map((opinion) => (opinion.value > 0 ? { ...opinion, value: -opinion.value * 0.8 } : opinion))
    : opinions;
  return signs.length === 0 ? all : [...all, ...signs];
}

const IRONY = /^#(?:sarcas|iron[ií]a|irony|ironic|modoir|not$|notreally$|yeahright$)/i;
const SCORN = /^(?:🙄|🤡|🙃|😒)$/u;
