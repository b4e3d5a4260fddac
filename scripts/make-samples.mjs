// Makes samples/: flyers, a scan, a receipt and a PDF of our own text, each with its true text beside it.
//   node scripts/make-samples.mjs
// Needs Chromium, and the fonts Lato, Open Sans, Roboto, Liberation and the URW base fonts.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PDFDocument } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { openBrowser } from '../bench/ocr/set/browser.mjs';
import {
  blur,
  crumple,
  fade,
  noise,
  photograph,
  skew,
  specks,
  toRaw,
  toSharp,
  unevenLight,
} from '../bench/ocr/set/looks.mjs';
import { chance } from '../bench/ocr/set/random.mjs';
import { flyers } from './make-samples.flyers.mjs';
import { letter, receipt, report } from './make-samples.pages.mjs';

const samples = join(dirname(fileURLToPath(import.meta.url)), '..', 'samples');
const textOf = (lines) => `${lines.map((line) => line.text).join('\n')}\n`;

function folder(name) {
  const path = join(samples, name);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  return path;
}

/** Look -> [picture, file ending]. */
const looks = {
  clean: async (raw) => [toSharp(raw).png({ compressionLevel: 9 }), 'png'],
  jpeg: async (raw) => [toSharp(raw).jpeg({ quality: 72 }), 'jpg'],
  photographed: async (raw, random) => {
    const seen = photograph(raw, random, 0.022, [112, 92, 74]);
    const lit = unevenLight(fade(seen, 20, 244), random, 0.42);
    return [toSharp(noise(await blur(lit, 0.5), random, 4)).jpeg({ quality: 74 }), 'jpg'];
  },
  scanned: async (raw, random) => {
    const turned = skew(await blur(fade(raw, 18, 248), 0.5), 0.8);
    return [toSharp(specks(noise(turned, random, 4), random, 90)).jpeg({ quality: 74 }), 'jpg'];
  },
};

async function makeFlyers(browser) {
  const path = folder('flyers');
  for (const [name, { html, width, look }] of Object.entries(flyers)) {
    const drawn = await browser.draw(html, { width });
    const [picture, ending] = await looks[look](await toRaw(drawn.png), chance(2020, name));
    await picture.toFile(join(path, `${name}.${ending}`));
    writeFileSync(join(path, `${name}.truth.txt`), textOf(drawn.lines));
  }
}

/** A page on the glass of an office scanner: grey, a little turned, soft and dusty. */
async function scanned(png, label, dpi) {
  const random = chance(2020, label);
  const turned = await blur(skew(await toRaw(png), random.between(0.5, 0.8)), 0.6);
  const grey = specks(unevenLight(noise(fade(turned, 24, 247), random, 3, true), random, 0.06), random, 60);
  return toSharp(grey).greyscale().jpeg({ quality: 68 }).withMetadata({ density: dpi }).toBuffer();
}

async function makeScan(browser) {
  const path = folder('scans');
  const drawn = await browser.draw(letter, { width: 794, height: 1122, scale: 200 / 96 });
  writeFileSync(join(path, 'letter.jpg'), await scanned(drawn.png, 'letter', 200));
  writeFileSync(join(path, 'letter.truth.txt'), textOf(drawn.lines));
}

async function makeReceipt(browser) {
  const path = folder('receipts');
  const random = chance(2020, 'receipt');
  const drawn = await browser.draw(receipt, { width: 470, scale: 1.6 });
  const paper = crumple(fade(await blur(await toRaw(drawn.png), 0.5), 62, 240), random, 3, 0.1);
  const laid = skew(paper, -1.2, [226, 224, 220]);
  const lit = noise(unevenLight(laid, random, 0.25), random, 4);
  await toSharp(lit).jpeg({ quality: 76 }).toFile(join(path, 'receipt.jpg'));
  writeFileSync(join(path, 'receipt.truth.txt'), textOf(drawn.lines));
}

async function makeReport(browser) {
  const path = folder('documents');
  const file = await PDFDocument.create();
  const truth = [];
  for (const [index, html] of report.entries()) {
    const drawn = await browser.draw(html, { width: 794, height: 1122, scale: index === 2 ? 200 / 96 : 1 });
    truth.push(textOf(drawn.lines));
    if (index < 2) {
      const { pdf } = await browser.print(html);
      const printed = await PDFDocument.load(pdf);
      const [page] = await file.copyPages(printed, [0]);
      file.addPage(page);
    } else {
      const picture = await file.embedJpg(await scanned(drawn.png, 'report', 200));
      file.addPage([595, 842]).drawImage(picture, { x: 0, y: 0, width: 595, height: 842 });
    }
  }
  const made = new Date('2020-05-05T09:00:00Z');
  file.setTitle('Lanzamiento de Nuvela: informe del primer mes');
  file.setCreationDate(made);
  file.setModificationDate(made);
  writeFileSync(join(path, 'report.pdf'), await file.save());
  // pages are parted by a form feed, as pdftotext does
  writeFileSync(join(path, 'report.truth.txt'), truth.join('\f'));
}

sharp.concurrency(1);
const browser = await openBrowser();
try {
  await makeFlyers(browser);
  await makeScan(browser);
  await makeReceipt(browser);
  await makeReport(browser);
} finally {
  await browser.close();
}
console.log(`made ${samples}`);
