import { defineCommand } from '../cli/command.js';
import { messageFlags, outputFlags } from '../cli/common-flags.js';
import { choiceFlag, listFlag, numberFlag, textFlag, textsFlag } from '../cli/flags.js';
import { ROW_SCHEMAS } from '../rows/index.js';
import { textFlags } from './text-flags.js';

const { dateOrder, delimiter, encoding } = textFlags;
const { format, output, bom, summary } = outputFlags;

export const trendFlags = {
  date: textFlag({
    syntax: '--date <column>',
    description: 'column with the dates, ISO weeks, years, or whole numbers',
    defaultText: 'the one called date, week, month ...',
    group: 'Reading',
  }),
  value: textFlag({
    syntax: '--value <column>',
    description: 'column with the values',
    defaultText: 'the one called value, units, sales ...',
    group: 'Reading',
  }),
  by: listFlag({
    syntax: '--by <columns>',
    description: 'columns that tell the series apart, such as product,region',
    default: [],
    defaultText: 'none: one series',
    group: 'Reading',
  }),
  dateOrder,
  frequency: choiceFlag({
    syntax: '--frequency <period>',
    description: 'how far apart the values are; index for whole numbers',
    choices: ['day', 'week', 'month', 'quarter', 'year', 'index'],
    default: null,
    defaultText: 'found',
    group: 'Reading',
  }),
  aggregate: choiceFlag({
    syntax: '--aggregate <how>',
    description: 'make one value of the rows of one series and period',
    choices: ['sum', 'mean'],
    default: null,
    defaultText: 'several rows are an error',
    group: 'Reading',
  }),
  delimiter,
  encoding,
  events: textsFlag({
    syntax: '--events <file>',
    description: 'what happened: CSV or JSONL with date and name, or rows of uxd offers; may be given again',
    group: 'Causes',
    isCommandLineOnly: true,
  }),
  rivals: listFlag({
    syntax: '--rivals <words>',
    description: 'offers that hold one of these words and name no series are those of rivals',
    default: [],
    defaultText: 'none',
    group: 'Causes',
  }),
  documents: textsFlag({
    syntax: '--documents <file>',
    description: 'dated rows of uxd sentiment beside a table: how texts feel, period by period; may be given again',
    group: 'Causes',
    isCommandLineOnly: true,
  }),
  terms: textsFlag({
    syntax: '--terms <file>',
    description: 'dated rows of uxd keywords: terms that rise, fall and burst; may be given again, and without a table',
    group: 'Causes',
    isCommandLineOnly: true,
  }),
  treated: textsFlag({
    syntax: '--treated <column=value,...>',
    description: 'series that one event concerns, with --at; given again, it concerns those too',
    group: 'Causes',
    isCommandLineOnly: true,
  }),
  at: textFlag({
    syntax: '--at <date>',
    description: 'date of the event of --treated, or of one that concerns all series',
    group: 'Causes',
    isCommandLineOnly: true,
  }),
  forecast: numberFlag({
    syntax: '--forecast <n>',
    description: 'foretell so many periods',
    default: null,
    defaultText: 'those of --plan, else none',
    min: 1,
    max: 1000,
    isWhole: true,
    group: 'Analysis',
  }),
  plan: textFlag({
    syntax: '--plan <file>',
    description: 'campaigns to come: dates, columns of --by, and columns of the table such as price or display',
    group: 'Analysis',
    isCommandLineOnly: true,
  }),
  report: textFlag({
    syntax: '--report <file>',
    description: 'also write the findings as a page (HTML) with charts',
    group: 'Output',
    isCommandLineOnly: true,
  }),
  plot: textFlag({
    syntax: '--plot <file>',
    description: 'also draw the most changed series, as .svg or .png',
    group: 'Output',
    isCommandLineOnly: true,
  }),
  format,
  output,
  bom,
  summary,
  ...messageFlags,
};

export const trendCommand = defineCommand({
  name: 'trend',
  summary: 'find what changed in series over time, and why',
  description:
    'Find where series change, how much and how surely; what events did to them; and which event explains a change.\n' +
    'No change is the usual answer. docs/trend.md says how it is worked out, and what the words of the findings mean.',
  arguments: [{ syntax: '[file]', description: 'CSV, TSV, JSONL or Parquet, or - for standard input' }],
  flags: trendFlags,
  examples: [
    {
      note: 'what changed, and which event explains it, as rows and as a page',
      command:
        'uxd trend samples/sales/sales.csv --date week --value units --by product,region --events samples/sales/launch.csv --report trend.html -o findings.jsonl',
    },
    {
      note: 'what one event did',
      command:
        'uxd trend samples/sales/sales.csv --date week --value units --by product,region --treated product=Nuvela,region=south --at 2020-04-13',
    },
    {
      note: 'what comes next, with the campaigns that are planned',
      command:
        'uxd trend samples/sales/sales.csv --date week --value units --by product,region --plan samples/sales/campaign.csv -o forecast.csv',
    },
    {
      note: 'terms of reviews that rise, fall and burst',
      command:
        'uxd keywords samples/reviews/reviews.csv --text-column review --date-column date --timeline week -o terms.jsonl && uxd trend --terms terms.jsonl --date date',
    },
  ],
  schemas: ROW_SCHEMAS.trend,
  run: async (invocation, terminal) => (await import('./trend-run.js')).runTrend(invocation, terminal),
});
