import { defineCommand } from '../cli/command.js';
import { extractionFlags } from '../cli/common-flags.js';
import { choiceFlag, choicesFlag, textFlag } from '../cli/flags.js';
import { FEATURES } from '../model.js';
import { ROW_SCHEMAS } from '../rows/index.js';
import { LEVELS } from '../rows/ocr.js';
import { pageFlags } from './page-flags.js';

export const ocrFlags = {
  ...pageFlags,
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
