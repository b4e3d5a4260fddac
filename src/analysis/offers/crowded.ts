/** Cuts pages of very many words in parts, so that the time that a page takes grows with its words and no faster. */
import { bottom, right } from './boxes.js';
import type { OfferPage, PageWord } from './page.js';

/** The fullest flyers have some hundreds; the steps compare prices with texts, and texts with one another. */
const MOST_WORDS = 1200;
/** A cut leaves at least this share of the words on each side. */
const LEAST_SHARE = 0.25;

interface Cut {
  readonly sides: readonly [PageWord[], PageWord[]];
  /** Pixels without words; below 0 where no straight cut goes between the words. */
  readonly gap: number;
}

function cutAlong(words: readonly PageWord[], axis: 0 | 1): Cut {
  const sorted = [...words].sort((a, b) => a.box[axis] - b.box[axis]);
  const endOf = axis === 0 ? right : bottom;
  const least = Math.floor(sorted.length * LEAST_SHARE);
  let best = { at: sorted.length >> 1, gap: Number.NEGATIVE_INFINITY };
  let end = Number.NEGATIVE_INFINITY;
  for (const [at, { box }] of sorted.entries()) {
    const gap = box[axis] - end;
    if (at >= least && at <= sorted.length - least && gap > best.gap) best = { at, gap };
    end = Math.max(end, endOf(box));
  }
  return { sides: [sorted.slice(0, best.at), sorted.slice(best.at)], gap: best.gap };
}

function cut(words: readonly PageWord[]): PageWord[][] {
  if (words.length <= MOST_WORDS) return [[...words]];
  const [across, down] = [cutAlong(words, 0), cutAlong(words, 1)];
  return (down.gap >= across.gap ? down : across).sides.flatMap(cut);
}

/** The page itself or, of a crowded one, parts of at most 1,200 words, cut where the widest gaps are. */
export function partsOf(page: OfferPage): OfferPage[] {
  if (page.words.length <= MOST_WORDS) return [page];
  return cut(page.words).map((words) => ({ ...page, words }));
}
