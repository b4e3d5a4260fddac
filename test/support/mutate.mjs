// Spoiled pictures and PDFs, made from the samples with a seed: what a fuzzer would find on disks and in mail.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { randomSource } from '../../scripts/random.mjs';

const samples = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'samples');

/** Whole numbers below a limit. */
const seeded = (seed) => randomSource(seed * 2_654_435_761).below;

/** Ways to spoil bytes; each takes the bytes, a source of chance and the bytes of another file. */
const ways = [
  function flipBits(bytes, below) {
    const spoiled = Buffer.from(bytes);
    for (let count = below(24) + 1; count > 0; count--) spoiled[below(spoiled.length)] ^= 1 << below(8);
    return spoiled;
  },
  function flipHeader(bytes, below) {
    const spoiled = Buffer.from(bytes);
    for (let count = below(4) + 1; count > 0; count--)
      spoiled[8 + below(Math.min(120, spoiled.length - 8))] = below(256);
    return spoiled;
  },
  function truncate(bytes, below) {
    return bytes.subarray(0, below(bytes.length));
  },
  function loseTail(bytes, below) {
    return bytes.subarray(0, bytes.length - below(Math.min(400, bytes.length)));
  },
  function cutOut(bytes, below) {
    const from = below(bytes.length);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + below(600))]);
  },
  function repeat(bytes, below) {
    const from = below(bytes.length);
    const piece = bytes.subarray(from, from + below(4000));
    return Buffer.concat([bytes.subarray(0, from), piece, piece, bytes.subarray(from)]);
  },
  function blank(bytes, below) {
    const spoiled = Buffer.from(bytes);
    const from = below(spoiled.length);
    return spoiled.fill(below(2) * 255, from, Math.min(spoiled.length, from + below(3000)));
  },
  function splice(bytes, below, other) {
    return Buffer.concat([bytes.subarray(0, below(bytes.length)), other.subarray(below(other.length))]);
  },
  function extremeNumber(bytes, below) {
    const spoiled = Buffer.from(bytes);
    const number = [0, 0xffffffff, 0x7fffffff, 0x80000000, 0x00010000][below(5)];
    spoiled.writeUInt32BE(number, below(Math.min(256, spoiled.length - 4)));
    return spoiled;
  },
];

/**
 * Spoils `bytes` in one to three ways; the same seed spoils them in the same way.
 * @param {Buffer} bytes
 * @param {number} seed
 * @param {Buffer} other  bytes of another file, to be spliced in
 * @returns {{ bytes: Buffer, ways: string[] }}
 */
export function mutate(bytes, seed, other = bytes) {
  const below = seeded(seed);
  const names = [];
  let spoiled = bytes;
  for (let count = below(3) + 1; count > 0 && spoiled.length > 16; count--) {
    const way = ways[below(ways.length)];
    names.push(way.name);
    spoiled = way(spoiled, below, other);
  }
  return { bytes: spoiled, ways: names };
}

/** Sound small inputs of every format: ending and bytes. */
async function soundInputs() {
  const flyer = readFileSync(join(samples, 'flyers', '2020-04-06-trebola-nuvela.jpg'));
  // a piece of the flyer, so that each mutant is read in a moment
  const piece = () => sharp(flyer).extract({ left: 0, top: 640, width: 720, height: 200 }).resize(420);
  return [
    ['png', await piece().png().toBuffer()],
    ['jpg', await piece().jpeg({ quality: 80 }).toBuffer()],
    ['jpg', await piece().jpeg({ quality: 80, progressive: true }).toBuffer()],
    ['webp', await piece().webp().toBuffer()],
    ['gif', await piece().gif().toBuffer()],
    ['tif', await piece().tiff({ compression: 'lzw' }).toBuffer()],
    ['tif', await piece().tiff({ compression: 'none' }).toBuffer()],
    ['pdf', readFileSync(join(samples, 'documents', 'report.pdf'))],
  ];
}

/**
 * Writes `count` spoiled files into `folder`.
 * @param {string} folder
 * @param {number} count
 * @param {number} seed
 * @returns {Promise<{ path: string, ways: string[] }[]>} in code point order of the paths
 */
export async function writeMutants(folder, count, seed) {
  mkdirSync(folder, { recursive: true });
  const sound = await soundInputs();
  return Array.from({ length: count }, (_, index) => {
    const [ending, bytes] = sound[index % sound.length];
    const [, other] = sound[(index * 3 + 1) % sound.length];
    const spoiled = mutate(bytes, seed * 100_003 + index, other);
    const path = join(folder, `m${String(index).padStart(4, '0')}.${ending}`);
    writeFileSync(path, spoiled.bytes);
    return { path, ways: spoiled.ways };
  });
}

/**
 * What is wrong with the rows of a run over `paths`: nothing, if each has its rows, in input order, pages ascending.
 * @param {string} jsonl
 * @param {string[]} paths
 * @returns {string[]} one line a fault
 */
export function faultsOfRows(jsonl, paths) {
  const rows = jsonl
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const sources = rows.map((row) => row.source).filter((source, index, all) => source !== all[index - 1]);
  const faults = [];
  if (JSON.stringify(sources) !== JSON.stringify(paths)) {
    const missing = paths.filter((path) => !sources.includes(path));
    faults.push(missing.length > 0 ? `no row for ${missing.join(', ')}` : 'rows are not in input order');
  }
  for (const [index, row] of rows.entries()) {
    if (row.status !== 'ok' && !(row.status === 'error' && row.errorCode && row.errorMessage)) {
      faults.push(`${row.source}: neither a reading nor an error: ${JSON.stringify(row)}`);
    }
    const before = rows[index - 1];
    if (before?.source === row.source && !(row.page > before.page))
      faults.push(`${row.source}: page ${row.page} after ${before.page}`);
  }
  return faults;
}
