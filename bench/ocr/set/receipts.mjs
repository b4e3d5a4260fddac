// Till receipts as HTML: narrow, mostly monospaced, in Spanish, English and the English of South-East Asia.
import { companies, html, products, streets, towns } from './words.mjs';

const mono = ['Liberation Mono', 'DejaVu Sans Mono', 'Noto Sans Mono', 'Nimbus Mono PS'];
const other = ['Liberation Sans Narrow', 'Roboto Condensed', 'Liberation Sans', 'DejaVu Sans Condensed', 'Lato'];

const ways = {
  es: {
    total: 'TOTAL A PAGAR',
    cash: 'ENTREGADO',
    change: 'CAMBIO',
    tax: 'IVA 10% INCLUIDO',
    thanks: '¡GRACIAS POR SU VISITA!',
    doc: 'FACTURA SIMPLIFICADA',
    item: 'ARTÍCULOS',
    mark: ',',
    currency: '€',
    returns: 'Devoluciones: 15 días con este tique',
  },
  en: {
    total: 'TOTAL',
    cash: 'CASH',
    change: 'CHANGE',
    tax: 'SALES TAX 6.25%',
    thanks: 'THANK YOU FOR SHOPPING WITH US',
    doc: 'CUSTOMER COPY',
    item: 'ITEMS',
    mark: '.',
    currency: '$',
    returns: 'Returns within 30 days with receipt',
  },
  my: {
    total: 'TOTAL RM',
    cash: 'CASH',
    change: 'CHANGE',
    tax: 'GST 6% INCLUSIVE',
    thanks: 'THANK YOU. PLEASE COME AGAIN.',
    doc: 'TAX INVOICE',
    item: 'QTY',
    mark: '.',
    currency: 'RM',
    returns: 'GOODS SOLD ARE NOT RETURNABLE',
  },
};

/** One receipt: HTML and its width in CSS pixels. */
export function receipt(random) {
  const way = random.pick(['es', 'es', 'en', 'my']);
  const language = way === 'es' ? 'es' : 'en';
  const words = ways[way];
  const width = random.integer(400, 560);
  const font = random.happens(0.65) ? random.pick(mono) : random.pick(other);
  const size = random.integer(15, 19);
  const money = (cents) => `${Math.floor(cents / 100)}${words.mark}${String(cents % 100).padStart(2, '0')}`;
  const row = (left, right, style = '') =>
    `<div style="display:flex;justify-content:space-between;gap:20px;${style}"><span class="l">${html(left)}</span><span class="l" style="white-space:nowrap">${html(right)}</span></div>`;
  const centred = (text, style = '') =>
    `<div style="text-align:center;${style}"><span class="l">${html(text)}</span></div>`;
  let sum = 0;
  const items = Array.from({ length: random.integer(4, 14) }, () => {
    const price = random.integer(25, 2999);
    const count = random.happens(0.25) ? random.integer(2, 6) : 1;
    sum += price * count;
    const name = random.pick(products[language]);
    const shown = random.happens(0.75) ? name.toUpperCase() : name;
    const detail =
      count > 1 ? `<div style="padding-left:2em"><span class="l">${count} x ${money(price)}</span></div>` : '';
    return row(shown.slice(0, 26).trim(), money(price * count)) + detail;
  });
  const paid = Math.ceil(sum / 500) * 500;
  const day = `${String(random.integer(1, 28)).padStart(2, '0')}/${String(random.integer(1, 12)).padStart(2, '0')}/${random.integer(2016, 2025)}`;
  const rule = random.pick([
    '<hr style="border:0;border-top:2px dashed #333">',
    '<hr style="border:0;border-top:1px solid #333">',
    '<br>',
  ]);
  const total = way === 'es' ? `${money(sum)} €` : way === 'en' ? `$${money(sum)}` : money(sum);
  const body = [
    centred(random.pick(companies).toUpperCase(), `font-weight:700;font-size:${size + 5}px`),
    centred(random.pick(streets[language])),
    centred(random.pick(towns[language])),
    centred(
      way === 'es'
        ? `CIF: B${random.integer(10_000_000, 99_999_999)}`
        : `TEL: ${random.integer(100, 999)}-${random.integer(1000, 9999)}`,
    ),
    '<br>',
    centred(words.doc),
    row(day, `${random.integer(8, 21)}:${String(random.integer(0, 59)).padStart(2, '0')}`),
    row(
      way === 'es' ? 'Operación' : 'Invoice no',
      `${random.pick(['T', 'CS', 'A'])}${random.integer(10_000, 999_999)}`,
    ),
    rule,
    ...items,
    rule,
    row(words.total, total, `font-weight:700;font-size:${size + random.integer(0, 8)}px`),
    row(words.tax, money(Math.round(sum * 0.0909))),
    row(words.cash, money(paid)),
    row(words.change, money(paid - sum)),
    row(words.item, String(items.length)),
    '<br>',
    centred(words.thanks),
    centred(words.returns, 'font-size:.85em'),
  ];
  return {
    width,
    language,
    html: `<!doctype html><meta charset="utf-8"><style>*{box-sizing:border-box}body{margin:0;width:${width}px;padding:26px 30px;background:#fff;color:#1c1c22;font:${size}px/1.32 '${font}'}</style>${body.join('')}`,
  };
}
