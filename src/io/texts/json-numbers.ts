/** JSON whose numbers keep their digits: numbers of JavaScript round long ones, such as the ids of many services. */

/** Only such text may hold a number that JavaScript cannot carry. */
const SUSPECT = /\d{16}|\d[eE]/;
const SIGN = /"|-?\d[\d.eE+-]*/g;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Whether a number becomes another one: an integer beyond the safe ones, or what is too large or too small. */
function isLost(token: string): boolean {
  if (!NUMBER.test(token)) return false;
  const value = Number(token);
  if (value === 0) return /^[^eE]*[1-9]/.test(token);
  return !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value));
}

/** The quote that ends a string of JSON whose text starts at `from`. */
function closingQuote(source: string, from: number): number {
  for (let at = source.indexOf('"', from); at !== -1; at = source.indexOf('"', at + 1)) {
    let start = at;
    while (start > from && source[start - 1] === '\\') start -= 1;
    if ((at - start) % 2 === 0) return at;
  }
  return source.length;
}

/** Puts quotes around the numbers outside of strings that would be rounded. Time grows with the length alone. */
function quoteLostNumbers(source: string): string {
  const sign = new RegExp(SIGN);
  const parts: string[] = [];
  let from = 0;
  for (let found = sign.exec(source); found !== null; found = sign.exec(source)) {
    const [token] = found;
    if (token === '"') {
      sign.lastIndex = closingQuote(source, sign.lastIndex) + 1;
    } else if (isLost(token)) {
      parts.push(source.slice(from, found.index), '"', token, '"');
      from = found.index + token.length;
    }
  }
  return from === 0 ? source : parts.join('') + source.slice(from);
}

/** Parses JSON; numbers that JavaScript would round are strings, as they stand there. Throws `SyntaxError`. */
export function parseJson(source: string): unknown {
  const value: unknown = JSON.parse(source);
  if (!SUSPECT.test(source)) return value;
  const quoted = quoteLostNumbers(source);
  return quoted === source ? value : JSON.parse(quoted);
}
