// Makes samples/sales/: weekly sales of yogurts before and after the launch of April 2020, events and a plan.
//   npm run build && node scripts/make-samples.sales.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomSource } from './random.mjs';
import {
  baseSales,
  campaignEvent,
  endOf,
  event,
  LAUNCH,
  launchEvent,
  lift,
  north,
  pastCampaigns,
  REGIONS,
  unitsOf,
  WEEKS,
  weekOf,
} from './sales-world.mjs';

/** What samples/flyers/ offer of these yogurts: weeks after the launch, price, and what it does. */
const FLYER_OFFERS = [
  { product: 'Trébola', regions: REGIONS, week: 0, price: 0.89, size: 0.15 },
  { product: 'Nuvela', regions: ['north', 'centre'], week: 1, price: 1.59, size: 0.06 },
  { product: 'Nuvela', regions: ['north', 'centre'], week: 2, price: 1.49, size: 0.06 },
  { product: 'Dulzama', regions: REGIONS, week: 2, price: 1.19, size: 0.3 },
  { product: 'Nuvela', regions: ['north', 'centre'], week: 3, price: 1.39, size: 0.08 },
  { product: 'Trébola', regions: REGIONS, week: 3, price: 0.85, size: 0.2 },
  { product: 'Nuvela', regions: ['coast'], week: 4, price: 1.59, size: 0.06 },
];

function putInFlyer(series, { product, regions, week, price, size }) {
  for (const one of series) {
    if (one.product !== product || !regions.includes(one.region)) continue;
    one.logs[LAUNCH + week] += size;
    one.price[LAUNCH + week] = price;
    one.flyer[LAUNCH + week] = 1;
  }
}

/** April 2020 as the flyers of samples/flyers/ tell it. */
export function makeApril(seed) {
  const random = randomSource(seed);
  const series = baseSales(random);
  const campaigns = pastCampaigns(random, [LAUNCH]);
  for (const campaign of campaigns) lift(series, campaign);
  const launches = [
    ['north', LAUNCH],
    ['centre', LAUNCH],
    ['coast', LAUNCH + 4],
  ];
  for (const [region, from] of launches)
    lift(series, { product: 'Nuvela', region, from, length: WEEKS, kind: 'launch' });
  lift(series, { product: 'Nuvela', region: 'north', from: LAUNCH + 7, length: 2, kind: 'display' });
  lift(series, { product: 'Nuvela', region: 'south', from: LAUNCH + 2, length: WEEKS, kind: 'competitor' });
  for (const offer of FLYER_OFFERS) putInFlyer(series, offer);
  const events = [
    ...launches.map(([region, from]) => ({
      ...launchEvent(from, region),
      date: from === LAUNCH ? '2020-04-01' : weekOf(from),
    })),
    event(
      LAUNCH + 2,
      'Dulzama Greek yogurt at 1.19',
      'competitor',
      { product: 'Nuvela', region: 'south' },
      {
        direction: 'down',
        source: '2020-04-13-trebola-aniversario.jpg',
        page: 1,
        quote: 'Yogur griego Dulzama pack 2 x 125 g 1,19 €',
      },
    ),
    event(LAUNCH + 7, 'displays of Nuvela', 'display', north, { dateTo: endOf(LAUNCH + 8), direction: 'up' }),
  ];
  return { series, events, campaigns: campaigns.map(campaignEvent) };
}

const cell = (value) =>
  /[",\n]/.test(String(value ?? '')) ? `"${String(value).replaceAll('"', '""')}"` : String(value ?? '');
const csv = (rows) => `${rows.map((row) => row.map(cell).join(',')).join('\n')}\n`;

function eventRows(events) {
  const header = ['date', 'dateTo', 'name', 'kind', 'product', 'region', 'direction', 'source', 'page', 'quote'];
  const rows = events.map((one) => [
    one.date,
    one.dateTo,
    one.name,
    one.kind,
    one.key.product,
    one.key.region,
    one.direction,
    one.source.endsWith('.csv') ? null : one.source,
    one.page,
    one.quote,
  ]);
  return [header, ...rows];
}

function salesRows(series) {
  const header = ['week', 'product', 'region', 'units', 'price', 'display', 'flyer'];
  const rows = series.flatMap((one) =>
    Array.from(unitsOf(one), (units, t) => [
      weekOf(t),
      one.product,
      one.region,
      units,
      one.price[t],
      one.display[t],
      one.flyer[t],
    ]),
  );
  return [header, ...rows.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0))];
}

/** Eight weeks to come: one price cut in the flyer, one display. */
function planRows() {
  const weeks = Array.from({ length: 8 }, (_, i) => WEEKS + i);
  const rows = REGIONS.flatMap((region) =>
    weeks.map((week, i) => [
      weekOf(week),
      'Nuvela',
      region,
      i === 2 ? 1.27 : 1.59,
      region === 'north' && i === 5 ? 1 : 0,
      i === 2 ? 1 : 0,
    ]),
  );
  return [['week', 'product', 'region', 'price', 'display', 'flyer'], ...rows];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'samples', 'sales');
  mkdirSync(folder, { recursive: true });
  const { series, events, campaigns } = makeApril(2020);
  writeFileSync(join(folder, 'sales.csv'), csv(salesRows(series)));
  writeFileSync(join(folder, 'launch.csv'), csv(eventRows(events)));
  writeFileSync(join(folder, 'past-campaigns.csv'), csv(eventRows(campaigns)));
  writeFileSync(join(folder, 'campaign.csv'), csv(planRows()));
}
