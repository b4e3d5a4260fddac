/** Carries out `uxd trend`: series, findings, rows, report. */

import path from 'node:path';
import { findingRow, termBurstRow, termTrendRow } from '../analysis/series/finding-rows.js';
import { type StudyGroup, seriesFindings } from '../analysis/series/findings.js';
import type { TimeEvent } from '../analysis/series/series.js';
import { type Studies, studySeries } from '../analysis/series/study.js';
import { summaryRow, termSummaryRow } from '../analysis/series/summary.js';
import { seasonOf } from '../analysis/series/table-calendar.js';
import { periodNoun } from '../analysis/series/words.js';
import type { Invocation } from '../cli/command.js';
import type { ExitCode } from '../cli/exit-codes.js';
import type { FlagValues } from '../cli/flags.js';
import { createLog, type Log } from '../cli/log.js';
import { checkPlace } from '../cli/output.js';
import type { Terminal } from '../cli/terminal.js';
import { plural } from '../cli/text.js';
import type { RecordError } from '../io/records/record-file.js';
import { UsageError } from '../model.js';
import { errorColumns } from '../rows/common.js';
import type { TrendRow } from '../rows/trend.js';
import { checkOutputs } from './outputs.js';
import type { trendFlags } from './trend.js';
import { changesOf } from './trend-changes.js';
import { readDocuments } from './trend-documents.js';
import { readEvents, spanOf } from './trend-events.js';
import { TrendFiles } from './trend-files.js';
import { checkMadeFiles, makeFiles } from './trend-files-made.js';
import { forecastSeries, MOST_FORECASTS } from './trend-forecast.js';
import { writeFindings } from './trend-output.js';
import { readSeries, type SeriesInput } from './trend-series.js';
import { readTerms, type TermFindings } from './trend-terms.js';

export type TrendFlags = FlagValues<typeof trendFlags>;

/** Effects beyond these would take minutes, and nobody reads them. */
const MOST_EFFECTS = 400;
/** Terms that are told of each group, for each kind of finding. */
const MOST_TERMS = 20;

export async function runTrend({ args, flags }: Invocation<typeof trendFlags>, terminal: Terminal): Promise<ExitCode> {
  checkUsage(args, flags);
  await checkMadeFiles(flags, terminal);
  await checkNames(args, flags, terminal);
  await checkPlace('--summary', flags.summary, terminal);
  const startedAt = terminal.clock.now();
  const level = flags.quiet ? 'error' : flags.logLevel;
  const log = createLog({ level, format: flags.logFormat, color: flags.color }, terminal);
  const files = new TrendFiles(flags, terminal);
  try {
    const run = await study(args[0] ?? null, flags, files, log);
    const { by, rows } = run;
    const exitCode = await writeFindings(rows, by, {
      flags,
      log,
      terminal,
      startedAt,
      series: run.groups[0]?.studies.length ?? 0,
    });
    await makeFiles(flags, run, terminal);
    return exitCode;
  } finally {
    await files.close();
  }
}

function checkUsage(args: readonly string[], flags: TrendFlags): void {
  const { terms, report, plot, plan, events, documents } = flags;
  if ([...args, ...events, ...documents, ...terms, plan].filter((file) => file === '-').length > 1) {
    throw new UsageError('standard input can be one file only; give the others by name');
  }
  if (args.length > 1) throw new UsageError(`one table at a time; ${args.length} were given`);
  if (args.length === 1) return;
  if (terms.length === 0) throw new UsageError('which table? give a file, or - for standard input, or --terms FILE');
  if (report !== null || plot !== null) throw new UsageError('--report and --plot show series: give a table too');
}

/** No output may take the place of what is read, or of another output. */
async function checkNames(args: readonly string[], flags: TrendFlags, terminal: Terminal): Promise<void> {
  const { output, report, plot, summary, events, documents, terms, plan } = flags;
  const read = [...args, ...events, ...documents, ...terms, plan].filter((file) => file !== null && file !== '-');
  const entries = read.map((source, index) => ({
    index,
    source: source as string,
    path: path.resolve(terminal.cwd, source as string),
  }));
  const outputs = { '--output': output, '--report': report, '--plot': plot, '--summary': summary };
  await checkOutputs('trend', { outputs }, { entries, dispose: async () => undefined }, terminal);
}

interface Run {
  readonly rows: readonly TrendRow[];
  readonly groups: readonly StudyGroup[];
  readonly events: readonly TimeEvent[];
  readonly by: readonly string[];
  readonly notes: readonly string[];
}

async function study(source: string | null, flags: TrendFlags, files: TrendFiles, log: Log): Promise<Run> {
  const input = source === null ? null : await readSeries(source, flags, files);
  const errors: TrendRow[] = (input?.errors ?? []).map((error) => errorRow(error, source ?? '-'));
  const found = input === null ? NOTHING : await studyTable(input, flags, files, log);
  const frequency = input?.calendar.frequency ?? flags.frequency;
  const terms = await readTerms(
    { terms: flags.terms, date: source === null ? flags.date : null, period: frequency === 'index' ? null : frequency },
    files,
  );
  const isGrouped = terms.some(({ group }) => group !== null);
  const by = [...(input?.by ?? flags.by), ...(isGrouped ? ['group'] : [])];
  const [main] = found.groups;
  const summary =
    main === undefined
      ? termSummaryRow(terms[0]?.source ?? '-', terms)
      : summaryRow(main, { ...main, asksEffect: flags.at !== null });
  const rows = [...errors, ...found.errors, ...seriesFindings(found.groups), ...termRows(terms), summary];
  return { rows, groups: found.groups, events: found.events, by: [...new Set(by)], notes: found.notes };
}

interface Found extends Omit<Run, 'rows' | 'by'> {
  readonly errors: readonly TrendRow[];
}

const NOTHING: Found = { groups: [], events: [], errors: [], notes: [] };

async function studyTable(input: SeriesInput, flags: TrendFlags, files: TrendFiles, log: Log): Promise<Found> {
  const { by, calendar, series } = input;
  const read = await readEvents({ ...flags, by }, series, files);
  const feelings = await readDocuments({ documents: flags.documents, by, frequency: calendar.frequency }, files);
  const events = [...read.events, ...feelings.flatMap((feeling) => feeling.events)];
  const notes = notesOf(input);
  for (const note of notes) log.warn(`trend: ${note}`);
  if (input.wasUnordered) log.info('trend: the dates are not in order in the file; they were put in order');
  if (read.passedOver > 0) {
    log.info(`trend: ${plural(read.passedOver, 'offer')} passed over: they name no series, or no date; see --rivals`);
  }
  const span = spanOf(series);
  const outside = read.events.filter(
    ({ date, dateTo }) => !span?.holds(date) && !(dateTo !== null && span?.holds(dateTo)),
  );
  if (outside.length > 0 && span !== null) {
    const names = outside
      .slice(0, 3)
      .map(({ name, date }) => `${name} (${date})`)
      .join(', ');
    log.warn(
      `trend: ${plural(outside.length, 'event')} outside of the data, which go from ${span.start} to ${span.end}: ${names}`,
    );
  }
  const { studies, pooled } = await studiesOf(input, events, log);
  const forecasts = await forecastSeries(input, flags, files);
  if (forecasts.length > 0 && forecasts.length < series.length) {
    log.warn(`trend: only the first ${MOST_FORECASTS} of ${series.length} series are foretold`);
  }
  const groups = [
    { source: input.source, value: input.value, studies, pooled, forecasts },
    ...feelings.map(({ source, studies: own }) => ({
      source,
      value: 'sentiment',
      studies: own,
      pooled: [],
      forecasts: [],
    })),
  ];
  return { groups, events, notes, errors: read.errors.map((error) => errorRow(error, error.source)) };
}

async function studiesOf({ series, calendar }: SeriesInput, events: readonly TimeEvent[], log: Log): Promise<Studies> {
  const changes = await changesOf(series, seasonOf(calendar.frequency));
  const found = studySeries(series, changes, events, { mostEffects: MOST_EFFECTS });
  if (found.effectsLeft > 0) {
    log.warn(
      `trend: ${plural(found.effectsLeft, 'effect')} left out after the first ${MOST_EFFECTS}; give fewer events or series`,
    );
  }
  return found;
}

/** What the user should know of the data. */
function notesOf({ series, periods, missing, calendar, errors }: SeriesInput): string[] {
  const noun = periodNoun(calendar.frequency);
  const notes: string[] = [];
  if (missing > 0) {
    notes.push(`${missing} of ${periods * series.length} ${noun}s have no value (in ${series.length} series)`);
  }
  if (errors.length > 0) notes.push(`${plural(errors.length, 'line')} could not be read`);
  return notes;
}

function* termRows(findings: readonly TermFindings[]): Generator<TrendRow> {
  for (const { source, group, trends, bursts } of findings) {
    for (const trend of trends.slice(0, MOST_TERMS)) yield termTrendRow(source, group, trend);
    for (const burst of bursts.slice(0, MOST_TERMS)) yield termBurstRow(source, group, burst);
  }
}

function errorRow({ line, error }: RecordError, source: string): TrendRow {
  return { ...findingRow({ source, finding: null, line, ...errorColumns(error, 0) }), status: 'error' };
}
