/** `uxd trend` on the sample sales, on worlds with a known truth, and on tables that are wrong. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld } from '../../scripts/sales-world.mjs';
import type { TrendRow } from '../../src/rows/trend.js';
import { PROJECT, Sandbox } from '../support/uxd.js';

const SALES = path.join(PROJECT, 'samples/sales/sales.csv');
const LAUNCH = path.join(PROJECT, 'samples/sales/launch.csv');
const BY = ['--date', 'week', '--value', 'units', '--by', 'product,region'];

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await Sandbox.create();
});
afterAll(() => sandbox.remove());

type Row = TrendRow & { readonly product?: string; readonly region?: string };

async function trend(
  args: readonly string[],
  stdin?: string,
): Promise<{ rows: Row[]; code: number | null; stderr: string; stdout: string }> {
  const ended = await sandbox.uxd(['trend', ...args], stdin === undefined ? {} : { stdin });
  return { ...ended, rows: ended.rows as unknown as Row[] };
}

async function table(name: string, text: string): Promise<string> {
  await writeFile(sandbox.path(name), text);
  return name;
}

/** 60 weeks that fall by a fifth after 40; the rest is a fixed pattern. */
function stepRows(separator = ',', decimal = '.'): string {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const date = new Date(Date.UTC(2019, 0, 7) + i * 7 * 86_400_000).toISOString().slice(0, 10);
    const value = (i < 40 ? 100 : 80) + 3 * Math.sin(i * 7.3);
    return `${date}${separator}${value.toFixed(2).replace('.', decimal)}`;
  });
  return [`week${separator}units`, ...rows, ''].join('\n');
}

describe('the sample sales', () => {
  const events = ['--events', LAUNCH];
  let told: Awaited<ReturnType<typeof trend>>;
  /** What several tests look at is studied once. */
  beforeAll(async () => {
    told = await trend([SALES, ...BY, ...events, '--report', 'told.html', '--plot', 'told.svg']);
  });

  it('gives the right causes, in order, and the answer last', async () => {
    const { rows, code } = told;
    expect(code).toBe(0);
    const order = ['change', 'effect', 'explanation', 'summary'];
    const places = rows.map(({ finding }) => order.indexOf(finding ?? ''));
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(rows.filter(({ finding }) => finding === 'summary')).toEqual([rows.at(-1)]);
    const april = rows.filter(
      ({ finding, product, date }) => finding === 'explanation' && product === 'Nuvela' && (date ?? '') >= '2020-03-01',
    );
    const likely = april
      .filter(({ verdict }) => verdict === 'likely')
      .map(({ region, event }) => `${region}: ${event}`);
    expect([...new Set(likely)].sort()).toEqual([
      'centre: launch of Nuvela, centre',
      'coast: launch of Nuvela, coast',
      'north: launch of Nuvela, north',
      'south: Dulzama Greek yogurt at 1.19',
    ]);
    const south = april.find(({ region, verdict }) => region === 'south' && verdict === 'likely');
    expect(south).toMatchObject({
      source: '2020-04-13-trebola-aniversario.jpg',
      page: 1,
      quote: 'Yogur griego Dulzama pack 2 x 125 g 1,19 €',
    });
    expect(rows.at(-1)?.message).toMatch(
      // the launch did the same in both regions
      /^Units of Nuvela, (north|centre) rose \d+% \(\d+ to \d+\) from the week of 30 March 2020; the likeliest cause is launch of Nuvela, \1/,
    );
    const effects = rows.filter(({ finding }) => finding === 'effect');
    expect(effects.find(({ event }) => event === 'Dulzama Greek yogurt at 1.19')?.verdict).toBe('effect');
    for (const { lower, upper, p, verdict } of effects) {
      if (lower === null || upper === null || p === null) expect(verdict).toBe('cannot tell');
      else expect(lower > 0 || upper < 0).toBe(p <= 0.05);
    }
  });

  it('is the same to the byte, also through a pipe', async () => {
    const files = ['--report', 'piped.html', '--plot', 'piped.svg'];
    const piped = await trend(['-', ...BY, ...events, ...files], await readFile(SALES, 'utf8'));
    expect(piped.stdout.replaceAll('"source":"-"', `"source":${JSON.stringify(SALES)}`)).toBe(told.stdout);
    expect(await readFile(sandbox.path('piped.svg'), 'utf8')).toBe(await readFile(sandbox.path('told.svg'), 'utf8'));
    expect((await readFile(sandbox.path('piped.html'), 'utf8')).replaceAll('in -:', `in ${SALES}:`)).toBe(
      await readFile(sandbox.path('told.html'), 'utf8'),
    );
    expect(told.stdout).not.toMatch(/NaN|Infinity/);
  });

  it('gives the figures of the page, which says what each compares with', async () => {
    const { rows } = told;
    const [, headline] = /rose (\d+%)/.exec(rows.at(-1)?.message ?? '') ?? [];
    const change = rows.find(
      ({ finding, message }) => finding === 'change' && /north rose .* 30 March/.test(message ?? ''),
    );
    const [, own] = /rose (\d+%)/.exec(change?.message ?? '') ?? [];
    expect(own).not.toBe(headline);
    const [, first = ''] = (await readFile(sandbox.path('told.html'), 'utf8')).split('<section>');
    expect(first).toContain(`font-weight="bold">+${headline}</text>`);
    expect(first).not.toContain(`font-weight="bold">+${own}</text>`);
    expect(first).toContain(
      `+${headline} compares with what was expected (dashed), not with the level before: that gives +${own}.`,
    );
  });

  it('gives the same rows as CSV, with the columns of the series', async () => {
    const nuvela = (await readFile(SALES, 'utf8')).split('\n').filter((line) => /^week|Nuvela/.test(line));
    const args = [await table('nuvela.csv', nuvela.join('\n')), ...BY];
    const { rows } = await trend(args);
    const { stdout } = await trend([...args, '--format', 'csv']);
    const lines = stdout.split('\r\n');
    expect(lines[0]).toMatch(/^schema,source,status,finding,kind,date,.*,product,region$/);
    expect(lines.filter((line) => line.startsWith('uxd.trend/1,'))).toHaveLength(rows.length);
  });

  it('answers what one event did, without a file of events', async () => {
    const { rows } = await trend([SALES, ...BY, '--treated', 'product=Nuvela,region=south', '--at', '2020-04-13']);
    const summary = rows.at(-1);
    expect(summary).toMatchObject({ finding: 'summary', verdict: 'effect', product: 'Nuvela', region: 'south' });
    expect(summary?.relativeEffect).toBeGreaterThan(-0.43);
    expect(summary?.relativeEffect).toBeLessThan(-0.23);
    expect(summary?.message).toMatch(/fell \d+%/);
  });

  it('answers what one event did to several series together', async () => {
    const treated = ['--treated', 'product=Nuvela,region=north', '--treated', 'product=Nuvela,region=centre'];
    const drawn = ['--report', 'joint.html', '--plot', 'joint.svg'];
    const { rows } = await trend([SALES, ...BY, ...treated, '--at', '2020-03-30', ...drawn]);
    const effects = rows.filter(({ finding }) => finding === 'effect');
    expect(effects.map(({ region }) => region ?? null)).toEqual(['north', 'centre', null]);
    const summary = rows.at(-1);
    // the launch adds 49 %
    expect(summary).toMatchObject({ finding: 'summary', verdict: 'effect', product: 'Nuvela' });
    expect(summary?.relativeEffect).toBeGreaterThan(0.39);
    expect(summary?.relativeEffect).toBeLessThan(0.59);
    expect(summary?.cumulativeEffect).toBeCloseTo(2 * 14 * (summary?.absoluteEffect ?? 0), 3);
    expect(summary?.message).toMatch(
      /^Units of Nuvela \(north and centre\) together rose \d+%.* a week in each, [\d,]+ in all, compared with/,
    );
    // what is shown first is what the headline tells, then its series
    const page = await readFile(sandbox.path('joint.html'), 'utf8');
    const titles = [...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title);
    const joint = 'Units of Nuvela (north and centre) together, mean of 2 series';
    expect(titles.slice(0, 3)).toEqual([joint, 'Units of Nuvela, north', 'Units of Nuvela, centre']);
    const [, first = ''] = page.split('<section>');
    const [, inAll] = /([\d,]+) in all/.exec(summary?.message ?? '') ?? [];
    expect(first).toContain(`<dt>in all</dt><dd>+${inAll}</dd>`);
    expect(first).toMatch(/<details open><summary>How sure: the effect of the event<.*aria-label="placebos"/);
    expect(first).toContain('class="c-expected"');
    const picture = await readFile(sandbox.path('joint.svg'), 'utf8');
    expect(picture.indexOf(`>${joint}<`)).toBeLessThan(picture.indexOf('>Units of Nuvela, north<'));
    expect(picture).toContain(`>${joint}<`);
    const { stderr, code } = await trend([
      SALES,
      ...BY,
      '--treated',
      'region=north,region=centre',
      '--at',
      '2020-03-30',
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/region is given twice; give --treated once for each series/);
  });

  it('foretells with a plan: the price cut stands out', async () => {
    const plan = path.join(PROJECT, 'samples/sales/campaign.csv');
    const { rows, code } = await trend([SALES, ...BY, '--plan', plan]);
    expect(code).toBe(0);
    const north = rows.filter(
      ({ finding, product, region }) => finding === 'forecast' && product === 'Nuvela' && region === 'north',
    );
    expect(north.map(({ date }) => date).slice(0, 3)).toEqual(['2020-07-06', '2020-07-13', '2020-07-20']);
    const [before, , cut] = north.map(({ absoluteEffect }) => absoluteEffect ?? 0);
    expect(cut).toBeGreaterThan((before ?? 0) * 1.15);
    expect(north[0]?.message).toContain('Tried on the past');
  });
});

interface World {
  readonly series: readonly {
    readonly key: Record<string, string>;
    readonly dates: readonly string[];
    readonly values: Float64Array;
  }[];
  readonly events: readonly { readonly key: Record<string, string> }[];
  readonly truth: { readonly at: number; readonly causes: readonly string[] };
}

async function findingsOf(story: string, seed: number): Promise<{ rows: Row[]; date: string; truth: World['truth'] }> {
  const { series, events, truth } = makeWorld(story, seed) as World;
  // two of the four products are enough to compare with, and take half the time
  const shown = series.filter(({ key }) => key.product === 'Nuvela' || key.product === 'Dulzama');
  const lines = shown.flatMap(({ key, dates, values }) =>
    dates.map((date, t) => [date, key.product, key.region, values[t]].join(',')),
  );
  const sales = await table(`${story}.csv`, ['week,product,region,units', ...lines, ''].join('\n'));
  // other products' campaigns are left out: their effects would take time, and are not looked at
  const ours = events.filter(({ key }) => (key.product ?? 'Nuvela') === 'Nuvela');
  const told = ours.map(({ key, ...event }) => JSON.stringify({ ...event, ...key }));
  const happened = await table(`${story}.jsonl`, `${told.join('\n')}\n`);
  const { rows } = await trend([sales, ...BY, '--events', happened]);
  return { rows, date: series[0]?.dates[truth.at] ?? '', truth };
}

describe('worlds with a known truth', () => {
  const here = ({ product, region }: Row): boolean => product === 'Nuvela' && region === 'north';

  it('names the rival', async () => {
    const { rows, date, truth } = await findingsOf('competitor', 3);
    const found = rows.find((row) => row.finding === 'explanation' && here(row) && row.date === date);
    expect(found).toMatchObject({ verdict: 'likely', event: truth.causes[0], page: 1 });
  });

  it('finds nothing where nothing happened', async () => {
    const { rows, date } = await findingsOf('nothing', 3);
    expect(rows.filter((row) => row.finding === 'change' && here(row) && row.date === date)).toEqual([]);
    const effect = rows.find((row) => row.finding === 'effect' && here(row) && /^launch/.test(row.event ?? ''));
    expect(effect?.verdict).toBe('no effect');
    expect(effect?.message).toMatch(/had no effect on units of Nuvela, north larger than/);
  });

  it('does not choose between two causes at once', async () => {
    const { rows, date, truth } = await findingsOf('together', 3);
    const found = rows.filter(
      (row) => row.finding === 'explanation' && here(row) && row.date === date && row.verdict === 'confounded',
    );
    expect(found.map(({ event }) => event).sort()).toEqual([...truth.causes].sort());
  });

  it('says that it knows no cause', async () => {
    const { rows, date } = await findingsOf('missing', 3);
    const found = rows.filter((row) => row.finding === 'explanation' && here(row) && row.date === date);
    expect(found.map(({ verdict, event }) => [verdict, event])).toEqual([['unexplained', null]]);
  });
});

describe('forms of input', () => {
  const facts = (rows: readonly Row[]): unknown[] => rows.map(({ source: _, ...row }) => row);

  it('reads CSV, decimal commas, JSONL and an array alike, and dates in any of their forms', async () => {
    const plain = await trend([await table('plain.csv', stepRows())]);
    expect(plain.rows.at(-1)?.message).toMatch(/^Units fell (19|20|21)% .* from the week of 14 October 2019\.$/);
    const objects = stepRows()
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => {
        const [week, units] = line.split(',');
        return { week, units: Number(units) };
      });
    const forms: Record<string, string> = {
      'comma.csv': stepRows(';', ','),
      'commas.tsv': stepRows('\t', ','),
      'rows.jsonl': objects.map((object) => JSON.stringify(object)).join('\n'),
      'array.json': JSON.stringify(objects),
      'back.csv': ['week,units', ...stepRows().trim().split('\n').slice(1).reverse()].join('\n'),
      'dmy.csv': stepRows().replace(/(\d{4})-(\d\d)-(\d\d)/g, '$3/$2/$1'),
    };
    for (const [name, text] of Object.entries(forms)) {
      const { rows, stderr } = await trend([await table(name, text)]);
      expect(facts(rows), `${name}: ${stderr}`).toEqual(facts(plain.rows));
    }
    const american = await table('mdy.csv', stepRows().replace(/(\d{4})-(\d\d)-(\d\d)/g, '$2/$3/$1'));
    expect(facts((await trend([american, '--date-order', 'mdy'])).rows)).toEqual(facts(plain.rows));
  });

  it('reads Parquet', async () => {
    const { parquetWriteFile } = await import('hyparquet-writer');
    const cells = stepRows()
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','));
    parquetWriteFile({
      filename: sandbox.path('sales.parquet'),
      columnData: [
        { name: 'week', data: cells.map(([date]) => new Date(`${date}T00:00:00Z`)), type: 'TIMESTAMP' },
        { name: 'units', data: cells.map(([, units]) => Number(units)), type: 'DOUBLE' },
      ],
    });
    const plain = await trend([await table('plain.csv', stepRows())]);
    expect(facts((await trend(['sales.parquet'])).rows)).toEqual(facts(plain.rows));
  });

  it('takes an integer index, years and ISO weeks', async () => {
    const lines = stepRows().trim().split('\n').slice(1);
    const named = (name: (i: number) => string): string =>
      ['week,units', ...lines.map((line, i) => `${name(i)},${line.split(',')[1]}`)].join('\n');
    const dateOf = async (file: string, text: string): Promise<unknown> =>
      (await trend([await table(file, text)])).rows.at(-1)?.date;
    expect(
      await dateOf(
        'index.csv',
        named((i) => String(i + 1)),
      ),
    ).toBe('41');
    expect(
      await dateOf(
        'years.csv',
        named((i) => String(1950 + i)),
      ),
    ).toBe('1990-01-01');
    expect(
      await dateOf(
        'weeks.csv',
        named((i) => `${2018 + Math.floor(i / 52)}-W${String((i % 52) + 1).padStart(2, '0')}`),
      ),
    ).toBe('2018-10-08');
  });
});

describe('outputs and inputs', () => {
  it.each([
    ['-o', 'own.csv'],
    ['--report', 'own.html'],
    ['--summary', 'own.csv'],
    ['-o', 'happened.csv'],
  ])('%s %s, which is read, is refused before it is lost', async (flag, file) => {
    const text = stepRows();
    const own = await table(flag === '--report' ? file : 'own.csv', text);
    await table('happened.csv', 'date,name\n2019-10-14,display\n');
    const { code, stderr } = await trend([own, '--events', 'happened.csv', flag, file]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`is the input ${file}`)]);
    expect(await readFile(sandbox.path(own), 'utf8')).toBe(text);
  });

  it('one name for two outputs is refused, and a date outside of the data', async () => {
    await table('own.csv', stepRows());
    expect((await trend(['own.csv', '-o', 'x.html', '--report', './x.html'])).code).toBe(2);
    expect((await trend(['own.csv', '--at', '2050-01-01'])).stderr).toContain('outside of the data');
    await table('late.csv', 'date,name\n2050-01-01,display\n');
    const { code, stderr } = await trend(['own.csv', '--events', 'late.csv']);
    expect([code, stderr]).toEqual([0, expect.stringContaining('1 event outside of the data')]);
  });
});

describe('tables that are wrong', () => {
  it.each([
    ['no date column', 'a,b\n1,2\n', [], 'no column of dates is known; give --date COLUMN (the columns are "a", "b")'],
    ['no value column', 'date,b\n2020-01-01,2\n', [], 'give --value COLUMN (the columns are "date", "b")'],
    ['an unknown column', 'date,value\n2020-01-01,2\n', ['--by', 'shop'], '--by: there is no column "shop"'],
    ['one row', 'date,value\n2020-01-01,2\n', [], 'a single date tells no frequency'],
    ['no rows', 'date,value\n', [], 'it has no rows'],
    ['an empty file', '', [], 'the file is empty'],
    [
      'double dates',
      'date,value\n2020-01-01,2\n2020-01-02,3\n2020-01-02,4\n',
      [],
      'several rows of 2020-01-02; give --aggregate sum or mean',
    ],
    ['mixed precision', 'date,value\n2020-01,2\n2020-02-01,3\n', [], 'some dates are of a month, others of a day'],
    [
      'irregular dates',
      'date,value\n2020-01-01,2\n2020-01-03,3\n2020-02-20,4\n',
      [],
      'neither days, weeks, months, quarters nor years apart',
    ],
    [
      'a date far away',
      `date,value\n1020-01-01,2\n${Array.from({ length: 20 }, (_, i) => `2020-01-${String(i + 1).padStart(2, '0')},1\n`).join('')}`,
      [],
      'is one of the two a mistake?',
    ],
    [
      'an event elsewhere',
      'date,value\n2020-01-01,2\n2020-01-02,2\n',
      ['--treated', 'x=1', '--at', '2020-01-02'],
      'is not COLUMN=VALUE with a column of --by',
    ],
    ['a picture of another kind', 'date,value\n2020-01-01,2\n', ['--plot', 'x.gif'], 'ends in .svg or .png'],
    [
      'a column named like a field',
      'date,value,kind\n2020-01-01,2,a\n2020-01-02,2,a\n',
      ['--by', 'kind'],
      'the findings have a field of that name',
    ],
  ])('%s', async (_, text, flags, message) => {
    const { code, stderr, stdout } = await trend([await table('wrong.csv', text), ...flags]);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('bug in uxd');
    expect(code).toBe(2);
    expect(stdout).toBe('');
  });

  it('mixed frequencies', async () => {
    const day = (i: number): string => new Date(Date.UTC(2020, 0, 6) + i * 86_400_000).toISOString().slice(0, 10);
    const daily = Array.from({ length: 60 }, (_, i) => `${day(i)},daily,${i % 7}`);
    const weekly = Array.from({ length: 12 }, (_, i) => `${day(i * 7)},weekly,${i}`);
    const file = await table('mixed.csv', ['date,series,value', ...daily, ...weekly, ''].join('\n'));
    const { code, stderr } = await trend([file, '--by', 'series']);
    expect(stderr).toContain('mixed frequencies: daily has a row a day, weekly a row a week');
    expect(code).toBe(2);
    expect((await trend([file, '--by', 'series', '--frequency', 'week', '--aggregate', 'sum'])).code).toBe(0);
  });

  it.each([
    ['constant', () => '5', 'all its values are 5'],
    ['missing', () => '', 'all its values are missing'],
    ['short', (i: number) => (i < 5 ? String(i) : ''), 'it has 5 values, and at least 8 are needed'],
  ])('%s values: cannot tell', async (_, value, reason) => {
    const lines = stepRows().trim().split('\n').slice(1);
    const text = ['week,units', ...lines.map((line, i) => `${line.split(',')[0]},${value(i)}`)].join('\n');
    const { rows, code } = await trend([await table('flat.csv', text), '--report', 'flat.html', '--plot', 'flat.png']);
    expect(code).toBe(0);
    expect(rows.map(({ finding, verdict }) => [finding, verdict])).toEqual([
      ['change', 'cannot tell'],
      ['summary', 'cannot tell'],
    ]);
    expect(rows.at(-1)?.message).toContain(reason);
  });

  it('the largest numbers give no NaN', async () => {
    const lines = stepRows().trim().split('\n').slice(1);
    const text = [
      'week,units',
      ...lines.map((line, i) => `${line.split(',')[0]},${i % 2 === 0 ? '1e308' : '-1e308'}`),
    ].join('\n');
    const { stdout, code, stderr } = await trend([
      await table('huge.csv', text),
      '--at',
      '2019-09-02',
      '--forecast',
      '3',
      '--report',
      'huge.html',
      '--plot',
      'huge.svg',
    ]);
    expect(stderr).not.toContain('bug in uxd');
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/NaN|Infinity/);
    expect(await readFile(sandbox.path('huge.html'), 'utf8')).not.toMatch(/NaN|Infinity/);
  });

  it('a line that cannot be read is an error row with its number', async () => {
    const lines = stepRows().trim().split('\n');
    lines[3] = '2019-01-21,many';
    lines[5] = 'someday,100';
    lines[7] = '"2019-02-18,100';
    const { rows, code } = await trend([await table('broken.csv', lines.join('\n'))]);
    expect(code).toBe(3);
    const errors = rows.filter(({ status }) => status === 'error');
    expect(errors.map(({ line, errorCode }) => [line, errorCode])).toEqual(
      [4, 6, 8].map((line) => [line, 'MALFORMED_LINE']),
    );
    expect(errors[0]?.errorMessage).toBe('line 4: "many" in the column "units" is no number');
    expect(rows.at(-1)?.message).toMatch(/^Units fell/);
  });
});

describe('the report', () => {
  it('needs nothing besides itself, and escapes what it is told', async () => {
    const evil = '<script>alert(1)</script>';
    const lines = stepRows().trim().split('\n').slice(1);
    const file = await table(
      'evil.csv',
      ['week,shop,units', ...lines.map((line) => line.replace(',', `,${evil},`)), ''].join('\n'),
    );
    const event = {
      date: '2019-10-14',
      name: `"><img src=x onerror=alert(2)>`,
      quote: evil,
      source: 'a&b.pdf',
      page: 3,
    };
    const events = await table('evil.jsonl', `${JSON.stringify(event)}\n`);
    const { code } = await trend([
      file,
      '--by',
      'shop',
      '--events',
      events,
      '--report',
      'evil.html',
      '--plot',
      'evil.svg',
    ]);
    expect(code).toBe(0);
    const html = await readFile(sandbox.path('evil.html'), 'utf8');
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).toContain('a&amp;b.pdf, page 3');
    const outside = [...html.matchAll(/(?:https?:)?\/\/[^\s"'<)]+/g)].map(([address]) => address);
    expect(outside.filter((address) => address !== 'http://www.w3.org/2000/svg')).toEqual([]);
    expect(html).not.toMatch(/<link|@import|url\(|<[a-z][^>]*\s(?:src|href)=/);
    expect(await readFile(sandbox.path('evil.svg'), 'utf8')).not.toContain('<script');
  });

  it('draws pictures', async () => {
    await trend([SALES, ...BY, '--plot', 'sales.png']);
    const png = await readFile(sandbox.path('sales.png'));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBe(2000);
  });
});

describe('what documents say', () => {
  it('makes an event of reviews that turn negative, with the words of one of them', async () => {
    const lines = stepRows()
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[0]);
    const rows = lines.flatMap((date, i) =>
      [0, 1, 2].map((k) => {
        const score = (i < 40 ? 0.6 : -0.5) + 0.05 * Math.sin(i * 5 + k * 3);
        return JSON.stringify({
          schema: 'uxd.sentiment/1',
          source: 'reviews.csv',
          status: 'ok',
          id: `${i}-${k}`,
          level: 'document',
          date,
          score,
          text: i < 40 ? 'lovely' : 'watery',
        });
      }),
    );
    const documents = await table('feelings.jsonl', `${rows.join('\n')}\n`);
    const found = await trend([await table('plain.csv', stepRows()), '--documents', documents]);
    expect(found.rows.find(({ finding, source }) => finding === 'change' && source === 'feelings.jsonl')).toMatchObject(
      { date: '2019-10-14' },
    );
    expect(found.rows.at(-1)).toMatchObject({
      event: 'reviews turned negative',
      source: 'reviews.csv',
      quote: 'watery',
    });
  });

  it('tells the term that bursts', async () => {
    const weeks = stepRows()
      .trim()
      .split('\n')
      .slice(1, 31)
      .map((line) => line.split(',')[0]);
    const row = (date: string | undefined, term: string, documents: number): string =>
      JSON.stringify({
        schema: 'uxd.keyword/1',
        source: 'r.csv',
        status: 'ok',
        date,
        term,
        documents,
        documentsInPeriod: 40,
      });
    const rows = weeks.flatMap((date, i) => [row(date, 'watery', i >= 15 && i < 18 ? 20 : 1), row(date, 'price', 8)]);
    const { rows: found } = await trend([
      '--terms',
      await table('terms.jsonl', `${rows.join('\n')}\n`),
      '--date',
      'date',
    ]);
    const bursts = found.filter(({ kind }) => kind === 'burst');
    expect(bursts.map(({ event, dateFrom, dateTo, verdict }) => [event, dateFrom, dateTo, verdict])).toEqual([
      ['watery', weeks[15], weeks[17], 'effect'],
    ]);
    expect(found.at(-1)).toMatchObject({ finding: 'summary', event: 'watery' });
  });
});
