// How found changes are scored against the marks of several people: van den Burg and Williams 2020, "An Evaluation of
// Change Point Detection Algorithms", section 4.2. Index 0 is a change that everybody finds.

/** Marks that have a found change of their own within the margin. */
function matched(marks, found, margin) {
  const free = new Set(found);
  let count = 0;
  for (const mark of [...marks].sort((one, other) => one - other)) {
    const near = [...free].filter((index) => Math.abs(index - mark) <= margin);
    if (near.length === 0) continue;
    near.sort((one, other) => Math.abs(one - mark) - Math.abs(other - mark));
    free.delete(near[0]);
    count += 1;
  }
  return count;
}

/** F1 with the precision over the marks of all and the mean of the recalls of each. */
export function f1Score(people, found, margin = 5) {
  const own = new Set([0, ...found]);
  const lists = people.map((marks) => new Set([0, ...marks]));
  const union = new Set(lists.flatMap((marks) => [...marks]));
  const precision = matched(union, own, margin) / own.size;
  const recall = lists.reduce((sum, marks) => sum + matched(marks, own, margin) / marks.size, 0) / lists.length;
  return (2 * precision * recall) / (precision + recall);
}

function partsOf(changes, length) {
  const starts = [...new Set([0, ...changes])].filter((at) => at < length).sort((one, other) => one - other);
  return starts.map((start, k) => [start, starts[k + 1] ?? length]);
}

function overlap([a, b], [c, d]) {
  const both = Math.max(0, Math.min(b, d) - Math.max(a, c));
  return both / (b - a + (d - c) - both);
}

/** The mean over people of how well each of their segments is covered by one that was found, by length. */
export function covering(people, found, length) {
  const own = partsOf(found, length);
  const each = people.map((marks) =>
    partsOf(marks, length).reduce(
      (sum, part) => sum + ((part[1] - part[0]) / length) * Math.max(...own.map((other) => overlap(part, other))),
      0,
    ),
  );
  return each.reduce((sum, value) => sum + value, 0) / people.length;
}
