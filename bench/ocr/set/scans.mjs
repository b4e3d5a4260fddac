// Office pages as HTML, A4: letters, contracts, tables, forms and articles in columns.
import { companies, html, paragraph, people, products, streets, towns } from './words.mjs';

const serif = ['Liberation Serif', 'Noto Serif', 'P052', 'C059', 'URW Bookman', 'DejaVu Serif', 'Nimbus Roman'];
const sans = [
  'Liberation Sans',
  'Nimbus Sans',
  'Open Sans',
  'Roboto',
  'Lato',
  'Noto Sans',
  'DejaVu Sans',
  'URW Gothic',
];
const mono = ['Liberation Mono', 'Nimbus Mono PS'];

const line = (text) => `<p class="l">${html(text)}</p>`;
const sheet = (font, size, body, style = '') =>
  `<!doctype html><meta charset="utf-8"><style>*{box-sizing:border-box}body{margin:0;width:794px;height:1123px;padding:78px 82px;background:#fff;color:#161616;font:${size}px/1.42 '${font}';overflow:hidden}p{margin:0 0 .7em}h1,h2{line-height:1.15}table{border-collapse:collapse;width:100%}td,th{padding:4px 8px;text-align:left}.r{text-align:right}${style}</style>${body}`;

function letter(random, language) {
  const [from, to] = random.some(people, 2);
  const place = () => [random.pick(streets[language]), random.pick(towns[language])];
  const words =
    language === 'es'
      ? {
          subject: 'Asunto',
          about: `reclamación n.º ${random.integer(1000, 99_999)}`,
          dear: `Estimado/a Sr./Sra. ${to.split(' ')[1]}:`,
          bye: 'Atentamente,',
        }
      : {
          subject: 'Re',
          about: `claim no. ${random.integer(1000, 99_999)}`,
          dear: `Dear ${to},`,
          bye: 'Yours sincerely,',
        };
  const head = [random.pick(companies), ...place()].map((text) => `<div class="l">${html(text)}</div>`).join('');
  const addressee = [to, ...place()].map((text) => `<div class="l">${html(text)}</div>`).join('');
  const body = Array.from({ length: random.integer(5, 8) }, () =>
    line(paragraph(language, random, random.integer(2, 4))),
  ).join('');
  return sheet(
    random.pick([...serif, ...sans, ...mono.slice(0, 1)]),
    random.integer(13, 16),
    `<div style="font-weight:600">${head}</div><br><br>${addressee}<br><p class="l"><b>${words.subject}: ${words.about}</b></p>${line(words.dear)}${body}${line(words.bye)}<br><br>${line(from)}`,
  );
}

function contract(random, language) {
  const ordinals =
    language === 'es'
      ? ['PRIMERA', 'SEGUNDA', 'TERCERA', 'CUARTA', 'QUINTA', 'SEXTA', 'SÉPTIMA']
      : ['1.', '2.', '3.', '4.', '5.', '6.', '7.'];
  const topics =
    language === 'es'
      ? ['Objeto', 'Precio', 'Duración', 'Entrega', 'Garantía', 'Confidencialidad', 'Jurisdicción']
      : ['Scope', 'Price', 'Term', 'Delivery', 'Warranty', 'Confidentiality', 'Jurisdiction'];
  const [a, b] = random.some(companies, 2);
  const clauses = ordinals
    .slice(0, random.integer(5, 7))
    .map(
      (ordinal, index) =>
        `<p class="l"><b>${ordinal} ${topics[index]}.</b> ${html(paragraph(language, random, random.integer(3, 6)))}</p>`,
    )
    .join('');
  const title = language === 'es' ? 'CONTRATO DE SUMINISTRO' : 'SUPPLY AGREEMENT';
  const intro =
    language === 'es'
      ? `De una parte, ${a}, en adelante «el proveedor»; y de otra, ${b}, en adelante «el cliente», acuerdan:`
      : `This agreement is made between ${a} ("the supplier") and ${b} ("the buyer"):`;
  return sheet(
    random.pick(serif),
    random.integer(12, 14),
    `<h2 class="l" style="text-align:center">${title}</h2>${line(intro)}${clauses}`,
    random.happens(0.6) ? 'p{text-align:justify}' : '',
  );
}

function table(random, language) {
  const names =
    language === 'es'
      ? ['Código', 'Descripción', 'Cant.', 'Precio', 'Importe']
      : ['Code', 'Description', 'Qty', 'Price', 'Amount'];
  const money = (cents) => {
    const whole = String(Math.floor(cents / 100)).replace(/\B(?=(\d{3})+$)/g, language === 'es' ? '.' : ',');
    return `${whole}${language === 'es' ? ',' : '.'}${String(cents % 100).padStart(2, '0')}`;
  };
  let sum = 0;
  const rows = Array.from({ length: random.integer(14, 26) }, () => {
    const [count, price] = [random.integer(1, 60), random.integer(45, 9900)];
    sum += count * price;
    const cells = [
      `${random.pick(['A', 'B', 'K', 'R'])}-${random.integer(1000, 9999)}`,
      random.pick(products[language]),
      String(count),
      money(price),
      money(count * price),
    ];
    return `<tr>${cells.map((cell, index) => `<td class="${index > 1 ? 'r' : ''}"><span class="l">${html(cell)}</span></td>`).join('')}</tr>`;
  });
  const title =
    language === 'es'
      ? `Factura ${random.integer(2019, 2026)}/${random.integer(100, 9999)}`
      : `Invoice ${random.integer(2019, 2026)}-${random.integer(100, 9999)}`;
  const head = names
    .map((name, index) => `<th class="${index > 1 ? 'r' : ''}"><span class="l">${name}</span></th>`)
    .join('');
  const rule = random.pick([
    'td,th{border:1px solid #555}',
    'tr{border-bottom:1px solid #999}',
    'tr:nth-child(even){background:#eee}',
  ]);
  return sheet(
    random.pick(sans),
    random.integer(12, 14),
    `<h1 class="l">${title}</h1>${line(random.pick(companies))}${line(random.pick(streets[language]))}<br><table><tr>${head}</tr>${rows.join('')}</table><br><p style="text-align:right"><b class="l">TOTAL ${money(sum)} ${language === 'es' ? '€' : 'USD'}</b></p>${line(paragraph(language, random, 2))}`,
    rule,
  );
}

function article(random, language) {
  const columns = random.pick([2, 2, 3]);
  const titles =
    language === 'es'
      ? [
          'El yogur que llegó del norte',
          'Quién gana la guerra de los folletos',
          'Crónica de una mañana en el mercado',
          'Los números detrás del descuento',
        ]
      : [
          'The yogurt that came from the north',
          'Who wins the war of the flyers',
          'A morning at the market',
          'The numbers behind the discount',
        ];
  const body = Array.from({ length: 14 }, () => line(paragraph(language, random, random.integer(2, 4)))).join('');
  return sheet(
    random.pick(serif),
    random.integer(12, 14),
    `<h1 class="l" style="font-size:34px;margin:0 0 8px">${random.pick(titles)}</h1><p class="l" style="font-style:italic">${html(paragraph(language, random, 1))}</p><div style="columns:${columns};column-gap:30px;column-fill:auto;height:${random.integer(760, 820)}px;overflow:hidden">${body}</div>`,
    random.happens(0.4) ? 'p{text-align:justify}' : '',
  );
}

function form(random, language) {
  const fields =
    language === 'es'
      ? [
          ['Nombre y apellidos', random.pick(people)],
          ['Dirección', random.pick(streets.es)],
          ['Población', random.pick(towns.es)],
          ['Teléfono', `6${random.integer(10, 99)} ${random.integer(100, 999)} ${random.integer(100, 999)}`],
          ['Fecha de nacimiento', `${random.integer(1, 28)}/${random.integer(1, 12)}/${random.integer(1950, 2003)}`],
          ['N.º de socio', String(random.integer(10_000, 99_999))],
          ['Motivo de la solicitud', paragraph('es', random, 1)],
          ['Observaciones', paragraph('es', random, 2)],
        ]
      : [
          ['Full name', random.pick(people)],
          ['Address', random.pick(streets.en)],
          ['City', random.pick(towns.en)],
          ['Phone', `(${random.integer(200, 989)}) 555-01${random.integer(10, 99)}`],
          ['Date of birth', `${random.integer(1, 12)}/${random.integer(1, 28)}/${random.integer(1950, 2003)}`],
          ['Member no.', String(random.integer(10_000, 99_999))],
          ['Reason for request', paragraph('en', random, 1)],
          ['Remarks', paragraph('en', random, 2)],
        ];
  const rows = fields
    .map(
      ([name, value]) =>
        `<tr><td style="width:30%;font-weight:600;border:1px solid #444"><span class="l">${name}</span></td><td style="border:1px solid #444;font-family:'${random.pick([...mono, ...sans])}'"><span class="l">${html(value)}</span></td></tr>`,
    )
    .join('');
  return sheet(
    random.pick(sans),
    random.integer(13, 15),
    `<h2 class="l">${language === 'es' ? 'Solicitud de alta en el club' : 'Membership application'}</h2><table>${rows}</table><br>${Array.from({ length: 4 }, () => line(paragraph(language, random, 2))).join('')}`,
  );
}

const kinds = [letter, contract, table, article, form];

/** One page; `index` walks through the kinds. Answers HTML, CSS size and the resolution of the scan. */
export function scan(random, index) {
  const language = random.happens(0.5) ? 'es' : 'en';
  return {
    language,
    html: kinds[index % kinds.length](random, language),
    width: 794,
    height: 1123,
    dpi: random.pick([150, 200, 200, 250, 300]),
  };
}
