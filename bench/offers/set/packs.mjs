// Drawn packs: shapes with gradients, the brand in big letters, the weight in a corner. What is on them belongs to no offer.
import { html } from '../../ocr/set/words.mjs';

const outlines = {
  tub: '<path d="M20 34 H100 L92 118 Q60 126 28 118 Z" fill="url(#f)"/><ellipse cx="60" cy="34" rx="42" ry="9" fill="#fff" stroke="#0002"/>',
  carton: '<path d="M32 26 L60 8 L88 26 V122 H32 Z" fill="url(#f)"/><path d="M32 26 H88" stroke="#0003"/>',
  bottle:
    '<path d="M50 4 H70 V28 Q88 40 88 56 V118 Q60 126 32 118 V56 Q32 40 50 28 Z" fill="url(#f)"/><rect x="49" y="2" width="22" height="10" fill="#333"/>',
  bag: '<path d="M24 18 Q60 10 96 18 L100 116 Q60 124 20 116 Z" fill="url(#f)"/><path d="M24 24 H96" stroke="#fff8" stroke-dasharray="3 2"/>',
  can: '<rect x="34" y="14" width="52" height="106" rx="8" fill="url(#f)"/><ellipse cx="60" cy="15" rx="26" ry="6" fill="#ccc"/>',
  box: '<rect x="18" y="22" width="84" height="96" fill="url(#f)"/><path d="M18 22 L30 12 H112 L102 22 Z" fill="#0003"/><path d="M102 22 L112 12 V108 L102 118 Z" fill="#0005"/>',
};

/** Room for the brand. */
const widths = { tub: 66, carton: 54, bottle: 54, bag: 74, can: 50, box: 82 };

let serial = 0;

/** Soft round things for fruit, meat and cheese. */
function heap(random, hue) {
  return Array.from({ length: random.integer(3, 6) }, () => {
    const [x, y] = [random.integer(26, 94), random.integer(50, 100)];
    return `<ellipse cx="${x}" cy="${y}" rx="${random.integer(16, 30)}" ry="${random.integer(13, 24)}" fill="url(#f)" stroke="hsl(${hue} 50% 30% / .25)"/>`;
  }).join('');
}

/** A pack of `deal` as an SVG that fills its box; `loud` packs have more print on them. */
export function pack(random, deal, { loud = false, count = 1 } = {}) {
  serial += 1;
  const id = `f${serial}`;
  const hue = random.integer(0, 360);
  const { shape, name } = deal.good;
  const body = (outlines[shape] ?? heap(random, hue)).replaceAll('url(#f)', `url(#${id})`);
  const brand = deal.brand ?? '';
  const size = Math.min(16, (widths[shape] ?? 60) / ((loud ? 0.78 : 0.62) * Math.max(4, brand.length)));
  const label =
    brand && outlines[shape]
      ? `<text x="60" y="64" text-anchor="middle" font-size="${size}" font-weight="900" fill="#fff" stroke="#0004" stroke-width=".4">${html(loud ? brand.toUpperCase() : brand)}</text>
<text x="60" y="75" text-anchor="middle" font-size="6" fill="#fff">${html(name.split(' ').slice(0, 2).join(' '))}</text>
${loud || random.happens(0.4) ? `<text x="60" y="110" text-anchor="middle" font-size="7.5" fill="#fff">${deal.size.replace(/^.*?(?=\d)/, '')}</text>` : ''}
${loud ? `<rect x="36" y="80" width="48" height="13" rx="6" fill="#fff"/><text x="60" y="89.5" text-anchor="middle" font-size="8" font-weight="700" fill="hsl(${hue} 80% 30%)">${random.pick(['0% fat', 'BIO', '+20%', 'MAXI', 'XXL', '100%'])}</text>` : ''}`
      : '';
  const one = `<svg viewBox="0 0 120 128" style="flex:1 1 0;min-width:0;height:100%" preserveAspectRatio="xMidYMid meet"><defs><linearGradient id="${id}" x1="0" x2="1"><stop offset="0" stop-color="hsl(${hue} 65% 34%)"/><stop offset=".35" stop-color="hsl(${hue} 70% 58%)"/><stop offset="1" stop-color="hsl(${(hue + 25) % 360} 70% 30%)"/></linearGradient></defs>${body}${label}</svg>`;
  return `<div style="display:flex;height:100%;justify-content:center">${one.repeat(count)}</div>`;
}
