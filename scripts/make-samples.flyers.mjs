// The sample flyers: an invented chain, Trébola, through the launch of an invented yogurt, Nuvela, in April 2020.
import { pictures } from './make-samples.pictures.mjs';

const known = (truth, also, markup) =>
  `<span class="l" data-truth="${truth}" data-also="${also.join('|')}">${markup}</span>`;

/** The ways this chain prints a price; the text is in the DOM save where cents stand raised without a mark. */
const prices = {
  plain: (whole, cents) => `<span class="l">${whole},${cents} €</span>`,
  raised: (whole, cents) => `<span class="l">${whole}<sup>,${cents}€</sup></span>`,
  quote: (whole, cents) => `<span class="l">${whole}’${cents}€</span>`,
  kilo: (whole, cents) => `<span class="l">${whole},${cents} <small>€/kg</small></span>`,
  bare: (whole, cents) =>
    known(
      `${whole},${cents}`,
      [`${whole}${cents}`, `${whole}.${cents}`, `${whole} ${cents}`],
      `${whole}<sup>${cents}</sup>`,
    ),
  euro: (whole, cents) => `<span class="l">€${whole}.${cents}</span>`,
  euroRaised: (whole, cents) => `<span class="l"><sup>€</sup>${whole}<sup>.${cents}</sup></span>`,
};

const styled = `*{box-sizing:border-box}body{margin:0;background:#fff;font-family:'Lato'}sup{font-size:.52em;vertical-align:.72em;line-height:0}small{font-size:.42em}
.top{display:flex;align-items:center;justify-content:space-between;padding:20px 34px}.logo{display:flex;align-items:center;gap:12px;font:900 46px 'URW Gothic'}
.tile{position:relative;padding:14px 16px;display:flex;flex-direction:column;overflow:hidden}.pic{height:128px;margin:2px 0 8px}
.name{font-weight:900;font-size:23px;line-height:1.13}.unit{font-size:16px;margin-top:2px}.row{display:flex;align-items:flex-end;justify-content:space-between;margin-top:auto;padding-top:8px}
.price{font-weight:900;font-size:56px;line-height:1;padding:6px 12px;border-radius:10px;white-space:nowrap}.old{font-size:20px;text-decoration:line-through;text-decoration-thickness:2px}
.per{font-size:14px;margin-top:5px}.badge{position:absolute;right:12px;top:12px;font:800 20px/1.1 'Open Sans';padding:7px 12px;border-radius:6px;transform:rotate(4deg);text-align:center}
.foot{font-size:12.5px;line-height:1.45;padding:14px 34px 18px;color:#444;background:#f3f1ea}`;

const clover = (colour) =>
  `<svg width="54" height="54" viewBox="0 0 54 54"><g fill="${colour}"><circle cx="18" cy="18" r="12"/><circle cx="36" cy="18" r="12"/><circle cx="18" cy="35" r="12"/><path d="M26 26 q 4 16 16 24 l -4 3 q -14 -10 -16 -25z"/></g></svg>`;

/** `{ name, unit, picture, price: [layout, whole, cents], old?, per?, badge?, colours: [tile, text, price, priceText] }` */
function tile({
  name,
  unit,
  picture,
  price: [layout, whole, cents],
  old,
  per,
  badge,
  colours: [back, text, box, boxText],
  wide,
}) {
  return `<div class="tile" style="background:${back};color:${text};${wide ? 'grid-column:span 2' : ''}">
<div class="pic">${pictures[picture]()}</div>${badge ? `<div class="badge" style="background:${box};color:${boxText}"><span class="l">${badge}</span></div>` : ''}
<div class="name"><span class="l">${name}</span></div><div class="unit"><span class="l">${unit}</span></div>
<div class="row">${old ? `<span class="l old">${old}</span>` : '<span></span>'}<div class="price" style="background:${box};color:${boxText}">${prices[layout](whole, cents)}</div></div>
${per ? `<div class="per"><span class="l">${per}</span></div>` : ''}</div>`;
}

function hero({ back, text, kicker, name, line, price: [layout, whole, cents], promo, per, box, boxText }) {
  return `<div style="display:flex;background:${back};color:${text};padding:22px 34px;gap:20px;align-items:center">
<div style="flex:1.15"><div style="font:800 25px 'Open Sans'"><span class="l">${kicker}</span></div><div style="font:italic 900 84px/1 'P052';margin:4px 0 6px"><span class="l">${name}</span></div>
<div style="font-size:23px;line-height:1.3;max-width:440px"><span class="l">${line}</span></div>
<div style="display:flex;align-items:center;gap:22px;margin-top:16px"><div class="price" style="font-size:88px;background:${box};color:${boxText};padding:10px 20px">${prices[layout](whole, cents)}</div>
<div style="font:900 27px/1.15 'Roboto Condensed'"><span class="l">${promo}</span></div></div><div class="per" style="font-size:16px"><span class="l">${per}</span></div></div>
<div style="flex:1;height:330px">${pictures.yogurtHero()}</div></div>`;
}

/** A whole flyer. */
function page({ width, brand, brandText, title, when, heroPart, gap, columns, tiles, foot }) {
  return `<!doctype html><meta charset="utf-8"><style>${styled}</style><body style="width:${width}px">
<div class="top" style="background:${brand};color:${brandText}"><div class="logo">${clover(brandText)}<span class="l">Trébola</span></div><div style="text-align:right"><div style="font:900 36px 'Lato'"><span class="l">${title}</span></div><div style="font:600 21px 'Open Sans'"><span class="l">${when}</span></div></div></div>
${heroPart ?? ''}<div style="display:grid;grid-template-columns:repeat(${columns},1fr);gap:${gap}px;background:#fff;padding:${gap}px">${tiles.map(tile).join('')}</div>
<div class="foot">${foot.map((text) => `<div><span class="l">${text}</span></div>`).join('')}</div></body>`;
}

const red = ['#d7182a', '#fff', '#ffe100', '#b00016'];
const yellow = ['#ffe14d', '#5a1010', '#c8102e', '#fff'];
const green = ['#12703b', '#fff', '#fff', '#0b5a2c'];
const mint = ['#d9f0e2', '#0b4f3a', '#0b4f3a', '#fff'];
const sky = ['#dceefb', '#06365f', '#06365f', '#ffe14d'];
const cream = ['#fbf2dc', '#4b2a10', '#b3001b', '#fff'];
const violet = ['linear-gradient(135deg,#6a2c91,#a64ac9)', '#fff', '#ffd400', '#4b1a6b'];
const orange = ['linear-gradient(160deg,#ff7a00,#ffb347)', '#3d1600', '#fff', '#c43c00'];
const white = ['#fff', '#222', '#fff', '#d7182a'];

const footEs = [
  'Ofertas válidas en las tiendas Trébola de península y Baleares, salvo error tipográfico o fin de existencias. Precios con IVA incluido.',
  'Máximo 6 unidades por artículo y cliente. Las imágenes son orientativas. ¿Dudas? Llama gratis al 900 271 828 o pregunta en tu tienda.',
];

/** Name -> HTML, width, and how the page got into the file. */
export const flyers = {
  '2020-03-30-trebola-frescos': {
    width: 1080,
    look: 'clean',
    html: page({
      width: 1080,
      brand: '#12703b',
      brandText: '#fff',
      title: '¡La compra fresca!',
      when: 'Del 30 de marzo al 5 de abril de 2020',
      columns: 3,
      gap: 10,
      foot: footEs,
      tiles: [
        {
          name: 'Naranjas de mesa',
          unit: 'malla de 3 kg',
          picture: 'orange',
          price: ['plain', 2, '49'],
          old: '3,29 €',
          per: 'El kilo sale a 0,83 €',
          badge: '¡Oferta!',
          colours: orange,
        },
        { name: 'Tomate de ensalada', unit: 'a granel', picture: 'tomato', price: ['kilo', 1, '79'], colours: cream },
        {
          name: 'Leche entera La Braña',
          unit: 'brik de 1 l',
          picture: 'milk',
          price: ['raised', 0, '72'],
          badge: 'Pack 6: 4,32 €',
          colours: sky,
        },
        {
          name: 'Yogur natural Trébola',
          unit: 'pack 4 x 125 g',
          picture: 'cheapYogurt',
          price: ['quote', 0, '89'],
          per: 'El kilo sale a 1,78 €',
          colours: mint,
        },
        {
          name: 'Lubina de ración',
          unit: 'pieza de 400 g aprox.',
          picture: 'fish',
          price: ['kilo', 8, '95'],
          old: '10,50 €/kg',
          badge: 'Pescadería',
          colours: yellow,
        },
        {
          name: 'Queso curado de oveja Peñafría',
          unit: 'cuña de 250 g',
          picture: 'cheese',
          price: ['plain', 3, '99'],
          per: 'El kilo sale a 15,96 €',
          colours: green,
        },
      ],
    }),
  },
  '2020-04-06-trebola-nuvela': {
    width: 1080,
    look: 'jpeg',
    html: page({
      width: 1080,
      brand: '#d7182a',
      brandText: '#fff',
      title: 'Novedad de la semana',
      when: 'Del 6 al 12 de abril de 2020',
      columns: 3,
      gap: 8,
      foot: [
        '(*) El descuento de la 2ª unidad se aplica en caja, en productos iguales. Promoción no acumulable.',
        ...footEs,
      ],
      heroPart: hero({
        back: 'linear-gradient(120deg,#e9f4ff,#ffe9f2 70%)',
        text: '#3a1157',
        kicker: '¡Ya está aquí!',
        name: 'Nuvela',
        line: 'El yogur cremoso con fruta entera y leche de pequeñas granjas. Fresa, arándanos o melocotón.',
        price: ['raised', 1, '59'],
        promo: '2ª unidad al 50%*',
        per: 'Pack 4 x 115 g. El kilo sale a 3,46 €',
        box: '#d81b60',
        boxText: '#fff',
      }),
      tiles: [
        {
          name: 'Pan de molde sin corteza',
          unit: 'paquete de 450 g',
          picture: 'bread',
          price: ['plain', 1, '15'],
          old: '1,45 €',
          colours: cream,
        },
        {
          name: 'Café molido natural Tostalba',
          unit: 'bolsa de 250 g',
          picture: 'coffee',
          price: ['bare', 2, '29'],
          badge: '3x2',
          colours: yellow,
        },
        {
          name: 'Aceite de oliva virgen extra',
          unit: 'botella de 1 l',
          picture: 'oil',
          price: ['plain', 3, '85'],
          old: '4,60 €',
          per: 'Máximo 4 botellas por cliente',
          colours: green,
        },
        {
          name: 'Jamón serrano en lonchas',
          unit: 'sobre de 120 g',
          picture: 'ham',
          price: ['raised', 1, '99'],
          per: 'El kilo sale a 16,58 €',
          colours: white,
        },
        {
          name: 'Detergente líquido Azulia',
          unit: '40 lavados',
          picture: 'soap',
          price: ['quote', 4, '95'],
          badge: '-30%',
          old: '7,10 €',
          colours: sky,
        },
        {
          name: 'Naranjas de mesa',
          unit: 'malla de 3 kg',
          picture: 'orange',
          price: ['plain', 2, '69'],
          per: 'El kilo sale a 0,90 €',
          colours: orange,
        },
      ],
    }),
  },
  '2020-04-13-trebola-aniversario': {
    width: 1180,
    look: 'photographed',
    html: page({
      width: 1180,
      brand: '#3a1157',
      brandText: '#ffd400',
      title: 'Aniversario: ¡25 años contigo!',
      when: 'Del 13 al 19 de abril de 2020',
      columns: 4,
      gap: 8,
      foot: footEs,
      heroPart: hero({
        back: 'linear-gradient(120deg,#fff6d6,#ffd6e6 80%)',
        text: '#5a0030',
        kicker: '¿Aún no lo has probado?',
        name: 'Nuvela',
        line: 'Yogur con fruta entera, sin azúcares añadidos.',
        price: ['quote', 1, '49'],
        promo: 'Llévate 3 y paga 2',
        per: 'Pack 4 x 115 g. Antes 1,59 €. El kilo sale a 3,24 €',
        box: '#5a0030',
        boxText: '#fff',
      }),
      tiles: [
        { name: 'Leche semidesnatada', unit: 'brik de 1 l', picture: 'milk', price: ['plain', 0, '69'], colours: sky },
        { name: 'Salmón noruego', unit: 'rodajas', picture: 'fish', price: ['kilo', 9, '90'], colours: mint },
        {
          name: 'Queso tierno',
          unit: 'pieza de 500 g',
          picture: 'cheese',
          price: ['raised', 3, '45'],
          old: '4,20 €',
          colours: cream,
        },
        {
          name: 'Tomate rama',
          unit: 'el kilo',
          picture: 'tomato',
          price: ['plain', 1, '35'],
          badge: '¡Más barato!',
          colours: green,
        },
        {
          name: 'Yogur griego Dulzama',
          unit: 'pack 2 x 125 g',
          picture: 'cheapYogurt',
          price: ['plain', 1, '19'],
          per: 'El kilo sale a 4,76 €',
          colours: violet,
        },
        {
          name: 'Pan integral de centeno',
          unit: 'unidad de 400 g',
          picture: 'bread',
          price: ['bare', 1, '65'],
          colours: yellow,
        },
        {
          name: 'Jabón líquido de manos',
          unit: 'frasco de 500 ml',
          picture: 'soap',
          price: ['quote', 1, '25'],
          badge: '2x1',
          colours: white,
        },
        {
          name: 'Aceite suave',
          unit: 'garrafa de 5 l',
          picture: 'oil',
          price: ['raised', 13, '90'],
          per: 'El litro sale a 2,78 €',
          colours: orange,
        },
      ],
    }),
  },
  '2020-04-20-trebola-despensa': {
    width: 980,
    look: 'scanned',
    html: page({
      width: 980,
      brand: '#ffe14d',
      brandText: '#b00016',
      title: 'Llena tu despensa',
      when: 'Del lunes 20 al domingo 26 de abril de 2020',
      columns: 3,
      gap: 0,
      foot: [
        'Con la tarjeta Trébola acumulas un 2% de tu compra. Consulta las bases en el tablón de tu tienda.',
        ...footEs,
      ],
      tiles: [
        {
          name: 'Yogur Nuvela de fresa',
          unit: 'pack 4 x 115 g',
          picture: 'yogurt',
          price: ['plain', 1, '39'],
          old: '1,59 €',
          badge: 'Con tarjeta',
          per: 'El kilo sale a 3,02 €',
          colours: violet,
        },
        {
          name: 'Yogur Nuvela de arándanos',
          unit: 'pack 4 x 115 g',
          picture: 'yogurt',
          price: ['plain', 1, '39'],
          old: '1,59 €',
          per: 'El kilo sale a 3,02 €',
          colours: sky,
        },
        {
          name: 'Yogur natural Trébola',
          unit: 'pack 4 x 125 g',
          picture: 'cheapYogurt',
          price: ['quote', 0, '85'],
          per: 'El kilo sale a 1,70 €',
          colours: mint,
        },
        {
          name: 'Café en grano Tostalba',
          unit: 'bolsa de 1 kg',
          picture: 'coffee',
          price: ['raised', 8, '75'],
          badge: '-20%',
          colours: cream,
        },
        { name: 'Jamón cocido extra', unit: 'al corte', picture: 'ham', price: ['kilo', 7, '95'], colours: red },
        {
          name: 'Aceitunas rellenas de anchoa',
          unit: 'lata de 350 g',
          picture: 'oil',
          price: ['bare', 0, '95'],
          badge: '2ª ud. -70%',
          colours: green,
        },
      ],
    }),
  },
  '2020-04-27-trebola-costa-en': {
    width: 1080,
    look: 'clean',
    html: page({
      width: 1080,
      brand: '#0a5c7a',
      brandText: '#fff',
      title: 'This week at the coast',
      when: 'April 27 - May 3, 2020',
      columns: 3,
      gap: 10,
      foot: [
        'Offers valid at Trébola stores on the coast while supplies last. VAT included. Pictures are for guidance only.',
        'Limit 6 per customer and item. Questions? Call 900 271 828 (free of charge) or ask our staff.',
      ],
      heroPart: hero({
        back: 'linear-gradient(120deg,#dff6ff,#fff2cc 85%)',
        text: '#063a52',
        kicker: 'New in our stores!',
        name: 'Nuvela',
        line: 'Creamy yogurt with whole fruit and milk from small farms. Strawberry, blueberry or peach.',
        price: ['euro', 1, '59'],
        promo: 'Buy 2, get 1 free',
        per: '4 x 115 g. Price per kilo: €3.46',
        box: '#0a5c7a',
        boxText: '#fff',
      }),
      tiles: [
        {
          name: 'Fresh sea bass',
          unit: 'about 400 g each',
          picture: 'fish',
          price: ['euro', 9, '50'],
          per: 'per kilo',
          colours: sky,
        },
        {
          name: 'Oranges from Valencia',
          unit: '2 kg bag',
          picture: 'orange',
          price: ['euroRaised', 1, '89'],
          old: 'Was €2.40',
          badge: 'Save 20%',
          colours: orange,
        },
        {
          name: 'Aged sheep’s cheese',
          unit: '250 g wedge',
          picture: 'cheese',
          price: ['euro', 4, '25'],
          colours: yellow,
        },
        {
          name: 'Ground coffee Tostalba',
          unit: '250 g pack',
          picture: 'coffee',
          price: ['euro', 2, '29'],
          badge: 'Half price',
          old: 'Was €4.58',
          colours: cream,
        },
        {
          name: 'Sliced white bread',
          unit: '450 g loaf',
          picture: 'bread',
          price: ['euroRaised', 1, '15'],
          colours: mint,
        },
        {
          name: 'Whole milk La Braña',
          unit: '1 litre carton',
          picture: 'milk',
          price: ['euro', 0, '75'],
          per: '6 cartons for €4.20',
          colours: green,
        },
      ],
    }),
  },
};
