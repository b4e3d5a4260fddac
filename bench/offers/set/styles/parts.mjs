// What the styles share: the element of an offer, its price, the price with the card.

/** The element of the offer `index`; its box is the box of the offer. */
export const offer = (index, attributes, content) =>
  `<div data-box="offer" data-index="${index}" ${attributes}>${content}</div>`;

/** The big price: a bundle (`2/$5`) where that is all there is. */
export const price = (deal, size) =>
  deal.main === null
    ? `<span style="font-size:${size}px;line-height:1">${deal.bigPrice()}</span>`
    : `<span style="font-size:${Math.round(size * 0.62)}px;line-height:1.05">${deal.main}</span>`;

/** The price with the card, where there is one beside the price for all. */
export const club = (deal, style, size = 24) =>
  deal.club
    ? `<div style="display:inline-block;padding:3px 10px;margin-top:5px;font-weight:800;${style}"><span style="font-size:13px">${deal.club.label}</span> <span style="font-size:${size}px">${deal.bigPrice(deal.club.amount, 'club')}</span></div>`
    : '';

/** Lines of small text; empty ones are left out. */
export const details = (lines, size = null) =>
  `<div class="small"${size ? ` style="font-size:${size}px"` : ''}>${lines.filter(Boolean).join('<br>')}</div>`;

const lines = {
  line: 'text-decoration:line-through',
  cross: 'background:linear-gradient(to top right,transparent 46%,currentColor 47%,currentColor 53%,transparent 54%)',
};

/** The regular price, struck through straight (`line`) or aslant (`cross`). */
export const struck = (deal, way) =>
  deal.regular ? `<div class="struck"><span style="${lines[way]}">${deal.regular}</span></div>` : '';

/** Offers with a headline before every `every` of them, while there are `sections`. */
export const withSections = (offers, sections, every) =>
  offers
    .map((markup, at) => {
      const section = at % every === 0 ? sections[at / every] : undefined;
      return section === undefined ? markup : `<div class="section">${section.replace('&', '&amp;')}</div>${markup}`;
    })
    .join('');
