// How many amounts of a set the engine read at all: what it did not read, no layout can find.
//   node bench/offers/read-prices.mjs [--set bench/offers/work/set-1] [--errors]    (after score-set.mjs has read the words)
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { rowsByFile } from './rows.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: { set: { type: 'string', default: join(here, 'work', 'set-1') }, errors: { type: 'boolean' } },
});

/** Whether the boxes share more than 0.3 of the smaller one. */
function overlap([x, y, width, height], [left, top, across, down]) {
  const shared = [
    Math.min(x + width, left + across) - Math.max(x, left),
    Math.min(y + height, top + down) - Math.max(y, top),
  ];
  return Math.min(...shared) > 0 && shared[0] * shared[1] > 0.3 * Math.min(width * height, across * down);
}

const digits = (text) => text.replace(/\D/g, '');
const words = rowsByFile(join(values.set, 'words.jsonl'));
const tally = {};
for (const name of readdirSync(values.set).filter((file) => file.endsWith('.json'))) {
  const page = JSON.parse(readFileSync(join(values.set, name), 'utf8'));
  for (const { text, role, box } of page.pricesOnPage) {
    const found = (words.get(page.file) ?? []).filter((word) => word.text && word.box && overlap(box, word.box));
    const read = found.map((word) => word.text).join(' ');
    const isRead = digits(read).includes(digits(text));
    for (const key of [role, `${page.style} ${role}`]) {
      tally[key] ??= { right: 0, of: 0 };
      tally[key].of++;
      if (isRead) tally[key].right++;
    }
    if (!isRead && values.errors) console.log(`${page.file}: ${role} ${text} read as "${read}"`);
  }
}
for (const [key, { right, of }] of Object.entries(tally).sort(([a], [b]) => a.localeCompare(b)))
  console.log(`${key.padEnd(20)} ${((100 * right) / of).toFixed(1).padStart(6)} % of ${of}`);
