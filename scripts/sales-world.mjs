// Simulated weekly sales of yogurts with a known truth: scripts/make-samples.sales.mjs writes one world to samples/sales/,
// bench/trend/ draws many.
import { randomSource } from './random.mjs';

export const PRODUCTS = ['Nuvela', 'Dulzama', 'Trébola', 'La Braña'];
export const REGIONS = ['north', 'centre', 'south', 'coast'];
export const PRICES = { Nuvela: 1.59, Dulzama: 1.35, Trébola: 0.95, 'La Braña': 1.2 };
const FIRST_WEEK = Date.UTC(2018, 0, 1);
const DAY = 86_400_000;
/** To the week of 29 June 2020. */
export const WEEKS = 131;
/** The week of the launch, Monday 30 March 2020. */
export const LAUNCH = 117;

export const weekOf = (index) => new Date(FIRST_WEEK + index * 7 * DAY).toISOString().slice(0, 10);
export const endOf = (index) => new Date(FIRST_WEEK + (index * 7 + 6) * DAY).toISOString().slice(0, 10);

/** What campaigns and incidents do, as differences of logarithms. */
export const LIFTS = { launch: 0.4, promo: 0.4, display: 0.22, competitor: -0.4, missing: -0.4, together: 0.45 };

export const event = (index, name, kind, key, more = {}) => ({
  date: weekOf(index),
  dateTo: null,
  name,
  kind,
  key,
  direction: null,
  source: 'launch.csv',
  page: null,
  quote: null,
  figures: {},
  ...more,
});

/** Price cuts and displays before the story, three weeks or more apart for one product and away from `avoid`. */
export function pastCampaigns(random, avoid) {
  const campaigns = [];
  for (const product of PRODUCTS) {
    const taken = [...avoid];
    const draw = () => {
      for (;;) {
        const week = 4 + Math.floor(random.uniform() * (LAUNCH - 12));
        if (taken.every((other) => Math.abs(other - week) > 6)) {
          taken.push(week);
          return week;
        }
      }
    };
    for (let i = 0; i < 3; i += 1) campaigns.push({ product, region: null, kind: 'promo', from: draw(), length: 1 });
    for (let i = 0; i < 4; i += 1) {
      const region = REGIONS[Math.floor(random.uniform() * REGIONS.length)];
      campaigns.push({ product, region, kind: 'display', from: draw(), length: 2 });
    }
  }
  return campaigns;
}

/** Seasons, slow growth, a market that all share, and noise of each series' own; units before any campaign. */
export function baseSales(random) {
  let market = 0;
  const shared = Array.from({ length: WEEKS }, () => {
    market = 0.6 * market + 0.025 * random.normal();
    return market;
  });
  return PRODUCTS.flatMap((product) =>
    REGIONS.map((region) => {
      const level = Math.log(400 + 900 * random.uniform());
      const growth = 0.03 * random.normal();
      const season = 0.1 + 0.02 * random.normal();
      const logs = shared.map((common, t) => {
        const year = (2 * Math.PI * (t * 7)) / 365.25;
        return level + (growth * t) / 52 + season * Math.cos(year - 3.4) + common + 0.05 * random.normal();
      });
      return {
        product,
        region,
        logs,
        price: Array(WEEKS).fill(PRICES[product]),
        display: Array(WEEKS).fill(0),
        flyer: Array(WEEKS).fill(0),
      };
    }),
  );
}

export function lift(series, { product, region, from, length, kind, size = LIFTS[kind] }) {
  for (const one of series) {
    if (one.product !== product || (region !== null && one.region !== region)) continue;
    for (let t = from; t < Math.min(WEEKS, from + length); t += 1) {
      one.logs[t] += size;
      if (kind === 'promo') {
        one.price[t] = Number((PRICES[product] * 0.8).toFixed(2));
        one.flyer[t] = 1;
      }
      if (kind === 'display') one.display[t] = 1;
    }
  }
}

export const campaignEvent = ({ product, region, kind, from, length }) =>
  event(from, `${kind} of ${product}`, kind, region === null ? { product } : { product, region }, {
    dateTo: endOf(from + length - 1),
    direction: 'up',
    source: 'campaigns.csv',
  });

export const north = { product: 'Nuvela', region: 'north' };
export const launchEvent = (index, region) =>
  event(index, `launch of Nuvela, ${region}`, 'launch', { product: 'Nuvela', region }, { direction: 'up' });

/** What happens to Nuvela in the north in the week `at`, and which events tell of it. */
export const STORIES = {
  launch: (series, at) => {
    lift(series, { ...north, from: at, length: WEEKS, kind: 'launch' });
    const event = launchEvent(at, 'north');
    return { events: [event], causes: [event.name], verdict: 'likely' };
  },
  promo: (series, at) => {
    const campaign = { ...north, from: at, length: 1, kind: 'promo' };
    lift(series, campaign);
    const event = campaignEvent(campaign);
    return { events: [event], causes: [event.name], verdict: 'likely' };
  },
  competitor: (series, at) => {
    lift(series, { ...north, from: at, length: WEEKS, kind: 'competitor' });
    const rival = event(
      at,
      'Dulzama Greek yogurt at 0.99',
      'competitor',
      { region: 'north' },
      {
        direction: 'down',
        source: 'flyer.png',
        page: 1,
        quote: 'Yogur griego Dulzama 0,99 €',
      },
    );
    return { events: [rival], causes: [rival.name], verdict: 'likely' };
  },
  nothing: (_series, at) => {
    const event = launchEvent(at, 'north');
    return { events: [event], causes: [], verdict: 'no effect' };
  },
  together: (series, at) => {
    lift(series, { ...north, from: at, length: WEEKS, kind: 'together' });
    const first = launchEvent(at, 'north');
    const second = event(at, 'new shelves in the north', 'display', north, {
      direction: 'up',
      dateTo: endOf(WEEKS - 1),
    });
    return { events: [first, second], causes: [first.name, second.name], verdict: 'confounded' };
  },
  missing: (series, at) => {
    lift(series, { ...north, from: at, length: WEEKS, kind: 'missing' });
    return { events: [], causes: [], verdict: 'unexplained' };
  },
};

/** Events near the story that did not cause it: too late, of another series, or contrary to it. */
function decoys(random, at, sign) {
  const [late, early] = [at + 2 + Math.floor(random.uniform() * 3), at - 1 - Math.floor(random.uniform() * 2)];
  const contrary = sign > 0 ? 'down' : 'up';
  return [
    event(late, 'tasting in the north', 'tasting', north, { direction: sign > 0 ? 'up' : 'down' }),
    event(at, 'new label of La Braña', 'label', { product: 'La Braña' }, { direction: sign > 0 ? 'up' : null }),
    ...(random.uniform() < 0.5
      ? [event(early, 'radio spot', 'radio', { region: 'north' }, { direction: contrary })]
      : []),
  ];
}

export const unitsOf = ({ logs }) => Float64Array.from(logs, (value) => Math.round(Math.exp(value)));

/** A world with one story, as the analyses take it: series, events, and the truth. */
export function makeWorld(story, seed) {
  const random = randomSource(seed * 2654435761);
  const at = LAUNCH - Math.floor(random.uniform() * 12);
  const series = baseSales(random);
  const campaigns = pastCampaigns(random, [at]);
  for (const campaign of campaigns) lift(series, campaign);
  const told = STORIES[story](series, at);
  const sign = story === 'competitor' || story === 'missing' ? -1 : 1;
  const dates = Array.from({ length: WEEKS }, (_, t) => weekOf(t));
  return {
    series: series.map((one) => ({
      key: { product: one.product, region: one.region },
      frequency: 'week',
      dates,
      values: unitsOf(one),
    })),
    columns: series.map(({ price, display, flyer }) => ({
      price: Float64Array.from(price),
      display: Float64Array.from(display),
      flyer: Float64Array.from(flyer),
    })),
    events: [...campaigns.map(campaignEvent), ...told.events, ...decoys(random, at, sign)],
    truth: { at, key: north, causes: told.causes, verdict: told.verdict },
  };
}
