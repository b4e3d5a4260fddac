// Makes flyers of invented retailers with exactly known offers, to measure `uxd offers` with.
//   node bench/offers/make-set.mjs [--pages 40] [--seed 1] [--out bench/offers/work/set-1] [--style NAME]
// The same seed gives the same pages (with the same fonts and Chromium). Tune on one seed, believe another.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openBrowser } from '../ocr/set/browser.mjs';
import { blur, fade, noise, resize, skew, specks, toRaw, toSharp, turned } from '../ocr/set/looks.mjs';
import { chance } from '../ocr/set/random.mjs';
import { flyerPage, styles } from './set/pages.mjs';
import { dateOfSet } from './set/validity.mjs';

const still = (box) => box;

/** Name -> (raw picture, random) -> [raw picture, JPEG quality or 0 for PNG, what happens to boxes]. */
const looks = {
  clean: async (raw) => [raw, 0, still],
  jpeg: async (raw, random) => [raw, random.integer(45, 85), still],
  skewed: async (raw, random) => {
    const degrees = random.between(0.4, 1.5) * random.pick([-1, 1]);
    return [skew(raw, degrees), random.integer(60, 85), turned(raw, degrees)];
  },
  scanned: async (raw, random) => {
    const degrees = random.between(-0.7, 0.7);
    const soft = await blur(fade(raw, 18, 248), random.between(0.35, 0.7));
    const dusty = specks(noise(skew(soft, degrees), random, random.between(2, 5)), random, 80);
    return [dusty, random.integer(65, 85), turned(raw, degrees)];
  },
  small: async (raw, random) => {
    const factor = 1000 / raw.width;
    return [await resize(raw, factor), random.integer(70, 88), (box) => box.map((value) => value * factor)];
  },
};

/** Draws, spoils and stores one page: picture, and JSON with its offers and amounts. */
async function makePage(browser, index, { seed, date }, styleName, folder) {
  const random = chance(seed, `offers-${index}`);
  const page = flyerPage(random, styleName, date, chance(seed, `offers-${index}-extra`));
  const scale = random.pick([1.25, 1.4, 1.5]);
  const drawn = await browser.draw(page.html, { width: page.width, scale });
  const look = random.pick(Object.keys(looks));
  const [raw, quality, move] = await looks[look](await toRaw(drawn.png), random);
  const place = (box) => move(box).map(Math.round);
  const name = `${styleName}-${page.locale.toLowerCase()}-${String(index).padStart(3, '0')}`;
  const file = `${name}.${quality ? 'jpg' : 'png'}`;
  const picture = toSharp(raw);
  await (quality ? picture.jpeg({ quality }) : picture.png()).toFile(join(folder, file));
  const { html: _, width: __, offers, ...about } = page;
  const amounts = drawn.boxes.filter(({ data }) => data.box === 'amount');
  const truth = {
    file,
    language: page.locale.slice(0, 2),
    style: styleName,
    look,
    width: raw.width,
    height: raw.height,
    ...about,
    offers: offers.map((offer, at) => {
      const found = drawn.boxes.find(({ data }) => data.box === 'offer' && Number(data.index) === at);
      return { ...offer, box: place(found.box) };
    }),
    pricesOnPage: amounts.map(({ data, text, within, box }) => ({
      text,
      amount: Number(data.amount),
      role: data.role,
      offer: within === null ? null : Number(within),
      box: place(box),
    })),
  };
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(truth, null, 1)}\n`);
}

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    pages: { type: 'string', default: '40' },
    out: { type: 'string' },
    style: { type: 'string' },
  },
});
const folder = values.out ?? join(here, 'work', `set-${values.seed}`);
const date = dateOfSet(chance(values.seed, 'date'));
/** Styles that sets have only where they are asked for, so that the sets of a seed stay as they were. */
const apart = new Set(['colores']);
const names = values.style ? [values.style] : Object.keys(styles).filter((name) => !apart.has(name));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const browser = await openBrowser();
try {
  for (let index = 0; index < Number(values.pages); index++)
    await makePage(browser, index, { seed: values.seed, date }, names[index % names.length], folder);
  console.log(`${folder}: ${values.pages} pages`);
} finally {
  await browser.close();
}
