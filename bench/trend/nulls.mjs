// Series in which nothing happens.
import { noiseOf, poisson } from './noises.mjs';
import { autoregressive } from './random.mjs';
import { range, walk } from './shapes.mjs';

const wave = (i, period) => Math.sin((2 * Math.PI * i) / period);
/** Busier days at the end of the week. */
const WEEK = [0, 0.1, 0.1, 0.3, 1, 1.6, -0.6];

/**
 * [name, season, largest share with any finding that is allowed (null: no limit), values from normal and uniform numbers
 * and a length].
 */
export const NULLS = [
  ['white noise', null, 0.05, (n, _u, length) => range(length, () => n())],
  ['linear trend', null, 0.05, (n, _u, length) => range(length, (i) => 0.1 * i + n())],
  ['season of 52 weeks', 52, 0.05, (n, _u, length) => range(length, (i) => 2 * wave(i, 52) + n())],
  ['season of 52 weeks and trend', 52, 0.05, (n, _u, length) => range(length, (i) => 2 * wave(i, 52) + 0.02 * i + n())],
  ['season of 12 months', 12, 0.05, (n, _u, length) => range(length, (i) => 2 * wave(i, 12) + n())],
  [
    'season of 12 months, any shape',
    12,
    0.05,
    (n, _u, length) => {
      const months = range(12, () => 2 * n());
      return range(length, (i) => months[i % 12] + n());
    },
  ],
  ['season of 7 days', 7, 0.05, (n, _u, length) => range(length, (i) => 3 * WEEK[i % 7] + n())],
  [
    'season of 12 months, noisier in winter',
    12,
    0.05,
    (n, _u, length) => range(length, (i) => 2 * wave(i, 12) + (1 + 0.7 * wave(i + 3, 12)) * n()),
  ],
  ['Student t3', null, 0.05, (n, u, length) => range(length, noiseOf('t3', n, u))],
  ['Laplace', null, 0.05, (n, u, length) => range(length, noiseOf('laplace', n, u))],
  ['exponential', null, 0.05, (n, u, length) => range(length, noiseOf('skewed', n, u))],
  [
    'Student t3, weekly with season',
    52,
    0.05,
    (n, u, length) => range(length, (i) => 2 * wave(i, 52) + noiseOf('t3', n, u)()),
  ],
  [
    'noise that grows with a line',
    null,
    0.05,
    (n, _u, length) => range(length, (i) => 100 * (1 + (4 * i) / length) * (1 + 0.1 * n())),
  ],
  [
    'exponential growth, noise in per cent',
    null,
    0.05,
    (n, _u, length) => range(length, (i) => 100 * Math.exp((2 * i) / length) * (1 + 0.1 * n())),
  ],
  [
    'growth with season and noise in per cent',
    52,
    0.05,
    (n, _u, length) => range(length, (i) => 100 * Math.exp((1.2 * i) / length + 0.15 * n()) * (1 + 0.2 * wave(i, 52))),
  ],
  ['counts with mean 0.5', null, 0.05, (_n, u, length) => range(length, () => poisson(0.5, u))],
  ['counts with mean 3', null, 0.05, (_n, u, length) => range(length, () => poisson(3, u))],
  [
    'counts with mean 12 and season',
    12,
    0.05,
    (_n, u, length) => range(length, (i) => poisson(12 + 5 * wave(i, 12), u)),
  ],
  ['rounded to few figures', null, 0.05, (n, _u, length) => range(length, () => Math.round(20 + 0.8 * n()))],
  [
    'a tenth missing',
    52,
    0.05,
    (n, u, length) => range(length, (i) => (u() < 0.1 ? Number.NaN : 2 * wave(i, 52) + n())),
  ],
  ['AR(1) of 0.5', null, 0.1, (n, _u, length) => autoregressive(n, length, 0.5)],
  ['AR(1) of 0.5, weekly', 52, 0.1, (n, _u, length) => autoregressive(n, length, 0.5)],
  ['AR(1) of 0.8', null, null, (n, _u, length) => autoregressive(n, length, 0.8)],
  ['random walk', null, null, (n, _u, length) => walk(n, length, 0, 1)],
].map(([name, season, allowed, make]) => ({
  name,
  season,
  allowed,
  make: (n, u, length) => Float64Array.from(make(n, u, length)),
}));
