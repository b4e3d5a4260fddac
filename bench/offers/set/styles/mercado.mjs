// A market on a dark board: light letters, prices in coloured discs, much of it sold by weight.
import { pack } from '../packs.mjs';
import { club, details, offer, price, struck } from './parts.mjs';

export const locales = ['es', 'es', 'en-US', 'ca', 'it'];
export const counts = [9, 9, 12];
export const isFresh = true;

export function draw({ random, deals, head, foot }) {
  const [disc, ink] = random.pick([
    ['#ffd400', '#1b1b1b'],
    ['#8bc53f', '#10240a'],
    ['#ff7a2f', '#1b0b00'],
  ]);
  const tile = (deal, index) =>
    offer(
      index,
      'class="tile"',
      `<div class="picture">${pack(random, deal)}</div><div class="disc">${struck(deal, 'line')}<div>${price(deal, 42)}</div></div>
<div class="name">${deal.parts.join(' ')}</div>${details([[deal.size, deal.variety].filter(Boolean).join(' | '), deal.unitPrice, ...deal.extras])}
${deal.badge ? `<div class="badge">${deal.badge}</div>` : ''}${club(deal, `background:#fff;color:#222`)}`,
    );
  return `<style>.grid{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:20px 16px;padding:20px;background:#20262b;color:#fdfdf5}
.tile{position:relative}.picture{height:150px;margin-right:34%}.disc{position:absolute;right:0;top:8px;width:142px;height:142px;border-radius:50%;background:${disc};color:${ink};font-weight:800;display:flex;flex-direction:column;align-items:center;justify-content:center;text-align:center}
.name{font-weight:700;font-size:20px;line-height:1.1;margin-top:8px}.small{font-size:13px;line-height:1.3;color:#e6e6da}.struck{font-size:16px}
.badge{display:inline-block;margin-top:5px;border:2px solid ${disc};color:${disc};font-weight:700;font-size:16px;padding:3px 9px}</style>
${head('#14181b', disc)}<div class="grid">${deals.map(tile).join('')}</div>${foot}`;
}
