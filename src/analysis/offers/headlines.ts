/** Names set as headlines: a brand or product in much larger type above the sentence that says what it is. */
import { levelText } from '../../text/level.js';
import { type Block, toBlock } from './blocks.js';
import { bottom, centreX, distance, gapX } from './boxes.js';
import type { Figure } from './figures.js';
import { type Goods, isFootnote, toGoods } from './goods.js';
import { joinWords } from './names.js';
import { findPromotions } from './promotions.js';
import { isWord, type Sense, says, saysLoyalty } from './sense.js';
import { flatText } from './spans.js';
import { isForeign, type SharedPrices } from './tiles.js';

/** The type of a headline, in heights of the running text and of the sentence below it. */
const LEAST_HEIGHT = 2.2;
const LEAST_RATIO = 1.8;
const MOST_WORDS = 3;
const MOST_LINES = 2;
/** Of names above their sizes. */
const LEAST_TITLE = 1.4;
const TITLE_RATIO = 1.3;
/** From its foot to the sentence, in its heights. */
const REACH = 1;
/** The price of what has a headline is set bigger than the others of the page. */
const BIG_PRICE = 1.2;
/** From the sentence to the price, in heights of the price. */
const PRICE_REACH = 1.5;
const LEAST_SENTENCE = 4;
/** What of the sentence says the kind of goods. */
const MOST_KIND = 6;
/** There is little doubt about what is announced like this. */
const DOUBT = 4;

const ARTICLE = /^(?:el|la|los|las|un|una|the|an?|der|die|das|eine?|les?|une?|il|lo|gli|o|os|as|uma?|els)$/u;

const heightOf = (block: Block): number => block.lines[0]?.box[3] ?? 0;

/** Few words in big type that say nothing but a name. */
function isHeadline({ block, validity, name }: Goods, sense: Sense): boolean {
  const words = block.lines.flatMap((line) => line.words);
  if (block.lines.length > MOST_LINES || words.length > MOST_WORDS || heightOf(block) < LEAST_HEIGHT * sense.body)
    return false;
  if (name === null || validity !== null || /[\d%!?¡¿:]/u.test(block.text) || !/^\p{Lu}\p{L}{2}/u.test(block.text))
    return false;
  const flat = flatText(block);
  if (saysLoyalty(flat, sense) || says(flat, 'stickers', sense) || says(flat, 'saving', sense)) return false;
  return findPromotions(flat, sense.vocabulary, sense.retailer).length === 0;
}

/** The sentence right below a headline. */
function sentenceBelow(headline: Goods, goods: readonly Goods[], sense: Sense): Goods | null {
  const { box } = headline.block;
  const below = goods.filter(({ block }) => {
    const gap = block.box[1] - bottom(box);
    return (
      block !== headline.block &&
      gapX(block.box, box) < 0 &&
      gap > -0.3 * box[3] &&
      gap < REACH * heightOf(headline.block)
    );
  });
  const [nearest] = below.sort((a, b) => a.block.box[1] - b.block.box[1]);
  if (nearest === undefined || nearest.name === null || nearest.validity !== null || isFootnote(nearest, sense))
    return null;
  const words = nearest.block.lines.flatMap((line) => line.words);
  const isSmaller = heightOf(nearest.block) * LEAST_RATIO <= heightOf(headline.block);
  return isSmaller && words.length >= LEAST_SENTENCE ? nearest : null;
}

/** `El yogur cremoso con fruta entera y leche ...` is a `yogur cremoso con fruta entera`. */
function kindIn(sentence: Block, sense: Sense): string {
  const words = sentence.lines.flatMap((run, line) => run.words.map(({ text }) => ({ text, line })));
  const from = ARTICLE.test(levelText(words[0]?.text ?? '')) ? 1 : 0;
  const end = words.findIndex(({ text }, at) => at >= from && /[.,;:!?]$/u.test(text));
  const kind = words.slice(from, Math.min(from + MOST_KIND, end < 0 ? words.length : end + 1));
  const isCut = (text: string) => isWord(text, 'alternatives', sense) || /^\p{Ll}{1,3}$/u.test(text);
  while (kind.length > 1 && isCut(kind.at(-1)?.text ?? '')) kind.pop();
  return joinWords(kind);
}

function joined(headline: Goods, sentence: Goods, sense: Sense): Goods {
  const block = toBlock([...headline.block.lines, ...sentence.block.lines]);
  const goods = toGoods(block, sense);
  const title = headline.block.text.replace(/\n/gu, ' ');
  const kind = kindIn(sentence.block, sense);
  const isNamed = levelText(kind).includes(levelText(title));
  return {
    ...goods,
    name: { product: isNamed ? kind : `${title} ${kind}`, brand: null },
    doubt: Math.min(sentence.doubt, DOUBT),
  };
}

/** The sizes and unit prices right below a name in bigger type, in a block that names nothing. */
function sizesBelow(title: Goods, goods: readonly Goods[]): Goods | null {
  const { box } = title.block;
  const below = goods.find(({ block, name, sizes, unitPrices, validity }) => {
    const gap = block.box[1] - bottom(box);
    if (name !== null || validity !== null || sizes.length + unitPrices.length === 0) return false;
    if (gapX(block.box, box) >= 0 || gap < -0.3 * box[3] || gap > REACH * box[3]) return false;
    return Math.abs(block.box[0] - box[0]) < box[3] || Math.abs(centreX(block.box) - centreX(box)) < box[3] * 0.7;
  });
  return below ?? null;
}

/** Names in big type with what stands below them in small: all goods otherwise as they are. */
export function withTitles(goods: readonly Goods[], sense: Sense): Goods[] {
  const result = [...goods];
  for (const title of goods) {
    const isTitle = title.name !== null && title.sizes.length === 0 && title.validity === null;
    if (!isTitle || heightOf(title.block) < LEAST_TITLE * sense.body || title.amounts.length > 0) continue;
    const sized = sizesBelow(title, result);
    if (sized === null || heightOf(sized.block) * TITLE_RATIO > heightOf(title.block)) continue;
    const block = toBlock([...title.block.lines, ...sized.block.lines]);
    result.splice(result.indexOf(title), 1);
    result[result.indexOf(sized)] = { ...toGoods(block, sense), name: title.name, doubt: Math.min(title.doubt, DOUBT) };
  }
  return result;
}

/**
 * Headlines and the sentences below them as one, where the biggest price of the page, or the only one of its tile, stands
 * beside them; all other goods as they are.
 */
export function withHeadlines(
  goods: readonly Goods[],
  { figures, shared }: { readonly figures: readonly Figure[]; readonly shared: SharedPrices },
  sense: Sense,
): Goods[] {
  const heights = figures.map(({ box }) => box[3]).sort((a, b) => a - b);
  const median = heights[heights.length >> 1] ?? 0;
  const big = figures.filter(({ box }) => figures.length < 3 || box[3] > median * BIG_PRICE);
  const result = [...goods];
  for (const headline of goods.filter((one) => isHeadline(one, sense))) {
    const sentence = sentenceBelow(headline, result, sense);
    const isPriced = ({ box }: Figure) =>
      sentence !== null &&
      distance(box, sentence.block.box) < PRICE_REACH * box[3] &&
      !isForeign(headline.block.box, box, shared);
    if (sentence === null || !big.some(isPriced)) continue;
    result.splice(result.indexOf(headline), 1);
    result[result.indexOf(sentence)] = joined(headline, sentence, sense);
  }
  return result;
}
