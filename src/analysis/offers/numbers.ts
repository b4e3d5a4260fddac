/** Numbers as they are printed: which separator parts the thousands, which the decimals. */

/** A number of a levelled text: `1.249,00`, `1 249`, `1'99`, `.75`. */
export const NUMBER = String.raw`(?:(?<!\d[:/x])\d{1,3}(?: \d{3})+(?!\d)|\d+)(?:[.,']\d+)*`;

const PARTS = /^(\d+)((?:[.,' ]\d+)*)$/;

/**
 * Reads a number of a levelled text, or gives null where the groups fit no way of writing numbers (`10.0.0`). One
 * separator with three digits after it parts thousands, save after a lone 0 or where `threeDecimals` says that they are
 * decimals; any other number of digits after the last separator are decimals.
 */
export function parseNumber(printed: string, threeDecimals = false): number | null {
  const bare = printed.startsWith('.') || printed.startsWith(',') ? `0${printed}` : printed;
  const match = PARTS.exec(bare);
  if (match === null) return null;
  const groups = (match[2] ?? '').match(/\D\d+/g) ?? [];
  const first = match[1] ?? '';
  const last = groups.at(-1);
  if (last === undefined) return Number(first);
  const hasDecimals = isDecimals(first, groups, threeDecimals);
  const thousands = (hasDecimals ? groups.slice(0, -1) : groups).map((group) => group.slice(1));
  // the last group of thousands has three digits; those before may have two, as in India: 1,23,456
  const isGrouped =
    thousands.every((digits, i) => digits.length === 3 || (digits.length === 2 && i < thousands.length - 1)) &&
    (thousands.length === 0 || first.length <= 3);
  if (!isGrouped) return null;
  const whole = first + thousands.join('');
  return Number(hasDecimals ? `${whole}.${last.slice(1)}` : whole);
}

function isDecimals(first: string, groups: readonly string[], threeDecimals: boolean): boolean {
  const last = groups.at(-1) ?? '';
  if (last[0] === ' ') return false;
  if (last.length !== 4) return true;
  const isOther = groups.length > 1 && groups.slice(0, -1).every((group) => group[0] !== last[0]);
  if (groups.length > 1) return isOther && last[0] !== "'";
  return last[0] !== "'" && (threeDecimals || /^0+$/.test(first) || first.length > 3);
}

/** Rounded half up, away from zero, as decimals are rounded on paper: 1.005 gives 1.01. */
export function roundDecimal(value: Fraction, places: number): number {
  const scale = 10n ** BigInt(places);
  const doubled = (2n * value.numerator * scale + value.denominator) / (2n * value.denominator);
  return Number(`${doubled / scale}.${(doubled % scale).toString().padStart(places, '0')}`);
}

/** A share of whole numbers, none of it negative: what prices are reckoned in, so that nothing is lost. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** The decimal number that a float is printed as. */
export function toFraction(value: number): Fraction {
  const [digits = '0', exponent = '0'] = value.toString().split('e');
  const [whole = '0', decimals = ''] = digits.split('.');
  const places = decimals.length - Number(exponent);
  const numerator = BigInt(whole + decimals);
  return places >= 0
    ? { numerator, denominator: 10n ** BigInt(places) }
    : { numerator: numerator * 10n ** BigInt(-places), denominator: 1n };
}

export function times(a: Fraction, b: Fraction): Fraction {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator };
}

/** @throws RangeError where the second is 0 */
export function over(a: Fraction, b: Fraction): Fraction {
  if (b.numerator === 0n) throw new RangeError('division by zero');
  return { numerator: a.numerator * b.denominator, denominator: a.denominator * b.numerator };
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

/** The difference, 0 where it would be below. */
export function minus(a: Fraction, b: Fraction): Fraction {
  const numerator = a.numerator * b.denominator - b.numerator * a.denominator;
  return { numerator: numerator < 0n ? 0n : numerator, denominator: a.denominator * b.denominator };
}
