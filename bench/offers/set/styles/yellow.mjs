// A British supermarket: yellow shelf tags with Was and Now, the loyalty price in a box of its own.
import { pack } from '../packs.mjs';
import { club, details, offer, price, withSections } from './parts.mjs';

export const locales = ['en-GB'];
export const counts = [9, 12];

export function draw({ random, deals, sections, head, foot }) {
  const [main, ink] = random.pick([
    ['#ee1c2e', '#fff'],
    ['#00539f', '#fff'],
    ['#007a33', '#fff'],
  ]);
  const tile = (deal, index) => {
    const saving = deal.badge ? `<div class="saving">${deal.badge}</div>` : '';
    const was = deal.regular ? `<div class="was">${deal.regular}</div>` : '';
    const now = deal.regular ? `<div class="now">${deal.now || 'Now'}</div>` : '';
    return offer(
      index,
      'class="tile"',
      `<div class="picture">${pack(random, deal, { count: random.pick([1, 1, 2]) })}</div>
<div class="name">${deal.parts.join(' ')}</div>${details([deal.variety, deal.size])}
<div class="tag">${saving}<div class="line">${was || now ? `<div>${was}${now}</div>` : ''}<div>${price(deal, 52)}</div></div>${details([deal.unitPrice, ...deal.extras])}</div>
${club(deal, `background:${main};color:${ink};border-radius:6px`, 30)}`,
    );
  };
  return `<style>.section{grid-column:1/-1;color:${main};font-weight:800;font-size:26px;border-bottom:2px solid ${main}}.grid{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:12px;padding:14px;background:#fff}
.tile{display:flex;flex-direction:column;border-top:3px solid #eee;padding-top:8px}.picture{height:130px}
.name{font-weight:700;font-size:18px;line-height:1.15;margin-top:6px}.small{font-size:12.5px;line-height:1.25}
.tag{background:#ffe500;color:#111;padding:8px 12px;margin-top:auto;font-weight:800}.line{display:flex;justify-content:space-between;align-items:flex-end;gap:8px}
.saving{color:${main === '#ee1c2e' ? main : '#c8102e'};font-size:21px;line-height:1.05}.was{font-size:17px}.now{font-size:22px}</style>
${head(main, ink)}<div class="grid">${withSections(deals.map(tile), sections, 6)}</div>${foot}`;
}
