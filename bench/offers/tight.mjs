// Words with boxes that hug their ink, as Google's do: those of other engines, trimmed where the picture shows no ink.
//   node bench/offers/tight.mjs words.jsonl tight.jsonl
import { readFileSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';

const INK = 0.5;
/** Rows and columns with less of their pixels are specks. */
const SPECK = 0.02;

const distanceOf = (data, at, colour) =>
  Math.hypot(data[at] - colour[0], data[at + 1] - colour[1], data[at + 2] - colour[2]);

/** The commonest colour along the rim of a box. */
function groundOf({ data, width }, [left, top, right, foot]) {
  const counts = new Map();
  const add = (x, y) => {
    const at = (y * width + x) * 3;
    const key = [0, 1, 2].map((channel) => data[at + channel] >> 4).join();
    const entry = counts.get(key) ?? { count: 0, colour: [data[at], data[at + 1], data[at + 2]] };
    entry.count++;
    counts.set(key, entry);
  };
  for (let x = left; x < right; x++) for (const y of [top, foot - 1]) add(x, y);
  for (let y = top; y < foot; y++) for (const x of [left, right - 1]) add(x, y);
  return [...counts.values()].sort((a, b) => b.count - a.count)[0].colour;
}

/** The box around the ink in a box; the box itself where there is no telling. */
export function tightBox(picture, [x, y, width, height]) {
  const left = Math.max(0, Math.floor(x));
  const top = Math.max(0, Math.floor(y));
  const right = Math.min(picture.width, Math.ceil(x + width));
  const foot = Math.min(picture.height, Math.ceil(y + height));
  if (right - left < 3 || foot - top < 5) return [x, y, width, height];
  const ground = groundOf(picture, [left, top, right, foot]);
  const at = (column, row) => distanceOf(picture.data, (row * picture.width + column) * 3, ground);
  let most = 0;
  for (let row = top; row < foot; row++)
    for (let column = left; column < right; column++) most = Math.max(most, at(column, row));
  if (most < 60) return [x, y, width, height];
  const rows = [];
  for (let row = top; row < foot; row++) {
    let ink = 0;
    for (let column = left; column < right; column++) if (at(column, row) > most * INK) ink++;
    if (ink > Math.max(1, (right - left) * SPECK)) rows.push(row);
  }
  if (rows.length < 2) return [x, y, width, height];
  const first = rows[0];
  const last = rows.at(-1) + 1;
  return [x, first, width, last - first];
}

/** Rows of words with tight boxes, beside the rows that they are made from. */
export async function writeTight(from, to) {
  const pictures = new Map();
  const out = [];
  for (const text of readFileSync(from, 'utf8').trimEnd().split('\n')) {
    const row = JSON.parse(text);
    if (row.box === undefined) {
      out.push(text);
      continue;
    }
    if (!pictures.has(row.source)) {
      pictures.clear();
      const { data, info } = await sharp(row.source).removeAlpha().raw().toBuffer({ resolveWithObject: true });
      pictures.set(row.source, { data, width: info.width, height: info.height });
    }
    out.push(JSON.stringify({ ...row, box: tightBox(pictures.get(row.source), row.box) }));
  }
  writeFileSync(to, out.map((line) => `${line}\n`).join(''));
}

if (process.argv[1] === import.meta.filename) await writeTight(...process.argv.slice(2, 4));
