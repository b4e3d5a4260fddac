// Amounts as flyers print them: in running text, and as the big price of an offer. Each is marked for the truth.
import { html } from '../../ocr/set/words.mjs';

export const currencies = { 'en-GB': 'GBP', 'en-US': 'USD' };
export const currencyOf = (locale) => currencies[locale] ?? 'EUR';

/** Rounded to cents, half away from zero. */
export const cents = (amount) => Math.round((amount + Number.EPSILON) * 100) / 100;

/** An amount on the page, for the truth: `role` is price, bundle, regular, saving, club, unit, nth, effective, deposit or legal. */
export const marked = (amount, role, content, style = '') =>
  `<span data-box="amount" data-amount="${amount}" data-role="${role}" style="white-space:nowrap;${style}">${content}</span>`;

/** How this page writes amounts in running text: amount -> text. */
export function writer(random, locale) {
  const euro = random.pick([' €', '€', ' €']);
  const comma = (amount) => amount.toFixed(2).replace('.', ',');
  switch (locale) {
    case 'en-GB':
      return (amount) =>
        amount < 1 ? `${Math.round(amount * 100)}p` : `£${amount % 1 === 0 ? amount : amount.toFixed(2)}`;
    case 'en-US':
      return (amount) =>
        amount < 1 ? `${Math.round(amount * 100)}¢` : `$${amount % 1 === 0 ? amount : amount.toFixed(2)}`;
    case 'de':
      return random.happens(0.5) ? (amount) => amount.toFixed(2) : (amount) => `${comma(amount)} €`;
    case 'it':
      return random.happens(0.3) ? (amount) => `€ ${comma(amount)}` : (amount) => `${comma(amount)}${euro}`;
    default:
      return (amount) => `${amount % 1 === 0 && random.happens(0.5) ? amount : comma(amount)}${euro}`;
  }
}

const small = (content, size = 0.5, lift = 0.75) =>
  `<span style="font-size:${size}em;position:relative;bottom:${lift}em;line-height:0">${content}</span>`;
const stack = (above, below) =>
  `<span style="display:inline-flex;flex-direction:column;font-size:.44em;line-height:1;margin-left:.08em;vertical-align:top;text-align:left;padding-top:.14em"><span>${above}</span><span style="font-size:.85em">${below}</span></span>`;

/** Name -> whether the currency is printed, and (whole, cents) -> markup. */
const euroTags = {
  plain: [true, (w, c) => `${w},${c}€`],
  spaced: [true, (w, c) => `${w},${c} €`],
  'raised-comma': [true, (w, c) => `${w}${small(`,${c}€`)}`],
  'raised-sign': [true, (w, c) => `${w},${small(c)}${small('€', 0.4, 0.2)}`],
  stacked: [true, (w, c) => `${w}${stack(c, '€')}`],
  'stacked-comma': [true, (w, c) => `${w},${stack(c, '€')}`],
  apostrophe: [true, (w, c) => `${w}’${small(c, 0.6, 0.5)}${small('€', 0.5, 0.7)}`],
  bare: [false, (w, c) => `${w}.${small(c, 0.6, 0.55)}`],
  'bare-raised': [false, (w, c) => `${w}${small(c, 0.5, 0.85)}`],
  'sign-between': [true, (w, c) => `${w}${stack('€', c)}`],
};
const poundTags = {
  plain: [true, (w, c) => `£${w}${c === '00' ? '' : `.${c}`}`],
  raised: [true, (w, c) => `<span style="font-size:.6em">£</span>${w}${c === '00' ? '' : small(`.${c}`, 0.55, 0.6)}`],
};
const dollarTags = {
  plain: [true, (w, c) => `$${w}.${c}`],
  raised: [true, (w, c) => `${small('$', 0.5)}${w}${small(c, 0.5)}`],
  'raised-point': [true, (w, c) => `${small('$', 0.5)}${w}.${small(c, 0.5)}`],
};
const tagsByLocale = { 'en-GB': poundTags, 'en-US': dollarTags };
const namesByLanguage = {
  es: ['plain', 'spaced', 'raised-comma', 'raised-sign', 'stacked', 'stacked-comma', 'apostrophe'],
  de: ['bare', 'bare', 'bare-raised', 'plain'],
  fr: ['sign-between', 'raised-comma', 'stacked-comma', 'spaced'],
  it: ['plain', 'raised-comma', 'stacked-comma'],
  pt: ['plain', 'raised-comma', 'stacked-comma', 'stacked'],
  ca: ['raised-comma', 'plain', 'apostrophe', 'stacked'],
};

/** One of the ways in which a locale prints big prices. */
export const pickTag = (random, locale) =>
  random.pick(tagsByLocale[locale] ? Object.keys(tagsByLocale[locale]) : namesByLanguage[locale]);

/** The big price `amount` in the way `tag`; the font's size and colour are those of what surrounds it. */
export function bigPrice(amount, tag, locale, role = 'price') {
  const [whole, part] = amount.toFixed(2).split('.');
  const tight = 'line-height:1';
  if (amount < 1 && locale === 'en-US') return marked(amount, role, `${Number(part)}¢`, tight);
  if (amount < 1 && locale === 'en-GB') return marked(amount, role, `${Number(part)}p`, tight);
  const [, draw] = (tagsByLocale[locale] ?? euroTags)[tag];
  return marked(amount, role, draw(whole, part), tight);
}

/** Whether the way `tag` prints the currency. */
export const printsCurrency = (tag, locale) => (tagsByLocale[locale] ?? euroTags)[tag][0];

/** A template filled: `{a}` is a marked amount of `role`; other letters are texts. */
export const filled = (template, { a, role, write, ...rest }) =>
  html(template).replace(/\{(\w)\}/g, (whole, key) =>
    key === 'a' ? marked(a, role, write(a)) : key in rest ? String(rest[key]) : whole,
  );

/** The text of a filled template, as a reader sees it. */
export const plainText = (markup) =>
  markup
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&amp;/g, '&');
