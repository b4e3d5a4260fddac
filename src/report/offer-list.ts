/** What stands beside the picture of a page: its offers by number, what was left out, and prices in no offer. */
import type { ShownOffer, ShownPage } from './offer-overlay.js';
import { BLACK, COLOURS, GREY, LEFT_OUT } from './overlay-colours.js';
import type { Pen } from './overlay-pen.js';

/** In font sizes: of a column, and of a line in it. */
const COLUMN = 21;
const MARGIN = 0.8;
const LINE = 1.25;
const GAP = 0.55;
const NAME_LINES = 2;

export interface OfferList {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

interface Entry {
  /** Pixels. */
  readonly height: number;
  readonly draw: (x: number, y: number) => string;
}

/** One block of text, with a badge before it where there is a number. */
function entryOf(
  pen: Pen,
  lines: readonly { readonly text: string; readonly colour: string }[],
  badge: { readonly text: string; readonly colour: string } | null,
  badgeWidth: number,
): Entry {
  const indent = badgeWidth + pen.font * 0.5;
  return {
    height: (lines.length * LINE + GAP) * pen.font,
    draw: (x, y) =>
      [
        ...(badge === null ? [] : [pen.badge(badge.text, [x, y], badgeWidth, badge.colour)]),
        ...lines.map(({ text, colour }, row) =>
          pen.text(text, [x + (badge === null ? 0 : indent), y + (row * LINE + 1) * pen.font], { size: 1, colour }),
        ),
      ].join(''),
  };
}

/** Name, prices and promotion. */
function offerEntry(pen: Pen, offer: ShownOffer, badgeWidth: number): Entry {
  const colour = offer.isLeftOut ? LEFT_OUT : COLOURS[offer.tone];
  const limit = COLUMN - MARGIN - badgeWidth / pen.font - 0.5;
  const name = pen.wrap(offer.name, limit, NAME_LINES);
  const doubt = offer.isUnsure ? ['unsure'] : [];
  const facts = [...offer.facts, ...doubt].flatMap((fact) => pen.wrap(fact, limit, 2));
  const lines = [
    ...name.map((text) => ({ text, colour: offer.isLeftOut ? GREY : BLACK })),
    ...facts.map((text) => ({ text, colour })),
  ];
  return entryOf(pen, lines, { text: offer.badge, colour }, badgeWidth);
}

function heading(pen: Pen, text: string): Entry {
  return entryOf(
    pen,
    pen.wrap(text, COLUMN - MARGIN, 2).map((line) => ({ text: line, colour: GREY })),
    null,
    0,
  );
}

function discardEntries(pen: Pen, { discards }: ShownPage): Entry[] {
  const counts = new Map<string, number>();
  for (const { reason } of discards) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const reasons = [...counts].sort((a, b) => b[1] - a[1]).map(([reason, count]) => `${count} ${reason}`);
  if (reasons.length === 0) return [];
  const lines = pen.wrap(reasons.join(', '), COLUMN - MARGIN, 4).map((text) => ({ text, colour: GREY }));
  return [
    heading(
      pen,
      `prices in no offer (${discards.length})${discards.some(({ isUsual }) => isUsual) ? '; usual ones dotted' : ''}:`,
    ),
    entryOf(pen, lines, null, 0),
  ];
}

/** Columns no higher than the page, as many as are needed. */
export function offerList(page: ShownPage, pen: Pen): OfferList {
  const badgeWidth = Math.max(0, ...page.offers.map(({ badge }) => pen.badgeSize(badge)[0]));
  const [written, left] = [page.offers.filter((o) => !o.isLeftOut), page.offers.filter((o) => o.isLeftOut)];
  const entries = [
    ...written.map((offer) => offerEntry(pen, offer, badgeWidth)),
    ...(left.length === 0 ? [] : [heading(pen, `not on the watch list (${left.length}):`)]),
    ...left.map((offer) => offerEntry(pen, offer, badgeWidth)),
    ...discardEntries(pen, page),
  ];
  const margin = MARGIN * pen.font;
  let [column, y] = [0, margin];
  const parts = entries.map(({ height, draw }) => {
    if (y + height > page.height && y > margin) [column, y] = [column + 1, margin];
    const drawn = draw(page.width + margin + column * COLUMN * pen.font, y);
    y += height;
    return drawn;
  });
  const width = entries.length === 0 ? 0 : Math.ceil((column + 1) * COLUMN * pen.font + margin);
  return { svg: parts.join(''), width, height: page.height };
}
