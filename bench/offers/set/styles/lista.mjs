// A dense price list: two columns of sections, one offer a line, dotted leaders between name and price.
import { club, offer, price, struck, withSections } from './parts.mjs';

export const locales = ['es', 'es', 'en-US', 'ca', 'pt'];
export const counts = [20, 26, 32];
export const kinds = ['none', 'none', 'none', 'percent', 'wasNow', 'nth', 'multi', 'clubPrice'];
export const tag = () => 'plain';
export const isBrief = false;

export function draw({ random, deals, sections, head, foot }) {
  const [main, ink] = random.pick([
    ['#1d1d1b', '#ffd400'],
    ['#005b3a', '#fff'],
    ['#7d0022', '#fff'],
  ]);
  const withBadge = random.pick(['before', 'under']);
  const row = (deal, index) => {
    const badge = deal.badge ? `<span class="badge">${deal.badge}</span>` : '';
    const text = `<span><b>${deal.parts.join(' ')}</b>, ${deal.size}</span>`;
    return offer(
      index,
      'class="row"',
      `<div class="line">${withBadge === 'before' ? badge : ''}${text}<span class="dots"></span>${struck(deal, 'line')}<span class="price">${price(deal, 21)}</span></div>
${(withBadge === 'under' && badge) || deal.unitPrice ? `<div class="under">${withBadge === 'under' ? badge : ''} ${deal.unitPrice}</div>` : ''}${club(deal, `color:${main === '#1d1d1b' ? '#b00020' : main};padding:0;margin:0`, 18)}`,
    );
  };
  return `<style>.section{background:${main};color:${ink};font-weight:800;font-size:18px;padding:4px 10px;margin:8px 0 2px}.columns{column-count:2;column-gap:34px;padding:18px 24px;background:#fffdf6}.row{break-inside:avoid;padding:6px 0;font-size:15px}
.line{display:flex;align-items:baseline;gap:6px}.dots{flex:1;min-width:20px;border-bottom:2px dotted #777}.price{font-weight:800;white-space:nowrap}.struck{font-size:14px;color:#555;white-space:nowrap}
.badge{background:${main};color:${ink};font-size:12px;font-weight:700;padding:2px 6px;white-space:nowrap}.under{font-size:12px;color:#333}</style>
${head(main, ink)}<div class="columns">${withSections(deals.map(row), sections, 8)}</div>${foot}`;
}
