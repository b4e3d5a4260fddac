// Simulated panels of states by year and of markets by day.
import { seriesOf } from './effect-scores.mjs';

const range = (length, make) => Array.from({ length }, (_, t) => make(t));

function walkOf(random, length, step) {
  let walk = 0;
  return range(length, () => {
    walk += step * random.normal();
    return walk;
  });
}

/** Errors of a series, alike from period to period. */
function errorsOf(random, length, alike, deviation) {
  let error = deviation * random.normal();
  return range(length, () => {
    error = alike * error + deviation * Math.sqrt(1 - alike ** 2) * random.normal();
    return error;
  });
}

/**
 * 39 states and 31 years, 19 before the event: they rise and then fall together, follow a second common walk in unlike
 * measure, and differ in level and in the size of their errors. The effect grows fivefold; its mean is `effect`.
 */
export function states(random, { effect }) {
  const [length, at] = [31, 19];
  const trend = walkOf(random, length, 1.5).map(
    (walk, t) => walk + 12 * Math.sin(Math.PI * Math.min(1, t / 22)) - 1.6 * Math.max(0, t - 10),
  );
  const second = walkOf(random, length, 1);
  const state = () => {
    const [one, other] = [1 + 0.3 * random.normal(), 0.7 * random.normal()];
    const level = 125 * Math.exp(0.2 * random.normal());
    const errors = errorsOf(random, length, 0.6, 2 * Math.exp(0.4 * random.normal()));
    return errors.map((error, t) => level + one * trend[t] + other * second[t] + error);
  };
  const grown = (t) => (t < at ? 0 : (effect * (5 + (20 * (t - at)) / (length - 1 - at))) / 15);
  const treated = state().map((value, t) => value + grown(t));
  return {
    treated: seriesOf(treated, 'year'),
    controls: range(38, (k) => seriesOf(state(), 'year', `s${k}`)),
    at,
    effect,
  };
}

/** 40 markets of unlike size by day, 90 days before: a week's rhythm, a common wave, own trends and errors. Two are treated. */
export function markets(random, { share }) {
  const [length, at] = [105, 90];
  const wave = errorsOf(random, length, 0.9, 0.045);
  const market = () => {
    const level = Math.exp(7.5 + 0.6 * random.normal());
    const [load, rhythm] = [1 + 0.2 * random.normal(), 0.12 * (1 + 0.2 * random.normal())];
    const [pace, deviation] = [0.0002 * random.normal(), 0.035 * Math.exp(0.3 * random.normal())];
    return errorsOf(random, length, 0.4, deviation).map(
      (error, t) => level * Math.exp(load * wave[t] + rhythm * Math.sin((2 * Math.PI * t) / 7) + pace * t + error),
    );
  };
  const [one, other] = [market(), market()];
  const untouched = one.map((value, t) => (value + other[t]) / 2);
  const treated = untouched.map((value, t) => value * (t >= at ? 1 + share : 1));
  const effect = untouched.slice(at).reduce((sum, value) => sum + (share * value) / (length - at), 0);
  return {
    treated: seriesOf(treated, 'day'),
    controls: range(38, (k) => seriesOf(market(), 'day', `m${k}`)),
    at,
    effect,
  };
}
