/** Promotions in a text: the phrases are data (data/offers), here is what their figures mean. */
import { levelText } from '../../text/level.js';
import { matchesOf } from '../../text/matches.js';
import type { RetailerSettings } from '../../text/offer-words.js';
import { findPhrases, type Gaps, gapsOf, wordPattern } from '../../text/phrases.js';
import { findAmounts } from './money.js';
import { parseNumber } from './numbers.js';
import type { Promotion } from './page.js';
import { remembered } from './remembered.js';
import { findSizes, isMeasured } from './sizes.js';
import { overlapWith, withoutOverlaps } from './stretches.js';
import type { OfferVocabulary, PromotionPattern } from './vocabulary.js';

type Figures = Omit<Promotion, 'text' | 'start' | 'end'>;

/** More are taken at once nowhere: `16x9` and `20x15` are measures. */
const MOST_TAKEN = 12;

/** So many at once for less each, in units of the currency, are a measure too: `24x0,33`. */
const LEAST_PRICE = 0.05;

/** A condition belongs to the promotion that it stands this near to. */
const NEAR = 12;

/**
 * The promotions of a text, in its order. Where phrases overlap, the longest counts. Sizes such as `6x1L` and shares of
 * contents such as `100 % zumo` are none.
 */
export function findPromotions(text: string, vocabulary: OfferVocabulary, retailer: RetailerSettings): Promotion[] {
  return known(text, vocabulary, retailer);
}

const known = remembered((text: string, vocabulary: OfferVocabulary, retailer: RetailerSettings): Promotion[] => {
  const level = levelText(text);
  const isUpper = text === text.toUpperCase();
  const isSize = overlapWith(findSizes(text, vocabulary).filter(isMeasured));
  const found: Promotion[] = [];
  const multiBuys = new Map<number, number>();
  for (const { phrase, match } of findPhrases(level, vocabulary.promotions)) {
    const start = match.index + match[0].search(/[^\s.,:*]/);
    const end = match.index + match[0].trimEnd().length;
    const figures = readFigures(phrase, gapsOf(match), retailer);
    if (figures === null || isRange(level, start, figures)) continue;
    if (figures.take !== undefined && isSize({ start, end })) continue;
    // the price of `2 x 0,33 l` would be a part of the size, that of `330 ml 2 x 0,99` is none
    if (figures.bundleCount !== undefined && (isSize({ start: end - 1, end }) || isRating(text, start, isUpper)))
      continue;
    // `3x2` is said in every language: the first has it
    if (figures.kind === 'multi-buy' && multiBuys.get(start) === end) continue;
    if (figures.kind === 'multi-buy') multiBuys.set(start, end);
    found.push({ ...figures, text: text.slice(start, end), start, end });
  }
  for (const match of matchesOf(level, loyaltyPattern(retailer))) {
    const [start, end] = [match.index, match.index + match[0].length];
    found.push({ kind: 'loyalty', needsLoyalty: true, text: text.slice(start, end), start, end });
  }
  // `4,79 € sconto 30%`: the word belongs to the percentage, not to the price before it
  const isPercentage = overlapWith(found.filter(({ percent }) => percent !== undefined));
  const whole = found.filter((promotion) => promotion.kind !== 'amount-off' || !isPercentage(promotion));
  return joinConditions(withoutOverlaps(withoutPrices(whole)), text);
});

/** `2A 79,99 €`, `5 A 9,99 €`: amperes, and the `a` of no bundle. */
function isRating(text: string, start: number, isUpper: boolean): boolean {
  return (isUpper ? /^\d+A\s/ : /^\d+(?:a\s|\s?A(?!\p{L}))/u).test(text.slice(start, start + 6));
}

/** `1,50 € descuento 0,30 €`: of two amounts that share the word the smaller is off. */
function withoutPrices(found: readonly Promotion[]): readonly Promotion[] {
  const off = found.filter(({ amount }) => amount !== undefined).sort((a, b) => a.start - b.start);
  const prices = new Set<Promotion>();
  for (const [i, promotion] of off.entries()) {
    const next = off.slice(i + 1, i + 1 + NEIGHBOURS).find((other) => other.amount !== promotion.amount);
    if (next === undefined || next.start >= promotion.end) continue;
    prices.add((next.amount ?? 0) < (promotion.amount ?? 0) ? promotion : next);
  }
  return prices.size === 0 ? found : found.filter((promotion) => !prices.has(promotion));
}

/** As many phrases find the same amount. */
const NEIGHBOURS = 8;

const loyaltyPatterns = new WeakMap<RetailerSettings, RegExp>();

function loyaltyPattern(retailer: RetailerSettings): RegExp {
  const pattern = loyaltyPatterns.get(retailer) ?? wordPattern(retailer.loyaltyWords);
  loyaltyPatterns.set(retailer, pattern);
  return pattern;
}

function readFigures({ says, numbers }: PromotionPattern, gaps: Gaps, retailer: RetailerSettings): Figures | null {
  const condition = says.loyalty === true ? { needsLoyalty: true } : {};
  const inPrice = says.isInPrice === true ? { isInPrice: true } : {};
  const count = (name: string): number | undefined => readCount(gaps[name], numbers);
  const percent =
    gaps.percent === undefined ? says.percent : (parseNumber(gaps.percent.replace(/\s?[^\d.,]+$/, '')) ?? 0);
  if (percent !== undefined && !(percent > 0 && percent < 100)) return null;
  switch (says.kind) {
    case 'multi-buy':
    case 'bogo':
      return says.share === undefined && percent === undefined
        ? readTaken(says.kind, count, says, readPrice(gaps.price))
        : readNth('bogo', says.nth ?? 2, percent, undefined, says, retailer);
    case 'nth-unit':
      return readNth(
        'nth-unit',
        count('nth') ?? count('take') ?? says.nth,
        percent,
        readPrice(gaps.price),
        says,
        retailer,
      );
    case 'bundle-price': {
      const [bundleCount, bundlePrice] = [count('n'), readPrice(gaps.price)];
      if (bundleCount === undefined || bundleCount < 2 || bundlePrice === undefined) return null;
      if (bundleCount > MOST_TAKEN && bundlePrice < bundleCount * LEAST_PRICE) return null;
      return { kind: 'bundle-price', bundleCount, bundlePrice };
    }
    case 'percent-off': {
      const take = count('take');
      const taken = take !== undefined && take > 1 ? { take } : {};
      return percent === undefined ? null : { kind: 'percent-off', percent, ...taken, ...condition, ...inPrice };
    }
    case 'amount-off': {
      const [amount, take] = [readPrice(gaps.price), count('take')];
      if (amount === undefined || (take !== undefined && !(take >= 1 && take <= MOST_TAKEN))) return null;
      const taken = take !== undefined && take > 1 ? { take } : {};
      return { kind: 'amount-off', amount, ...taken, ...condition, ...inPrice };
    }
    case 'loyalty':
      return { kind: 'loyalty', ...condition };
    default:
      return { kind: 'free-gift', ...condition };
  }
}

function readTaken(
  kind: 'multi-buy' | 'bogo',
  count: (name: string) => number | undefined,
  says: PromotionPattern['says'],
  eachPrice: number | undefined,
): Figures | null {
  const [paid, free] = [count('paid'), count('free')];
  if (paid !== undefined && free !== undefined) {
    if (paid < 1 || free < 1 || paid + free > MOST_TAKEN) return null;
    return { kind: paid === 1 && free === 1 ? 'bogo' : 'multi-buy', take: paid + free, pay: paid };
  }
  const [take, pay] = [count('take') ?? says.take, count('pay') ?? says.pay];
  if (eachPrice !== undefined) return take !== undefined && take > 1 ? { kind, take, eachPrice } : null;
  if (says.isInPrice === true) return take !== undefined && take > 1 ? { kind, take, isInPrice: true } : null;
  if (take === undefined || pay === undefined || pay < 1 || take <= pay || take > MOST_TAKEN) return null;
  return { kind, take, pay };
}

function readNth(
  kind: 'nth-unit' | 'bogo',
  nth: number | undefined,
  percent: number | undefined,
  nthPrice: number | undefined,
  says: PromotionPattern['says'],
  retailer: RetailerSettings,
): Figures | null {
  if (nth === undefined || nth < 2 || nth > MOST_TAKEN) return null;
  if (nthPrice !== undefined) return { kind, nth, nthPrice };
  if (percent === undefined) return says.share === undefined ? null : { kind, nth, nthShare: says.share };
  const means = says.percentMeans === 'retailer' ? retailer.nthUnitPercentMeans : (says.percentMeans ?? 'discount');
  // in hundredths of a per cent, so that the share has no digits that nobody printed
  const off = Math.round(percent * 100);
  const nthShare = (means === 'pay' ? off : 10_000 - off) / 10_000;
  // half is half either way
  return says.percentMeans === 'retailer' && percent !== 50
    ? { kind, nth, nthShare, isAmbiguous: true }
    : { kind, nth, nthShare };
}

function readCount(printed: string | undefined, numbers: ReadonlyMap<string, number>): number | undefined {
  if (printed === undefined) return undefined;
  const digits = /^\d+/.exec(printed)?.[0];
  return digits === undefined ? numbers.get(printed.replace(/\s+/g, ' ')) : Number(digits);
}

function readPrice(printed: string | undefined): number | undefined {
  return printed === undefined ? undefined : findAmounts(printed)[0]?.amount;
}

/**
 * `20 - 30 %` and `3,99 - 4,99 €` are ranges, with nothing off, and in `Aceite - 4 €` the dash stands before a price;
 * `4,99 € -0,50 €` is a price and what is off.
 */
function isRange(level: string, start: number, figures: Figures): boolean {
  if (level[start] !== '-') return false;
  const before = level.slice(Math.max(0, start - 3), start);
  // `-,99` has no units
  if (/[.,]/.test(level[start + 1] ?? '')) return true;
  const isSpaced = /^-\s/.test(level.slice(start, start + 2));
  if (figures.kind === 'amount-off') return /[\d€$£]$/.test(before) || (isSpaced && /\S\s*$/.test(before));
  return figures.kind === 'percent-off' && isSpaced && /\d\s*$/.test(before);
}

/** For whom a price is; money that comes back as a voucher has a price of its own. */
function isLabel({ kind, needsLoyalty }: Promotion): boolean {
  return kind === 'loyalty' && needsLoyalty === true;
}

/** `-30 % ... con tu tarjeta`: a condition beside a promotion is no promotion of its own. */
function joinConditions(found: readonly Promotion[], text: string): Promotion[] {
  const joined: Promotion[] = [];
  for (const promotion of found) {
    const last = joined.at(-1);
    const isJoined = last !== undefined && promotion.start - last.end <= NEAR && isLabel(last) !== isLabel(promotion);
    // money between them means that each has a price of its own
    if (!isJoined || findAmounts(text.slice(last.end, promotion.start)).length > 0) {
      joined.push(promotion);
      continue;
    }
    const main = isLabel(last) ? promotion : last;
    joined[joined.length - 1] = {
      ...main,
      needsLoyalty: true,
      text: text.slice(last.start, promotion.end),
      start: last.start,
      end: promotion.end,
    };
  }
  return joined;
}
