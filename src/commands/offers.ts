import { defineCommand } from '../cli/command.js';
import { extractionFlags } from '../cli/common-flags.js';
import { type Flag, numberFlag, textFlag } from '../cli/flags.js';
import { UsageError } from '../model.js';
import { ROW_SCHEMAS } from '../rows/index.js';
import { pageFlags } from './page-flags.js';

/** Reads YYYY-MM-DD of a day that there is. Throws {@link UsageError}. */
function parseDay(text: string): string {
  const day = new Date(`${text}T00:00:00Z`);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime());
  if (isDay && day.toISOString().startsWith(text)) return text;
  throw new UsageError(`"${text}" is no date; write it as 2020-04-09`);
}

function parseCurrency(text: string): string {
  if (/^[A-Za-z]{3}$/.test(text)) return text.toUpperCase();
  throw new UsageError(`"${text}" is no currency; give its three letters (ISO 4217), such as EUR`);
}

export const offersFlags = {
  retailer: textFlag({
    syntax: '--retailer <name>',
    description:
      'whose flyers these are, such as carrefour-es: sets country, currency and how promotions are meant; or a YAML file of your own',
    group: 'Offers',
  }),
  date: {
    syntax: '--date <day>',
    description: 'day of the flyers, YYYY-MM-DD: gives dates without a year theirs',
    defaultText: 'the date in the file name, if there is one',
    group: 'Offers',
    default: null,
    parse: parseDay,
  } as Flag<string | null>,
  currency: {
    syntax: '--currency <code>',
    description: 'currency of prices without a sign, such as EUR',
    defaultText: "the retailer's",
    group: 'Offers',
    default: null,
    parse: parseCurrency,
  } as Flag<string | null>,
  watchList: textFlag({
    syntax: '--watch-list <file>',
    description:
      'only the products listed in this CSV, TSV or JSONL (column product or name; brand, id, keywords, rival)',
    group: 'Offers',
  }),
  minConfidence: numberFlag({
    syntax: '--min-confidence <n>',
    description: 'discard offers that are less sure',
    default: 0,
    min: 0,
    max: 1,
    group: 'Offers',
  }),
  text: textFlag({
    syntax: '--text <file>',
    description: 'read no pages but a file of texts, one a line (`-` for standard input), and write what each holds',
    group: 'Offers',
    isCommandLineOnly: true,
  }),
  discards: textFlag({
    syntax: '--discards <file>',
    description: 'also write the prices that are in no offer, and why (JSONL, CSV or Parquet by its ending)',
    group: 'Output',
    isCommandLineOnly: true,
  }),
  annotate: textFlag({
    syntax: '--annotate <dir>',
    description: 'also write a picture of each page with its offers drawn on it',
    group: 'Output',
    isCommandLineOnly: true,
  }),
};

export const offersCommand = defineCommand({
  name: 'offers',
  summary: "read the offers of retailers' flyers",
  description:
    "Read the offers of retailers' flyers: product, size, price, promotion and how long it holds, from pictures and PDFs,\n" +
    'or from rows of `uxd ocr --level word`. Every price that is found is in an offer or among the discards, with a reason.',
  arguments: [
    {
      syntax: '[inputs...]',
      description: 'flyers, directories, globs, JSONL rows of `uxd ocr --level word`, or - for standard input',
    },
  ],
  flags: { ...offersFlags, ...pageFlags, ...extractionFlags },
  examples: [
    { note: 'flyers as a table', command: "uxd offers 'samples/flyers/*.{png,jpg}' -o offers.csv" },
    {
      note: 'your products and the rivals only',
      command: "uxd offers 'samples/flyers/*.{png,jpg}' --watch-list samples/watch-list.csv",
    },
    {
      note: 'pictures with the offers drawn on them, and the prices left over',
      command: 'uxd offers samples/flyers/2020-04-06-trebola-nuvela.jpg --annotate out/ --discards discards.csv',
    },
    {
      note: 'from words that are read already',
      command: 'uxd ocr samples/flyers/*.jpg --level word | uxd offers -',
    },
    {
      note: 'what lines of text hold',
      command: "printf '%s\\n' 'Yogur griego 4x125 g 2,49 €' '2ª unidad al 50%' | uxd offers --text -",
    },
    {
      note: 'which words the names have',
      command: 'uxd offers samples/flyers/*.png | uxd keywords - --text-column product',
    },
  ],
  schemas: ROW_SCHEMAS.offers,
  run: async (invocation, terminal) => (await import('./offers-run.js')).runOffers(invocation, terminal),
});
