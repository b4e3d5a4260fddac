// A supermarket's grid of white tiles: picture on top, name and size under it, price lower right.
import { pack } from '../packs.mjs';
import { club, offer, price, withSections } from './parts.mjs';

export const locales = ['es', 'es', 'es', 'ca', 'pt'];
export const counts = [9, 12, 12, 16, 8];
export const kinds = ['none', 'percent', 'wasNow', 'saving', 'nth', 'multi', 'clubPrice', 'gift'];

export function draw({ random, deals, sections, head, foot }) {
  const columns = deals.length % 3 === 0 ? 3 : 4;
  const [main, second] = random.pick([
    ['#00843d', '#ffe600'],
    ['#d3001b', '#fff'],
    ['#0050aa', '#ffd400'],
    ['#7a1f6b', '#fff'],
  ]);
  const size = columns === 4 ? 40 : 54;
  const tile = (deal, index) => {
    const side = random.happens(0.5) ? 'left' : 'right';
    return offer(
      index,
      `class="tile"`,
      `<div style="height:${columns === 4 ? 110 : 140}px">${pack(random, deal, { count: random.pick([1, 1, 2]) })}</div>
${deal.badge ? `<div class="badge" style="${side}:6px">${deal.badge}</div>` : ''}
<div class="name">${deal.parts.map((part) => `<span>${part}</span>`).join(' ')}</div>
<div class="small">${[deal.variety, deal.size].filter(Boolean).join('. ')}</div>
<div class="foot"><div class="small">${[deal.unitPrice, ...deal.extras].filter(Boolean).join('<br>')}</div>
<div style="text-align:right">${deal.regular ? `<div class="regular"><span>${deal.regular}</span></div>` : ''}<div class="price">${deal.now ? `<span class="now">${deal.now}</span> ` : ''}${price(deal, size)}</div>${club(deal, `background:${second};color:${second === '#fff' ? main : '#111'}`)}</div></div>`,
    );
  };
  return `<style>.section{grid-column:1/-1;background:${second};color:${second === '#fff' ? main : '#111'};font-weight:800;font-size:22px;padding:6px 14px}.grid{display:grid;grid-template-columns:repeat(${columns},minmax(0,1fr));gap:${random.pick([1, 6, 10])}px;background:#dcdcdc;padding:6px}
.tile{position:relative;background:#fff;padding:12px;display:flex;flex-direction:column}
.badge{position:absolute;top:8px;max-width:150px;background:${main};color:${second};font-weight:800;font-size:19px;padding:6px 10px;border-radius:${random.pick([0, 8, 30])}px;text-align:center;line-height:1.05}
.name{font-weight:700;font-size:${columns === 4 ? 15 : 18}px;line-height:1.12;margin-top:8px}.small{font-size:12.5px;color:#333;line-height:1.25}
.foot{display:flex;justify-content:space-between;align-items:flex-end;margin-top:auto;padding-top:8px;gap:6px}
.price{color:${main};font-weight:800;white-space:nowrap}.now{font-size:14px}.regular{font-size:16px;color:#555}.regular span{text-decoration:line-through}</style>
${head(main, second)}<div class="grid">${withSections(deals.map(tile), sections, columns * 2)}</div>${foot}`;
}
