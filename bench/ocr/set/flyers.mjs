// Retail flyers as HTML: tiles of many colours, shapes and fonts, prices in the layouts that shops print.
import { dates, headings, html, legal, makers, products, promotions, units } from './words.mjs';

const fonts = [
  'Lato',
  'Lato Black',
  'Roboto',
  'Roboto Condensed',
  'Open Sans',
  'Open Sans Condensed',
  'Liberation Sans',
  'Liberation Sans Narrow',
  'DejaVu Sans',
  'DejaVu Sans Condensed',
  'Noto Sans',
  'Noto Sans Display',
  'URW Gothic',
  'Nimbus Sans',
  'Nimbus Sans Narrow',
];
const serifFonts = [
  'Noto Serif',
  'Noto Serif Display',
  'Liberation Serif',
  'P052',
  'C059',
  'URW Bookman',
  'DejaVu Serif',
];

/** [background, text] as shops pair them: strong, pastel, dark, paper. */
const palettes = [
  ['#e3000f', '#fff'],
  ['#ffe600', '#c8102e'],
  ['#00843d', '#fff'],
  ['#0050aa', '#ffe600'],
  ['#fff', '#222'],
  ['#ff7a00', '#fff'],
  ['#5b2a86', '#ffd400'],
  ['#111', '#ffcc00'],
  ['#f7d9e3', '#a1004b'],
  ['#2aa9e0', '#fff'],
  ['#fbe8c8', '#7a2e00'],
  ['#8bc53f', '#123a12'],
  ['#003057', '#fff'],
  ['#c2e7d9', '#0b4f3a'],
  ['#d7182a', '#ffe100'],
  ['#f4f1ea', '#1b1b1b'],
  ['#ffd1dc', '#5a0030'],
  ['#3b3b3b', '#f5f5f5'],
  ['#ffffff', '#d4001a'],
  ['#ffffff', '#00562b'],
  ['#eaf4ff', '#003a8c'],
  ['#b30059', '#fff'],
  ['#006d77', '#edf6f9'],
  ['#fff6d6', '#b3001b'],
];

/** WCAG contrast of two `#rgb` or `#rrggbb` colours, 1 to 21. */
function contrast(one, other) {
  const luminance = (colour) => {
    const full = colour.length === 4 ? colour.replace(/[0-9a-f]/g, '$&$&') : colour;
    const linear = [1, 3, 5].map((at) => (Number.parseInt(full.slice(at, at + 2), 16) / 255) ** 2.2);
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const twoDigits = (value) => String(value).padStart(2, '0');

/** A shop's price: 0.39 to 9.99 often ending in 9 or 5, sometimes large. */
function amount(random) {
  const whole = random.happens(0.62)
    ? random.integer(0, 9)
    : random.happens(0.8)
      ? random.integer(10, 49)
      : random.integer(50, 399);
  const cents = random.happens(0.55)
    ? random.integer(0, 9) * 10 + 9
    : random.happens(0.6)
      ? random.pick([0, 5, 25, 50, 75, 90, 95, 99])
      : random.integer(0, 99);
  return { whole, cents: twoDigits(whole === 0 && cents < 15 ? 49 : cents) };
}

const known = (truth, also, content) =>
  `<span class="l price" data-truth="${truth}" data-also="${also.join('|')}">${content}</span>`;

/** The price layouts; each gets euros or dollars, whole part and cents, and a size in pixels. */
const layouts = {
  es: [
    (w, c, s) => `<span class="l price" style="font-size:${s}px">${w},${c} €</span>`,
    (w, c, s) => `<span class="l price" style="font-size:${s}px">${w},${c}€</span>`,
    (w, c, s) => `<span class="l price" style="font-size:${s}px">${w}<sup style="font-size:.5em">,${c}€</sup></span>`,
    (w, c, s) => `<span class="l price" style="font-size:${s}px;letter-spacing:-1px">${w}’${c}€</span>`,
    (w, c, s) =>
      `<span class="l price" style="font-size:${s}px">${w},<sup style="font-size:.55em">${c}</sup> <span style="font-size:.5em">€</span></span>`,
    // raised cents over the currency sign, no mark between
    (w, c, s) =>
      known(
        `${w},${c}€`,
        [`${w}${c}€`, `${w}${c} €`, `${w},${c} €`, `${w} ${c} €`],
        `<span style="display:inline-flex;font-size:${s}px;line-height:.9">${w}<span style="font-size:.46em;display:inline-flex;flex-direction:column;margin-left:.1em"><span>${c}</span><span style="font-size:.8em">€</span></span></span>`,
      ),
    // raised cents alone
    (w, c, s) =>
      known(
        `${w}.${c}`,
        [`${w}${c}`, `${w},${c}`, `${w} ${c}`],
        `<span style="font-size:${s}px">${w}<sup style="font-size:.55em">${c}</sup></span>`,
      ),
    // raised and underlined cents after a point
    (w, c, s) =>
      `<span class="l price" style="font-size:${s}px">${w}.<sup style="font-size:.55em;text-decoration:underline">${c}</sup></span>`,
    (w, c, s) => `<span class="l price" style="font-size:${Math.round(s * 0.8)}px">${w},${c} €/kg</span>`,
    (w, c, s) =>
      `<span class="l price" style="font-size:${s}px"><span style="font-size:.45em">por</span> ${w},${c}€</span>`,
  ],
  en: [
    (w, c, s) => `<span class="l price" style="font-size:${s}px">$${w}.${c}</span>`,
    (w, c, s) =>
      `<span class="l price" style="font-size:${s}px"><sup style="font-size:.5em">$</sup>${w}<sup style="font-size:.5em">.${c}</sup></span>`,
    (w, c, s) =>
      known(
        `$${w}.${c}`,
        [`$${w}${c}`, `${w}${c}`, `${w}.${c}`, `$${w} ${c}`],
        `<span style="font-size:${s}px"><sup style="font-size:.5em">$</sup>${w}<sup style="font-size:.55em">${c}</sup></span>`,
      ),
    (w, c, s) =>
      `<span class="l price" style="font-size:${s}px">$${w}.${c}<span style="font-size:.4em"> /lb</span></span>`,
    (w, c, s) => `<span class="l price" style="font-size:${Math.round(s * 0.85)}px">$${w}.${c} ea.</span>`,
  ],
};

/** Something that stands for the picture of the goods: soft shapes, gradients, a pack with a word on it. */
function picture(random, height, maker) {
  const colours = Array.from(
    { length: 4 },
    () => `hsl(${random.integer(0, 360)} ${random.integer(30, 90)}% ${random.integer(30, 75)}%)`,
  );
  const shapes = Array.from({ length: random.integer(2, 6) }, (_, index) => {
    const [x, y] = [random.integer(10, 190), random.integer(10, 90)];
    const fill = `url(#g${index % 2})`;
    return random.pick([
      `<ellipse cx="${x}" cy="${y}" rx="${random.integer(12, 45)}" ry="${random.integer(12, 40)}" fill="${fill}"/>`,
      `<rect x="${x}" y="${y - 20}" width="${random.integer(20, 60)}" height="${random.integer(30, 80)}" rx="6" fill="${random.pick(colours)}"/>`,
      `<path d="M${x} ${y} q 20 -60 40 0 t 30 10 z" fill="${fill}"/>`,
    ]);
  }).join('');
  const gradients = [0, 1]
    .map(
      (index) =>
        `<radialGradient id="g${index}"><stop offset="0" stop-color="#fff"/><stop offset=".5" stop-color="${colours[index]}"/><stop offset="1" stop-color="${colours[index + 2]}"/></radialGradient>`,
    )
    .join('');
  const label = random.happens(0.35)
    ? `<div class="l" style="position:absolute;left:28%;top:38%;padding:2px 8px;background:${random.pick(['#fff', '#fffbe0', '#f2f2f2'])};color:${random.pick(['#c01', '#0059a8', '#262'])};font-size:${random.integer(13, 19)}px;font-weight:700">${html(maker)}</div>`
    : '';
  return `<div style="position:relative;height:${height}px"><svg width="100%" height="100%" viewBox="0 0 200 100" preserveAspectRatio="none"><defs>${gradients}</defs>${shapes}</svg>${label}</div>`;
}

const starburst = (points) =>
  `polygon(${Array.from({ length: points * 2 }, (_, index) => {
    const radius = index % 2 ? 43 : 50;
    const angle = (Math.PI * index) / points;
    return `${(50 + radius * Math.sin(angle)).toFixed(1)}% ${(50 - radius * Math.cos(angle)).toFixed(1)}%`;
  }).join(',')})`;

function badge(random, language, [background, colour]) {
  const text = html(random.pick(promotions[language]));
  const angle = random.happens(0.45) ? random.between(-11, 11).toFixed(1) : 0;
  const size = random.integer(15, 24);
  const round = random.happens(0.3) && text.length < 10;
  const shape = round
    ? `width:96px;height:96px;display:flex;align-items:center;justify-content:center;${random.happens(0.5) ? 'border-radius:50%' : `clip-path:${starburst(16)}`}`
    : `padding:5px 10px;border-radius:${random.pick([0, 6, 20])}px`;
  return `<div style="position:absolute;${random.happens(0.7) ? 'right' : 'left'}:8px;top:8px;z-index:2;transform:rotate(${angle}deg);background:${background};color:${colour};font-weight:800;font-size:${size}px;text-align:center;${shape}"><span class="l">${text}</span></div>`;
}

/** The price never gets wider than `room` pixels. */
function priceBox(random, language, wanted, room, [background, colour]) {
  const { whole, cents } = amount(random);
  const size = Math.min(wanted, Math.floor(room / (3.9 + 0.6 * (String(whole).length - 1))));
  const tag = random.pick(layouts[language])(whole, cents, size);
  const extra = random.pick([
    '',
    '',
    '',
    'text-shadow:2px 2px 0 #0006;',
    '-webkit-text-stroke:1px #0008;',
    'transform:skewX(-6deg);',
  ]);
  const look = random.happens(0.25) ? 'background:transparent;' : `background:${background};color:${colour};`;
  return {
    whole,
    cents,
    markup: `<div class="pb" style="${look}${extra}border-radius:${random.pick([0, 8, 40])}px;font-weight:${random.pick([700, 800, 900])}">${tag}</div>`,
  };
}

const struck = [
  'text-decoration:line-through',
  'text-decoration:line-through;text-decoration-color:#d00',
  'background:linear-gradient(to top right,transparent 47%,#d00 48%,#d00 52%,transparent 53%)',
];

function oldPrice(random, language, whole, cents) {
  const before = whole + random.integer(1, 6);
  const text =
    language === 'es'
      ? random.pick([`Antes ${before},${cents} €`, `${before},${cents} €`, `PVP ${before},${cents}€`])
      : random.pick([`Was $${before}.${cents}`, `$${before}.${cents}`, `Reg. $${before}.${cents}`]);
  return `<div><span class="l" style="font-size:${random.integer(15, 24)}px;${random.pick(struck)}">${text}</span></div>`;
}

function perUnit(random, language) {
  const { whole, cents } = amount(random);
  const text =
    language === 'es'
      ? `${random.pick(['El kilo sale a', 'El litro sale a', 'La unidad sale a', '1 kg ='])} ${whole},${cents} €`
      : random.pick([`$${whole}.${cents} per lb`, `${cents}¢ per oz`, `(${whole}.${cents}/kg)`]);
  return `<div style="font-size:${random.integer(12, 15)}px"><span class="l">${text}</span></div>`;
}

function tile(random, language, cell, wide) {
  const [background, colour] = random.pick(palettes);
  const priceColours = random.pick(palettes);
  const font = random.happens(0.12) ? random.pick(serifFonts) : random.pick(fonts);
  const size = random.integer(38, 78) + (wide ? 22 : 0);
  const { whole, cents, markup } = priceBox(random, language, size, cell * (wide ? 2 : 1) - 60, priceColours);
  const maker = random.pick(makers);
  const name = random.pick(products[language]);
  const title = random.happens(0.15) ? name.toUpperCase() : name;
  // the far end of a gradient must leave the text readable, as a designer would
  const ends = palettes.map(([end]) => end).filter((end) => contrast(end, colour) > 3.5);
  const fill = random.happens(0.3)
    ? `linear-gradient(${random.integer(0, 180)}deg, ${background}, ${random.pick(ends)})`
    : background;
  const parts = [
    picture(random, random.integer(60, 110) + (wide ? 60 : 0), maker),
    `<div style="font-weight:${random.pick([600, 700, 900])};font-size:${random.integer(19, 27)}px;line-height:1.12"><span class="l">${html(random.happens(0.4) ? `${title} ${maker}` : title)}</span></div>`,
    `<div style="font-size:${random.integer(13, 17)}px"><span class="l">${random.pick(units[language])}</span></div>`,
    markup,
    random.happens(0.45) ? oldPrice(random, language, whole, cents) : '',
    random.happens(0.6) ? perUnit(random, language) : '',
  ];
  if (random.happens(0.25)) parts.unshift('<div style="height:44px"></div>', parts.splice(1, 1)[0]);
  return `<div class="card" style="background:${fill};color:${colour};font-family:'${font}';text-align:${random.pick(['left', 'left', 'center', 'right'])};${wide ? 'grid-column:span 2;' : ''}">${random.happens(0.6) ? badge(random, language, [priceColours[1], priceColours[0]]) : ''}${parts.join('')}</div>`;
}

/** A price list: one product a row, with the price at the right edge. */
function priceList(random, language) {
  const [background, colour] = random.pick(palettes);
  const rows = Array.from({ length: random.integer(4, 8) }, () => {
    const { whole, cents } = amount(random);
    const price = language === 'es' ? `${whole},${cents} €` : `$${whole}.${cents}`;
    return `<div style="display:flex;justify-content:space-between;border-bottom:1px dotted ${colour};padding:4px 0"><span class="l">${random.pick(products[language])}, ${random.pick(units[language])}</span><b class="l">${price}</b></div>`;
  });
  return `<div style="padding:14px 26px;background:${background};color:${colour};font:${random.integer(17, 21)}px '${random.pick(fonts)}'">${rows.join('')}</div>`;
}

/** One flyer: HTML and its width in CSS pixels. */
export function flyer(random, { language = random.happens(0.22) ? 'en' : 'es', shop = null } = {}) {
  const width = random.pick([820, 900, 1024, 1100, 1280]);
  const columns = random.pick(width < 1000 ? [2, 3] : [3, 3, 4]);
  const rows = random.integer(2, 4);
  const [headBack, headColour] = random.pick(palettes);
  const tiles = [];
  for (let cells = 0; cells < columns * rows; ) {
    const wide = random.happens(0.12) && cells % columns < columns - 1;
    tiles.push(tile(random, language, width / columns, wide));
    cells += wide ? 2 : 1;
  }
  const small = random
    .some(legal[language], random.integer(2, 3))
    .map((text) => `<span class="l">${text}</span>`)
    .join('<br>');
  const headFont = random.happens(0.25) ? random.pick(serifFonts) : random.pick(fonts);
  return {
    width,
    language,
    html: `<!doctype html><html lang="${language}"><meta charset="utf-8"><style>*{box-sizing:border-box}body{margin:0;width:${width}px;background:#fff;font-family:'${random.pick(fonts)}'}
.grid{display:grid;grid-template-columns:repeat(${columns},1fr);gap:${random.pick([0, 6, 10])}px;padding:${random.pick([0, 10])}px;background:${random.happens(0.5) ? '#eee' : `${headBack}33`}}
.card{position:relative;padding:14px;min-height:230px;overflow:hidden;border-radius:${random.pick([0, 0, 14])}px;${random.happens(0.3) ? 'border:3px solid #0003;' : ''}}
.pb{display:inline-block;margin:8px 0;padding:2px 14px;white-space:nowrap}.price{white-space:nowrap}sup{vertical-align:.62em;line-height:0}</style>
<div style="background:${headBack};color:${headColour};padding:22px 30px;font-family:'${headFont}'">${shop ? `<div style="font-size:30px;font-weight:900"><span class="l">${html(shop)}</span></div>` : ''}<div style="font-size:${random.integer(40, 60)}px;font-weight:900;line-height:1.1"><span class="l">${html(random.pick(headings[language]))}</span></div><div style="font-size:${random.integer(19, 26)}px;font-weight:600"><span class="l">${random.pick(dates[language])}</span></div></div>
<div class="grid">${tiles.join('')}</div>${random.happens(0.35) ? priceList(random, language) : ''}
<div style="font-size:${random.integer(11, 13)}px;padding:10px 20px;color:#444;background:#fafafa">${small}</div></html>`,
  };
}
