// Ranges of dates as headlines print them.

const day = 86_400_000;
const iso = (date) => date.toISOString().slice(0, 10);
const two = (value) => String(value).padStart(2, '0');

function parts(date, letter, { months, weekdays }) {
  return {
    [`${letter}d2`]: two(date.getUTCDate()),
    [`${letter}d`]: date.getUTCDate(),
    [`${letter}M`]: two(date.getUTCMonth() + 1),
    [`${letter}n`]: date.getUTCMonth() + 1,
    [`${letter}m`]: months[date.getUTCMonth()],
    [`${letter}y`]: date.getUTCFullYear(),
    [`${letter}w`]: weekdays[date.getUTCDay()],
  };
}

/** A headline with its truth, and the date at which the flyer is read (a few days before it starts to hold). */
export function validity(random, say) {
  const from = new Date(Date.UTC(random.integer(2019, 2025), random.integer(0, 11), random.integer(1, 28)));
  const to = new Date(from.getTime() + random.pick([5, 6, 6, 7, 13]) * day);
  const date = iso(new Date(from.getTime() - random.integer(0, 4) * day));
  const isUntil = random.happens(0.2);
  const group = isUntil ? 'until' : from.getUTCMonth() === to.getUTCMonth() ? 'sameMonth' : 'anyMonth';
  const values = { ...parts(from, 'F', say), ...parts(to, 'T', say) };
  const text = random.pick(say.ranges[group]).replace(/\{(\w+)\}/g, (_, key) => values[key]);
  return { text, date, validFrom: isUntil ? null : iso(from), validTo: iso(to) };
}
