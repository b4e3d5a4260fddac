// Reads a set of make-set.mjs with `uxd offers` and scores the rows, by language and by style.
//   node bench/offers/score-set.mjs [--set bench/offers/work/set-1] [--style NAME] [--language es] [--errors]
//   ... --tight         with boxes that hug the ink of each word, as those of Google do
//   ... --rows offers.jsonl [--discarded discards.jsonl]    scores rows that are there already
// Offers are paired by name within their place on the page; a field is right where it is the truth or what that accepts.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { leniently, pair } from './matching.mjs';
import { rowsByFile } from './rows.mjs';
import { content } from './set/goods.mjs';
import { writeTight } from './tight.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    set: { type: 'string', default: join(here, 'work', 'set-1') },
    rows: { type: 'string' },
    discarded: { type: 'string' },
    style: { type: 'string' },
    language: { type: 'string' },
    errors: { type: 'boolean' },
    tight: { type: 'boolean' },
  },
});

function uxd(...flags) {
  const bin = join(here, '..', '..', 'bin', 'uxd.js');
  const { status } = spawnSync(process.execPath, [bin, ...flags], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) console.error(`uxd ${flags[0]} ended with code ${status}`);
}

/** Reads the words of the set (kept beside it) and the offers in them; answers the paths of rows and discards. */
async function run(folder, date) {
  const [words, rows, discarded] = ['words', 'offers', 'discards'].map((name) =>
    join(resolve(folder), `${name}.jsonl`),
  );
  if (!existsSync(words)) {
    const pictures = readdirSync(folder).filter((name) => /\.(png|jpg)$/.test(name));
    uxd('ocr', ...pictures.map((name) => join(resolve(folder), name)), '--level', 'word', '-o', words);
  }
  const tight = join(resolve(folder), 'tight.jsonl');
  if (values.tight) await writeTight(words, tight);
  uxd('offers', values.tight ? tight : words, '--date', date, '-o', rows, '--discards', discarded);
  return { rows, discarded };
}

const near = (one, other, tolerance) =>
  typeof one === 'number' && typeof other === 'number' && Math.abs(one - other) <= tolerance + 1e-9;
const same = (one, other) => (one ?? null) === (other ?? null);

/** Whether `box` has its middle in `area`, both [x, y, width, height]. */
const isWithin = (box, [left, top, width, height]) => {
  const [x, y] = [box[0] + box[2] / 2, box[1] + box[3] / 2];
  return x >= left && x <= left + width && y >= top && y <= top + height;
};

const likeness = (truth, row) => (isWithin(row.box, truth.box) ? leniently(truth.product, row.product) : 0);

/** The same content in as many pieces; what is sold by the kilo or pound needs none. */
function sizeRight({ size }, { size: read }) {
  const isLoose = size.count === 1 && size.amount === 1 && ['kg', 'lb'].includes(size.unit);
  if (read === null) return isLoose;
  if (size.unit === 'piece' || size.unit === 'wash') return read.count * read.amount === size.count * size.amount;
  try {
    const [wanted, found] = [content(size), content(read)];
    return (
      size.count === read.count && wanted.unit === found.unit && near(wanted.amount, found.amount, wanted.amount / 200)
    );
  } catch {
    return false;
  }
}

/** The price per kg or litre, whichever unit the row has it for. */
const perBase = ({ pricePerBaseUnit, baseUnit }) =>
  ['lb', 'oz', 'fl oz', 'qt'].includes(baseUnit)
    ? pricePerBaseUnit / content({ count: 1, amount: 1, unit: baseUnit }).amount
    : pricePerBaseUnit;

const currencyRight = (truth, row, page) =>
  same(row.currency, truth.currency) || (!page.isCurrencyPrinted && !row.currency);

/** Field -> (truth, row, page) -> whether it is right. */
const fields = {
  price: (truth, row) => same(truth.price, row.price),
  promotion: (truth, row) => same(truth.promotion, row.promotion),
  effective: (truth, row) => near(truth.effectiveUnitPrice, row.effectiveUnitPrice, 0.011),
  size: sizeRight,
  validity: (truth, row) => same(truth.validFrom, row.validFrom) && same(truth.validTo, row.validTo),
  regular: (truth, row) => same(truth.regularPrice, row.regularPrice),
  percent: (truth, row) =>
    same(truth.discountPercent, row.discountPercent) || near(truth.discountPercent, row.discountPercent, 1),
  loyalty: (truth, row) =>
    (same(truth.loyaltyRequired, row.loyaltyRequired) || truth.accepts.loyaltyRequired !== undefined) &&
    same(truth.loyaltyPrice, row.loyaltyPrice),
  perBase: (truth, row) => near(truth.pricePerBaseUnit, perBase(row), 0.02 + truth.pricePerBaseUnit / 100),
  currency: currencyRight,
};
const fieldNames = { price: 'price', promotion: 'promotion', regular: 'regularPrice', percent: 'discountPercent' };

const shown = (of, name) => {
  const found = { effective: 'effectiveUnitPrice', perBase: 'pricePerBaseUnit', ...fieldNames }[name] ?? name;
  if (name === 'size') return Object.values(of.size ?? {}).join(' ');
  if (name === 'validity') return `${of.validFrom}..${of.validTo}`;
  if (name === 'loyalty') return `${of.loyaltyRequired} ${of.loyaltyPrice}`;
  return String(of[found]);
};

function isRight(name, truth, row, page) {
  const accepted = truth.accepts[fieldNames[name]];
  return fields[name](truth, row, page) || (accepted?.includes(row[fieldNames[name]] ?? null) ?? false);
}

/** Amounts of the page that are neither in a row of theirs nor among the discards. */
function lost(page, rows, discards) {
  const used = (amount, box) =>
    rows.some(
      (row) =>
        isWithin(box, row.box) &&
        [row.price, row.regularPrice, row.loyaltyPrice, row.pricePerBaseUnit, row.effectiveUnitPrice].some((value) =>
          near(value, amount, 0.02),
        ),
    );
  const told = (amount, box) =>
    discards.some(
      (one) =>
        near(one.amount, amount, 0.001) &&
        isWithin(
          one.box,
          box.map((v, at) => (at < 2 ? v - 8 : v + 16)),
        ),
    );
  const quoted = (text, box) => rows.some((row) => isWithin(box, row.box) && (row.promotionText ?? '').includes(text));
  return page.pricesOnPage.filter(
    ({ amount, box, text }) => !used(amount, box) && !told(amount, box) && !quoted(text, box),
  );
}

const empty = () => ({
  pages: 0,
  truth: 0,
  found: 0,
  matched: 0,
  amounts: 0,
  lost: 0,
  right: Object.fromEntries(Object.keys(fields).map((name) => [name, 0])),
});

/** Adds one page to the sums; answers its errors. */
function scorePage(page, rows, discards, sums) {
  const errors = [];
  const tell = (text) => errors.push(`${page.file}: ${text}`);
  const pairs = pair(page.offers, rows, likeness, (truth, row) => Number(truth.price === row.price));
  const missing = page.offers.filter((truth) => !pairs.has(truth));
  const matched = new Set(pairs.values());
  const gone = lost(page, rows, discards);
  for (const sum of sums) {
    sum.pages++;
    sum.truth += page.offers.length;
    sum.found += rows.length;
    sum.matched += pairs.size;
    sum.amounts += page.pricesOnPage.length;
    sum.lost += gone.length;
  }
  for (const truth of missing) tell(`missing "${truth.product}" ${truth.price}`);
  for (const row of rows) if (!matched.has(row)) tell(`extra "${row.product}" ${row.price}`);
  for (const [truth, row] of pairs) {
    for (const name of Object.keys(fields)) {
      if (isRight(name, truth, row, page)) for (const sum of sums) sum.right[name]++;
      else
        tell(
          `${name} of "${truth.product}" (${truth.promotionText ?? '-'}): ${shown(truth, name)}, found ${shown(row, name)}`,
        );
    }
  }
  for (const { text, role } of gone) tell(`lost ${role} ${text}`);
  return errors;
}

const share = (part, whole) => (whole === 0 ? '-' : ((100 * part) / whole).toFixed(1)).padStart(6);

function print(groups) {
  const names = Object.keys(fields);
  console.log(
    [
      'group'.padEnd(12),
      'pages',
      'offers',
      '    F1',
      ...names.map((name) => name.slice(0, 6).padStart(6)),
      'told'.padStart(6),
    ].join(' '),
  );
  for (const [name, sum] of groups) {
    const figures = names.map((field) => share(sum.right[field], sum.matched));
    const f1 = share(2 * sum.matched, sum.truth + sum.found);
    console.log(
      [
        name.padEnd(12),
        String(sum.pages).padStart(5),
        String(sum.truth).padStart(6),
        f1,
        ...figures,
        share(sum.amounts - sum.lost, sum.amounts),
      ].join(' '),
    );
  }
}

const pages = readdirSync(values.set)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => JSON.parse(readFileSync(join(values.set, name), 'utf8')))
  .filter(({ style, language }) => (values.style ?? style) === style && (values.language ?? language) === language);
const files = values.rows ? { rows: values.rows, discarded: values.discarded } : await run(values.set, pages[0].date);
const [rows, discards] = [rowsByFile(files.rows), rowsByFile(files.discarded)];
const groups = new Map();
const group = (name) => {
  if (!groups.has(name)) groups.set(name, empty());
  return groups.get(name);
};
/** All, languages, styles, looks. */
const order = (name) =>
  ['all', 'es + en'].indexOf(name) + 1 || (name.length === 2 ? 3 : pages.some(({ style }) => style === name) ? 4 : 5);
for (const page of pages) {
  const target = ['es', 'en'].includes(page.language) ? [group('es + en')] : [];
  const sums = [group('all'), ...target, group(page.language), group(page.style), group(page.look)];
  const offers = (rows.get(page.file) ?? []).filter(({ product, box }) => product && box);
  const errors = scorePage(page, offers, discards.get(page.file) ?? [], sums);
  if (values.errors) for (const error of errors) console.log(error);
}
print([...groups].sort(([a], [b]) => order(a) - order(b) || a.localeCompare(b)));
