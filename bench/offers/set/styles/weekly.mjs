// An American weekly ad: crowded tiles, 2/$5, BOGO, 99¢, `with card`, prices per pound.
import { pack } from '../packs.mjs';
import { club, details, offer, price } from './parts.mjs';

export const locales = ['en-US'];
export const counts = [12, 15, 16, 20];

export function draw({ random, deals, head, foot }) {
  const [main, accent] = random.pick([
    ['#c8102e', '#ffd100'],
    ['#00653a', '#ffd100'],
    ['#1d4289', '#f9423a'],
  ]);
  const columns = random.pick([3, 4]);
  const tile = (deal, index) => {
    const isBadgeBig = deal.kind === 'multi' && random.happens(0.6);
    const burst = deal.badge
      ? `<div class="${isBadgeBig ? 'big' : 'badge'}" style="transform:rotate(${random.pick([0, 0, -5])}deg)">${deal.badge}</div>`
      : '';
    return offer(
      index,
      `class="tile" style="${random.happens(0.2) ? `background:${accent}44` : ''}"`,
      `<div class="picture">${pack(random, deal, { count: random.pick([1, 2]) })}</div>${burst}
<div class="price">${price(deal, columns === 4 ? 46 : 58)}${deal.good.shape === 'produce' && deal.size.includes('lb') ? ` <span style="font-size:16px">${deal.size}</span>` : ''}</div>
${club(deal, `background:${main};color:#fff;border-radius:4px`, 28)}
<div class="name">${deal.parts.join(' ')}</div>${details([[deal.size.includes('lb') ? '' : deal.size, deal.variety].filter(Boolean).join(', '), deal.regular, deal.unitPrice, ...deal.extras])}`,
    );
  };
  return `<style>.grid{display:grid;grid-template-columns:repeat(${columns},minmax(0,1fr));background:#fff;border:3px solid ${main}}
.tile{position:relative;padding:8px;border:1px solid #bbb;text-align:center}.picture{height:96px}
.price{color:${main};font-weight:900;line-height:1.1}.name{font-weight:700;font-size:15px;line-height:1.1}.small{font-size:12px;line-height:1.2}
.badge{position:absolute;right:4px;top:6px;background:${accent};color:#111;font-weight:800;font-size:15px;padding:4px 8px;max-width:110px;line-height:1}
.big{background:${main};color:#fff;font-weight:900;font-size:23px;line-height:1;padding:5px}</style>
${head(main, '#fff')}<div class="grid">${deals.map(tile).join('')}</div>${foot}`;
}
