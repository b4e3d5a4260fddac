// What the kinds of series are made of.
export const range = (length, at) => Float64Array.from({ length }, (_, i) => at(i));
export const season = (i, period, phase = 0) =>
  Math.sin((2 * Math.PI * i) / period + phase) + 0.4 * Math.cos((4 * Math.PI * i) / period);

/** Straight pieces through the points [index, value]. */
export function through(points, i) {
  for (let k = 1; k < points.length; k += 1) {
    const [x0, y0] = points[k - 1];
    const [x1, y1] = points[k];
    if (i <= x1) return y0 + ((y1 - y0) * (i - x0)) / (x1 - x0);
  }
  return points.at(-1)[1];
}

/** The level of the last step at or before i; steps are [index, level]. */
export function steps(list, i) {
  let level = 0;
  for (const [at, value] of list) if (i >= at) level = value;
  return level;
}

export function walk(normal, length, start, deviation, drift = 0) {
  const values = [start];
  for (let i = 1; i < length; i += 1) values.push(values[i - 1] + drift + deviation * normal());
  return values;
}

/** A level that grows by a rate for each stretch of [from, rate], and by chance. */
export function growth(normal, length, start, rates, deviation) {
  const values = [start];
  for (let i = 1; i < length; i += 1) values.push(values[i - 1] * (1 + steps(rates, i) + deviation * normal()));
  return Float64Array.from(values);
}

/** Marks of five people: `all` marks of each, the first `few` of two of them moved by a period or two, perhaps one without. */
export function people(all, { sure = all, none = 0 } = {}) {
  const lists = [all, sure, sure.map((mark) => mark + 1), all.map((mark) => mark - 1), sure.map((mark) => mark + 2)];
  for (let k = 0; k < none; k += 1) lists[4 - k] = [];
  return lists;
}
