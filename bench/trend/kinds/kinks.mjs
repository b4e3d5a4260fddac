// Straight pieces, most of them a year a value: name, season, and what makes values and marks from normal and uniform numbers.
import { autoregressive } from '../random.mjs';
import { people, range, season, steps, through } from '../shapes.mjs';

export const KINKS = [
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
];
