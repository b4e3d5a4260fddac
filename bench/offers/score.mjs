// Scores offers against truth: pages of make-set.mjs, or German flyers with truth as lists of products.
//   node bench/offers/score.mjs --truth FOLDER --rows offers.jsonl [--errors]
// Rows are what `uxd offers` writes. Names are compared after folding case, accents and signs: the share of characters
// that agree (Levenshtein) or, leniently, of words; pairs are made one to one, the likest first.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { leniently, pair, samePrice, strictly } from './matching.mjs';

const number = (value) => (value === null || value === undefined || value === 'null' ? null : Number(value));

/** File -> offers of the truth, whichever its form. */
function readTruth(folder) {
  const truth = new Map();
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()) {
    const content = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    if (content?.offers !== undefined) truth.set(content.file.replace(/\.\w+$/u, ''), content.offers);
    else {
      const offers = (content ?? []).map((one) => ({
        product: one.product_name,
        price: number(one.price),
        regularPrice: number(one.original_price),
        discountPercent: number(one.discount),
      }));
      truth.set(name.replace(/\.json$/u, ''), offers);
    }
  }
  return truth;
}

/** Money that is worked out is compared to the cent. */
function isRight(found, expected, accepted) {
  if (found === expected || accepted === 'any' || accepted?.includes(found)) return true;
  return typeof found === 'number' && typeof expected === 'number' && Math.abs(found - expected) <= 0.0101;
}

const FIELDS = [
  'regularPrice',
  'discountPercent',
  'promotion',
  'effectiveUnitPrice',
  'pricePerBaseUnit',
  'loyaltyRequired',
  'loyaltyPrice',
  'validFrom',
  'validTo',
  'brand',
  'currency',
];

function score(truth, rows, likeness) {
  const sum = { truth: 0, found: 0, matched: 0, priceRight: 0, priced: 0, fields: {} };
  const errors = [];
  for (const [file, expected] of truth) {
    const found = rows.get(file) ?? [];
    const pairs = pair(expected, found, (one, row) => likeness(one.product, row.product), samePrice);
    sum.truth += expected.length;
    sum.found += found.length;
    sum.matched += pairs.size;
    for (const one of expected) {
      const row = pairs.get(one);
      if (row === undefined) errors.push(`${file}: missing "${one.product}" ${one.price}`);
      else if (one.price === row.price || one.accepts?.price?.includes(row.price)) sum.priceRight++;
      else errors.push(`${file}: price of "${one.product}" ${one.price}, found ${row.price}`);
      if (row === undefined) continue;
      for (const field of FIELDS) {
        if (one[field] === undefined) continue;
        sum.fields[field] ??= { right: 0, of: 0 };
        const tally = sum.fields[field];
        tally.of++;
        if (isRight(row[field] ?? null, one[field], one.accepts?.[field])) tally.right++;
        else if (values.errors) errors.push(`${file}: ${field} of "${one.product}" ${one[field]}, found ${row[field]}`);
      }
    }
    const matched = new Set(pairs.values());
    for (const row of found) if (!matched.has(row)) errors.push(`${file}: extra "${row.product}" ${row.price}`);
  }
  return { ...sum, errors };
}

const percent = (value) => `${(100 * value).toFixed(1)} %`;

function line(name, { truth, found, matched, priceRight }) {
  const f1 = (2 * matched) / Math.max(1, truth + found);
  return `${name}: offers F1 ${percent(f1)} (${matched} matched of ${truth} true and ${found} found), price right ${percent(priceRight / Math.max(1, matched))} of matched, end to end ${percent(priceRight / Math.max(1, truth))}`;
}

const { values } = parseArgs({
  options: {
    truth: { type: 'string' },
    rows: { type: 'string' },
    errors: { type: 'boolean' },
    style: { type: 'string' },
  },
});
const truth = readTruth(values.truth);
const rows = new Map();
for (const text of readFileSync(values.rows, 'utf8').split('\n').filter(Boolean)) {
  const row = JSON.parse(text);
  if (row.product === undefined || row.product === null) continue;
  const file = basename(row.source).replace(/\.\w+$/u, '');
  rows.set(file, [...(rows.get(file) ?? []), row]);
}
for (const file of [...truth.keys()])
  if (values.style !== undefined && !file.includes(values.style)) truth.delete(file);
const strict = score(truth, rows, strictly);
const lenient = score(truth, rows, leniently);
if (values.errors) console.log(lenient.errors.join('\n'));
console.log(line('strict', strict));
console.log(line('lenient', lenient));
for (const [field, { right, of }] of Object.entries(lenient.fields))
  console.log(`  ${field}: ${percent(right / of)} of ${of}`);
