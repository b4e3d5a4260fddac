// Series with steps, and series that look like it and have none: name, season, and what makes values and marks from normal and uniform numbers.
import { autoregressive } from '../random.mjs';
import { people, range, season, steps, through } from '../shapes.mjs';

export const STEPS = [
  [
    'control chart, one shift',
    null,
    (n) => ({
      values: range(
        200,
        (i) =>
          10 +
          steps(
            [
              [0, 0],
              [120, 1.8],
            ],
            i,
          ) +
          n(),
      ),
      marks: people([120]),
    }),
  ],
  [
    'control chart, two shifts',
    null,
    (n) => ({
      values: range(
        300,
        (i) =>
          50 +
          steps(
            [
              [0, 0],
              [90, 3],
              [210, -1],
            ],
            i,
          ) +
          n(),
      ),
      marks: people([90, 210]),
    }),
  ],
  [
    'control chart, small late shift',
    null,
    (n) => ({
      values: range(
        325,
        (i) =>
          steps(
            [
              [0, 0],
              [146, 1.2],
            ],
            i,
          ) + n(),
      ),
      marks: people([146], { none: 1 }),
    }),
  ],
  ['control chart, in control', null, (n) => ({ values: range(325, () => 20 + n()), marks: people([]) })],
  [
    'control chart, outliers only',
    null,
    (n) => ({ values: range(400, (i) => 7 + 0.2 * n() + (i === 90 || i === 260 ? 4 : 0)), marks: people([]) }),
  ],
  [
    'river, one shift',
    null,
    (n) => ({ values: range(100, (i) => (i < 28 ? 1100 : 850) + 125 * n()), marks: people([28], { none: 1 }) }),
  ],
  [
    'scan line of an image',
    null,
    (n) => ({
      values: range(480, (i) =>
        Math.round(
          90 +
            steps(
              [
                [0, 0],
                [70, 60],
                [110, -40],
                [190, 40],
                [300, 0],
                [340, 80],
                [420, 10],
              ],
              i,
            ) +
            6 * n(),
        ),
      ),
      marks: people([70, 110, 190, 300, 340, 420]),
    }),
  ],
  [
    'scan line, textured',
    null,
    (n) => {
      const noise = autoregressive(n, 400, 0.6, 10);
      return {
        values: range(400, (i) =>
          Math.round(
            120 +
              steps(
                [
                  [0, 0],
                  [95, -80],
                  [170, 20],
                  [310, -60],
                ],
                i,
              ) +
              noise[i],
          ),
        ),
        marks: people([95, 170, 310]),
      };
    },
  ],
  [
    'drill log',
    null,
    (n, u) => ({
      values: range(
        675,
        (i) =>
          120000 +
          1000 *
            steps(
              [
                [0, 0],
                [60, 12],
                [130, -4],
                [230, 16],
                [390, -8],
                [450, 6],
                [600, 14],
              ],
              i,
            ) +
          1700 * n() +
          (u() < 0.02 ? -20000 * u() : 0),
      ),
      marks: people([60, 130, 230, 390, 450, 600]),
    }),
  ],
  [
    'pace of a run',
    null,
    (n) => {
      const list = [
        [0, 5.6],
        [40, 4.2],
        [70, 6.2],
        [110, 4.1],
        [140, 6.3],
        [180, 4.1],
        [210, 6.2],
        [250, 4.0],
        [280, 6.5],
        [330, 5.5],
      ];
      return { values: range(376, (i) => steps(list, i) + 0.18 * n()), marks: people(list.slice(1).map(([at]) => at)) };
    },
  ],
  [
    'balance of an account',
    null,
    (_n, u) => {
      let level = 2000;
      return {
        values: range(500, (i) => {
          if (i % 30 === 5) level = 3000 + 300 * u();
          else if (u() < 0.12) level -= 350 * u();
          return Math.round(level);
        }),
        marks: people([]),
      };
    },
  ],
  [
    'balance with long flats',
    null,
    (_n, u) => {
      const list = [
        [0, 1000],
        [100, 1450],
        [260, 300],
        [420, 2600],
      ];
      return { values: range(580, (i) => steps(list, i) + (u() < 0.01 ? 900 : 0)), marks: people([100, 260, 420]) };
    },
  ],
  [
    'price of a licence',
    12,
    (n) => ({
      values: range(
        205,
        (i) =>
          through(
            [
              [0, 14],
              [82, 45],
              [83, 22],
              [135, 70],
              [140, 75],
              [204, 90],
            ],
            i,
          ) *
            1000 +
          2200 * n(),
      ),
      marks: people([83, 135], { sure: [83] }),
    }),
  ],
  [
    'weekly sales, launch',
    52,
    (n) => ({
      values: range(156, (i) => 400 + 60 * season(i, 52) + (i >= 100 ? 120 : 0) + 25 * n()),
      marks: people([100]),
    }),
  ],
  [
    'weekly sales, delisted',
    52,
    (n) => ({
      values: range(208, (i) => 900 + 100 * season(i, 52) - (i >= 150 ? 350 : 0) + 45 * n()),
      marks: people([150]),
    }),
  ],
  [
    'weekly sales, promotions',
    52,
    (n) => ({
      values: range(156, (i) => 300 + 40 * season(i, 52) + ([20, 61, 99, 130].includes(i) ? 200 : 0) + 18 * n()),
      marks: people([]),
    }),
  ],
  [
    'shares of a market, monthly',
    12,
    (n) => {
      const noise = autoregressive(n, 96, 0.4, 1);
      return {
        values: range(
          96,
          (i) =>
            22 +
            steps(
              [
                [0, 0],
                [40, 5],
                [71, 1],
              ],
              i,
            ) +
            noise[i],
        ),
        marks: people([40, 71]),
      };
    },
  ],
];
