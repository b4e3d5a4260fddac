// A grid of coloured tiles, badges over their corners; above it a launch: a brand in big type, a sentence, a big price.
import { html } from '../../../ocr/set/words.mjs';
import { pack } from '../packs.mjs';
import { club, details, offer, price } from './parts.mjs';

export const locales = ['es', 'en-GB', 'es', 'en-US', 'es', 'de'];
export const counts = [7, 9, 10, 13];
export const isBrief = false;

const kickers = {
  es: ['¡Ya está aquí!', '¿Aún no lo has probado?', 'Te presentamos'],
  en: ['New in our stores!', 'Have you tried it yet?', 'Say hello to'],
  de: ['Neu bei uns!', 'Schon probiert?', 'Jetzt im Regal'],
};

/** The sentence under a brand; `{n}` is what it sells. */
const sentences = {
  es: [
    '{n} con todo el sabor de siempre, de pequeños productores.',
    '{n} para toda la familia. Calidad y buen precio.',
  ],
  en: [
    '{n} made with care by small producers, for the whole family.',
    '{n} as it used to be. Quality at a good price.',
  ],
  de: ['{n} mit Sorgfalt gemacht, für die ganze Familie.', '{n} wie früher. Qualität zum guten Preis.'],
};

/** Ground, ink, ground of the price, ink of the price. */
const colours = [
  ['#ffe14d', '#5a1010', '#c8102e', '#fff'],
  ['#12703b', '#fff', '#fff', '#0b5a2c'],
  ['#d9f0e2', '#0b4f3a', '#0b4f3a', '#fff'],
  ['#dceefb', '#06365f', '#06365f', '#ffe14d'],
  ['#fbf2dc', '#4b2a10', '#b3001b', '#fff'],
  ['linear-gradient(135deg,#6a2c91,#a64ac9)', '#fff', '#ffd400', '#4b1a6b'],
  ['linear-gradient(160deg,#ff7a00,#ffb347)', '#3d1600', '#fff', '#c43c00'],
  ['#fff', '#222', '#fff', '#d7182a'],
];

function hero(random, deal, locale) {
  const language = locale.slice(0, 2);
  const { brand } = deal.truth;
  const others = deal.parts.filter((part) => part !== html(brand ?? ''));
  const kind = others.join(' ');
  const text = brand === null ? '' : random.pick(sentences[language]).replace('{n}', kind);
  const [ground, ink] = random.pick([
    ['linear-gradient(120deg,#e9f4ff,#ffe9f2 70%)', '#3a1157'],
    ['linear-gradient(120deg,#fff6d6,#ffd6e6 80%)', '#5a0030'],
    ['#e3f4ea', '#0b4f3a'],
  ]);
  const family = random.pick(["italic 900 78px/1 'P052'", "900 66px/1 'Lato'", "800 70px/1 'Open Sans'"]);
  return offer(
    0,
    `style="display:flex;gap:20px;align-items:center;background:${ground};color:${ink};padding:20px 30px"`,
    `<div style="flex:1.2"><div style="font-size:24px;font-weight:800">${random.pick(kickers[language])}</div><div style="font:${family};margin:4px 0 8px">${brand === null ? kind : html(brand)}</div>
<div style="font-size:22px;line-height:1.3">${text}</div><div style="display:flex;gap:20px;align-items:center;margin-top:14px"><div style="font-size:84px;font-weight:900;background:${ink};color:#fff;padding:8px 18px;border-radius:10px">${price(deal, 84)}</div><div style="font-size:25px;font-weight:900">${deal.badge}</div></div>
${details([[deal.size, deal.regular, deal.unitPrice].filter(Boolean).join('. '), ...deal.extras], 16)}${club(deal, `background:#fff;color:${ink}`, 34)}</div>
<div style="flex:1;height:280px">${pack(random, deal, { count: 3, loud: true })}</div>`,
  );
}

export function draw({ random, locale, deals, head, foot }) {
  const columns = deals.length % 4 === 1 ? 4 : 3;
  const gap = random.pick([0, 8, 10]);
  const shade = random.some(colours, colours.length);
  const tile = (deal, at) => {
    const [ground, ink, box, boxInk] = shade[at % shade.length];
    const [x, y] = random.pick([
      [10, 10],
      [-6, -8],
      [-4, 14],
    ]);
    return offer(
      at + 1,
      `class="tile" style="background:${ground};color:${ink}"`,
      `<div style="height:${random.integer(110, 130)}px">${pack(random, deal, { count: 1 })}</div>
${deal.badge ? `<div class="badge" style="right:${x}px;top:${y}px;background:${box};color:${boxInk}">${deal.badge}</div>` : ''}
<div class="name">${deal.parts.join(' ')}</div>${details([deal.variety, deal.size], 14)}
<div class="row"><span class="old">${deal.regular ? `<s>${deal.regular}</s>` : ''}</span><div class="price" style="background:${box};color:${boxInk}">${price(deal, columns === 4 ? 44 : 54)}</div></div>${details([deal.unitPrice, ...deal.extras], 13)}${club(deal, `background:${boxInk};color:${box}`)}`,
    );
  };
  return `<style>.grid{display:grid;grid-template-columns:repeat(${columns},minmax(0,1fr));gap:${gap}px;background:#fff;padding:${gap}px}.tile{position:relative;padding:12px 14px;display:flex;flex-direction:column}
.badge{position:absolute;z-index:1;max-width:170px;font-weight:800;font-size:18px;line-height:1.1;padding:7px 11px;border-radius:6px;transform:rotate(4deg);text-align:center}.name{font-weight:900;font-size:${columns === 4 ? 17 : 21}px;line-height:1.13;margin-top:6px}
.row{display:flex;align-items:flex-end;justify-content:space-between;margin-top:auto;padding-top:8px}.price{font-weight:900;line-height:1;padding:6px 10px;border-radius:10px;white-space:nowrap}.old{font-size:18px}.small{line-height:1.3}</style>
${head(
  ...random.pick([
    ['#12703b', '#fff'],
    ['#3a1157', '#ffd400'],
    ['#d7182a', '#fff'],
  ]),
)}${hero(random, deals[0], locale)}<div class="grid">${deals.slice(1).map(tile).join('')}</div>${foot}`;
}
