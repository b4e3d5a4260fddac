// Makes pages with exactly known text to measure OCR with: flyers, office scans and receipts.
//   node bench/ocr/make-set.mjs [--seed 1] [--out bench/ocr/work/set-1] [--flyers 24] [--scans 10] [--receipts 10]
// The same seed gives the same pages (with the same fonts and Chromium). Tune on one seed, believe another.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openBrowser } from './set/browser.mjs';
import { flyer } from './set/flyers.mjs';
import {
  blur,
  crumple,
  fade,
  noise,
  photograph,
  resize,
  skew,
  specks,
  toRaw,
  toSharp,
  unevenLight,
} from './set/looks.mjs';
import { chance } from './set/random.mjs';
import { receipt } from './set/receipts.mjs';
import { scan } from './set/scans.mjs';

/** Name -> (raw picture, random) -> [raw picture, JPEG quality or 0 for PNG]. */
const flyerLooks = {
  clean: async (raw) => [raw, 0],
  jpeg: async (raw, random) => [raw, random.integer(38, 72)],
  skewed: async (raw, random) => [skew(raw, random.between(0.6, 2.6) * random.pick([-1, 1])), random.integer(60, 88)],
  scanned: async (raw, random) => {
    const turned = skew(await blur(fade(raw, 22, 246), random.between(0.4, 0.8)), random.between(-1, 1));
    return [specks(noise(turned, random, random.between(3, 7)), random, 120), random.integer(62, 85)];
  },
  small: async (raw, random) => [await resize(raw, random.between(0.68, 0.85)), random.integer(70, 90)],
  photographed: async (raw, random) => {
    const seen = photograph(raw, random, random.between(0.015, 0.045), [92, 74, 58]);
    const lit = unevenLight(fade(seen, 24, 240), random, random.between(0.25, 0.6));
    return [noise(await blur(lit, random.between(0.4, 0.9)), random, random.between(3, 8)), random.integer(60, 85)];
  },
};

const scanLook = async (raw, random) => {
  const turned = skew(raw, random.between(-0.9, 0.9));
  const soft = await blur(turned, random.between(0.35, 0.9));
  const grey = noise(fade(soft, random.integer(0, 45), random.integer(236, 255)), random, random.between(1.5, 6), true);
  return [
    specks(unevenLight(grey, random, random.between(0, 0.1)), random, random.integer(20, 200)),
    random.pick([0, 75, 85, 90]),
  ];
};

const receiptLook = async (raw, random) => {
  const black = random.integer(15, 110);
  const faded = fade(await blur(raw, random.between(0.3, 0.8)), black, random.integer(222, 250));
  const bent = random.happens(0.7) ? crumple(faded, random, random.between(1, 5), random.between(0.04, 0.16)) : faded;
  const turned = skew(bent, random.between(-2, 2), [238, 238, 236]);
  const lit = random.happens(0.5) ? unevenLight(turned, random, random.between(0.1, 0.4)) : turned;
  return [noise(lit, random, random.between(2, 7), random.happens(0.5)), random.integer(55, 88)];
};

const looks = Object.keys(flyerLooks);
const sets = {
  flyers: {
    draw: (random) => ({ ...flyer(random), scale: random.pick([1, 1, 1.25]) }),
    look: (index) => looks[index % looks.length],
  },
  scans: {
    draw: (random, index) => {
      const page = scan(random, index);
      return { ...page, scale: page.dpi / 96 };
    },
    look: () => 'scan',
  },
  receipts: { draw: (random) => ({ ...receipt(random), scale: random.pick([1, 1.4, 1.8]) }), look: () => 'receipt' },
};

/** Draws, spoils and stores one page: picture, and JSON with its lines. */
async function makePage(browser, kind, index, seed, folder) {
  const random = chance(seed, `${kind}-${index}`);
  const page = sets[kind].draw(random, index);
  const drawn = await browser.draw(page.html, page);
  const look = sets[kind].look(index);
  const spoil = flyerLooks[look] ?? (look === 'scan' ? scanLook : receiptLook);
  const [raw, quality] = await spoil(await toRaw(drawn.png), random);
  const name = `${kind.slice(0, -1)}-${String(index).padStart(2, '0')}`;
  const file = `${name}.${quality ? 'jpg' : 'png'}`;
  const picture = look === 'scan' ? toSharp(raw).greyscale() : toSharp(raw);
  const density = page.dpi ? { density: page.dpi } : {};
  await (quality ? picture.jpeg({ quality }) : picture.png()).withMetadata(density).toFile(join(folder, file));
  const truth = { file, language: page.language, look, width: raw.width, height: raw.height, lines: drawn.lines };
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(truth, null, 1)}\n`);
}

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
    flyers: { type: 'string', default: '24' },
    scans: { type: 'string', default: '10' },
    receipts: { type: 'string', default: '10' },
  },
});
const out = values.out ?? join(here, 'work', `set-${values.seed}`);
const browser = await openBrowser();
try {
  for (const kind of Object.keys(sets)) {
    const folder = join(out, kind);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (let index = 0; index < Number(values[kind]); index++)
      await makePage(browser, kind, index, values.seed, folder);
    console.log(`${folder}: ${values[kind]} pages`);
  }
} finally {
  await browser.close();
}
