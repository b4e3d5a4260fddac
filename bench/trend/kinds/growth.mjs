// Growth that wanders: name, season, and what makes values and marks from normal and uniform numbers.
import { growth, people, range, season, through, walk } from '../shapes.mjs';

export const GROWTH = [
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
];
