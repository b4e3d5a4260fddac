// Step 1: draws random lines and stores the recogniser's features of each with its text.
//   node bench/ocr/train/make-lines.mjs --kind plain|flyer|cents|print --seed N --count N
//     [--words /usr/share/dict] [--out bench/ocr/work/train] [--preview FILE.png]
// Writes lines-N.bin (float32, step after step) and lines-N.json (text, place in the first file, steps, font).
// With --preview no features are stored: the lines are drawn below one another into a picture.
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { drawLine } from './draw.mjs';
import { installedFonts } from './fonts.mjs';
import { kinds } from './lines.mjs';
import { fromRaw, LINE_HEIGHT } from './pixels.mjs';
import { drawPrint } from './print.mjs';
import { numbers } from './random.mjs';
import { openFeatures } from './recogniser.mjs';
import { readDictionaries } from './words.mjs';

const { values } = parseArgs({
  options: {
    kind: { type: 'string', default: 'plain' },
    seed: { type: 'string', default: '0' },
    count: { type: 'string', default: '2000' },
    words: { type: 'string', default: '/usr/share/dict' },
    out: { type: 'string', default: join(dirname(fileURLToPath(import.meta.url)), '..', 'work', 'train') },
    preview: { type: 'string' },
  },
});

/** The drawn lines one after another: those of `count` that come out. */
async function* drawnLines() {
  const random = numbers((Number(values.seed) + 1) * 7919);
  const source = { random, dictionaries: readDictionaries(values.words) };
  const fonts = installedFonts();
  const write = kinds[values.kind];
  if (write === undefined) throw new Error(`--kind is one of ${Object.keys(kinds).join(', ')}`);
  for (let index = 0; index < Number(values.count); index++) {
    const { text, parts } = write(source);
    const label = text.normalize('NFC').replace(/\s+/g, ' ').trim();
    const draw = values.kind === 'print' && random.happens(0.7) ? drawPrint : drawLine;
    const drawn = await draw(random, fonts, { text: label, parts }).catch((error) => {
      console.error(`${label}: ${error.message}`);
      return null;
    });
    if (drawn !== null) yield { text: label, ...drawn };
  }
}

async function storeFeatures() {
  const featuresOf = await openFeatures();
  mkdirSync(values.out, { recursive: true });
  const file = openSync(join(values.out, `lines-${values.seed}.bin`), 'w');
  const lines = [];
  let offset = 0;
  for await (const { text, font, ...picture } of drawnLines()) {
    const { steps, size, data } = await featuresOf(picture);
    writeSync(file, Buffer.from(data.buffer, data.byteOffset, data.byteLength));
    lines.push({ text, offset, steps, font });
    offset += steps * size;
    if (lines.length % 500 === 0) console.log(`${lines.length} lines`);
  }
  closeSync(file);
  writeFileSync(join(values.out, `lines-${values.seed}.json`), JSON.stringify(lines));
  console.log(`seed ${values.seed}: ${lines.length} lines, ${Math.round((offset * 4) / 1e6)} MB of features`);
}

async function preview(path) {
  const layers = [];
  let widest = 0;
  for await (const line of drawnLines()) {
    layers.push({ input: await fromRaw(line).png().toBuffer(), left: 0, top: layers.length * (LINE_HEIGHT + 4) });
    widest = Math.max(widest, line.width);
  }
  const size = { width: widest, height: layers.length * (LINE_HEIGHT + 4), channels: 3 };
  await sharp({ create: { ...size, background: '#888' } })
    .composite(layers)
    .png()
    .toFile(path);
}

sharp.concurrency(1);
sharp.cache(false);
await (values.preview === undefined ? storeFeatures() : preview(values.preview));
