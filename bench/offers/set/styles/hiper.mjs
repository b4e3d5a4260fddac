// A hypermarket: the big price stands left of the text, round badges with the promotion, ANTES struck above the price.
import { pack } from '../packs.mjs';
import { club, offer, price } from './parts.mjs';

export const locales = ['es', 'es', 'es', 'pt', 'it', 'fr'];
export const counts = [8, 10, 12, 14];
export const kinds = ['none', 'percent', 'wasNow', 'saving', 'nth', 'multi', 'bundle', 'clubPercent', 'clubOnly'];

export function draw({ random, deals, head, foot }) {
  const [main, accent] = random.pick([
    ['#003f8f', '#e4002b'],
    ['#e4002b', '#003f8f'],
    ['#f47b20', '#1d1d1b'],
    ['#b5121b', '#f9b000'],
  ]);
  const row = (deal, index) => {
    const isRound = deal.badgeLength < 12;
    return offer(
      index,
      'class="row"',
      `<div class="left"><div style="height:130px">${pack(random, deal, { loud: random.happens(0.4) })}</div>
${deal.badge ? `<div class="badge ${isRound ? 'round' : ''}">${deal.badge}</div>` : ''}</div>
<div class="right"><div class="two"><div class="price">${deal.regular ? `<div class="regular"><span>${deal.regular}</span></div>` : ''}${deal.now ? `<div class="now">${deal.now}</div>` : ''}${price(deal, 46)}</div>
<div class="text"><b>${deal.parts.join(' ')}</b><br>${[deal.variety, deal.size].filter(Boolean).join(', ')}${deal.unitPrice ? `<br>${deal.unitPrice}` : ''}</div></div>
${deal.extras.map((extra) => `<div class="extra">${extra}</div>`).join('')}${club(deal, `background:${main};color:#fff`)}</div>`,
    );
  };
  return `<style>.grid{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));background:#fff}
.row{display:flex;align-items:center;gap:8px;padding:14px;border-bottom:2px solid ${main}33;border-right:2px solid ${main}33}
.left{flex:0 0 30%;position:relative}.right{flex:1;min-width:0}.two{display:flex;gap:12px;align-items:flex-end}
.badge{position:absolute;left:0;bottom:0;background:${accent};color:#fff;font-weight:800;font-size:17px;padding:5px 9px;max-width:150px;text-align:center;line-height:1.05}
.round{border-radius:50%;width:86px;height:86px;display:flex;align-items:center;justify-content:center;font-size:23px;padding:0}
.price{color:${accent};font-weight:900;max-width:60%}.regular{font-size:15px;color:#444;font-weight:600}.regular span{text-decoration:line-through}.now{font-size:15px}
.text{font-size:14px;line-height:1.25}.text b{font-size:16px}.extra{font-weight:700;font-size:15px;color:${main};margin-top:4px}</style>
${head(main, '#fff')}<div class="grid">${deals.map(row).join('')}</div>${foot}`;
}
