/** uxd offers on every flyer of samples/, against what is printed on it. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Ended, PROJECT, Sandbox } from '../support/uxd.js';

const FLYERS = path.join(PROJECT, 'samples/flyers');

type Expected = readonly [name: RegExp, price: number, promotion: string, effective: number, regular?: number];

/** Flyer -> its offers, in the order of the page. */
const OFFERS: Readonly<Record<string, readonly Expected[]>> = {
  '2020-03-30-trebola-frescos.png': [
    [/^Naranjas de mesa$/, 2.49, 'none', 2.49, 3.29],
    [/^Tomate de ensalada$/, 1.79, 'none', 1.79],
    [/^Leche entera La Bra.a$/, 0.72, 'bundle-price', 0.72],
    [/^Yogur natural Tr.bola$/, 0.89, 'none', 0.89],
    [/^Lubina de raci.n$/, 8.95, 'none', 8.95, 10.5],
    [/^Queso curado de oveja Pe.afr.a$/, 3.99, 'none', 3.99],
  ],
  '2020-04-06-trebola-nuvela.jpg': [
    [/^Nuvela yogur cremoso con fruta entera$/, 1.59, 'nth-unit', 1.1925],
    [/^Pan de molde sin corteza$/, 1.15, 'none', 1.15, 1.45],
    [/^Caf. molido natural Tostalba$/, 2.29, 'multi-buy', 1.5267],
    [/^Aceite de oliva virgen extra$/, 3.85, 'none', 3.85, 4.6],
    [/^Jam.n serrano en lonchas$/, 1.99, 'none', 1.99],
    [/^Detergente l.quido Azulia$/, 4.95, 'percent-off', 4.95, 7.1],
    [/^Naranjas de mesa$/, 2.69, 'none', 2.69],
  ],
  '2020-04-13-trebola-aniversario.jpg': [
    [/^Nuvela Yogur con fruta entera$/, 1.49, 'multi-buy', 0.9933, 1.59],
    [/^Leche semidesnatada$/, 0.69, 'none', 0.69],
    [/^Salm.n noruego$/, 9.9, 'none', 9.9],
    [/^Queso tierno$/, 3.45, 'none', 3.45, 4.2],
    [/^Tomate rama$/, 1.35, 'none', 1.35],
    [/^Yogur griego Dulzama$/, 1.19, 'none', 1.19],
    [/^Pan integral de centeno$/, 1.65, 'none', 1.65],
    [/^Jab.n l.quido de manos$/, 1.25, 'multi-buy', 0.625],
    [/^Aceite suave$/, 13.9, 'none', 13.9],
  ],
  '2020-04-20-trebola-despensa.jpg': [
    [/^Yogur Nuvela de fresa$/, 1.39, 'loyalty', 1.39, 1.59],
    [/^Yogur Nuvela de ar.ndanos$/, 1.39, 'none', 1.39, 1.59],
    [/^Yogur natural Tr.bola$/, 0.85, 'none', 0.85],
    [/^Caf. en grano Tostalba$/, 8.75, 'percent-off', 8.75],
    [/^Jam.n cocido extra$/, 7.95, 'none', 7.95],
    [/^Aceitunas rellenas de anchoa$/, 0.95, 'nth-unit', 0.6175],
  ],
  '2020-04-27-trebola-costa-en.png': [
    [/^Nuvela Creamy yogurt with whole fruit$/, 1.59, 'multi-buy', 1.06],
    [/^Fresh sea bass$/, 9.5, 'none', 9.5],
    [/^Oranges from Valencia$/, 1.89, 'percent-off', 1.89, 2.4],
    [/^Aged sheep.s cheese$/, 4.25, 'none', 4.25],
    [/^Ground coffee Tostalba$/, 2.29, 'percent-off', 2.29, 4.58],
    [/^Sliced white bread$/, 1.15, 'none', 1.15],
    [/^Whole milk La Bra.a$/, 0.75, 'bundle-price', 0.7],
  ],
};

let sandbox: Sandbox;
let found: Ended;
beforeAll(async () => {
  sandbox = await Sandbox.create();
  const flyers = Object.keys(OFFERS).map((name) => path.join(FLYERS, name));
  found = await sandbox.uxd(['offers', ...flyers, '--discards', 'discards.jsonl']);
}, 300_000);
afterAll(() => sandbox.remove());

const rowsOf = (rows: Ended['rows'], flyer: string) =>
  rows.filter(({ source, product }) => path.basename(String(source)) === flyer && product !== null);

it('every flyer has its offers here', async () => {
  const pictures = (await readdir(FLYERS)).filter((name) => /\.(?:png|jpg)$/.test(name));
  expect(pictures.sort()).toEqual(Object.keys(OFFERS).sort());
});

it.each(Object.keys(OFFERS))('%s: the offers, with the promotion of their own tile', (flyer) => {
  expect(found.code, found.stderr).toBe(0);
  const rows = rowsOf(found.rows, flyer);
  for (const [name, price, promotion, effectiveUnitPrice, regularPrice = null] of OFFERS[flyer] ?? []) {
    const row = rows.find(({ product }) => name.test(String(product)));
    expect(row, `${name}: ${rows.map(({ product }) => product).join(', ')}`).toMatchObject({
      price,
      promotion,
      effectiveUnitPrice,
      regularPrice,
    });
  }
  expect(rows).toHaveLength(OFFERS[flyer]?.length ?? 0);
});

/** Amounts with cents, in ascending order. */
const amountsIn = (text: string): number[] =>
  Array.from(text.matchAll(/(?<!\d)(\d+)[,.’'](\d\d)(?!\d)/gu), ([, units, cents]) => Number(`${units}.${cents}`));

it.each(Object.keys(OFFERS))('%s: each printed amount is in an offer or a discard, once', async (flyer) => {
  const printed = await readFile(path.join(FLYERS, flyer.replace(/\.\w+$/, '.truth.txt')), 'utf8');
  const discards = (await readFile(sandbox.path('discards.jsonl'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const used = rowsOf(found.rows, flyer).flatMap(({ price, regularPrice, promotionText }) => [
    price,
    ...(regularPrice === null ? [] : [regularPrice]),
    ...amountsIn(String(promotionText)),
  ]);
  const left = rowsOf(discards.map((row) => ({ ...row, product: '' })) as Ended['rows'], flyer);
  const told = [...used, ...left.map(({ amount }) => amount)].map(Number);
  expect(told.sort((a, b) => a - b)).toEqual(amountsIn(printed).sort((a, b) => a - b));
});

it('the launch is found, with its size', () => {
  for (const flyer of Object.keys(OFFERS).filter((name) => /04-(?:06|13|27)/.test(name))) {
    const launch = rowsOf(found.rows, flyer).find(({ product }) => /Nuvela/.test(String(product)));
    expect(launch).toMatchObject({ size: { count: 4, amount: 115, unit: 'g' }, baseUnit: 'kg' });
  }
});

it('the watch list of the samples matches the launch in each of its weeks', async () => {
  const list = path.join(PROJECT, 'samples/watch-list.csv');
  const flyers = Object.keys(OFFERS).map((name) => path.join(FLYERS, name));
  const { code, rows } = await sandbox.uxd(['offers', ...flyers, '--watch-list', list]);
  expect(code).toBe(0);
  const weeks = new Set(
    rows.filter(({ watchId }) => watchId === 'nuvela-4x115').map(({ source }) => path.basename(String(source))),
  );
  expect([...weeks].sort()).toEqual(Object.keys(OFFERS).filter((name) => !name.includes('03-30')));
});
