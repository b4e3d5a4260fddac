import { centred, mean, type PanelMethod } from './panel.js';
import { mixColumns, simplexWeights } from './simplex.js';

/** Deviation of the untreated series' steps before the event, which sets how evenly weights are spread. */
function stepDeviation(controls: readonly Float64Array[], before: number): number {
  let [count, sum, squares] = [0, 0, 0];
  for (const control of controls) {
    for (let t = 1; t < before; t += 1) {
      const step = (control[t] as number) - (control[t - 1] as number);
      count += 1;
      sum += step;
      squares += step ** 2;
    }
  }
  return count < 2 ? 0 : Math.sqrt(Math.max(0, squares - sum ** 2 / count) / (count - 1));
}

/** Weights of the periods before the event that make the untreated series' past like their mean after it. */
function timeWeights(controls: readonly Float64Array[], before: number, from: number, to: number, zeta: number) {
  const count = controls.length;
  const columns = Array.from({ length: before }, (_, t) => {
    const values = Float64Array.from(controls, (control) => control[t] as number);
    return centred(values, count);
  });
  const target = centred(
    Float64Array.from(controls, (control) => mean(control, from, to)),
    count,
  );
  return simplexWeights(columns, target, zeta ** 2 * count);
}

/**
 * Synthetic difference-in-differences (Arkhangelsky, Athey, Hirshberg, Imbens and Wager 2021), for one treated series:
 * weights of series and of periods, both with an intercept, and their regularisation zeta as there (section 2, algorithm 1).
 */
export const differenceInDifferences: PanelMethod = (treated, controls, { before, from, to }) => {
  const deviation = stepDeviation(controls, before);
  const zeta = (to - from) ** 0.25 * deviation;
  const columns = controls.map((control) => centred(control, before));
  const weights = simplexWeights(columns, centred(treated, before), Math.max(zeta ** 2, 1e-8) * before);
  const path = new Float64Array(to);
  mixColumns(controls, weights, path);
  const periods = timeWeights(controls, before, from, to, Math.max(1e-6 * deviation, 1e-6));
  let shift = 0;
  for (let t = 0; t < before; t += 1) {
    shift += (periods[t] as number) * ((treated[t] as number) - (path[t] as number));
  }
  return { path: path.map((value) => value + shift), weights };
};
