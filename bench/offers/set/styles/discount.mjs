// A discounter: name at the top left, lower right a coloured box with raised cents, above it the badge, in it the struck price.
import { pack } from '../packs.mjs';
import { club, details, offer, price, struck } from './parts.mjs';

export const locales = ['de', 'de', 'es', 'es', 'fr', 'it'];
export const counts = [7, 8, 10];
export const kinds = ['none', 'percent', 'percent', 'wasNow', 'saving', 'clubPrice', 'clubOnly', 'nth', 'multi'];

export const tag = (random, locale) =>
  random.pick(
    { de: ['bare', 'bare', 'bare-raised'], es: ['stacked', 'bare', 'raised-comma'] }[locale] ?? ['raised-comma'],
  );

export function draw({ random, deals, head, foot }) {
  const [box, ink] = random.pick([
    ['#e3000f', '#fff'],
    ['#d5001c', '#ffe600'],
    ['#0057a8', '#fff'],
  ]);
  const accent = random.pick(['#ffe600', '#ffcc00', '#fff200']);
  const tile = (deal, index) => {
    const isWide = index % 5 === 0;
    const ground = random.pick(['#eaf4fb', '#fdeaf1', '#fff', '#f2f7e6', '#fff6dd']);
    return offer(
      index,
      `class="tile" style="background:${ground};${isWide ? 'grid-column:span 2' : ''}"`,
      `<div class="name">${deal.parts.join('<br>')}</div>${details([deal.variety, deal.size, deal.unitPrice, ...deal.extras])}
<div class="picture" style="${isWide ? 'height:210px' : ''}">${pack(random, deal, { loud: true, count: isWide ? 2 : 1 })}</div>
<div class="corner">${deal.badge ? `<div class="badge">${deal.badge}</div>` : ''}<div class="box">${price(deal, isWide ? 74 : 54)}${struck(deal, random.pick(['line', 'cross']))}</div>${club(deal, `background:${accent};color:#111;margin-top:0`, 30)}</div>`,
    );
  };
  return `<style>.grid{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));grid-auto-flow:dense;gap:10px;padding:10px;background:#fff}
.tile{position:relative;padding:12px;min-height:300px;display:flex;flex-direction:column}
.name{font-weight:800;font-size:18px;line-height:1.12;color:${box}}.small{font-size:13px;line-height:1.25}
.picture{height:150px;margin:6px 40% 6px 0;flex:1}.corner{position:absolute;right:0;bottom:0;display:flex;flex-direction:column;align-items:flex-end;max-width:70%}
.badge{background:${accent};color:${box};font-weight:900;font-size:22px;padding:4px 10px;line-height:1.05;text-align:right}
.box{background:${box};color:${ink};font-weight:900;padding:10px 14px;text-align:right}.struck{font-size:15px;font-weight:700}</style>
${head(accent, box)}<div class="grid">${deals.map(tile).join('')}</div>${foot}`;
}
