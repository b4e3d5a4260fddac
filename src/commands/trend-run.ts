/** Carries out `uxd trend`: series, findings, rows. */
import { seasonOf } from '../analysis/series/calendar.js';
import { changeRow, effectRow, explanationRows, type FindingOrigin, findingRow, obstacleRow } from '../analysis/series/finding-rows.js';
import { type Study, studySeries } from '../analysis/series/study.js';
import { summaryRow } from '../analysis/series/summary.js';
import { periodNoun } from '../analysis/series/words.js';
import type { Invocation } from '../cli/command.js';
import { EXIT, type ExitCode } from '../cli/exit-codes.js';
import type { FlagValues } from '../cli/flags.js';
import { createLog, type Log } from '../cli/log.js';
import { RowOutput } from '../cli/output.js';
import { ProblemReport } from '../cli/problems.js';
import type { Terminal } from '../cli/terminal.js';
import { plural } from '../cli/text.js';
import type { RecordError } from '../io/records/record-file.js';
import { UsageError } from '../model.js';
import { errorColumns } from '../rows/common.js';
import { type AnyRow, type FieldSpecs, withFields } from '../rows/define.js';
import { type TrendRow, trendSchema } from '../rows/trend.js';
import type { trendFlags } from './trend.js';
import { changesOf } from './trend-changes.js';
import { type EventInput, readEvents } from './trend-events.js';
import { TrendFiles } from './trend-files.js';
import { checkMadeFiles, makeFiles } from './trend-files-made.js';
import { readSeries, type SeriesInput } from './trend-series.js';

export type TrendFlags = FlagValues<typeof trendFlags>;

export async function runTrend({ args, flags }: Invocation<typeof trendFlags>, terminal: Terminal): Promise<ExitCode> {
  if (args.length > 1) throw new UsageError(`one table at a time; ${args.length} were given`);
  const [source] = args;
  if (source === undefined) throw new UsageError('which table? give a file, or - for standard input');
  const level = flags.quiet ? 'error' : flags.logLevel;
  const log = createLog({ level, format: flags.logFormat, color: flags.color }, terminal);
  await checkMadeFiles(flags, terminal);
  const files = new TrendFiles(flags, terminal);
  try {
    const input = await readSeries(source, flags, files);
    const events = await readEvents({ ...flags, by: input.by }, input.series, files);
    tell(input, events, log);
    const studies = await studiesOf(input, events, log);
    const rows = [...rowsOf(input, events, studies, flags)];
    const exitCode = await writeRows(rows, input.by, { flags, log, terminal });
    const { source: name, value, by } = input;
    await makeFiles(flags, { rows, studies, events: events.events, source: name, value, by, notes: notesOf(input) }, terminal);
    return exitCode;
  } finally {
    await files.close();
  }
}

/** Effects beyond these would take minutes, and nobody reads them. */
const MOST_EFFECTS = 400;

async function studiesOf({ series, calendar }: SeriesInput, { events }: EventInput, log: Log): Promise<readonly Study[]> {
  const changes = await changesOf(series, seasonOf(calendar.frequency));
  const { studies, effectsLeft } = studySeries(series, changes, events, { mostEffects: MOST_EFFECTS });
  if (effectsLeft > 0) {
    log.warn(`trend: ${plural(effectsLeft, 'effect')} left out after the first ${MOST_EFFECTS}; give fewer events or series`);
  }
  return studies;
}

/** What the user should know of the data. */
function notesOf({ series, periods, missing, calendar, errors }: SeriesInput): string[] {
  const noun = periodNoun(calendar.frequency);
  const notes: string[] = [];
  if (missing > 0) notes.push(`${missing} of ${periods * series.length} ${noun}s have no value (in ${series.length} series)`);
  if (errors.length > 0) notes.push(`${plural(errors.length, 'line')} could not be read`);
  return notes;
}

function tell(input: SeriesInput, { passedOver }: EventInput, log: Log): void {
  for (const note of notesOf(input)) log.warn(`trend: ${note}`);
  if (input.wasUnordered) log.info('trend: the dates are not in order in the file; they were put in order');
  if (passedOver > 0) {
    log.info(`trend: ${plural(passedOver, 'offer')} passed over: they name no series, or no date; see --rivals`);
  }
}

function* rowsOf(input: SeriesInput, events: EventInput, studies: readonly Study[], { at }: TrendFlags): Generator<TrendRow> {
  const origin: FindingOrigin = { source: input.source, value: input.value };
  for (const error of input.errors) yield errorRow(error, input.source);
  for (const error of events.errors) yield errorRow(error, error.source);
  for (const study of studies) {
    if (study.obstacle !== null) yield obstacleRow(study, origin);
    for (const { change } of study.changes) yield changeRow(study, change, origin);
  }
  for (const study of studies) for (const finding of study.effects) yield effectRow(study, finding, origin);
  for (const study of studies) for (const change of study.changes) yield* explanationRows(study, change, origin);
  yield summaryRow(studies, { ...origin, asksEffect: at !== null });
}

function errorRow({ line, error }: RecordError, source: string): TrendRow {
  return { ...findingRow({ source, finding: null, line, ...errorColumns(error, 0) }), status: 'error' };
}

async function writeRows(
  rows: Iterable<AnyRow>,
  by: readonly string[],
  { flags, log, terminal }: { readonly flags: TrendFlags; readonly log: Log; readonly terminal: Terminal },
): Promise<ExitCode> {
  const problems = new ProblemReport(log, terminal);
  const output = await RowOutput.open(flags, [withFields(trendSchema, columnFields(by))], terminal);
  try {
    for (const row of rows) {
      if (row.status === 'error') problems.add(row);
      await output.write(row);
      if (output.isClosedByReader) break;
    }
    await output.close();
  } catch (error) {
    await output.abort();
    throw error;
  }
  problems.end();
  return problems.count > 0 && !output.isClosedByReader ? EXIT.someRowsFailed : EXIT.ok;
}

/** Throws {@link UsageError} where a column has the name of a field. */
function columnFields(by: readonly string[]): FieldSpecs {
  const taken = by.find((name) => name === 'schema' || Object.hasOwn(trendSchema.fields, name));
  if (taken !== undefined)
    throw new UsageError(`--by ${taken}: the findings have a field of that name; rename the column`);
  return Object.fromEntries(
    by.map((name) => [name, { type: 'string', nullable: true, optional: true, description: `The column "${name}".` }]),
  );
}
