import { errorFields, originFields } from './common.js';
import { defineRow, type RowOf } from './define.js';

export const FINDINGS = ['change', 'effect', 'explanation', 'forecast', 'term', 'summary'] as const;

/** One thing that is found in series over time. */
export const trendSchema = defineRow({
  name: 'uxd.trend/1',
  title: 'Finding in series over time',
  description:
    'One row a finding: what changed, the effect of an event, what explains a change, what comes next, a term that rises or falls, and the summary. The columns of `--by` follow by their own names.',
  carriesColumns: true,
  fields: {
    ...originFields,
    finding: { type: 'string', enum: FINDINGS, nullable: true, description: 'What the row tells.' },
    kind: {
      type: 'string',
      nullable: true,
      description: 'Of a change `level`, `slope` or `spike`; of a term `burst`, `rising` or `falling`; else null.',
    },
    date: {
      type: 'string',
      nullable: true,
      description:
        'YYYY-MM-DD, or the index: the first period that is different (of a change, and of its explanations), the event (of an effect), the period foretold, or the first of a burst.',
    },
    dateFrom: {
      type: 'string',
      nullable: true,
      description:
        'First date of the 95 % interval of `date` (changes), of the periods measured (effects), of the event (explanations), or of a burst.',
    },
    dateTo: { type: 'string', nullable: true, description: 'Last date of it; null for events without an end.' },
    absoluteEffect: {
      type: 'number',
      nullable: true,
      description:
        'Size in units of the series: of the step, the slope a period, the mean effect a period (and series, of several together); of a forecast the value that is foretold; of bursts their weight.',
    },
    relativeEffect: { type: 'number', nullable: true, description: 'The same as a share: 0.1 is 10 % more.' },
    cumulativeEffect: {
      type: 'number',
      nullable: true,
      description: 'The effect over all periods measured, and all series of an effect on several together.',
    },
    lower: {
      type: 'number',
      nullable: true,
      description: 'Lower end of the 95 % interval of `absoluteEffect`; of a forecast, of the value.',
    },
    upper: { type: 'number', nullable: true, description: 'Upper end of it.' },
    p: {
      type: 'number',
      nullable: true,
      description: 'Probability of the like where nothing happened; of explanations, that chance put an event there.',
    },
    verdict: {
      type: 'string',
      nullable: true,
      description:
        '`effect`, `no effect`, `cannot tell`, or `confounded` (an effect of several events that cannot be told apart); of explanations `likely`, `possible`, `confounded` or `unexplained`.',
    },
    method: { type: 'string', nullable: true, description: 'How it was found.' },
    event: { type: 'string', nullable: true, description: 'Name of the event, or the term.' },
    page: { type: 'integer', nullable: true, description: 'Page of the source that tells of the event.' },
    quote: { type: 'string', nullable: true, description: 'Words of the source that tell of the event.' },
    message: {
      type: 'string',
      nullable: true,
      description: 'The finding in one sentence; of the summary one for each thing that was asked.',
    },
    line: {
      type: 'integer',
      optional: true,
      description: 'Line of the file that could not be read (error rows only).',
    },
    ...errorFields,
  },
});

export type TrendRow = RowOf<typeof trendSchema>;
