/** What `uxd trend` answers to what is asked, and what it tells of slips in flags, events and cells. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrendRow } from '../../src/rows/trend.js';
import { PROJECT, Sandbox } from '../support/uxd.js';

const SALES = path.join(PROJECT, 'samples/sales/sales.csv');
const BY = ['--date', 'week', '--value', 'units', '--by', 'product,region'];

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await Sandbox.create();
});
afterAll(() => sandbox.remove());

async function trend(...args: string[]): Promise<{ rows: TrendRow[]; code: number | null; stderr: string }> {
  const ended = await sandbox.uxd(['trend', ...args]);
  return { ...ended, rows: ended.rows as unknown as TrendRow[] };
}

async function table(name: string, lines: readonly string[]): Promise<string> {
  await writeFile(sandbox.path(name), `${lines.join('\n')}\n`);
  return name;
}

const START = Date.UTC(2019, 0, 7);

function dayAfter(days: number): string {
  return new Date(START + days * 86_400_000).toISOString().slice(0, 10);
}

/** 60 values that rise by a fifth after 40. */
const VALUES = Array.from({ length: 60 }, (_, i) => (i < 40 ? 1000 : 1200) + 20 * Math.sin(i * 7.3));

function weekly(cell: (value: number) => string, head = 'week,units'): string[] {
  return [head, ...VALUES.map((value, i) => `${dayAfter(7 * i)},${cell(value)}`)];
}

const plain = (value: number): string => value.toFixed(2);

describe('answers', () => {
  it('tell what comes next, in the summary, on standard error and on top of the report', async () => {
    const days = VALUES.map((value, i) => `${dayAfter(i)},${(value + 100 * (i % 7)).toFixed(1)}`);
    const file = await table('daily.csv', ['day,ventas', ...days]);
    const { rows, stderr } = await trend(file, '--value', 'ventas', '--forecast', '7', '--report', 'daily.html');
    const answer = /Forecast of ventas: [\d,]+ \([\d,]+ to [\d,]+\) on 8 March 2019, .* than a week before\./;
    expect(rows.at(-1)).toMatchObject({ finding: 'summary', message: expect.stringMatching(answer) });
    expect(stderr).toMatch(answer);
    expect(await readFile(sandbox.path('daily.html'), 'utf8')).toMatch(new RegExp(`<h1>${answer.source}`));
    expect(rows.filter(({ finding }) => finding === 'forecast')[0]?.message).toMatch(/^Ventas on 8 March 2019: /);
  });

  it('tell of the series of a plan, after the change and its cause', async () => {
    const plan = path.join(PROJECT, 'samples/sales/campaign.csv');
    const launch = path.join(PROJECT, 'samples/sales/launch.csv');
    const { rows, stderr } = await trend(SALES, ...BY, '--plan', plan, '--events', launch);
    const message = rows.at(-1)?.message ?? '';
    expect(message).toMatch(
      /^Units of Nuvela.* the likeliest cause is .*\. Forecast of units with the plan, 8 weeks .* in \d of 4 series/,
    );
    expect(stderr.split('\n').filter((line) => /trend: (Units|Forecast) of/.test(line))).toHaveLength(2);
  });

  it('tell what an event did to several series, and that nothing can be told', async () => {
    const several = await trend(SALES, ...BY, '--treated', 'product=Nuvela', '--at', '2020-04-13');
    expect(several.rows.at(-1)?.message).toMatch(
      /after the event \(13 April 2020\), compared with untreated series, p < 0.001; of the 4 series that it concerns 1 rose, 1 fell and 2 cannot be told\.$/,
    );
    const file = await table('plain.csv', weekly(plain));
    const first = await trend(file, '--at', dayAfter(0));
    expect(first.rows.at(-1)).toMatchObject({ finding: 'summary', verdict: 'cannot tell', event: 'the event' });
    expect(first.rows.at(-1)?.message).toContain('did to units cannot be told: too little is known before it.');
  });

  it('name both events of a pair that cannot be told apart', async () => {
    const file = await table('plain.csv', weekly(plain));
    await table('pair.csv', ['date,name,kind', `${dayAfter(280)},price cut,price`, `${dayAfter(282)},TV campaign,tv`]);
    await trend(file, '--events', 'pair.csv', '--report', 'pair.html');
    const page = await readFile(sandbox.path('pair.html'), 'utf8');
    expect(page).toContain('How sure: the effect of price cut and TV campaign<');
    expect(page).toContain('expected without price cut and TV campaign (');
    expect(page.match(/>possible cause</g)).toHaveLength(2);
    expect(page).toContain('one series, one change');
  });

  it('tell the date of the event at the frequency of the values', async () => {
    const years = VALUES.map((value, i) => `${1900 + i},${plain(value)}`);
    const { rows } = await trend(await table('years.csv', ['year,units', ...years]), '--at', '1940');
    expect(rows.at(-1)?.message).toMatch(/^Units rose \d+% .* after the event \(1940\), compared with its own past/);
  });

  it('count no change where nothing can be said', async () => {
    const flat = weekly(() => '5');
    const { stderr } = await trend(await table('flat.csv', flat), '--summary', 'flat.json');
    expect(stderr).toContain('1 series (nothing can be said of 1) · 0 changes');
    const summary = JSON.parse(await readFile(sandbox.path('flat.json'), 'utf8'));
    expect(summary).toMatchObject({ findings: { change: 0 }, cannotTell: 1 });
  });
});

describe('slips', () => {
  it('an event that names no series is told with its file, its line and the nearest name', async () => {
    const shops = VALUES.map((value, i) => `${dayAfter(7 * i)},north,${plain(value)}`);
    const file = await table('shops.csv', ['week,shop,units', ...shops]);
    await table('events.csv', [
      'date,name,shop,quotte',
      '2019-10-14,display,nort,x',
      '2019-10-14,radio,Mars,x',
      '2019-10-14,tasting,north,x',
    ]);
    const { code, stderr } = await trend(file, '--by', 'shop', '--events', 'events.csv');
    expect(code).toBe(0);
    expect(stderr).toContain(
      'events.csv, line 2: "display" names no series: none has shop "nort"; did you mean "north"?',
    );
    expect(stderr).toContain('events.csv, line 3: "radio" names no series: none has shop "Mars"; there are "north"');
    expect(stderr).toContain('events.csv: not read: the column "quotte" (did you mean "quote"?)');
    expect(stderr).not.toContain('"tasting"');
    const { stderr: flags } = await trend(file, '--by', 'shop', '--treated', 'shop=nrth', '--at', '2019-10-14');
    expect(flags).toContain('no series has shop "nrth"; did you mean "north"?');
  });

  it('events that end before they begin or are dated the other way round are no events', async () => {
    const file = await table('plain.csv', weekly(plain));
    await table('ends.csv', [
      'date,dateTo,name,direction',
      '2019-10-14,2019-10-01,a,up',
      '2019-10-14,soon,b,up',
      '2019-10-14,,c,less',
    ]);
    const { rows, code, stderr } = await trend(file, '--events', 'ends.csv');
    expect(code).toBe(3);
    expect(rows.filter(({ status }) => status === 'error').map(({ errorMessage }) => errorMessage)).toEqual([
      'line 2: the event ends on 2019-10-01, before it begins on 2019-10-14',
      'line 3: "soon" is no date',
    ]);
    expect(stderr).toContain('ends.csv, line 4: the direction "less" is neither up nor down');
    await table('american.csv', ['date,name', '10/14/2019,display', '4/5/2019,radio']);
    const american = await trend(file, '--events', 'american.csv');
    expect([american.code, american.stderr]).toEqual([2, expect.stringContaining('give --date-order mdy')]);
  });

  it('a plan for no series is told with the nearest name', async () => {
    const shops = VALUES.map((value, i) => `${dayAfter(7 * i)},north,${plain(value)},${i % 9 === 0 ? 1 : 2}`);
    const file = await table('shops.csv', ['week,shop,units,price', ...shops]);
    await table('plan.csv', ['week,shop,price', `${dayAfter(7 * 60)},nort,1`]);
    const { stderr } = await trend(file, '--by', 'shop', '--plan', 'plan.csv');
    expect(stderr).toContain('plan.csv: the plan names nort, which is no series; did you mean "north"?');
  });

  it('a picture is no table', async () => {
    const { code, stderr } = await trend(path.join(PROJECT, 'samples/flyers/2020-03-30-trebola-frescos.png'));
    expect([code, stderr]).toEqual([2, expect.stringContaining('this is a picture')]);
  });

  it.each([
    [['--by', 'date'], 'the findings have a field of that name'],
    [['--report', 'out.txt'], '--report out.txt: name a file that ends in .html'],
    [['--report', '-'], '--report -: name a file that ends in .html'],
    [['--plot', '-'], '--plot -: name a file that ends in .svg or .png'],
  ])('%j is told before the table is read', async (flags, message) => {
    const { code, stderr } = await trend('nowhere.csv', ...flags);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it('documents alone are told to need a table', async () => {
    const { code, stderr } = await trend('--documents', 'opinions.jsonl');
    expect([code, stderr]).toEqual([2, expect.stringContaining('--documents tells why the series of a table changed')]);
  });

  it('the table is no file of events, and a forecast needs a table', async () => {
    const file = await table('own.csv', weekly(plain));
    expect((await trend(file, '--events', './own.csv')).stderr).toContain('is the table itself');
    await table('terms.jsonl', ['{}']);
    expect((await trend('--terms', 'terms.jsonl', '--forecast', '3')).stderr).toContain('--forecast needs a table');
  });

  it('dates of the other order are an error that names the flag', async () => {
    const slashed = (order: (parts: string[]) => string[]): string[] =>
      weekly(plain).map((line) => line.replace(/^\d{4}-\d\d-\d\d/, (date) => order(date.split('-')).join('/')));
    const american = await table(
      'mdy.csv',
      slashed(([y = '', m = '', d = '']) => [m, d, y]),
    );
    const { code, stderr } = await trend(american);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/can only be read as month\/day; give --date-order mdy/)]);
    expect((await trend(american, '--date-order', 'mdy')).code).toBe(0);
    const months = VALUES.map((value, i) => `${(i % 12) + 1}/1/${2010 + Math.floor(i / 12)},${plain(value)}`);
    const monthly = await trend(await table('months.csv', ['month,units', ...months]));
    expect([monthly.code, monthly.stderr]).toEqual([2, expect.stringContaining('give --date-order mdy')]);
  });

  it('whole numbers in steps are no periods, and may be dates of a spreadsheet', async () => {
    const serials = VALUES.map((value, i) => `${43836 + 7 * i},${plain(value)}`);
    const { code, stderr } = await trend(await table('serials.csv', ['date,units', ...serials]));
    expect([code, stderr]).toEqual([2, expect.stringContaining('43836 is 2020-01-06')]);
  });
});

describe('cells', () => {
  const factsOf = (rows: readonly TrendRow[]): unknown[] => rows.map(({ source: _, ...row }) => row);

  it.each([
    ['euros', (text: string) => `€${text}`],
    ['a currency behind', (text: string) => `${text} EUR`],
    ['thousands', (text: string) => `"$${text.replace(/\B(?=(\d{3})+\.)/g, ',')}"`],
    ['decimal commas', (text: string) => `"${text.replace('.', ',')} €"`],
    ['points and commas', (text: string) => `"${text.replace('.', ',').replace(/\B(?=(\d{3})+,)/g, '.')}"`],
    ['per cent', (text: string) => `${text} %`],
  ])('with %s are read', async (name, write) => {
    const wanted = await trend(await table('wanted.csv', weekly(plain)));
    const { rows, stderr } = await trend(
      await table(
        'cells.csv',
        weekly((value) => write(plain(value))),
      ),
    );
    expect(factsOf(rows), `${name}: ${stderr}`).toEqual(factsOf(wanted.rows));
  });

  it('of another unit are error rows', async () => {
    const lines = weekly((value) => `€${plain(value)}`);
    lines[5] = lines[5]?.replace('€', '$') ?? '';
    const { rows, code } = await trend(await table('units.csv', lines));
    expect(code).toBe(3);
    expect(rows.filter(({ status }) => status === 'error')).toMatchObject([
      { line: 6, errorMessage: expect.stringContaining('another unit than the numbers before: $, not €') },
    ]);
  });

  it('of months without a sign, quarters, nested fields and columns of one name are found', async () => {
    const months = VALUES.map((value, i) => {
      return `${2010 + Math.floor(i / 12)}${String((i % 12) + 1).padStart(2, '0')},${plain(value)},0`;
    });
    const file = await table('months.csv', ['month,units,units', ...months]);
    expect((await trend(file)).stderr).toContain('the columns are "month", "units (2)", "units (3)"');
    expect((await trend(file, '--value', '2')).rows.at(-1)?.message).toMatch(/^Units \(2\) rose .* from May 2013\.$/);
    const quarters = VALUES.map(
      (value, i) => `{"date":"Q${(i % 4) + 1} ${2000 + Math.floor(i / 4)}","sold":{"units":${value}}}`,
    );
    const { rows } = await trend(await table('quarters.jsonl', quarters), '--value', 'sold.units');
    expect(rows.at(-1)?.message).toMatch(/^Sold\.units rose .* from Q1 of 2010\.$/);
  });
});
