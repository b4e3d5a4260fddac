/** Goods whose only price is that of several, in words: `Llévate 4 por 6,00 €` and no figure in big print. */
import type { Pair } from './assign.js';
import { around, distance } from './boxes.js';
import { toFigure } from './figures.js';
import type { Goods } from './goods.js';
import { findPromotions } from './promotions.js';
import type { Sense } from './sense.js';
import { isMeasured } from './sizes.js';
import { flatText, type TextAmount } from './spans.js';
import type { Tag } from './tags.js';

/** In heights of the running text. */
const REACH = 8;
const MAX_DOUBT = 17;

interface Bundle {
  readonly goods: Goods;
  readonly tag: Tag;
}

function bundleIn(goods: Goods, sense: Sense): Bundle | null {
  const { vocabulary, retailer } = sense;
  const found = findPromotions(flatText(goods.block), vocabulary, retailer);
  const [promotion] = found;
  if (found.length !== 1 || promotion?.bundlePrice === undefined || goods.sizes.some(isMeasured)) return null;
  const text = goods.amounts.find(({ amount }) => amount === promotion.bundlePrice);
  return text === undefined ? null : { goods, tag: tagOf(text, promotion, sense) };
}

function tagOf(text: TextAmount, bundle: Tag['bundle'], sense: Sense): Tag {
  const figure = toFigure(text.words, [{ amount: text.amount, isWhole: true, likelihood: 0.9 }], sense);
  return {
    figure,
    readings: figure.readings,
    badge: null,
    regular: null,
    unitPrices: [],
    needsLoyalty: false,
    label: null,
    forAll: null,
    loyalty: null,
    bundle,
    box: figure.box,
  };
}

/** The pairs, and those of bundles with goods that have no price and are nearer than any that have; `rest`: other goods. */
export function withBundles(
  pairs: readonly Pair[],
  goods: readonly Goods[],
  sense: Sense,
): { readonly pairs: Pair[]; readonly rest: readonly Goods[] } {
  const paired = new Set(pairs.map((pair) => pair.goods));
  const places = pairs.map((pair) => around([pair.goods.block.box, pair.tag.box]));
  const free = new Set(goods.filter((one) => !paired.has(one) && one.doubt <= MAX_DOUBT));
  const used = new Set<Goods>();
  const added: Pair[] = [];
  for (const one of goods) {
    const bundle = paired.has(one) ? null : bundleIn(one, sense);
    if (bundle === null) continue;
    const away = (other: Goods) => distance(other.block.box, one.block.box);
    const [nearest] = [...free].filter((other) => other !== one).sort((a, b) => away(a) - away(b));
    if (nearest === undefined || away(nearest) > REACH * sense.body) continue;
    if (places.some((place) => distance(place, one.block.box) < away(nearest))) continue;
    added.push({ tag: bundle.tag, goods: nearest, cost: away(nearest) / sense.body, margin: 0 });
    free.delete(nearest);
    free.delete(one);
    used.add(one);
  }
  return { pairs: [...pairs, ...added], rest: goods.filter((one) => !used.has(one)) };
}
