// Series that wander: name, season, and what makes values and marks from normal and uniform numbers.
import { people, range, through, walk } from '../shapes.mjs';

export const WALKS = [
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
