// A chain that lives on its loyalty card: panels with the price for all and, beside it, the price of members.
import { pack } from '../packs.mjs';
import { details, offer, price, struck } from './parts.mjs';

export const locales = ['es', 'en-GB', 'es', 'pt', 'de'];
export const counts = [8, 10, 12];
export const kinds = ['clubPrice', 'clubPrice', 'clubPrice', 'clubOnly', 'clubPercent', 'none', 'nth', 'wasNow'];

export function draw({ random, deals, head, foot }) {
  const main = random.pick(['#00539f', '#5b2a86', '#007a4d', '#b1005a']);
  const accent = random.pick(['#ffe500', '#fff', '#ffd1e8']);
  const tile = (deal, index) => {
    const member = deal.club
      ? `<div class="member"><div class="label">${deal.club.label}</div><div style="font-size:44px;line-height:1.05">${deal.bigPrice(deal.club.amount, 'club')}</div></div>`
      : deal.badge
        ? `<div class="member"><div class="label" style="font-size:18px;line-height:1.1">${deal.badge}</div></div>`
        : '';
    return offer(
      index,
      'class="tile"',
      `<div class="picture">${pack(random, deal)}</div><div class="body"><div class="name">${deal.parts.join(' ')}</div>${details([deal.variety, deal.size, deal.unitPrice, ...deal.extras])}
<div class="prices"><div class="all">${struck(deal, 'line')}${price(deal, deal.club ? 30 : 44)}</div>${member}</div></div>`,
    );
  };
  return `<style>.grid{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:12px;padding:12px;background:#eef1f4}.tile{background:#fff;display:flex;gap:10px;padding:12px;border-radius:10px}
.picture{flex:0 0 32%;height:150px}.body{flex:1;min-width:0;display:flex;flex-direction:column}.name{font-weight:700;font-size:17px;line-height:1.12}.small{font-size:12.5px;line-height:1.25;color:#333}
.prices{display:flex;gap:10px;align-items:stretch;margin-top:auto;padding-top:6px}.all{align-self:center;font-weight:800}.struck{font-size:14px}
.member{background:${main};color:${accent};border-radius:8px;padding:6px 12px;font-weight:800;text-align:center}.label{font-size:14px}</style>
${head(main, accent)}<div class="grid">${deals.map(tile).join('')}</div>${foot}`;
}
