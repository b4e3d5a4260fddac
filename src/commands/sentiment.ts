import { defineCommand } from '../cli/command.js';
import { extractionFlags } from '../cli/common-flags.js';
import { choiceFlag, type Flag, numberFlag, switchFlag, textFlag } from '../cli/flags.js';
import { UsageError } from '../model.js';
import { ROW_SCHEMAS } from '../rows/index.js';
import { TEXT_LEVELS } from '../rows/sentiment.js';
import { groupFlag, textFlags } from './text-flags.js';

export const sentimentFlags = {
  level: choiceFlag({
    syntax: '--level <level>',
    description: 'what a row holds',
    choices: TEXT_LEVELS,
    default: 'document',
    group: 'Analysis',
  }),
  aspects: switchFlag({
    syntax: '--aspects',
    description: 'also what is judged (price, texture, service ...), with which words',
    group: 'Analysis',
  }),
  starsColumn: textFlag({
    syntax: '--stars-column <column>',
    description: 'column with the stars given, to compare with what the text says',
    group: 'Analysis',
  }),
  starsMax: numberFlag({
    syntax: '--stars-max <n>',
    description: 'most stars that can be given',
    default: 5,
    min: 2,
    max: 100,
    isWhole: true,
    group: 'Analysis',
  }),
  ...groupFlag,
  model: textFlag({
    syntax: '--model <dir>',
    description:
      'your own ONNX text classifier instead of the rules (folder with tokenizer.json, config.json, model.onnx)',
    group: 'Engine',
  }),
};

/** Where other commands want a file name, this one can also print what it found. */
const summaryFlag: { readonly summary: Flag<string | null> } = {
  summary: {
    syntax: '--summary [file]',
    description:
      'print what was found by group; with a name ending in .json, also write it there with the figures of the run',
    group: 'Output',
    default: null,
    bare: '',
    isCommandLineOnly: true,
    parse: (text) => {
      if (/\.json$/i.test(text)) return text;
      throw new UsageError(`"${text}" does not end in .json; put --summary after the inputs, or name a .json file`);
    },
  },
};

export const sentimentCommand = defineCommand({
  name: 'sentiment',
  summary: 'tell how texts feel, and about what',
  description:
    'Tell how reviews and other texts feel, and about what: tables (CSV, TSV, JSONL), text, Markdown, HTML, PDF with text, ' +
    'and rows of other uxd commands. Spanish and English on this machine; other languages with --provider google.',
  arguments: [{ syntax: '[inputs...]', description: 'files, directories, globs, or - for standard input' }],
  flags: { ...sentimentFlags, ...textFlags, ...extractionFlags, ...summaryFlag },
  examples: [
    {
      note: 'each review of a table, with its date',
      command: 'uxd sentiment samples/reviews/reviews.csv --text-column review --date-column date',
    },
    {
      note: 'what each product is praised and blamed for',
      command:
        'uxd sentiment samples/reviews/reviews.csv --aspects --group-by product --stars-column stars --summary -o rows.jsonl',
    },
    {
      note: 'sentence by sentence, as a table',
      command: 'uxd sentiment samples/reviews/notes.txt --level sentence --format csv',
    },
    {
      note: 'a text on standard input',
      command: 'echo "El sabor me encanta, pero es caro" | uxd sentiment - --aspects',
    },
    { note: 'what is read in pictures', command: 'uxd ocr samples/scans/*.jpg --quality fast | uxd sentiment -' },
  ],
  schemas: ROW_SCHEMAS.sentiment,
  run: async (invocation, terminal) => (await import('./sentiment-run.js')).runSentiment(invocation, terminal),
});
