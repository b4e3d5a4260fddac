// Prices in every notation, on one line and with raised cents.

const usualCents = ['99', '95', '49', '79', '89', '50', '00', '29', '39', '19', '90', '45'];

/** Whole part and two digits of cents; small amounts are the most frequent. */
export function amount(random) {
  const value = random.happens(0.6)
    ? random.next() * 10
    : random.happens(0.7)
      ? random.next() * 100
      : random.next() * 1500;
  const cents = random.happens(0.5) ? random.pick(usualCents) : String(random.integer(0, 99)).padStart(2, '0');
  return [String(Math.floor(value)), cents];
}

/** Upper bound of the random number -> notation. */
const notations = [
  [0.28, ({ price }) => `${price} €`],
  [0.46, ({ price }) => `${price}€`],
  [0.54, ({ price, random }) => `${price}€/${random.pick(['kg', 'l', 'ud.', 'u', 'L'])}`],
  [0.6, ({ price, random }) => `${price} €/${random.pick(['kg', 'l', 'ud.', '100 g'])}`],
  [0.66, ({ price }) => `€ ${price}`],
  [0.7, ({ price }) => `€${price}`],
  [0.78, ({ whole, cents }) => `$${whole}.${cents}`],
  [0.82, ({ whole }) => `${whole} €`],
  [0.85, ({ whole }) => `${whole}€`],
  [0.87, ({ whole, cents }) => `£${whole}.${cents}`],
  [0.97, ({ price }) => price],
  [1, ({ whole }) => `${whole},-`],
];

/** A price as it is written on one line. */
export function plainPrice(random) {
  const choice = random.next();
  const [whole, cents] = amount(random);
  const price = whole + random.pick([',', ',', ',', '.', '.', "'", '’']) + cents;
  const [, write] = notations.find(([bound]) => choice < bound);
  return write({ random, price, whole, cents });
}

/**
 * A price with small raised cents. `parts` are drawn one after another: text, size (1 is that of the whole part), whether
 * it is raised, and a shift to the right in sizes. `text` is the label: a separator that is not drawn is a point in it.
 */
export function raisedPrice(random) {
  const [whole, cents] = amount(random);
  const shown = whole.slice(0, 3);
  const separator = random.pick([',', ',', "'", '’', '.', '.', '', '', '', '']);
  const after = random.pick(['€', '€', '', ' €', '€/kg', '*', '', '-']);
  const currency = random.happens(0.12) ? random.pick(['$', '€', '£']) : '';
  const small = random.between(0.38, 0.68);
  const afterIsCents = random.happens(0.5);
  const isDiscount = random.happens(0.06);
  const before = (isDiscount ? '-' : '') + currency + (isDiscount && random.happens(0.5) ? '' : shown);
  const suffix = after === '-' ? '' : after;
  const parts = [
    { text: before, size: 1, isRaised: false },
    { text: separator, size: random.pick([1, small, small]), isRaised: random.pick([false, false, true]) },
    { text: cents, size: small, isRaised: true },
    {
      text: suffix,
      size: afterIsCents ? small : random.pick([small, 0.35, 1]),
      isRaised: afterIsCents ? true : random.pick([false, true]),
    },
  ];
  return { text: before + (separator || '.') + cents + suffix, parts };
}

/** As `raisedPrice`, with the cents set tightly above their separator. */
export function tightPrice(random) {
  const price = raisedPrice(random);
  const [, separator, cents] = price.parts;
  if (/[.,]/.test(separator.text) && random.happens(0.7)) {
    Object.assign(separator, { size: 1, isRaised: false });
    Object.assign(cents, { isRaised: true, size: random.between(0.45, 0.7), shift: -random.between(0.08, 0.26) });
  } else if (random.happens(0.5)) {
    Object.assign(cents, { isRaised: true, shift: -random.between(0, 0.06) });
  }
  return price;
}
