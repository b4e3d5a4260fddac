/** Flags of the commands that read pages. */
import { choiceFlag, type Flag, listFlag, numberFlag } from '../cli/flags.js';
import { type PageSelection, parsePages } from '../io/page-ranges.js';

export const pageFlags = {
  lang: listFlag({
    syntax: '-l, --lang <codes>',
    description: 'languages of the text, likeliest first; more than es and en are fetched once, see `uxd models list`',
    default: ['es', 'en'],
    group: 'Reading',
  }),
  quality: choiceFlag({
    syntax: '--quality <quality>',
    description: 'best reads doubtful lines a second time and compares, fast reads once (local engine)',
    choices: ['best', 'fast'],
    default: 'best',
    group: 'Reading',
  }),
  pages: {
    syntax: '--pages <ranges>',
    description: 'pages of documents, such as 1-5,8,10-',
    group: 'Reading',
    defaultText: 'all',
    default: null,
    parse: parsePages,
  } as Flag<PageSelection | null>,
  pdfText: choiceFlag({
    syntax: '--pdf-text <mode>',
    description:
      'text layer of PDF pages: auto takes it, at no cost, where there is one and only text is wanted, never reads the picture, only never does',
    choices: ['auto', 'never', 'only'],
    default: 'auto',
    group: 'Reading',
  }),
  dpi: numberFlag({
    syntax: '--dpi <n>',
    description: 'resolution at which PDF pages are drawn to be read',
    default: 300,
    min: 36,
    max: 1200,
    isWhole: true,
    group: 'Reading',
  }),
  maxPixels: numberFlag({
    syntax: '--max-pixels <n>',
    description: 'refuse pictures with more pixels',
    default: 200_000_000,
    min: 1,
    isWhole: true,
    group: 'Reading',
  }),
};
