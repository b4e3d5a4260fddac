// What the invented shops sell: name; shape of the pack; sizes; price of a base unit (kg, litre or piece; US: lb, quart).

const list = {
  es: `
    Yogur natural; tub; 4 x 125 g, 8 x 125 g, 125 g; 1.8-3.6
    Yogur griego con miel; tub; 4 x 120 g, 2 x 120 g; 3.5-6
    Bífidus de fresa; tub; 4 x 125 g; 2.4-4
    Leche semidesnatada; carton; 1 l, 6 x 1 l; 0.78-1.25
    Bebida de avena; carton; 1 l; 1.4-2.4
    Aceite de oliva virgen extra; bottle; 1 l, 750 ml, 5 l; 5-11
    Café molido natural; bag; 250 g, 500 g; 8-16
    Galletas de avena; box; 300 g, 425 g; 4-8
    Atún claro en aceite de girasol; can; 3 x 80 g, 6 x 60 g; 9-16
    Arroz redondo; bag; 1 kg; 1.1-2.4
    Tomate frito; carton; 3 x 210 g, 400 g; 2-3.6
    Detergente en cápsulas; box; 30 lavados, 40 lavados; 0.2-0.42
    Papel higiénico doble capa; bag; 12 uds, 24 uds; 0.28-0.5
    Cerveza rubia; can; 12 x 33 cl, 6 x 33 cl, 33 cl; 1.5-3.1
    Vino tinto crianza; bottle; 75 cl; 4-13
    Refresco de cola; bottle; 2 l, 1,5 l, 12 x 33 cl; 0.7-1.5
    Agua mineral; bottle; 6 x 1,5 l, 5 l; 0.2-0.55
    Zumo de naranja; carton; 1 l, 3 x 200 ml; 1.2-3
    Queso curado de oveja; produce; 250 g, 400 g; 13-22
    Jamón serrano en lonchas; box; 100 g, 150 g; 15-28
    Pan de molde integral; bag; 450 g, 600 g; 2-4.4
    Huevos camperos; box; docena, 6 uds; 0.2-0.4
    Helado de vainilla; tub; 900 ml, 4 x 110 ml; 2.6-7
    Champú de ortiga; bottle; 400 ml, 750 ml; 3-9
    Lavavajillas a mano; bottle; 750 ml, 1,2 l; 1.2-3
    Pizza cuatro quesos; box; 360 g, 420 g; 5-10
    Chocolate negro 70%; box; 100 g, 3 x 100 g; 10-20
    Merluza congelada en rodajas; bag; 600 g; 7-13
    Naranjas de mesa; produce; 2 kg, kilo; 0.9-2
    Tomate en rama; produce; kilo; 1.2-3
    Pechuga de pollo; produce; kilo, 500 g; 5-9
    Plátano extra; produce; kilo; 1.4-2.6`,
  'en-GB': `
    Greek style yogurt; tub; 500 g, 4 x 110 g; 2.5-5.5
    Strawberry yogurt; tub; 4 x 120 g; 3-6
    Semi skimmed milk; carton; 2 l, 1 l; 0.8-1.3
    Oat drink; carton; 1 l; 1.3-2.3
    Extra virgin olive oil; bottle; 500 ml, 1 l; 8-15
    Ground coffee; bag; 227 g, 200 g; 14-24
    Mature cheddar; produce; 350 g, 400 g; 7-12
    Chocolate digestives; box; 266 g, 400 g; 4-8
    Tuna chunks in brine; can; 4 x 145 g; 6-11
    Basmati rice; bag; 1 kg; 2-4
    Washing capsules; box; 30 washes, 45 washes; 0.16-0.34
    Toilet tissue; bag; 9 rolls, 16 rolls; 0.4-0.8
    Craft lager; can; 4 x 440 ml, 10 x 440 ml; 2.4-5
    Red wine Rioja; bottle; 75 cl; 8-14
    Cola; bottle; 2 l, 8 x 330 ml; 0.9-1.9
    Orange juice; carton; 1 l, 1.5 l; 1.5-3
    Margherita pizza; box; 320 g; 7-12
    Vanilla ice cream; tub; 900 ml, 4 x 100 ml; 3-8
    Free range eggs; box; 12 pack, 6 pack; 0.2-0.36
    Chicken breast fillets; produce; 600 g, 1 kg; 6-10
    Washing up liquid; bottle; 780 ml, 450 ml; 1.5-3.2
    Wholemeal bread; bag; 800 g; 1.2-2.2
    Vine tomatoes; produce; 400 g; 2.5-5
    Salmon fillets; box; 240 g; 15-24`,
  'en-US': `
    Greek Yogurt; tub; 5.3 oz, 32 oz; 2-4
    Whole Milk; carton; 64 fl oz; 1-2
    Ground Coffee; bag; 12 oz, 28 oz; 7-13
    Cheddar Cheese; produce; 8 oz, 16 oz; 4-8
    Corn Flakes; box; 18 oz; 2.5-4.5
    Peanut Butter; can; 16 oz; 2-4.4
    Spaghetti; box; 16 oz; 1-2
    Chunk Light Tuna; can; 5 oz; 3-5
    Tortilla Chips; bag; 10 oz, 13 oz; 4-7
    Cola; can; 12 ct, 24 ct; 0.35-0.7
    Orange Juice; carton; 52 fl oz; 2-3.2
    Paper Towels; bag; 6 ct, 8 ct; 1.2-2.4
    Laundry Detergent; bottle; 92 fl oz; 3-5
    Frozen Pizza; box; 27 oz; 3-6
    Ice Cream; tub; 48 fl oz; 2.4-4.5
    Large Eggs; box; dozen, 18 ct; 0.2-0.4
    Boneless Chicken Breast; produce; lb; 2-5
    Ribeye Steak; produce; lb; 8-14
    Gala Apples; produce; lb; 1-2.4
    Seedless Grapes; produce; lb; 1.5-3.5
    Sandwich Bread; bag; 20 oz; 2-3.6
    Dish Soap; bottle; 24 fl oz; 3-5`,
  de: `
    Joghurt mild; tub; 500 g, 4 x 125 g; 1.6-4
    Frische Vollmilch; carton; 1 l; 0.9-1.5
    Röstkaffee gemahlen; bag; 500 g; 9-16
    Gouda in Scheiben; box; 400 g, 150 g; 6-13
    Butterkekse; box; 200 g; 4-9
    Spaghetti; box; 500 g; 1.4-3.5
    Apfelsaft naturtrüb; carton; 1 l; 1.1-2.2
    Pils; can; 6 x 500 ml, 500 ml; 1.2-2.2
    Vollwaschmittel; box; 40 Wäschen; 0.12-0.3
    Toilettenpapier; bag; 8 Rollen; 0.3-0.5
    Tiefkühlpizza Salami; box; 350 g; 5-9
    Hähnchenbrustfilet; produce; 400 g, kilo; 8-14
    Rispentomaten; produce; kilo; 1.8-4
    Vollmilchschokolade; box; 100 g; 8-16`,
  pt: `
    Iogurte natural; tub; 4 x 125 g; 1.8-3.4
    Leite meio gordo; carton; 1 l, 6 x 1 l; 0.7-1.2
    Café moído; bag; 250 g; 9-16
    Azeite virgem extra; bottle; 750 ml; 6-12
    Arroz agulha; bag; 1 kg; 1-2
    Bolachas de aveia; box; 300 g; 4-7
    Cerveja; can; 6 x 33 cl; 1.6-3
    Atum em azeite; can; 120 g; 10-17
    Papel higiénico; bag; 12 uds; 0.3-0.5
    Maçã gala; produce; kilo; 1.2-2.4`,
  ca: `
    Iogurt natural; tub; 4 x 125 g; 1.8-3.4
    Llet sencera; carton; 1 l, 6 x 1 l; 0.8-1.3
    Cafè mòlt; bag; 250 g; 9-16
    Oli d'oliva verge extra; bottle; 1 l; 6-11
    Galetes de civada; box; 300 g; 4-7
    Formatge de cabra; produce; 200 g; 12-20
    Cervesa torrada; can; 6 x 33 cl; 1.6-3
    Pa de motlle; bag; 450 g; 2-4
    Paper de cuina; bag; 4 uds; 0.6-1
    Tomàquet de penjar; produce; kilo; 2-4`,
  fr: `
    Yaourt nature; tub; 8 x 125 g, 4 x 125 g; 1.6-3.4
    Lait demi-écrémé; carton; 1 l, 6 x 1 l; 0.9-1.3
    Café moulu; bag; 250 g; 9-16
    Huile d'olive vierge extra; bottle; 1 l; 7-12
    Emmental râpé; bag; 200 g; 6-11
    Biscuits au beurre; box; 200 g; 5-9
    Bière blonde; can; 6 x 25 cl; 2-3.6
    Lessive liquide; bottle; 30 lavages; 0.2-0.4
    Pizza trois fromages; box; 380 g; 6-10
    Pommes golden; produce; kilo; 1.4-2.8`,
  it: `
    Yogurt bianco; tub; 2 x 125 g; 2.4-4.4
    Latte parzialmente scremato; carton; 1 l; 1-1.6
    Caffè macinato; bag; 250 g; 9-17
    Olio extra vergine di oliva; bottle; 1 l; 6-11
    Passata di pomodoro; bottle; 700 g; 1.2-2.4
    Spaghetti; box; 500 g; 1.2-3
    Biscotti integrali; box; 350 g; 4-7
    Birra chiara; can; 3 x 33 cl; 1.8-3.2
    Carta igienica; bag; 8 rotoli; 0.3-0.6
    Mele golden; produce; kilo; 1.4-2.6`,
};

/** How many base units one of these is, and which. */
const bases = {
  g: [0.001, 'kg'],
  kg: [1, 'kg'],
  ml: [0.001, 'l'],
  cl: [0.01, 'l'],
  l: [1, 'l'],
  qt: [0.946352946, 'l'],
  oz: [0.028349523, 'kg'],
  lb: [0.45359237, 'kg'],
  'fl oz': [0.0295735296, 'l'],
  piece: [1, 'piece'],
  wash: [1, 'wash'],
};

const pieceWords = /^(uds|rolls|Rollen|rotoli|pack|ct)$/;
const washWords = /^(lavados|washes|Wäschen|lavages)$/;

/** `4 x 125 g`, `docena`, `kilo`, `lb`, `12 uds` -> count, amount, unit and, for pieces, the word. */
function parseSize(text) {
  if (text === 'kilo') return { count: 1, amount: 1, unit: 'kg', isLoose: true };
  if (text === 'lb') return { count: 1, amount: 1, unit: 'lb', isLoose: true };
  if (text === 'docena' || text === 'dozen') return { count: 12, amount: 1, unit: 'piece', isDozen: true };
  const [, count, amount, unit] = /^(?:(\d+) x )?([\d.,]+) (.+)$/.exec(text);
  const number = Number(amount.replace(',', '.'));
  if (washWords.test(unit)) return { count: 1, amount: number, unit: 'wash', word: unit };
  if (pieceWords.test(unit)) return { count: number, amount: 1, unit: 'piece', word: unit };
  return { count: Number(count ?? 1), amount: number, unit };
}

/** What one pack holds, in base units: `{ amount: 0.5, unit: 'kg' }`. */
export function content({ count, amount, unit }) {
  const [factor, base] = bases[unit];
  return { amount: count * amount * factor, unit: base };
}

const parsed = Object.fromEntries(
  Object.entries(list).map(([locale, text]) => [
    locale,
    text
      .trim()
      .split(/\s*\n\s*/)
      .map((line) => {
        const [name, shape, sizes, range] = line.split('; ');
        const [low, high] = range.split('-').map(Number);
        return { name, shape, sizes: sizes.split(', ').map(parseSize), low, high };
      }),
  ]),
);

/** `count` goods of a locale, different while there are enough; first what is sold fresh where `isFresh`. */
export const goods = (random, locale, count, isFresh = false) => {
  const all = parsed[locale];
  const chosen = isFresh ? all.filter(({ shape }) => shape === 'produce').slice(0, count) : [];
  while (chosen.length < count) chosen.push(...random.some(all, count - chosen.length));
  return chosen;
};

export const shops = {
  es: ['Mercaluna', 'Superbrisa', 'Alhóndiga Viva'],
  'en-GB': ['Oakwell', 'Fernley'],
  'en-US': ['Pinecrest Market', 'Big Larch'],
  de: ['Kornblume Markt', 'Sparfuchs'],
  pt: ['Mercado Lua'],
  ca: ['Cistella Viva'],
  fr: ['Panier Malin'],
  it: ['La Sporta'],
};
