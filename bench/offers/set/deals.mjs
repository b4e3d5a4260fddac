// Offers with their truth. The arithmetic here is the flyers' own: nothing is taken from the code that is measured.
import { html, makers } from '../../ocr/set/words.mjs';
import { content } from './goods.mjs';
import { cents, currencyOf, filled, marked, plainText } from './money.mjs';

const containers = {
  es: { tub: 'tarrina', carton: 'brik', bottle: 'botella', bag: 'bolsa', can: 'lata', box: 'paquete' },
  de: { tub: 'Becher', carton: 'Packung', bottle: 'Flasche', bag: 'Beutel', can: 'Dose', box: 'Packung' },
};

/** As shops price: mostly nines. */
function charm(random, amount) {
  const tenth = Math.max(0.1, Math.round(amount * 10) / 10);
  const ending = random.next();
  if (amount > 3 && ending < 0.15) return Math.round(amount);
  if (ending < 0.3) return Math.max(0.25, cents(Math.round(amount * 20) / 20));
  return Math.max(0.29, cents(tenth - 0.01));
}

/** A regular price about `factor` times the price. */
const dearer = (price, factor) => cents(Math.max(Math.ceil(price * factor * 10) / 10 - 0.01, price + 0.1));

/** Per cent saved, as printed: whole. */
const saved = (price, regular) => Math.round((1 - price / regular) * 100);

const number = (amount, locale) => (locale.startsWith('en') ? String(amount) : String(amount).replace('.', ','));

/** A size as printed. */
function sizeText(random, size, shape, locale, words) {
  if (size.isLoose) return random.pick(words.perKilo);
  if (size.isDozen) return words.dozen;
  if (size.unit === 'piece') return `${size.count} ${random.pick(words.pieces)}`;
  const unit = size.word ?? size.unit;
  if (size.count === 1) {
    const text = `${number(size.amount, locale)} ${unit}`;
    const container = containers[locale]?.[shape];
    if (locale === 'de' && container && random.happens(0.5))
      return `je ${number(size.amount, locale)}-${unit}-${container}`;
    if (locale === 'de') return random.happens(0.4) ? `je ${text}` : text;
    return container && random.happens(0.45)
      ? `${container} ${text}`
      : random.happens(0.2)
        ? text.replace(' ', '')
        : text;
  }
  const each = `${number(size.amount, locale)}${random.pick([' ', ' ', ''])}${unit}`;
  const many = `${size.count}${random.pick([' x ', 'x', ' x '])}${each}`;
  return locale === 'es' && random.happens(0.4) ? `pack ${many}` : many;
}

/** The base unit that unit prices are printed for: the pound and the quart in the United States. */
function printedBase(size, locale) {
  const { amount, unit } = content(size);
  if (locale !== 'en-US') return { amount, unit };
  if (unit === 'kg') return { amount: amount / 0.45359237, unit };
  if (unit === 'l') return { amount: amount / 0.946352946, unit };
  return { amount, unit };
}

const weights = {
  none: 30,
  percent: 12,
  wasNow: 12,
  saving: 8,
  nth: 11,
  multi: 8,
  bundle: 8,
  clubPrice: 5,
  clubOnly: 3,
  clubPercent: 3,
  gift: 2,
};

/** One of `kinds` (all unless told), by weight. */
function pickKind(random, kinds = Object.keys(weights)) {
  const bag = kinds.flatMap((kind) => Array(weights[kind]).fill(kind));
  return random.pick(bag);
}

/**
 * Kind -> what it changes: `truth` fields, and `badge`, `regular`, `club`, `extras` as markup.
 * `price` is what the page shows as the price.
 */
const build = {
  none: ({ random, say }) => ({ badge: random.happens(0.4) ? html(random.pick(say.plain)) : '', isDecoration: true }),
  percent({ random, say, price, write }) {
    const isShown = random.happens(0.75);
    const wanted = random.pick([10, 15, 20, 25, 30, 33, 35, 40, 50]);
    const regular = dearer(price, 1 / (1 - wanted / 100));
    const percent = isShown ? saved(price, regular) : wanted;
    const badge = filled(random.pick(say.percent), { p: percent });
    return {
      badge,
      regular: isShown ? filled(random.pick(say.regular), { a: regular, role: 'regular', write }) : '',
      truth: { promotion: 'percent-off', discountPercent: percent, regularPrice: isShown ? regular : null },
    };
  },
  wasNow({ random, say, price, write }) {
    const regular = dearer(price, random.between(1.15, 1.7));
    return {
      badge: '',
      regular: filled(random.pick(say.regular), { a: regular, role: 'regular', write }),
      now: random.pick(say.now),
      truth: {
        regularPrice: regular,
        discountPercent: saved(price, regular),
        accepts: { promotion: ['none', 'amount-off', 'percent-off'] },
      },
    };
  },
  saving({ random, say, price, write }) {
    const saving =
      price < 2 ? random.pick([0.2, 0.3, 0.5]) : price < 6 ? random.pick([0.5, 1, 1.5]) : random.pick([1, 2, 3]);
    const isShown = random.happens(0.65);
    const regular = cents(price + saving);
    return {
      badge: filled(random.pick(say.saving), { a: saving, role: 'saving', write }),
      regular: isShown ? filled(random.pick(say.regular), { a: regular, role: 'regular', write }) : '',
      truth: {
        promotion: 'amount-off',
        regularPrice: isShown ? regular : null,
        discountPercent: isShown ? saved(price, regular) : null,
      },
    };
  },
  nth({ random, say, price, write }) {
    const [text, share] = random.pick(say.nth);
    const extras = [];
    if (say.nthPrice.length && random.happens(0.4))
      extras.push(filled(random.pick(say.nthPrice), { a: cents(price * share), role: 'nth', write }));
    const effective = cents((price * (1 + share)) / 2);
    if (random.happens(0.4))
      extras.push(filled(random.pick(say.effective), { a: effective, n: 2, role: 'effective', write }));
    return {
      badge: html(text),
      extras,
      truth: { promotion: 'nth-unit', effectiveUnitPrice: effective, accepts: { promotion: ['nth-unit', 'bogo'] } },
    };
  },
  multi({ random, say, price, write }) {
    const [text, take, pay] = random.pick(say.multi);
    const effective = cents((price * pay) / take);
    const extras = random.happens(0.4)
      ? [filled(random.pick(say.effective), { a: effective, n: take, role: 'effective', write })]
      : [];
    const isPair = take === 2 && pay === 1;
    return {
      badge: html(text),
      extras,
      truth: {
        promotion: isPair ? 'bogo' : 'multi-buy',
        effectiveUnitPrice: effective,
        accepts: { promotion: ['multi-buy', 'bogo'] },
      },
    };
  },
  bundle({ random, say, price, write, locale }) {
    const count = random.pick([2, 2, 3, 4]);
    const total =
      locale === 'en-US'
        ? Math.max(1, Math.round(price * count * 0.9))
        : cents(Math.max(0.5, Math.round(price * count * 1.7) / 2));
    const isAlone = total >= price * count || random.happens(locale === 'en-US' ? 0.75 : 0.35);
    const text = filled(random.pick(say.bundle), { a: total, n: count, role: 'bundle', write });
    return {
      badge: isAlone ? '' : text,
      main: isAlone ? text : null,
      truth: {
        promotion: 'bundle-price',
        price: isAlone ? total : price,
        effectiveUnitPrice: cents(total / count),
        promotionText: plainText(text),
        accepts: isAlone ? { price: [total, null], unitPriceFrom: cents(total / count) } : {},
      },
    };
  },
  clubPrice({ random, say, price, write }) {
    const club = cents(Math.max(0.2, Math.floor(price * random.between(7, 9)) / 10 - 0.01));
    const label = html(random.pick(say.clubPrice));
    return {
      badge: '',
      club: { label, amount: club },
      truth: {
        promotion: 'loyalty',
        promotionText: plainText(label),
        loyaltyPrice: club,
        effectiveUnitPrice: club,
        accepts: { discountPercent: [null, saved(club, price)] },
      },
      write,
    };
  },
  clubOnly({ random, say }) {
    return { badge: html(random.pick(say.clubOnly)), truth: { promotion: 'loyalty', loyaltyRequired: true } };
  },
  clubPercent({ random, say, price }) {
    const percent = random.pick([10, 15, 20, 25]);
    return {
      badge: filled(random.pick(say.clubPercent), { p: percent }),
      truth: {
        promotion: 'loyalty',
        discountPercent: percent,
        loyaltyRequired: true,
        effectiveUnitPrice: cents(price * (1 - percent / 100)),
        accepts: { promotion: ['loyalty', 'percent-off'], loyaltyRequired: [true, false] },
      },
    };
  },
  gift: ({ random, say }) => ({ badge: html(random.pick(say.gift)), truth: { promotion: 'free-gift' } }),
};

const exact = (size) => ({ count: size.count, amount: size.amount, unit: size.unit });

/** The names of brand and product as printed, in the order of the locale. */
function naming(random, good, locale) {
  const isPlain = good.shape === 'produce' && random.happens(0.75);
  const brand = isPlain ? null : random.pick(makers);
  const isFirst = locale.startsWith('en') || locale === 'de' ? random.happens(0.9) : random.happens(0.3);
  const parts = brand === null ? [good.name] : isFirst ? [brand, good.name] : [good.name, brand];
  return { brand, parts, product: parts.join(' ') };
}

/** A price per base unit, per kg or litre where that is known; null for pieces and washes sold alone. */
function perBase(price, size) {
  const { amount, unit } = content(size);
  return { pricePerBaseUnit: cents(price / amount), baseUnit: unit };
}

/** The deposit on German cans and bottles. */
function notes(random, good, size, locale, write) {
  const isDeposit = locale === 'de' && good.shape === 'can' && random.happens(0.8);
  return isDeposit ? [filled('zzgl. {a} Pfand', { a: cents(0.25 * size.count), role: 'deposit', write })] : [];
}

/** One offer of `good` (or of `twin` at the same price), valid only on the days `only` where these are told: markup of its parts, and its truth. */
export function deal(random, good, { locale, say, write, kinds, only = null, twin = null }) {
  const size = random.pick(good.sizes);
  const base = printedBase(size, locale);
  const price = charm(random, random.between(good.low, good.high) * base.amount);
  const kind = size.isLoose
    ? pickKind(random, ['none', 'percent', 'wasNow', 'saving', 'clubPrice'])
    : pickKind(random, kinds);
  const built = build[kind]({ random, say, price, write, locale });
  const named = twin === null ? good : { ...good, name: `${good.name} ${say.or} ${twin.name}` };
  const { brand, parts, product } = naming(random, named, locale);
  const shown = built.truth?.accepts?.unitPriceFrom ?? price;
  const unitPrice = cents(shown / base.amount);
  const isUnitPriced = !size.isLoose && base.amount !== 1 && say.words[base.unit] && random.happens(0.75);
  const printed = sizeText(random, size, good.shape, locale, say.words);
  const { accepts = {}, ...changes } = built.truth ?? {};
  const truth = {
    product,
    brand,
    size: exact(size),
    price,
    currency: currencyOf(locale),
    regularPrice: null,
    discountPercent: null,
    promotion: 'none',
    promotionText: built.isDecoration || !built.badge ? null : plainText(built.badge),
    effectiveUnitPrice: null,
    ...perBase(shown, size),
    loyaltyRequired: false,
    loyaltyPrice: null,
    ...(only ? { validFrom: only.validFrom, validTo: only.validTo } : {}),
    ...changes,
  };
  truth.effectiveUnitPrice ??= truth.price;
  return {
    good,
    kind,
    price,
    brand,
    parts,
    truth,
    accepts,
    main: built.main ?? null,
    // one element, so that a flexible box does not part its words
    badge: built.badge ? `<span>${built.badge}</span>` : '',
    badgeLength: plainText(built.badge).length,
    regular: built.regular ?? '',
    now: built.now ?? '',
    club: built.club ?? null,
    extras: [
      ...(built.extras ?? []),
      ...notes(random, good, size, locale, write),
      ...(only ? [`<b>${html(only.text)}</b>`] : []),
    ],
    size: html(printed),
    variety: random.happens(0.35) ? html(random.pick(say.varieties)) : '',
    unitPrice: isUnitPriced
      ? filled(random.pick(say.unitPrice), { a: unitPrice, u: random.pick(say.words[base.unit]), role: 'unit', write })
      : '',
  };
}

/** Small print: `[5,90 €]` becomes an amount that belongs to no offer. */
export const smallPrint = (text) =>
  html(text).replace(/\[([^\]]+)\]/g, (_, amount) => {
    const digits = amount
      .replace(/[^\d.,]/g, '')
      .replace(/[.,](?=\d{3})/g, '')
      .replace(',', '.');
    return marked(Number(digits), 'legal', amount);
  });
