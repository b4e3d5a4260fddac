/** uxd offers on the flyers of samples/, with the embedded engine and with a loopback Vision. */
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { parse } from 'csv-parse/sync';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, PROJECT, Sandbox } from '../support/uxd.js';
import { startVisionServer } from '../support/vision-server.mjs';

const LAUNCH = 'flyers/2020-04-06-trebola-nuvela.jpg';
const COAST = 'flyers/2020-04-27-trebola-costa-en.png';
const FLYERS = [LAUNCH, COAST];

let sandbox: Sandbox;
let words: Ended;
let direct: Ended;
beforeAll(async () => {
  sandbox = await Sandbox.create();
  await mkdir(sandbox.path('flyers'));
  for (const file of [...FLYERS, 'watch-list.csv']) await cp(path.join(PROJECT, 'samples', file), sandbox.path(file));
  words = await sandbox.uxd(['ocr', ...FLYERS, '--level', 'word']);
  direct = await sandbox.uxd(['offers', ...FLYERS, '--summary', 'run.json', '--discards', 'discards.csv']);
}, 300_000);
afterAll(() => sandbox.remove());

/** A piece of a flyer with one offer, for tests of files: it is read and drawn in a fraction of the time. */
async function cutOut(flyer: string, name: RegExp, file: string): Promise<void> {
  const offer = direct.rows.find(({ source, product }) => source === flyer && name.test(String(product)));
  if (offer === undefined) throw new Error(`no offer ${name} on ${flyer}`);
  const [x = 0, y = 0, width = 0, height = 0] = offer.box as number[];
  const page = await sharp(sandbox.path(flyer)).metadata();
  const [left, top] = [Math.max(0, Math.floor(x) - 40), Math.max(0, Math.floor(y) - 40)];
  const area = {
    left,
    top,
    width: Math.min(page.width - left, Math.ceil(width) + 80),
    height: Math.min(page.height - top, Math.ceil(height) + 80),
  };
  await mkdir(path.dirname(sandbox.path(file)), { recursive: true });
  await sharp(sandbox.path(flyer)).extract(area).png().toFile(sandbox.path(file));
}

const priceOf = ({ rows }: Ended, name: RegExp) => rows.find(({ product }) => name.test(String(product)))?.price;

describe('uxd offers on pictures', () => {
  it('finds what is offered', () => {
    expect(direct.code, direct.stderr).toBe(0);
    for (const row of direct.rows) {
      expect(row).toMatchObject({ schema: 'uxd.offer/1', status: 'ok', page: 1, provider: 'local', retailer: null });
    }
    expect(priceOf(direct, /Caf. molido/)).toBe(2.29);
    expect(priceOf(direct, /Jam.n serrano/)).toBe(1.99);
    expect(priceOf(direct, /Sliced white bread/)).toBe(1.15);
  });

  it('takes the words that `uxd ocr` has read', () => {
    expect(direct.stderr).toContain('2 ok, 0 failed, 2 from the cache');
  });

  it('every price is in an offer or among the discards', async () => {
    const { prices, pagesWithoutOffers } = JSON.parse(await readFile(sandbox.path('run.json'), 'utf8'));
    const discards = parse(await readFile(sandbox.path('discards.csv')), { columns: true }) as Record<string, string>[];
    expect(prices.found).toBeGreaterThan(10);
    expect(prices.inOffers + prices.discarded).toBe(prices.found);
    expect(discards.length).toBe(prices.discarded);
    for (const { schema, reason, amount } of discards) {
      expect(schema).toBe('uxd.discard/1');
      expect(prices.discardedBy).toHaveProperty([String(reason)]);
      expect(Number(amount)).toBeGreaterThan(0);
    }
    expect(direct.stderr).toContain(
      `${prices.found} prices: ${prices.inOffers} in offers, ${prices.discarded} discarded`,
    );
    expect(pagesWithoutOffers).toEqual([]);
  });

  it('tells how long offers hold', () => {
    const dated = direct.rows.filter(({ source }) => source === COAST);
    expect(dated.map(({ validFrom, validTo }) => `${validFrom} ${validTo}`)).toContain('2020-04-27 2020-05-03');
  });

  it('writes the same as CSV, with flat columns', async () => {
    const { code } = await sandbox.uxd(['offers', ...FLYERS, '-o', 'offers.csv']);
    expect(code).toBe(0);
    const csv = parse(await readFile(sandbox.path('offers.csv')), { columns: true }) as Record<string, string>[];
    expect(csv.map(({ product }) => product)).toEqual(direct.rows.map(({ product }) => product));
    expect(csv.map(({ price }) => Number(price))).toEqual(direct.rows.map(({ price }) => Number(price)));
    expect(Object.keys(csv[0] ?? {})).toEqual(expect.arrayContaining(['boxX', 'sizeAmount', 'promotion', 'flags']));
  });

  it('rows chain: keywords of the names', async () => {
    const { code, rows } = await sandbox.uxd(['keywords', '-', '--text-column', 'product'], { stdin: direct.stdout });
    expect(code).toBe(0);
    expect(rows.map(({ term }) => String(term).toLowerCase()).join()).toContain('jamón serrano');
  });

  it('--min-confidence turns unsure offers into discards', async () => {
    const { code, rows, stderr } = await sandbox.uxd([
      'offers',
      LAUNCH,
      '--min-confidence',
      '1',
      '--discards',
      'low.jsonl',
    ]);
    expect(code).toBe(0);
    expect(rows.every(({ confidence }) => confidence === 1)).toBe(true);
    const discards = (await readFile(sandbox.path('low.jsonl'), 'utf8')).trim().split('\n');
    const low = discards.filter((line) => JSON.parse(line).reason === 'low confidence').length;
    expect(low).toBeGreaterThan(0);
    expect(stderr).toContain(`${low} low confidence`);
  });

  it('names pages without offers', async () => {
    await sharp({ create: { width: 300, height: 200, channels: 3, background: '#fff' } })
      .png()
      .toFile(sandbox.path('empty.png'));
    const { code, stdout, stderr } = await sandbox.uxd(['offers', 'empty.png']);
    expect(code).toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain('no offers on empty.png');
    expect(stderr).toContain('0 prices: 0 in offers, 0 discarded');
  });

  it('a file that cannot be read is an error row', async () => {
    await writeFile(sandbox.path('cut.png'), (await readFile(sandbox.path(COAST))).subarray(0, 5000));
    const { code, rows } = await sandbox.uxd(['offers', 'cut.png', 'gone.png']);
    expect(code).toBe(3);
    expect(rows).toMatchObject([
      { schema: 'uxd.offer/1', source: 'cut.png', status: 'error', errorCode: 'TRUNCATED_IMAGE', product: null },
      { source: 'gone.png', status: 'error', errorCode: 'FILE_NOT_FOUND', page: null },
    ]);
  });
});

describe('uxd offers on rows of words', () => {
  it('gives the bytes that the flyers themselves give', async () => {
    expect((await sandbox.uxd(['offers', '-'], { stdin: words.stdout })).stdout).toBe(direct.stdout);
    await writeFile(sandbox.path('words.jsonl'), words.stdout);
    const both = await sandbox.uxd(['offers', 'words.jsonl', COAST]);
    const coast = direct.stdout.split('\n').filter((line) => line.includes(COAST));
    expect(both.stdout).toBe([...coast, direct.stdout].join('\n'));
  });

  it('needs no pictures', async () => {
    const away = await Sandbox.create();
    const { code, rows, stderr } = await away.uxd(['offers', '-', '--annotate', 'out'], { stdin: words.stdout });
    await away.remove();
    expect(code).toBe(0);
    expect(rows.length).toBeGreaterThan(5);
    expect(stderr).toContain(`${LAUNCH}: there is no picture of it to draw on`);
  });

  it('says which rows it needs', async () => {
    const pages = await sandbox.uxd(['ocr', ...FLYERS]);
    const { code, rows, stderr } = await sandbox.uxd(['offers', '-'], { stdin: pages.stdout });
    expect(code).toBe(3);
    expect(rows).toMatchObject(FLYERS.map((source) => ({ source, status: 'error', errorCode: 'NOT_WORDS' })));
    expect(rows[0]?.errorMessage).toContain('uxd ocr --level word');
    expect(stderr).toContain('--level word');
    const other = await sandbox.uxd(['offers', '-'], {
      stdin: '{"schema":"uxd.sentiment/1","source":"a","status":"ok"}\n{}\n',
    });
    expect(other.code).toBe(3);
    expect(other.rows.map(({ errorMessage }) => errorMessage)).toEqual([
      expect.stringContaining('line 1 is no row of words'),
      expect.stringContaining('line 2 is no row of words'),
    ]);
    const table = await sandbox.uxd(['ocr', ...FLYERS, '--level', 'word', '-f', 'csv']);
    const tabled = await sandbox.uxd(['offers', '-'], { stdin: table.stdout });
    expect(tabled.code).toBe(3);
    expect(tabled.rows[0]?.errorMessage).toBe(
      'these are rows as CSV; give the rows of `uxd ocr --level word`, as JSONL',
    );
  });

  it('rows that cannot be are told by file and line; other pages go on', async () => {
    const [first = '', ...rest] = words.stdout.trimEnd().split('\n');
    const spoiled = JSON.stringify({ ...JSON.parse(first), box: [1e300, -5, 0, -1e300] });
    await writeFile(sandbox.path('spoiled.jsonl'), [first, spoiled, ...rest].join('\n'));
    const { code, rows } = await sandbox.uxd(['offers', 'spoiled.jsonl']);
    expect(code).toBe(3);
    expect(rows[0]).toMatchObject({ source: LAUNCH, status: 'error', errorCode: 'NOT_WORDS', price: null });
    expect(rows[0]?.errorMessage).toContain('line 2 of spoiled.jsonl cannot be used: its box [1e+300,-5,0,-1e+300]');
    expect(rows.slice(1)).toEqual(direct.rows.filter(({ source }) => source === COAST));
  });

  it('error rows stay error rows, empty pages stay pages', async () => {
    await sharp({ create: { width: 30, height: 20, channels: 3, background: '#fff' } })
      .png()
      .toFile(sandbox.path('blank.png'));
    await writeFile(sandbox.path('bad.png'), 'no picture');
    const inputs = ['bad.png', 'blank.png'];
    const read = await sandbox.uxd(['ocr', ...inputs, '--level', 'word']);
    const piped = await sandbox.uxd(['offers', '-'], { stdin: read.stdout });
    expect(piped.code).toBe(3);
    expect(piped.stdout).toBe((await sandbox.uxd(['offers', ...inputs])).stdout);
    expect(piped.rows).toMatchObject([{ source: 'bad.png', errorCode: 'NOT_AN_IMAGE' }]);
    expect(piped.stderr).toContain('no offers on blank.png');
    expect(piped.stderr).toContain('1 ok, 1 failed');
  });

  it('a page in several places is told, not read twice', async () => {
    const rows = words.stdout.trimEnd().split('\n');
    const torn = [...rows.slice(5), ...rows.slice(0, 5)].join('\n');
    const { rows: offers } = await sandbox.uxd(['offers', '-'], { stdin: torn });
    expect(offers.at(-1)).toMatchObject({
      source: LAUNCH,
      status: 'error',
      errorMessage: expect.stringContaining('sort'),
    });
  });
});

describe('a PDF', () => {
  it('gives the offers of its pages, drawn on each', async () => {
    await cutOut(LAUNCH, /Jam.n serrano/, 'pieces/ham.png');
    await cutOut(COAST, /Sliced white bread/, 'pieces/bread.png');
    const pdf = await PDFDocument.create();
    for (const piece of ['ham', 'bread']) {
      const picture = await pdf.embedPng(await readFile(sandbox.path(`pieces/${piece}.png`)));
      const size: [number, number] = [picture.width / 2, picture.height / 2];
      pdf.addPage(size).drawImage(picture, { x: 0, y: 0, width: size[0], height: size[1] });
    }
    await writeFile(sandbox.path('flyers.pdf'), await pdf.save());
    const { code, rows, stderr } = await sandbox.uxd(['offers', 'flyers.pdf', '--dpi', '144', '--annotate', 'pdf']);
    expect(code, stderr).toBe(0);
    expect(rows.map(({ page, price }) => [page, price])).toEqual([
      [1, 1.99],
      [2, 1.15],
    ]);
    expect((await readdir(sandbox.path('pdf'))).sort()).toEqual(['flyers-p1.png', 'flyers-p2.png']);
  });
});

describe('--annotate', () => {
  it('draws on each page and adds a legend below', async () => {
    const { code, stdout } = await sandbox.uxd(['offers', ...FLYERS, '--annotate', 'out']);
    expect(code).toBe(0);
    expect(stdout).toBe(direct.stdout);
    expect((await readdir(sandbox.path('out'))).length).toBe(2);
    const before = await sharp(sandbox.path(LAUNCH)).metadata();
    const after = await sharp(sandbox.path('out/2020-04-06-trebola-nuvela.png')).metadata();
    expect(after.height).toBeGreaterThan((before.height ?? 0) + 10);
    // The list stands beside the page.
    expect((after.width ?? 0) / (after.height ?? 1)).toBeGreaterThan((before.width ?? 0) / (before.height ?? 1) + 0.1);
    const again = await sandbox.uxd(['offers', LAUNCH, '--annotate', 'again']);
    expect(again.code).toBe(0);
    const bytes = await Promise.all(
      ['out', 'again'].map((folder) => readFile(sandbox.path(folder, '2020-04-06-trebola-nuvela.png'))),
    );
    expect(bytes[0]?.equals(bytes[1] as Buffer)).toBe(true);
  });

  it('in the folder of the flyers replaces none', async () => {
    const bread = 'own/bread.png';
    await cutOut(COAST, /Sliced white bread/, bread);
    const before = await readFile(sandbox.path(bread));
    await sandbox.uxd(['offers', bread, '--annotate', 'own']);
    expect((await readFile(sandbox.path(bread))).equals(before)).toBe(true);
    expect(await readdir(sandbox.path('own'))).toContain('bread.offers.png');
    const again = await sandbox.uxd(['offers', 'own/bread*', '--annotate', 'own']);
    expect(again.stderr).toContain('1 picture of an earlier run passed over');
    expect(again.rows.map(({ source }) => source)).toEqual([bread]);
  });

  it('below the folder of the flyers is not read', async () => {
    await cutOut(LAUNCH, /Jam.n serrano/, 'below/ham.png');
    await cutOut(COAST, /Sliced white bread/, 'below/bread.png');
    await sandbox.uxd(['offers', 'below/ham.png', '--annotate', 'below/out']);
    const { rows } = await sandbox.uxd(['offers', 'below', '--recursive', '--annotate', 'below/out']);
    expect(rows.map(({ source }) => source)).toEqual(['below/bread.png', 'below/ham.png']);
    expect((await readdir(sandbox.path('below/out'))).sort()).toEqual(['bread.png', 'ham.png']);
  });
});

describe('--watch-list', () => {
  it('writes the offers that match, and tells the rest', async () => {
    const { code, rows, stderr } = await sandbox.uxd([
      'offers',
      ...FLYERS,
      '--watch-list',
      'watch-list.csv',
      '--summary',
      'watch.json',
    ]);
    expect(code).toBe(0);
    expect(rows).toContainEqual(
      expect.objectContaining({ watch: 'Café molido natural', watchId: 'tostalba-250', watchRival: true, price: 2.29 }),
    );
    expect(rows.every(({ watch, watchScore }) => typeof watch === 'string' && Number(watchScore) > 0.6)).toBe(true);
    const all = direct.rows.length;
    expect(rows.length).toBeLessThan(all);
    const left = `${all - rows.length} left out`;
    const seen = new Set(rows.map(({ watch }) => watch));
    expect(stderr).toContain(
      `watch list: ${seen.size} of 4 products found, in ${rows.length} of ${all} offers (${left}); not found: `,
    );
    expect(JSON.parse(await readFile(sandbox.path('watch.json'), 'utf8')).watchList).toMatchObject({
      products: 4,
      seen: seen.size,
      notSeen: expect.arrayContaining(['Yogur natural Trébola'].filter((name) => !seen.has(name))),
      offersMatched: rows.length,
      offersLeftOut: all - rows.length,
    });
  });

  it('counts what is listed twice once', async () => {
    await writeFile(
      sandbox.path('twice.csv'),
      'product,id\nJamón serrano,1\njamon serrano,2\nVino tinto,3\nVINO TINTO,4\n',
    );
    const { rows, stderr } = await sandbox.uxd(['offers', LAUNCH, '--watch-list', 'twice.csv']);
    expect(rows).toMatchObject([{ watch: 'Jamón serrano', watchId: '1' }]);
    expect(stderr).toContain('named more than once, counted once: Jamón serrano, Vino tinto');
    expect(stderr).toContain('watch list: 1 of 2 products found, in 1 of 7 offers (6 left out); not found: Vino tinto');
  });

  it('reads TSV and JSON Lines too', async () => {
    await writeFile(sandbox.path('list.tsv'), 'name\tid\nJamon serrano loncha\t7\n');
    await writeFile(sandbox.path('list.jsonl'), '{"product":"X","keywords":["serrano jamón"],"id":7}\n');
    for (const list of ['list.tsv', 'list.jsonl']) {
      const { rows } = await sandbox.uxd(['offers', LAUNCH, '--watch-list', list]);
      expect(rows, list).toMatchObject([{ watchId: '7', price: 1.99 }]);
    }
  });

  it.each([
    ['no such file', 'none.csv', null, 'there is no such file'],
    [
      'no column with names',
      'wrong.csv',
      'sku,titulo\n1,Yogur\n',
      'there is no column product or name; the columns are "sku", "titulo"',
    ],
    ['no products', 'few.csv', 'product,brand\n', 'it lists no products'],
    ['an empty file', 'void.csv', '', 'the file is empty'],
    ['a rival that is neither', 'maybe.csv', 'product,rival\n"a\nb",x\nc,maybe\n', 'line 4: rival is "maybe"'],
  ])('%s is a usage error', async (_, file, content, message) => {
    if (content !== null) await writeFile(sandbox.path(file), content);
    const { code, stderr } = await sandbox.uxd(['offers', LAUNCH, '--watch-list', file]);
    expect(code).toBe(2);
    expect(stderr).toContain(`--watch-list ${file}: ${message}`);
  });
});

describe('--text', () => {
  it('gives each line its row', async () => {
    const lines = ['Yogur griego 4x125 g 2,49 €', '', 'nothing here', '$1,299.00'];
    const { code, rows, stderr } = await sandbox.uxd(['offers', '--text', '-'], { stdin: `${lines.join('\r\n')}\r\n` });
    expect(code, stderr).toBe(0);
    expect(rows.map(({ quote }) => quote)).toEqual(lines);
    expect(rows.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
    expect(rows).toMatchObject([
      { source: '-', page: null, price: 2.49, currency: 'EUR', size: { count: 4, amount: 125, unit: 'g' } },
      { price: null, product: null },
      { price: null },
      { price: 1299, currency: 'USD' },
    ]);
  });

  it('reads a file, and an empty one gives nothing', async () => {
    await writeFile(sandbox.path('lines.csv'), '2 for $5');
    expect((await sandbox.uxd(['offers', '--text', 'lines.csv'])).rows).toMatchObject([{ promotion: 'bundle-price' }]);
    await writeFile(sandbox.path('nothing.txt'), '');
    expect(await sandbox.uxd(['offers', '--text', 'nothing.txt'])).toMatchObject({ code: 0, stdout: '' });
    expect(await sandbox.uxd(['offers', '--text', 'gone.txt'])).toMatchObject({ code: 3 });
  });

  it('is for texts alone', async () => {
    const { code, stderr } = await sandbox.uxd(['offers', LAUNCH, '--text', '-']);
    expect(code).toBe(2);
    expect(stderr).toContain('--text reads - and no pages');
    expect((await sandbox.uxd(['offers', '--text', '-', '--annotate', 'x'])).code).toBe(2);
  });
});

describe('mistakes', () => {
  it.each([
    [['--retailer', 'nobody'], 'there is no retailer "nobody": use one of'],
    [['--retailer', 'nobody.yaml'], 'nobody.yaml'],
    [['--date', '2020-02-30'], '"2020-02-30" is no date; write it as 2020-04-09'],
    [['--date', '9.4.2020'], 'is no date'],
    [['--currency', 'euros'], '"euros" is no currency'],
    [['--min-confidence', '2'], 'is not a number from 0 to 1'],
    [['--discards', LAUNCH], `--discards ${LAUNCH} is the input`],
    [['--discards', 'same.csv', '-o', 'same.csv'], 'both name same.csv'],
    [['--discards', 'x.xlsx'], 'cannot write .xlsx files'],
  ])('%j', async (flags, message) => {
    const { code, stderr } = await sandbox.uxd(['offers', LAUNCH, ...flags]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('bug in uxd');
  });

  it('no input is told before anything is read', async () => {
    const { code, stderr } = await sandbox.uxd(['offers']);
    expect(code).toBe(2);
    expect(stderr).toContain('offers: no input');
  });
});

describe('--provider google', () => {
  it('finds the same on the words and boxes of Vision', async () => {
    const hash = createHash('sha256')
      .update(await readFile(sandbox.path(COAST)))
      .digest('hex');
    const given = words.rows.filter(({ source }) => source === COAST) as unknown as {
      text: string;
      box: [number, number, number, number];
    }[];
    const server = await startVisionServer({ readings: { [hash]: given.map(({ text, box }) => ({ text, box })) } });
    try {
      const { code, rows, stderr } = await sandbox.uxd([
        'offers',
        COAST,
        '--provider',
        'google',
        '--endpoint',
        server.endpoint,
        '--lang',
        'en',
      ]);
      expect(code, stderr).toBe(0);
      expect(rows[0]).toMatchObject({ provider: 'google', status: 'ok' });
      const local = direct.rows.filter(({ source }) => source === COAST);
      const facts = (all: Record<string, unknown>[]) => all.map(({ product, price, box }) => ({ product, price, box }));
      expect(facts(rows)).toEqual(facts(local));
    } finally {
      await server.close();
    }
  });
});

it('parts of a sharded run give what one run gives, discards too', async () => {
  await sandbox.uxd(['offers', ...FLYERS, '-q', '-o', 'whole.jsonl', '--discards', 'whole-discards.jsonl']);
  for (const part of ['0', '1']) {
    const files = ['-o', `part-${part}.jsonl`, '--discards', `discards-${part}.jsonl`];
    const { code } = await sandbox.uxd(['offers', ...FLYERS, '--shard', `${part}/2`, ...files]);
    expect([0, 4]).toContain(code);
  }
  expect((await sandbox.uxd(['merge', 'part-0.jsonl', 'part-1.jsonl'])).stdout).toBe(direct.stdout);
  const discards = await sandbox.uxd(['merge', 'discards-0.jsonl', 'discards-1.jsonl']);
  expect(discards.stdout).toBe(await readFile(sandbox.path('whole-discards.jsonl'), 'utf8'));
  expect(discards.rows.length).toBeGreaterThan(0);
});
