// The other samples (a no-break space stands before each euro sign): a letter, a receipt and a report, about the same invented chain and yogurt.

const sheet = (font, size, body) =>
  `<!doctype html><meta charset="utf-8"><style>@page{size:A4;margin:0}*{box-sizing:border-box}body{margin:0;width:794px;height:1122px;padding:84px 88px;color:#171717;background:#fff;font:${size}px/1.5 '${font}';overflow:hidden}p{margin:0 0 .8em}h1{font-size:1.9em;line-height:1.2;margin:0 0 .6em}h2{font-size:1.25em;margin:1.1em 0 .4em}table{border-collapse:collapse;width:100%;margin:.6em 0 1em}td,th{border-bottom:1px solid #999;padding:5px 8px;text-align:left}.r{text-align:right}</style>${body}`;
const paragraphs = (...texts) => texts.map((text) => `<p class="l">${text}</p>`).join('');
const lines = (...texts) => texts.map((text) => `<div class="l">${text}</div>`).join('');

/** A shopkeeper's letter. */
export const letter = sheet(
  'C059',
  16,
  `${lines('<b>Ultramarinos Ibáñez</b>', 'Calle de la Fuente, 12', '37500 Ciudad Rodrigo')}<br><br>${lines('Lácteos Nuvela, S.L.', 'Atención al cliente', 'Polígono El Carrizal, nave 7', '24009 León')}<br>
<p class="l" style="text-align:right">Ciudad Rodrigo, 4 de mayo de 2020</p>${paragraphs(
    '<b>Asunto: pedido n.º 20417 y acogida del yogur de arándanos</b>',
    'Estimada señora Peñalver:',
    'Le escribo después del primer mes de venta de su yogur. De las 48 cajas que recibimos el 7 de abril quedan tres, y todas son de melocotón. El de arándanos se agotó en nueve días; el de fresa, en doce.',
    'Los clientes destacan, sobre todo, que la fruta se nota entera y que no resulta empalagoso. La única queja, repetida por cinco personas, es que la tapa se rasga al abrirla: ¿podrían revisar el adhesivo? Una señora añadió que el envase de 115 g se le queda corto.',
    'En cuanto al precio, 1,59 € el paquete de cuatro parece razonable mientras dure la campaña. Con el descuento de la segunda unidad vendimos casi el triple que en una semana normal; sin él, me temo que volverían al yogur de siempre, que cuesta 0,89 €.',
    'Le ruego que me envíe 30 cajas más de arándanos y 20 de fresa antes del 15 de mayo, al mismo precio de 14,31 € la caja. Adjunto una copia del albarán y de la factura, cuyo importe de 686,88 € ya hemos abonado.',
    'Sin otro particular, y felicitándole por el producto, la saluda atentamente,',
  )}<br><br>${lines('Begoña Ibáñez Muñiz', 'Teléfono 923 55 01 47')}`,
);

/** A till receipt. */
export const receipt = (() => {
  const row = (left, right, style = '') =>
    `<div style="display:flex;justify-content:space-between;gap:20px;${style}"><span class="l">${left}</span><span class="l">${right}</span></div>`;
  const centre = (text, style = '') => `<div style="text-align:center;${style}"><span class="l">${text}</span></div>`;
  const rule = '<hr style="border:0;border-top:2px dashed #222">';
  return `<!doctype html><meta charset="utf-8"><style>*{box-sizing:border-box}body{margin:0;width:470px;padding:34px 36px 46px;background:#fff;color:#1b1b20;font:17px/1.36 'Liberation Mono'}</style>
${centre('TRÉBOLA', 'font-weight:700;font-size:30px')}${centre('SUPERMERCADOS TRÉBOLA, S.A.')}${centre('AVDA. DE LA ESTACIÓN, 88')}${centre('37004 SALAMANCA')}${centre('CIF: A00271828')}<br>
${row('18/04/2020', '11:42')}${row('CAJA 03', 'OP. 0048213')}${centre('FACTURA SIMPLIFICADA')}${rule}
${row('YOGUR NUVELA ARÁNDANO', '1,49')}${row('YOGUR NUVELA FRESA', '1,49')}${row('YOGUR NUVELA FRESA', '1,49')}${row('PROMO LLEVA 3 PAGA 2', '-1,49')}${row('LECHE SEMIDESN. 1 L', '4,14')}<div style="padding-left:2em"><span class="l">6 x 0,69</span></div>
${row('PIÑA NATURAL', '2,95')}${row('TOMATE RAMA', '1,70')}<div style="padding-left:2em"><span class="l">1,260 kg x 1,35 €/kg</span></div>${row('PAN CENTENO 400 G', '1,65')}${row('JABÓN MANOS 500 ML', '1,25')}${rule}
${row('TOTAL', '14,67 €', 'font-weight:700;font-size:25px')}${row('EFECTIVO', '20,00')}${row('CAMBIO', '5,33')}<br>${row('IVA 4%  BASE 8,29', '0,33')}${row('IVA 10% BASE 4,56', '0,46')}${row('IVA 21% BASE 0,85', '0,18')}<br>
${row('ARTÍCULOS', '13')}${centre('¡GRACIAS POR SU VISITA!')}${centre('DEVOLUCIONES: 15 DÍAS CON ESTE TIQUE', 'font-size:14px')}`;
})();

const sales = [
  ['30 de marzo', '0', '1.204', '0,89 €'],
  ['6 de abril', '2.310', '1.118', '1,59 €'],
  ['13 de abril', '3.475', '1.043', '1,49 €'],
  ['20 de abril', '2.982', '1.187', '1,39 €'],
  ['27 de abril', '1.864', '1.195', '1,59 €'],
];

/** The report's pages: two to be printed with their text, one that will only be a picture. */
export const report = [
  sheet(
    'Liberation Serif',
    16,
    `<h1 class="l">Lanzamiento de Nuvela: informe del primer mes</h1>${paragraphs('Dirección Comercial, Supermercados Trébola. 5 de mayo de 2020.')}<h2 class="l">1. Resumen</h2>${paragraphs(
      'El yogur Nuvela llegó a 62 tiendas el 6 de abril de 2020. En cuatro semanas se vendieron 10.631 paquetes, un 18 % más de lo previsto, con un precio medio de 1,50 €.',
      'La promoción «lleva 3, paga 2» de la segunda semana explica el máximo de ventas. Al retirarla, la demanda bajó, pero se mantuvo por encima de la marca propia, cuyas ventas apenas cambiaron.',
    )}<h2 class="l">2. Ventas por semana</h2><table><tr>${['Semana del', 'Nuvela', 'Yogur natural Trébola', 'Precio'].map((name, index) => `<th class="${index ? 'r' : ''}"><span class="l">${name}</span></th>`).join('')}</tr>${sales.map((row) => `<tr>${row.map((cell, index) => `<td class="${index ? 'r' : ''}"><span class="l">${cell}</span></td>`).join('')}</tr>`).join('')}</table><h2 class="l">3. Qué dicen los clientes</h2>${paragraphs(
      'De 214 opiniones recogidas en tienda, 171 son favorables. Se valoran la textura, la fruta entera y el origen de la leche; se critican la tapa, que se rasga, y el tamaño del envase.',
      '¿Qué falta? Los niños piden un sabor a plátano y las personas mayores, un formato grande.',
    )}`,
  ),
  sheet(
    'Liberation Serif',
    16,
    `<h2 class="l">4. Stores on the coast</h2>${paragraphs(
      'In the eleven stores with English flyers the launch came three weeks later. In its first week Nuvela sold 412 packs there, about 37 packs a store, against 37 in the inland stores in their own first week.',
      'Customers from abroad asked for the price per kilo more often than others did, and staff suggest printing it larger than the 12-point type in use.',
    )}<h2 class="l">5. Próximos pasos</h2>${paragraphs(
      'Primero, pedir al fabricante una tapa nueva antes de julio. Segundo, probar un envase de 500 g en ocho tiendas, a 2,99 €. Tercero, repetir la promoción en la semana del 8 de junio y compararla con tiendas sin descuento.',
      'El presupuesto de la campaña, 24.600 €, se ha gastado en un 71 %: 9.840 € en folletos, 4.300 € en degustaciones y 3.326 € en carteles.',
      'La hoja siguiente es copia de la carta de una tienda asociada.',
    )}`,
  ),
  sheet(
    'Liberation Sans',
    16,
    `${lines('<b>Frutería y Lácteos Zúñiga</b>', 'Plaza del Grano, 3', '24003 León')}<br><p class="l" style="text-align:right">León, 29 de abril de 2020</p>${paragraphs(
      'A la atención de doña Inés Albarracín:',
      'Como tienda asociada les cuento lo que hemos visto este mes. El yogur nuevo se vende bien entre semana y muy bien los sábados; el domingo ya no queda.',
      'El cartel que enviaron era demasiado grande para nuestra puerta, así que lo colgamos junto a la caja. Desde entonces preguntan más: «¿es el de la fruta entera?».',
      'Necesitaríamos otras 15 cajas, a 14,31 € cada una, y el expositor pequeño que prometieron en marzo. También agradeceríamos que el reparto llegara antes de las 9:30.',
      'Un saludo muy cordial,',
      'Andrés Zúñiga Peña',
    )}`,
  ),
];
