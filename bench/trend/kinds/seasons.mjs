// Seasons with shocks, and smooth ones: name, season, and what makes values and marks from normal and uniform numbers.
import { autoregressive } from '../random.mjs';
import { people, range, season, through } from '../shapes.mjs';

export const SEASONS = [
  [
    'passengers, shock',
    12,
    (n) => ({
      values: range(468, (i) => {
        const trend = through(
          [
            [0, 2],
            [280, 3],
            [281, 2.3],
            [330, 3.4],
            [467, 4.8],
          ],
          i,
        );
        return 1e6 * trend * (1 + 0.13 * season(i, 12) + 0.03 * n());
      }),
      marks: people([281, 330], { sure: [281] }),
    }),
  ],
  [
    'passengers, growing swings',
    12,
    (n) => ({
      values: range(144, (i) => 110 * Math.exp(0.0095 * i) * (1 + 0.16 * season(i, 12)) * (1 + 0.025 * n())),
      marks: people([]),
    }),
  ],
  [
    'visitors of an island',
    12,
    (n) => ({
      values: range(199, (i) => {
        const trend = through(
          [
            [0, 30],
            [140, 48],
            [198, 165],
          ],
          i,
        );
        return 1000 * trend * (1 + 0.5 * season(i, 12, -1.6) + 0.05 * n());
      }),
      marks: people([140], { none: 1 }),
    }),
  ],
  [
    'drivers, law and crisis',
    12,
    (n) => {
      const noise = autoregressive(n, 192, 0.3, 95);
      return {
        values: range(
          192,
          (i) => 1790 + 240 * season(i, 12, 2) - (i >= 59 ? 180 : 0) - (i >= 169 ? 330 : 0) + noise[i],
        ),
        marks: people([59, 169], { sure: [169] }),
      };
    },
  ],
  [
    'unemployment',
    12,
    (n) => {
      const noise = autoregressive(n, 214, 0.8, 10);
      return {
        values: range(
          214,
          (i) =>
            through(
              [
                [0, 330],
                [62, 310],
                [80, 430],
                [140, 420],
                [172, 690],
                [213, 560],
              ],
              i,
            ) +
            18 * season(i, 12) +
            noise[i],
        ),
        marks: people([62, 80, 140, 172], { sure: [140, 172] }),
      };
    },
  ],
  [
    'building, boom and bust',
    12,
    (n) => ({
      values: range(
        331,
        (i) =>
          through(
            [
              [0, 36],
              [160, 80],
              [200, 95],
              [222, 50],
              [260, 52],
              [330, 100],
            ],
            i,
          ) *
            (1 + 0.1 * season(i, 12)) +
          1.2 * n(),
      ),
      marks: people([200, 222, 260], { sure: [200, 222] }),
    }),
  ],
  [
    'investment of firms',
    12,
    (n) => {
      const noise = autoregressive(n, 330, 0.8, 8);
      return {
        values: range(
          330,
          (i) =>
            through(
              [
                [0, 800],
                [105, 1150],
                [130, 1080],
                [199, 1520],
                [212, 1310],
                [270, 1800],
                [329, 1880],
              ],
              i,
            ) + noise[i],
        ),
        marks: people([105, 130, 199, 212], { sure: [199, 212] }),
      };
    },
  ],
  [
    'calls by robots',
    null,
    (n) => {
      const noise = autoregressive(n, 53, 0.4, 0.16);
      return {
        values: range(
          53,
          (i) =>
            through(
              [
                [0, 1.0],
                [14, 2.4],
                [17, 2.5],
                [30, 2.5],
                [43, 5.0],
                [52, 4.9],
              ],
              i,
            ) + noise[i],
        ),
        marks: people([14, 30, 43], { sure: [30] }),
      };
    },
  ],
  [
    'measles before and after a vaccine',
    52,
    (n) => {
      const noise = autoregressive(n, 991, 0.8, 0.25);
      return {
        values: range(991, (i) => Math.max(0, (i < 720 ? 1 : 0.06) * 3 * Math.max(0, 0.7 + season(i, 52) + noise[i]))),
        marks: people([720], { none: 1 }),
      };
    },
  ],
  [
    'people of a country',
    12,
    (n) => ({
      values: range(816, (i) => 150000 + 190 * i + 0.02 * i * i + 40 * season(i, 12) + 12 * n()),
      marks: people([]),
    }),
  ],
  [
    'carbon dioxide of a station',
    52,
    (n) => ({
      values: range(215, (i) => 340 + 0.035 * i + 0.00003 * i * i + 4 * season(i, 52) + 0.5 * n()),
      marks: people([]),
    }),
  ],
  ['a steady climb', null, (n) => ({ values: range(90, (i) => 5 + 0.08 * i + 0.4 * n()), marks: people([]) })],
];
