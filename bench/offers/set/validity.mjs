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

const fill = (template, from, to, say) => {
  const values = { ...parts(from, 'F', say), ...parts(to, 'T', say) };
  return template.replace(/\{(\w+)\}/g, (_, key) => values[key]);
};

/** Two days in a row within a range, for an offer that holds on these only; null where they are of two months. */
export function twoDays(random, say, { validFrom }) {
  const from = new Date(Date.parse(validFrom) + random.integer(1, 3) * day);
  const to = new Date(from.getTime() + day);
  if (from.getUTCMonth() !== to.getUTCMonth()) return null;
  return { text: fill(say.only, from, to, say), validFrom: iso(from), validTo: iso(to) };
}

/** The date at which the flyers of a set are read: one for all, so that one run of the command reads them. */
export const dateOfSet = (random) => iso(new Date(Date.UTC(random.integer(2019, 2025), random.integer(0, 11), 15)));

/** A headline with its truth; it starts to hold within two months of `date`. */
export function validity(random, say, date) {
  const from = new Date(Date.parse(date) + random.integer(-60, 60) * day);
  const to = new Date(from.getTime() + random.pick([5, 6, 6, 7, 13]) * day);
  const isUntil = random.happens(0.2);
  const group = isUntil ? 'until' : from.getUTCMonth() === to.getUTCMonth() ? 'sameMonth' : 'anyMonth';
  const text = fill(random.pick(say.ranges[group]), from, to, say);
  return { text, validFrom: isUntil ? null : iso(from), validTo: iso(to) };
}
