import { PERIODS, type Period } from '../analysis/dates.js';
import { defineCommand } from '../cli/command.js';
import { extractionFlags } from '../cli/common-flags.js';
import { choiceFlag, type Flag, numberFlag, switchFlag, textFlag } from '../cli/flags.js';
import { ROW_SCHEMAS } from '../rows/index.js';
import { groupFlag, textFlags } from './text-flags.js';

export const keywordsFlags = {
  top: numberFlag({
    syntax: '--top <n>',
    description: 'terms of each text, or of each group, at most',
    default: 20,
    min: 1,
    isWhole: true,
    group: 'Analysis',
  }),
  entities: switchFlag({
    syntax: '--entities',
    description: 'only names: persons, places, organisations, products ...',
    group: 'Analysis',
  }),
  ...groupFlag,
  minDocuments: numberFlag({
    syntax: '--min-documents <n>',
    description: 'texts of a group that a term must be in (with --group-by or --timeline)',
    default: 2,
    min: 1,
    isWhole: true,
    group: 'Analysis',
  }),
  fdr: numberFlag({
    syntax: '--fdr <share>',
    description: 'share of false associations that is tolerated, 1 for all terms (with --group-by)',
    default: 0.05,
    min: 0,
    max: 1,
    group: 'Analysis',
  }),
  timeline: {
    ...choiceFlag({
      syntax: '--timeline [period]',
      description: 'count terms by period, weeks unless said otherwise; needs --date-column',
      choices: PERIODS,
      default: null,
      group: 'Analysis',
    }),
    bare: 'week',
  } as Flag<Period | null>,
  synonyms: textFlag({
    syntax: '--synonyms <file>',
    description: 'names to count as one, a line each: `canonical: variant, variant`',
    group: 'Analysis',
  }),
  brands: textFlag({
    syntax: '--brands <file>',
    description: 'names of products and brands, one a line',
    group: 'Analysis',
  }),
  cloud: textFlag({
    syntax: '--cloud <file>',
    description: 'also draw the terms as SVG: size is weight, colour is sentiment',
    group: 'Output',
    isCommandLineOnly: true,
  }),
};

export const keywordsCommand = defineCommand({
  name: 'keywords',
  summary: 'find the terms and names of texts, and what each group is associated with',
  description:
    'Find the phrases, names and hashtags of texts. With --group-by, the terms that are said of one product (or shop, or ' +
    'month) more than of the others, with how they are said: weighted log-odds with false discoveries under control.',
  arguments: [{ syntax: '[inputs...]', description: 'files, directories, globs, or - for standard input' }],
  flags: { ...keywordsFlags, ...textFlags, ...extractionFlags },
  examples: [
    {
      note: 'what each product is associated with',
      command: 'uxd keywords samples/reviews/reviews.csv --text-column review --group-by product --top 20',
    },
    {
      note: 'names in documents',
      command: 'uxd keywords samples/reviews/notes.txt samples/reviews/post.html --entities',
    },
    {
      note: 'terms read on flyers',
      command: 'uxd ocr samples/flyers/*-frescos.png --quality fast | uxd keywords - --top 5',
    },
    {
      note: 'a picture of the terms, variants of names folded',
      command:
        'uxd keywords samples/reviews/reviews.csv --group-by product --synonyms samples/reviews/synonyms.txt --cloud terms.svg -o terms.jsonl',
    },
    {
      note: 'terms by week, for a look at what rises and falls',
      command: 'uxd keywords samples/reviews/reviews.csv --date-column date --timeline week',
    },
  ],
  schemas: ROW_SCHEMAS.keywords,
  run: async (invocation, terminal) => (await import('./keywords-run.js')).runKeywords(invocation, terminal),
});
