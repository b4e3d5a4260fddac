// A magazine: offers of several sizes on a soft ground, text centred under the picture, badges that overlap it.
import { pack } from '../packs.mjs';
import { club, details, offer, price, struck } from './parts.mjs';

export const locales = ['es', 'es', 'en-GB', 'ca', 'fr', 'it', 'de'];
export const counts = [5, 10, 10];

export function draw({ random, deals, title, shop, when, foot }) {
  const [ground, ink, accent] = random.pick([
    ['linear-gradient(#fdf3e3,#f8d9b0)', '#4b2e12', '#c4391d'],
    ['linear-gradient(160deg,#eaf6ef,#bfe3cd)', '#123a24', '#00704a'],
    ['linear-gradient(#f3ecf8,#dcc7ec)', '#2d1546', '#8a1c7c'],
    ['linear-gradient(#e9f4fc,#b9dcf4)', '#0c2f52', '#d8002a'],
  ]);
  const tile = (deal, index) => {
    const isBig = index % 5 === 0;
    const side = random.pick(['left', 'right']);
    const badge = deal.badge
      ? `<div class="badge" style="${side}:8%;transform:rotate(${random.pick([0, -6, 6])}deg);width:${isBig ? 116 : 92}px;height:${isBig ? 116 : 92}px;font-size:${deal.badgeLength > 14 ? 14 : isBig ? 24 : 19}px">${deal.badge}</div>`
      : '';
    return offer(
      index,
      `class="tile" style="${isBig ? 'grid-column:span 2;grid-row:span 2' : ''}"`,
      `<div style="position:relative;height:${isBig ? 300 : 140}px">${pack(random, deal, { loud: isBig, count: isBig ? 3 : random.pick([1, 2]) })}${badge}</div>
<div class="name" style="font-size:${isBig ? 25 : 17}px">${deal.parts.join(' ')}</div>${details([[deal.variety, deal.size].filter(Boolean).join(' · '), deal.unitPrice, ...deal.extras])}
${struck(deal, 'line')}<div class="price">${deal.now ? `<span style="font-size:15px">${deal.now}</span> ` : ''}${price(deal, isBig ? 76 : 46)}</div>${club(deal, `background:#fff;color:${accent};border:2px solid ${accent};border-radius:20px`)}`,
    );
  };
  return `<style>.grid{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));grid-auto-flow:dense;gap:18px 14px;padding:16px 26px}
.page{background:${ground};color:${ink}}.tile{text-align:center;min-width:0}.name{font-weight:700;line-height:1.12;margin-top:4px}.small{font-size:12.5px;line-height:1.3}
.badge{position:absolute;bottom:-8px;border-radius:50%;background:${accent};color:#fff;font-weight:800;display:flex;align-items:center;justify-content:center;text-align:center;line-height:1.02;padding:8px}
.price{color:${accent};font-weight:900;line-height:1.15}.struck{font-size:16px}</style>
<div class="page"><div style="text-align:center;padding:22px 20px 4px"><div style="font-size:17px;letter-spacing:3px;text-transform:uppercase">${shop}</div><div style="font-size:46px;font-weight:300;line-height:1.1">${title}</div><div style="font-size:18px;font-weight:700">${when}</div></div>
<div class="grid">${deals.map(tile).join('')}</div></div>${foot}`;
}
