import { differenceInDifferences } from './difference.js';
import { centred, mean, type PanelMethod } from './panel.js';
import { mixColumns, simplexWeights } from './simplex.js';

/** A little ridge makes the weights unique where there are more series than periods. */
const RIDGE = 1e-4;

function pathOf(controls: readonly Float64Array[], weights: Float64Array, shift: number, to: number): Float64Array {
  const path = new Float64Array(to);
  mixColumns(controls, weights, path);
  return path.map((value) => value + shift);
}

/** Synthetic control (Abadie, Diamond and Hainmueller 2010), on the outcome alone. */
export const syntheticControl: PanelMethod = (treated, controls, { before, to }) => {
  const columns = controls.map((control) => control.subarray(0, before));
  const weights = simplexWeights(columns, treated.subarray(0, before), RIDGE * before);
  return { path: pathOf(controls, weights, 0, to), weights };
};

/** The same after taking each series' mean before the event away (Doudchenko and Imbens 2016; Ferman and Pinto 2021). */
export const demeanedSyntheticControl: PanelMethod = (treated, controls, { before, to }) => {
  const columns = controls.map((control) => centred(control, before));
  const weights = simplexWeights(columns, centred(treated, before), RIDGE * before);
  const path = pathOf(controls, weights, 0, to);
  const shift = mean(treated, 0, before) - mean(path, 0, before);
  return { path: path.map((value) => value + shift), weights };
};

/** Least squares on the one untreated series that goes with the treated one best. */
export const oneControlRegression: PanelMethod = (treated, controls, { before, to }) => {
  const target = centred(treated, before);
  let best = { index: 0, slope: 0, explained: -1 };
  controls.forEach((control, index) => {
    const column = centred(control, before);
    let [product, square] = [0, 0];
    for (let t = 0; t < before; t += 1) {
      product += (column[t] as number) * (target[t] as number);
      square += (column[t] as number) ** 2;
    }
    const explained = square > 0 ? product ** 2 / square : 0;
    if (explained > best.explained) best = { index, slope: square > 0 ? product / square : 0, explained };
  });
  const weights = new Float64Array(controls.length);
  weights[best.index] = best.slope;
  const path = pathOf(controls, weights, 0, to);
  const shift = mean(treated, 0, before) - mean(path, 0, before);
  return { path: path.map((value) => value + shift), weights };
};

/** All of them, the one that is preferred where the fit is as good first. */
export const PANEL_METHODS = {
  'synthetic-difference-in-differences': differenceInDifferences,
  'demeaned-synthetic-control': demeanedSyntheticControl,
  'synthetic-control': syntheticControl,
  'regression-on-one-series': oneControlRegression,
} as const satisfies Record<string, PanelMethod>;
