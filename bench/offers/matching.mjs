// Pairs offers of the truth with those that were found, by their names.

/** Names this alike are of one product. */
const LEAST = 0.6;

const fold = (text) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/gu, 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function levenshtein(a, b) {
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row.push(Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    last = row;
  }
  return last[b.length];
}

const ratio = (a, b) => 1 - levenshtein(a, b) / Math.max(a.length, b.length, 1);

/** 0 to 1, strictly: the order of the characters counts. */
export const strictly = (a, b) => ratio(fold(a), fold(b));

/** 0 to 1, leniently: of words in any order, those that the shorter name shares, if they are most of the longer's too. */
export function leniently(a, b) {
  const [as, bs] = [a, b].map((text) => [...new Set(fold(text).split(' '))].sort());
  const shared = as.filter((word) => bs.some((other) => ratio(word, other) >= 0.8));
  const dice = (2 * shared.length) / (as.length + bs.length);
  return Math.max(
    ratio(fold(a), fold(b)),
    ratio(as.join(' '), bs.join(' ')),
    dice,
    0.9 *
      (shared.length / Math.min(as.length, bs.length)) *
      (shared.length >= 2 || Math.min(as.length, bs.length) === 1 ? 1 : 0),
  );
}

/** Between equally named offers the price decides. */
export const samePrice = (truth, row) => Number(truth.price === row.price);

/** Truth -> row, one to one, the likest (`likeness(truth, row)`, 0 to 1) first; `tie(truth, row)` decides between equals. */
export function pair(expected, found, likeness, tie) {
  const all = expected.flatMap((truth) => found.map((row) => ({ truth, row, like: likeness(truth, row) })));
  all.sort((a, b) => b.like - a.like || tie(b.truth, b.row) - tie(a.truth, a.row));
  const pairs = new Map();
  const used = new Set();
  for (const { truth, row, like } of all) {
    if (like < LEAST || pairs.has(truth) || used.has(row)) continue;
    pairs.set(truth, row);
    used.add(row);
  }
  return pairs;
}
