import { defineCommand } from '../cli/command.js';
import { extractionFlags } from '../cli/common-flags.js';
import { choiceFlag, choicesFlag, type Flag, listFlag, numberFlag, textFlag } from '../cli/flags.js';
import { type PageSelection, parsePages } from '../io/page-ranges.js';
import { FEATURES } from '../model.js';
import { ROW_SCHEMAS } from '../rows/index.js';
import { LEVELS } from '../rows/ocr.js';

export const ocrFlags = {
  lang: listFlag({
    syntax: '-l, --lang <codes>',
    description: 'languages of the text, likeliest first; more than es and en are fetched once, see `uxd models list`',
    default: ['es', 'en'],
    group: 'Reading',
  }),
  level: choiceFlag({
    syntax: '--level <level>',
    description: 'what a row holds; finer levels have boxes',
    choices: LEVELS,
    default: 'page',
    group: 'Reading',
  }),
  features: choicesFlag({
    syntax: '--features <list>',
    description: 'what to find; all but text need --provider google, which bills each feature on each page',
    choices: FEATURES,
    default: ['text'],
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
  hocr: textFlag({
    syntax: '--hocr <dir>',
    description: 'also write an hOCR file for each input',
    group: 'Output',
    isCommandLineOnly: true,
  }),
  searchablePdf: textFlag({
    syntax: '--searchable-pdf <dir>',
    description: 'also write a PDF for each input, with the text behind the picture',
    group: 'Output',
    isCommandLineOnly: true,
  }),
};

export const ocrCommand = defineCommand({
  name: 'ocr',
  summary: 'read the text of pictures, scans and PDFs',
  description:
    'Read the text of pictures, scans and PDFs: PNG, JPEG, WebP, GIF, BMP, TIFF and PDF, all pages.\n' +
    'Rows go to standard output, one a page (or block, line, word); everything else goes to standard error.',
  arguments: [{ syntax: '[inputs...]', description: 'files, directories, globs, or - for standard input' }],
  flags: { ...ocrFlags, ...extractionFlags },
  examples: [
    { note: 'the text of each flyer, one JSON row a page', command: 'uxd ocr samples/flyers/*.{png,jpg}' },
    { note: 'a directory as a table', command: 'uxd ocr samples/scans --recursive --format csv -o text.csv' },
    {
      note: 'lines with their boxes from some pages',
      command: 'uxd ocr samples/documents/*.pdf --pages 1-2 --level line',
    },
    { note: 'a picture from a pipe', command: 'cat samples/receipts/receipt.jpg | uxd ocr - | jq -r .text' },
    {
      note: 'what Google Cloud Vision would cost; nothing is sent',
      command: "uxd ocr 'samples/**/*.png' --provider google --dry-run",
    },
    {
      note: 'read by Google, for at most 5 dollars',
      command: "uxd ocr 'samples/**/*.png' --provider google --max-cost 5 --concurrency 8",
    },
  ],
  schemas: ROW_SCHEMAS.ocr,
  run: async (invocation, terminal) => (await import('./ocr-run.js')).runOcr(invocation, terminal),
});
