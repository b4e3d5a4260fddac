import { defineCommand } from '../cli/command.js';
import { switchFlag } from '../cli/flags.js';
import { ROW_SCHEMAS } from '../rows/index.js';

const NAMES = Object.keys(ROW_SCHEMAS);

export const schemaCommand = defineCommand({
  name: 'schema',
  summary: 'print the schema of the rows of a command',
  description: 'Print the JSON Schema of the rows that a command writes, or the BigQuery schema of a table for them.',
  arguments: [
    {
      syntax: '[rows]',
      description: `${NAMES.join(', ')}, or a type of row, such as offer or uxd.offer/1`,
      choices: NAMES,
    },
  ],
  flags: {
    bigquery: switchFlag({
      syntax: '--bigquery',
      description: 'a BigQuery schema file, for `bq load`',
      group: 'Output',
      isCommandLineOnly: true,
    }),
  },
  examples: [
    { note: 'what is in the rows of ocr', command: 'uxd schema ocr' },
    { note: 'a table for them', command: 'uxd schema ocr --bigquery' },
  ],
  schemas: [],
  run: async ({ args, flags }, terminal) =>
    (await import('./schema-run.js')).printSchema(args[0], flags.bigquery, terminal),
});
