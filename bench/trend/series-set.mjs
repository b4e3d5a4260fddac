// Series of the kinds that people keep, made by a seeded generator, each with the changes that several people would mark.
// Nothing is copied from a published collection: only the kinds of series are like those of the world.
import { autoregressive, normalOf, randomOf } from './random.mjs';

const range = (length, at) => Float64Array.from({ length }, (_, i) => at(i));
const season = (i, period, phase = 0) =>
  Math.sin((2 * Math.PI * i) / period + phase) + 0.4 * Math.cos((4 * Math.PI * i) / period);

/** Straight pieces through the points [index, value]. */
function through(points, i) {
  for (let k = 1; k < points.length; k += 1) {
    const [x0, y0] = points[k - 1];
    const [x1, y1] = points[k];
    if (i <= x1) return y0 + ((y1 - y0) * (i - x0)) / (x1 - x0);
  }
  return points.at(-1)[1];
}

/** The level of the last step at or before i; steps are [index, level]. */
function steps(list, i) {
  let level = 0;
  for (const [at, value] of list) if (i >= at) level = value;
  return level;
}

function walk(normal, length, start, deviation, drift = 0) {
  const values = [start];
  for (let i = 1; i < length; i += 1) values.push(values[i - 1] + drift + deviation * normal());
  return values;
}

/** A level that grows by a rate for each stretch of [from, rate], and by chance. */
function growth(normal, length, start, rates, deviation) {
  const values = [start];
  for (let i = 1; i < length; i += 1) values.push(values[i - 1] * (1 + steps(rates, i) + deviation * normal()));
  return Float64Array.from(values);
}

/** Marks of five people: `all` marks of each, the first `few` of two of them moved by a period or two, perhaps one without. */
function people(all, { sure = all, none = 0 } = {}) {
  const lists = [all, sure, sure.map((mark) => mark + 1), all.map((mark) => mark - 1), sure.map((mark) => mark + 2)];
  for (let k = 0; k < none; k += 1) lists[4 - k] = [];
  return lists;
}

/** Every kind: name, season, and what makes the values and the marks from normal and uniform numbers. */
const KINDS = [
  // steps
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
  // kinks, a year a value
  [
    'output of a country, kink',
    null,
    (n) => {
      const noise = autoregressive(n, 58, 0.7, 0.06);
      return {
        values: range(
          58,
          (i) =>
            through(
              [
                [0, 1],
                [31, 4.6],
                [57, 5.4],
              ],
              i,
            ) + noise[i],
        ),
        marks: people([31]),
      };
    },
  ],
  [
    'output of a country, lost decade',
    null,
    (n) => {
      const noise = autoregressive(n, 59, 0.6, 0.1);
      return {
        values: range(
          59,
          (i) =>
            through(
              [
                [0, 2.2],
                [19, 4],
                [30, 3.4],
                [42, 4.6],
                [58, 6.6],
              ],
              i,
            ) + noise[i],
        ),
        marks: people([19, 30, 42], { sure: [30] }),
      };
    },
  ],
  [
    'output of a country, revolution',
    null,
    (n) => {
      const noise = autoregressive(n, 58, 0.5, 0.1);
      return {
        values: range(
          58,
          (i) =>
            through(
              [
                [0, 0.8],
                [16, 4],
                [21, 2.3],
                [28, 2.4],
                [57, 5.3],
              ],
              i,
            ) + noise[i],
        ),
        marks: people([16, 21, 28], { sure: [16, 21] }),
      };
    },
  ],
  [
    'output of a country, quarters',
    4,
    (n) => {
      const noise = autoregressive(n, 88, 0.6, 0.5);
      return {
        values: range(
          88,
          (i) =>
            through(
              [
                [0, 60],
                [46, 88],
                [56, 80],
                [87, 92],
              ],
              i,
            ) +
            3 * season(i, 4) +
            noise[i],
        ),
        marks: people([46, 56], { sure: [46] }),
      };
    },
  ],
  [
    'length of life',
    null,
    (n) => ({
      values: range(
        120,
        (i) =>
          through(
            [
              [0, 38],
              [45, 41],
              [75, 63],
              [119, 72],
            ],
            i,
          ) +
          0.5 * n(),
      ),
      marks: people([45, 75]),
    }),
  ],
  [
    'children a woman',
    null,
    (n) => {
      const noise = autoregressive(n, 301, 0.7, 0.02);
      return {
        values: range(
          301,
          (i) =>
            through(
              [
                [0, 5.9],
                [165, 5.9],
                [215, 4.9],
                [258, 2.5],
                [300, 2.3],
              ],
              i,
            ) + noise[i],
        ),
        marks: people([165, 215, 258], { sure: [165, 258] }),
      };
    },
  ],
  [
    'debt of a state',
    null,
    (n) => {
      const noise = autoregressive(n, 21, 0.4, 1.2);
      return {
        values: range(
          21,
          (i) =>
            through(
              [
                [0, 52],
                [7, 25],
                [11, 110],
                [20, 78],
              ],
              i,
            ) + noise[i],
        ),
        marks: people([7, 11]),
      };
    },
  ],
  [
    'people of a shrinking town',
    null,
    (n) => ({
      values: range(
        15,
        (i) =>
          through(
            [
              [0, 300],
              [2, 1300],
              [9, 2000],
              [12, 1000],
              [14, 20],
            ],
            i,
          ) +
          60 * n(),
      ),
      marks: people([9], { none: 2 }),
    }),
  ],
  [
    'length of railways',
    null,
    (n) => {
      const noise = autoregressive(n, 37, 0.5, 30);
      return {
        values: range(
          37,
          (i) =>
            through(
              [
                [0, 4400],
                [15, 4300],
                [18, 3500],
                [36, 3400],
              ],
              i,
            ) + noise[i],
        ),
        marks: people([15, 18], { sure: [16] }),
      };
    },
  ],
  [
    'coal miners',
    null,
    (n) => {
      const noise = autoregressive(n, 105, 0.6, 12);
      return {
        values: range(
          105,
          (i) =>
            through(
              [
                [0, 1050],
                [45, 740],
                [55, 600],
                [75, 240],
                [104, 10],
              ],
              i,
            ) + noise[i],
        ),
        marks: people([45, 75], { none: 1 }),
      };
    },
  ],
  [
    'air of twenty centuries',
    null,
    (n) => {
      const noise = autoregressive(n, 104, 0.5, 1.3);
      return { values: range(104, (i) => 279 + (i < 88 ? 0 : 4.6 * (i - 88)) + noise[i]), marks: people([88]) };
    },
  ],
  [
    'ozone used',
    null,
    (n) => {
      const noise = autoregressive(n, 54, 0.4, 15);
      return {
        values: range(
          54,
          (i) =>
            through(
              [
                [0, 60],
                [26, 700],
                [29, 680],
                [38, 80],
                [53, 20],
              ],
              i,
            ) + noise[i],
        ),
        marks: people([28, 38]),
      };
    },
  ],
  [
    'home runs a season',
    null,
    (n) => {
      const noise = autoregressive(n, 118, 0.4, 0.09);
      return {
        values: range(
          118,
          (i) =>
            steps(
              [
                [0, 0.25],
                [20, 0.5],
                [46, 0.85],
                [93, 1.05],
              ],
              i,
            ) + noise[i],
        ),
        marks: people([20, 46, 93], { sure: [20, 46] }),
      };
    },
  ],
  // growth that wanders
  [
    'income of a country, three speeds',
    null,
    (n) => ({
      values: growth(
        n,
        58,
        4e11,
        [
          [0, 0.085],
          [14, 0.042],
          [32, 0.009],
        ],
        0.017,
      ),
      marks: people([32], { sure: [31] }),
    }),
  ],
  [
    'income of a country, crash',
    null,
    (n) => ({
      values: growth(
        n,
        25,
        4e10,
        [
          [0, 0.045],
          [14, -0.018],
          [20, 0.025],
        ],
        0.015,
      ),
      marks: people([14], { none: 1 }),
    }),
  ],
  [
    'income of a country, war',
    null,
    (n) => ({
      values: growth(
        n,
        58,
        3e10,
        [
          [0, 0.1],
          [17, -0.09],
          [22, 0.01],
          [29, 0.042],
        ],
        0.04,
      ),
      marks: people([17, 29], { sure: [17] }),
    }),
  ],
  [
    'income of a country, crises',
    null,
    (n) => ({
      values: growth(
        n,
        59,
        1e11,
        [
          [0, 0.038],
          [20, -0.012],
          [31, 0.05],
          [38, -0.04],
          [43, 0.07],
          [52, 0.002],
        ],
        0.035,
      ),
      marks: people([20, 31, 38, 43, 52], { sure: [20, 31] }),
    }),
  ],
  [
    'people who work, in cycles',
    12,
    (n) => {
      const path = walk(n, 214, 0, 5);
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
            path[i],
        ),
        marks: people([62, 80, 140, 172], { sure: [140, 172] }),
      };
    },
  ],
  [
    'orders of firms',
    12,
    (n) => {
      const path = walk(n, 330, 0, 7);
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
            ) + path[i],
        ),
        marks: people([105, 130, 199, 212], { sure: [199, 212] }),
      };
    },
  ],
  [
    'deaths a year',
    null,
    (n) => {
      const path = walk(n, 110, 0, 0.35);
      return {
        values: range(
          110,
          (i) =>
            through(
              [
                [0, 38],
                [45, 42],
                [75, 63],
                [109, 71],
              ],
              i,
            ) +
            path[i] +
            (i === 18 ? -9 : 0) +
            (i > 38 && i < 45 ? -3 : 0),
        ),
        marks: people([45, 75], { sure: [45] }),
      };
    },
  ],
  [
    'children a woman, reform',
    null,
    (n) => {
      const path = walk(n, 200, 0, 0.02);
      return {
        values: range(
          200,
          (i) =>
            through(
              [
                [0, 6.1],
                [120, 6],
                [150, 5.2],
                [168, 2.7],
                [199, 2],
              ],
              i,
            ) + path[i],
        ),
        marks: people([120, 150, 168], { sure: [150] }),
      };
    },
  ],
  // seasons and shocks, a month a value
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
  // smooth, none to mark
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
  // wandering
  ['rate of two currencies', null, (n) => ({ values: Float64Array.from(walk(n, 250, 1.1, 0.012)), marks: people([]) })],
  [
    'rate of a crashing currency',
    12,
    (n) => {
      const path = walk(n, 247, 75, 1.4);
      return {
        values: range(247, (i) => path[i] + (i >= 110 ? 50 : i >= 106 ? 12 * (i - 106) : 0)),
        marks: people([107], { sure: [108] }),
      };
    },
  ],
  [
    'price of a share',
    null,
    (n) => ({ values: Float64Array.from(walk(n, 600, 60, 0.9)), marks: [[], [], [], [], []] }),
  ],
  [
    'a share that collapses',
    null,
    (n) => {
      const path = walk(n, 600, 14, 0.12);
      return {
        values: range(600, (i) => Math.max(0.6, path[i] - (i > 370 ? Math.min(11, 0.12 * (i - 370)) : 0))),
        marks: people([371, 460], { sure: [371] }),
      };
    },
  ],
  [
    'price of a digital coin',
    null,
    (n) => {
      const path = walk(n, 774, 0, 0.035);
      return {
        values: range(774, (i) =>
          Math.exp(
            through(
              [
                [0, 6],
                [330, 7],
                [500, 8.4],
                [572, 9.75],
                [620, 9.1],
                [773, 8.8],
              ],
              i,
            ) +
              path[i] * 0.35,
          ),
        ),
        marks: people([500, 575, 610], { sure: [575] }),
      };
    },
  ],
  [
    'price of oil',
    null,
    (n) => {
      const path = walk(n, 500, 0, 1.1);
      return {
        values: range(
          500,
          (i) =>
            through(
              [
                [0, 20],
                [150, 30],
                [215, 130],
                [232, 42],
                [280, 105],
                [420, 110],
                [445, 50],
                [499, 60],
              ],
              i,
            ) +
            path[i] * 0.4,
        ),
        marks: people([150, 215, 232, 280, 420, 445], { sure: [215, 232, 420] }),
      };
    },
  ],
];

/** The series of one seed: name, season, values and the marks of five people. */
export function seriesSet(seed) {
  return KINDS.map(([name, period, make], k) => {
    const random = randomOf(seed * 1009 + k);
    const { values, marks } = make(normalOf(random), random);
    return { name, season: period, values, marks };
  });
}
