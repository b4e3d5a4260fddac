/** Carries out `uxd trend`: series, findings, rows, report. */

import path from 'node:path';
import { spanOf } from '../analysis/series/data-span.js';
import { findingRow } from '../analysis/series/finding-row.js';
import { type StudyGroup, seriesFindings } from '../analysis/series/findings.js';
import { forecastSentence } from '../analysis/series/forecast-answer.js';
import { spreadsheetDate } from '../analysis/series/regular.js';
import type { Series, TimeEvent } from '../analysis/series/series.js';
import { type Studies, studySeries } from '../analysis/series/study.js';
import { summaryOf, type Told, termSummaryRow } from '../analysis/series/summary.js';
import { seasonOf } from '../analysis/series/table-calendar.js';
import { termBurstRow, termTrendRow } from '../analysis/series/term-rows.js';
import { periodNoun } from '../analysis/series/words.js';
import type { Invocation } from '../cli/command.js';
import type { ExitCode } from '../cli/exit-codes.js';
import type { FlagValues } from '../cli/flags.js';
import { createLog, type Log } from '../cli/log.js';
import { checkPlace } from '../cli/output.js';
import type { Terminal } from '../cli/terminal.js';
import { plural } from '../cli/text.js';
import type { RecordError } from '../io/records/record-file.js';
import { RunError, UsageError } from '../model.js';
import { errorColumns } from '../rows/common.js';
import type { TrendRow } from '../rows/trend.js';
import { checkOutputs } from './outputs.js';
import type { trendFlags } from './trend.js';
import { changesOf } from './trend-changes.js';
import { readDocuments } from './trend-documents.js';
import { type EventInput, readEvents } from './trend-events.js';
import { TrendFiles } from './trend-files.js';
import { checkMadeFiles, makeFiles } from './trend-files-made.js';
import { forecastSeries, MOST_FORECASTS } from './trend-forecast.js';
import { checkBy, writeFindings } from './trend-output.js';
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
    const { by, rows, answers } = run;
    const exitCode = await writeFindings(rows, by, {
      answers,
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
  const { terms, report, plot, plan, events, documents, by } = flags;
  if ([...args, ...events, ...documents, ...terms, plan].filter((file) => file === '-').length > 1) {
    throw new UsageError('standard input can be one file only; give the others by name');
  }
  checkBy(by);
  if (args.length > 1) throw new UsageError(`one table at a time; ${args.length} were given`);
  if (args.length === 1) return;
  if (terms.length === 0) {
    const needs = documents.length > 0 ? '--documents tells why the series of a table changed: ' : '';
    throw new UsageError(`${needs}which table? give a file, or - for standard input, or --terms FILE`);
  }
  if (report !== null || plot !== null) throw new UsageError('--report and --plot show series: give a table too');
  const [asked] = Object.entries({
    '--events': events.length > 0,
    '--documents': documents.length > 0,
    '--at': flags.at !== null,
    '--treated': flags.treated.length > 0,
    '--forecast': flags.forecast !== null,
    '--plan': plan !== null,
  }).filter(([, isGiven]) => isGiven);
  if (asked !== undefined) throw new UsageError(`${asked[0]} needs a table: give a file, or - for standard input`);
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
  const [table, ...others] = entries;
  const twin =
    args[0] === undefined || args[0] === '-' ? undefined : others.find((other) => other.path === table?.path);
  if (twin !== undefined)
    throw new UsageError(`${twin.source} is the table itself; what else should be read beside it?`);
  const outputs = { '--output': output, '--report': report, '--plot': plot, '--summary': summary };
  await checkOutputs('trend', { outputs }, { entries, dispose: async () => undefined }, terminal);
}

interface Run {
  readonly rows: readonly TrendRow[];
  readonly groups: readonly StudyGroup[];
  readonly events: readonly TimeEvent[];
  readonly by: readonly string[];
  readonly notes: readonly string[];
  /** To all that was asked, the main one first. */
  readonly answers: readonly string[];
  /** What the main one tells of; null without a table. */
  readonly told: Told | null;
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
  const { groups, events, notes, asked } = found;
  const summary = answersOf(groups[0] ?? null, terms, asked, events.length > 0);
  const rows = [...errors, ...found.errors, ...seriesFindings(groups), ...termRows(terms), summary.row];
  return { rows, answers: summary.answers, told: summary.told, groups, events, by: [...new Set(by)], notes };
}

interface Found extends Omit<Run, 'rows' | 'by' | 'answers' | 'told'> {
  readonly asked: readonly TimeEvent[];
  readonly errors: readonly TrendRow[];
}

const NOTHING: Found = { groups: [], events: [], errors: [], notes: [], asked: [] };

async function studyTable(input: SeriesInput, flags: TrendFlags, files: TrendFiles, log: Log): Promise<Found> {
  const { by, calendar, series } = input;
  const read = await readEvents({ ...flags, by }, series, files);
  const feelings = await readDocuments({ documents: flags.documents, by, frequency: calendar.frequency }, files);
  const events = [...read.events, ...feelings.flatMap((feeling) => feeling.events)];
  const notes = notesOf(input);
  for (const note of notes) log.warn(`trend: ${note}`);
  if (input.wasUnordered) log.info('trend: the dates are not in order in the file; they were put in order');
  for (const remark of eventRemarks(read, series)) log.warn(`trend: ${remark}`);
  if (read.passedOver > 0) {
    log.info(`trend: ${plural(read.passedOver, 'offer')} passed over for want of a series or a date; see --rivals`);
  }
  const { studies, pooled } = await studiesOf(input, events, log);
  const { forecasts, remarks } = await forecastSeries(
    input,
    flags,
    files,
    studies.map((each) => each.changes.map(({ change }) => change)),
  );
  for (const remark of remarks) log.warn(`trend: ${remark}`);
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
  return {
    groups,
    events,
    notes,
    asked: read.asked,
    errors: read.errors.map((error) => errorRow(error, error.source)),
  };
}

function eventRemarks({ remarks, events }: EventInput, series: readonly Series[]): readonly string[] {
  const span = spanOf(series);
  if (span === null) return remarks;
  const isOutside = ({ date, dateTo }: TimeEvent): boolean =>
    !span.holds(date) && !(dateTo !== null && span.holds(dateTo));
  const outside = events.filter(isOutside);
  if (outside.length === 0) return remarks;
  const names = outside.slice(0, 3).map(({ name, date }) => `${name} (${date})`);
  const data = `outside of the data, which go from ${span.start} to ${span.end}`;
  return [...remarks, `${plural(outside.length, 'event')} ${data}: ${names.join(', ')}`];
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
function notesOf({ series, periods, missing, calendar, faults }: SeriesInput): string[] {
  const noun = periodNoun(calendar.frequency);
  const notes: string[] = [];
  if (missing > 0) {
    notes.push(`${missing} of ${periods * series.length} ${noun}s have no value (in ${series.length} series)`);
  }
  const serial = spreadsheetDate(Number(series[0]?.dates[0]), Number(series[0]?.dates.at(-1)));
  if (calendar.frequency === 'index' && serial !== null) {
    notes.push(
      `the dates are taken as plain numbers; if they are those of a spreadsheet, from ${serial} on, write them as dates`,
    );
  }
  if (faults > 0) notes.push(`${plural(faults, 'line')} could not be read`);
  return notes;
}

/** The row that ends the findings. Where nobody asks for causes, a forecast is what was asked. */
function answersOf(
  main: StudyGroup | null,
  terms: readonly TermFindings[],
  asked: readonly TimeEvent[],
  hasEvents: boolean,
): Pick<Run, 'answers' | 'told'> & { readonly row: TrendRow } {
  const termRow = termSummaryRow(terms);
  const answer = main === null ? null : summaryOf(main, { ...main, asked });
  const tableRow = answer?.row ?? null;
  const row = tableRow ?? termRow;
  if (row === null) throw new RunError('there is nothing to sum up');
  const foretold = main === null ? null : forecastSentence(main.forecasts, main.value);
  const found = tableRow?.message ?? null;
  const first = hasEvents ? [found, foretold] : [foretold, found];
  const answers = [...first, termRow?.message ?? null].filter((answer) => answer !== null);
  return { row: { ...row, message: answers.join(' ') }, answers, told: answer?.told ?? null };
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
