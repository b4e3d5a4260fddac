/** The name of the goods in a block: its first words, as far as they look or read like a name. */
import { levelText } from '../../text/level.js';
import type { Block } from './blocks.js';
import type { PageWord } from './page.js';
import { findPromotions } from './promotions.js';
import { colourDifference } from './runs.js';
import { isWord, type Sense, saysLoyalty } from './sense.js';
import { findSizes } from './sizes.js';
import { flatText } from './spans.js';
import { tidyName } from './tidy-name.js';
import { findUnitPrices } from './unit-prices.js';
import { findValidity } from './validity.js';
import { findWords } from './vocabulary.js';

export interface Name {
  readonly product: string;
  readonly brand: string | null;
}

const MAX_LINES = 5;
const MAX_WORDS = 14;
/** Strokes this much wider than the others are bold. */
const BOLD_RATIO = 1.25;
const OTHER_INK = 110;
/** Letters of a label that says for whom a price is, at most. */
const LABEL = 20;

interface Token {
  readonly text: string;
  readonly line: number;
  readonly word: PageWord;
}

const tokensOf = (block: Block): Token[] =>
  block.lines.flatMap((run, line) => run.words.map((word) => ({ text: word.text, line, word })));

/** Width of the strokes in pixels; words of figures and signs tell nothing. */
function strokeOf({ text, word }: Token): number | null {
  if (word.look === undefined || (text.match(/\p{L}/gu)?.length ?? 0) < 2) return null;
  return word.look.weight * word.look.glyphHeight;
}

/**
 * Parts the strokes in light and bold where there are two kinds, so that each kind differs least in itself (Otsu
 * 1979); the least stroke of the bold ones, else null.
 */
function boldFrom(strokes: readonly number[]): number | null {
  const sorted = [...strokes].sort((a, b) => a - b);
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
  let best: { from: number; between: number } | null = null;
  for (let i = 1; i < sorted.length; i++) {
    const [light, bold] = [sorted.slice(0, i), sorted.slice(i)];
    const [low, high] = [mean(light), mean(bold)];
    const between = light.length * bold.length * (high - low) ** 2;
    if (high < low * BOLD_RATIO || (best !== null && between <= best.between)) continue;
    best = { from: ((sorted[i - 1] ?? 0) + (sorted[i] ?? 0)) / 2, between };
  }
  return best?.from ?? null;
}

/** Tells words set as names from those set as descriptions, null where a block has one style or no looks. */
function nameStyle(tokens: readonly Token[]): ((token: Token) => boolean | null) | null {
  const first = tokens[0];
  // Of single letters the picture shows too little.
  const last = tokens.findLast(({ text }) => letters(text) > 1);
  if (first?.word.look === undefined || last?.word.look === undefined) return null;
  const [ink, lastInk] = [first.word.look.ink, last.word.look.ink];
  if (colourDifference(ink, lastInk) > OTHER_INK) {
    return ({ word }) =>
      word.look === undefined ? null : colourDifference(word.look.ink, ink) < colourDifference(word.look.ink, lastInk);
  }
  const from = boldFrom(tokens.map(strokeOf).filter((stroke) => stroke !== null));
  if (from === null) return null;
  return (token) => {
    const stroke = strokeOf(token);
    return stroke === null ? null : stroke >= from;
  };
}

const isJoiner = (token: Token, sense: Sense): boolean => isWord(token.text, 'alternatives', sense);
const isCapitals = (text: string): boolean => /\p{Lu}{2}/u.test(text) && text === text.toUpperCase();

/** The style of each word; words of figures and signs are set as what follows on their line, else as what is before. */
function stylesOf(tokens: readonly Token[], isName: (token: Token) => boolean | null): boolean[] {
  const own = tokens.map(isName);
  return tokens.map((token, i) => {
    for (let next = i; tokens[next]?.line === token.line; next++) if (own[next] != null) return own[next] === true;
    for (let last = i; last >= 0; last--) if (own[last] != null) return own[last] === true;
    return true;
  });
}

/** Leading words in the name's style, and those after an "or" that are so again. */
function byStyle(tokens: readonly Token[], isName: (token: Token) => boolean | null, sense: Sense): Token[] {
  const styles = stylesOf(tokens, isName);
  // What stands before the first name word on its line, or is a brand in capitals above it, belongs to it.
  const first = styles.indexOf(true);
  const isLead = (token: Token, i: number) =>
    i < first && (tokens[first]?.line === token.line || (token.line === 0 && isCapitals(token.text)));
  const name: Token[] = [];
  let joiner: Token | null = null;
  let isInName = true;
  for (const [i, token] of tokens.entries()) {
    const here = styles[i] === true || isLead(token, i);
    const joins = isJoiner(token, sense);
    if (joins && !(here && isInName)) {
      joiner = token;
      isInName = false;
      continue;
    }
    if (here && !isInName) {
      if (joiner === null) break;
      name.push(joiner);
    }
    if (here) {
      name.push(token);
      joiner = null;
    }
    isInName = here;
  }
  return name;
}

/** Where the words stop to be a name: a size, a price, a bracket, a phrase that begins a description. */
function stopOf(text: string, sense: Sense): number {
  const { vocabulary } = sense;
  const descriptions = findWords(text, vocabulary.markers.descriptions);
  // A name may begin with a figure: 5 Minuten Terrine.
  const sizes = findSizes(text, vocabulary).filter(({ start, end }) => start > 0 || end > text.length * 0.6);
  const stops = [
    descriptions.find(({ start, end }) => !isWord(text.slice(start, end), 'alternatives', sense))?.start,
    findWords(text, vocabulary.markers.regularPrice)[0]?.start,
    sizes[0]?.start,
    findUnitPrices(text, vocabulary)[0]?.start,
    /\(|\d+[.,]\d{2}\b/u.exec(text)?.index,
  ];
  const found = stops.filter((stop): stop is number => stop !== undefined);
  return Math.min(text.length, ...found);
}

function byText(tokens: readonly Token[], block: Block, sense: Sense): Token[] {
  const stop = stopOf(flatText(block), sense);
  const name: Token[] = [];
  const words = tokensOf(block).map(({ word }) => word);
  const skipped = words.slice(0, Math.max(0, words.indexOf(tokens[0]?.word as PageWord)));
  let at = skipped.reduce((sum, { text }) => sum + text.length + 1, 0);
  for (const [i, token] of tokens.entries()) {
    if (at >= stop || token.line >= MAX_LINES || name.length >= MAX_WORDS) break;
    const startsLine = i > 0 && tokens[i - 1]?.line !== token.line;
    const isLow = /^\p{Ll}/u.test(token.text) && !isJoiner(token, sense);
    const goesOn = /-$/u.test(tokens[i - 1]?.text ?? '') || isJoiner(tokens[i - 1] ?? token, sense);
    if (startsLine && sense.language === 'de' && isLow && !goesOn) break;
    name.push(token);
    at += token.text.length + 1;
  }
  return withoutContainer(name);
}

/** Without `botella de`, `piece of` on a line of its own, of which the size is cut off. */
function withoutContainer(name: readonly Token[]): Token[] {
  const last = name.at(-1);
  if (last === undefined || last.line === 0 || !/^(?:de|of|da|di|do|à|zu)$/u.test(last.text)) return [...name];
  const own = name.filter(({ line }) => line === last.line);
  return own.length <= 2 ? name.filter(({ line }) => line !== last.line) : [...name];
}

/** Words as they are read: line-end hyphens undone, signs of footnotes gone. */
export function joinWords(words: readonly { readonly text: string; readonly line: number }[]): string {
  let text = '';
  let line = 0;
  for (const word of words) {
    const clean = word.text.replace(/(?<=\p{L}|\d)[*°¹²³⁴'’`´]+$/u, '');
    const isBroken = word.line !== line && /\p{L}-$/u.test(text);
    if (isBroken && !/^(?:und|oder|u|o|y|e|or|and)$/iu.test(clean)) {
      text = /^\p{Ll}/u.test(clean) ? text.slice(0, -1) + clean : text + clean;
    } else text += text === '' ? clean : ` ${clean}`;
    line = word.line;
  }
  return text
    .replace(/\s+([,.;:])/gu, '$1')
    .replace(/^[^\p{L}\d]+|[\s,;:.*–-]+$/gu, '')
    .trim();
}

/** Capitals at the start, where other words follow them. */
function brandOf(name: readonly Token[]): string | null {
  let count = 0;
  while (count < name.length && isCapitals(name[count]?.text ?? '')) count++;
  if (count === 0 || count === name.length) return null;
  return joinWords(name.slice(0, count));
}

/** The name in a block, null where it has none. */
export function nameOf(block: Block, sense: Sense): Name | null {
  const all = tokensOf(block);
  const tokens = withoutDates(withoutLeadingUnit(all, sense), block, sense);
  const style = nameStyle(tokens);
  let name = style === null ? [] : byStyle(tokens, style, sense);
  const plain = byText(tokens, block, sense);
  // What begins with a size or a price says more of goods that are named elsewhere.
  if (plain.length === 0) return null;
  // Where the style takes most of a long block it is none.
  if (name.length === 0 || (name.length > 8 && name.length > tokens.length * 0.7)) name = plain;
  while (name.length > 0 && isJoiner(name.at(-1) as Token, sense)) name.pop();
  const product = isMoreThanLabel(name, all, block, sense) ? tidyName(joinWords(name), sense) : null;
  return product === null ? null : { product, brand: brandOf(name) };
}

const letters = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0;

/** `per lb` that stands beside the price and before the name. */
function withoutLeadingUnit(name: readonly Token[], { vocabulary }: Sense): readonly Token[] {
  const [first, second] = name.map(({ text }) => levelText(text).replace(/\.$/u, ''));
  // `3 for` beside the price of three
  const leads = name.filter(({ line }) => line === name[0]?.line).length;
  if (leads === 2 && name.length > 2 && /^\d$/u.test(first ?? '') && /^\p{L}{1,4}$/u.test(second ?? '')) {
    return name.slice(2);
  }
  const isKnown = (unit: string) => vocabulary.units.has(unit) || vocabulary.units.has(unit.replace(/^i/u, 'l'));
  const isUnit = first !== undefined && second !== undefined && first.length <= 4 && isKnown(second);
  return isUnit && /^(?:per|pro|je|por|par|al|el|le|la|il|o|a)$/u.test(first) ? name.slice(2) : name;
}

/** The words before the first date of a block: `Solo lunes 2 y martes 3 de mayo` is set as boldly as the name. */
function withoutDates(tokens: readonly Token[], block: Block, sense: Sense): readonly Token[] {
  const flat = flatText(block);
  if (!/\d/u.test(flat)) return tokens;
  const [first] = findValidity(flat, sense.vocabulary, sense.date);
  if (first === undefined || first.start === 0) return tokens;
  const line = flat.length === block.text.length ? block.text.slice(0, first.start).split('\n').length - 1 : 0;
  return line === 0 ? tokens : tokens.filter((token) => token.line < line);
}

/** Whether a name is more than words of promotions in its block and what says that a price is for holders of a card. */
function isMoreThanLabel(name: readonly Token[], tokens: readonly Token[], block: Block, sense: Sense): boolean {
  const promotions = findPromotions(flatText(block), sense.vocabulary, sense.retailer);
  const taken = new Set<Token>();
  let start = 0;
  for (const token of tokens) {
    const end = start + token.text.length;
    if (promotions.some((one) => one.start < end && start < one.end)) taken.add(token);
    start = end + 1;
  }
  const isUnit = ({ text }: Token) => sense.vocabulary.units.has(levelText(text).replace(/[^a-z]/gu, ''));
  const text = joinWords(name.filter((token) => !taken.has(token) && !isUnit(token)));
  // `Comprando 2`, `Promoção 1`
  if (name.length === 2 && /^\d$/u.test(name[1]?.text.replace(/\W$/u, '') ?? '')) return false;
  return letters(text) >= 3 && !(saysLoyalty(text, sense) && letters(text) < LABEL);
}
