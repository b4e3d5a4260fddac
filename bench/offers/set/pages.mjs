// One page: a shop of a style and a locale, its offers, headline and small print, as HTML with the truth.
import { html } from '../../ocr/set/words.mjs';
import { deal, smallPrint } from './deals.mjs';
import { goods, shops } from './goods.mjs';
import { bigPrice, pickTag, printsCurrency, writer } from './money.mjs';
import { phrases } from './phrases.mjs';
import * as azulejo from './styles/azulejo.mjs';
import * as colores from './styles/colores.mjs';
import * as discount from './styles/discount.mjs';
import * as hiper from './styles/hiper.mjs';
import * as lista from './styles/lista.mjs';
import * as mercado from './styles/mercado.mjs';
import * as portada from './styles/portada.mjs';
import * as revista from './styles/revista.mjs';
import * as tarjeta from './styles/tarjeta.mjs';
import * as weekly from './styles/weekly.mjs';
import * as yellow from './styles/yellow.mjs';
import { twoDays, validity } from './validity.mjs';

export const styles = { azulejo, hiper, yellow, discount, weekly, revista, lista, tarjeta, mercado, portada, colores };

const fonts = [
  'Lato',
  'Roboto',
  'Roboto Condensed',
  'Open Sans',
  'Open Sans Condensed',
  'Liberation Sans',
  'Noto Sans',
  'Nimbus Sans',
];

/** Now and then another product that is sold at the same price. */
const twinOf = (extra, good, locale) => {
  const alike = goods(extra, locale, 8).find(({ name, shape }) => shape === good.shape && name !== good.name);
  return extra.happens(0.06) && good.shape !== 'produce' ? (alike ?? null) : null;
};

/** Deals with their big price drawn in the way of the page. */
function makeDeals(random, locale, say, write, tag, style, when, extra) {
  const count = random.pick(style.counts);
  return goods(random, locale, count, style.isFresh).map((good) => {
    const isBrief = when?.validFrom && style.isBrief !== false && random.happens(0.06);
    const only = isBrief ? twoDays(random, say, when) : null;
    const made = deal(random, good, {
      locale,
      say,
      write,
      kinds: style.kinds,
      only,
      twin: twinOf(extra, good, locale),
    });
    return { ...made, bigPrice: (amount = made.price, role = 'price') => bigPrice(amount, tag, locale, role) };
  });
}

const band = (random, shop, title, when) => (ground, ink) =>
  `<div style="background:${ground};color:${ink};padding:18px 26px;display:flex;justify-content:space-between;align-items:center;gap:20px"><div><div style="font-size:22px;font-weight:800">${html(shop)}</div><div style="font-size:${random.integer(32, 46)}px;font-weight:900;line-height:1.1">${html(title)}</div></div><div style="font-size:${random.integer(17, 23)}px;font-weight:700;text-align:right;max-width:46%">${html(when)}</div></div>`;

/** A page of `style`; `extra` is a second source of chance: `{ html, width, locale, shop, context, offers }`. */
export function flyerPage(random, styleName, date, extra) {
  const style = styles[styleName];
  const locale = random.pick(style.locales);
  const say = phrases(locale);
  const shop = random.pick(shops[locale]);
  const write = writer(random, locale);
  const tag = style.tag?.(random, locale) ?? pickTag(random, locale);
  const when = validity(random, say, date);
  const isDated = random.happens(0.85);
  const deals = makeDeals(random, locale, say, write, tag, style, isDated ? when : null, extra);
  const prints = random.some(say.legal, random.integer(1, 3)).map(smallPrint);
  const foot = `<div style="font-size:${random.integer(11, 12)}px;line-height:1.3;color:#444;background:#f4f4f4;padding:10px 20px">${prints.join(' ')}</div>`;
  const width = style.width ?? random.pick([860, 900, 960]);
  const body = style.draw({
    random,
    locale,
    say,
    write,
    deals,
    sections: extra.happens(0.6) ? extra.some(say.sections, 3) : [],
    shop,
    width,
    when: isDated ? when.text : '',
    title: random.pick(say.titles),
    head: band(random, shop, random.pick(say.titles), isDated ? when.text : ''),
    foot,
  });
  const dates = { validFrom: isDated ? when.validFrom : null, validTo: isDated ? when.validTo : null };
  return {
    width,
    locale,
    shop,
    date,
    validityText: isDated ? when.text : null,
    isCurrencyPrinted: printsCurrency(tag, locale),
    offers: deals.map(({ truth, accepts }) => ({ ...dates, ...truth, accepts })),
    html: `<!doctype html><html lang="${locale}"><meta charset="utf-8"><style>*{box-sizing:border-box}body{margin:0;width:${width}px;background:#fff;color:#1a1a1a;font-family:'${random.pick(fonts)}',sans-serif}</style>${body}</html>`,
  };
}
