/** How documents feel, period by period: rows of `uxd sentiment` as series, and their changes as events. */

import { regularize } from '../analysis/series/regular.js';
import type { Frequency, Series, TimeEvent } from '../analysis/series/series.js';
import { SeriesTable } from '../analysis/series/series-table.js';
import { type Study, studySeries } from '../analysis/series/study.js';
import { isTableDate, seasonOf } from '../analysis/series/table-calendar.js';
import { UsageError } from '../model.js';
import { changesOf } from './trend-changes.js';
import { type TrendFiles, withFileName } from './trend-files.js';

export interface DocumentSettings {
  readonly documents: readonly string[];
  readonly by: readonly string[];
  readonly frequency: Frequency;
}

/** The mean sentiment of one file, by those columns of `--by` that it has. */
export interface SentimentInput {
  readonly source: string;
  readonly studies: readonly Study[];
  /** Where the sentiment changes. */
  readonly events: readonly TimeEvent[];
}

/** A text that shows how a period felt. */
interface Voice {
  readonly score: number;
  readonly text: string;
  readonly source: string;
}

const COLUMNS = ['schema', 'status', 'date', 'score', 'text', 'source', 'level'];
const MOST_QUOTED = 160;

/** Throws {@link UsageError} where a file holds no dated rows of `uxd sentiment`. */
export async function readDocuments(settings: DocumentSettings, files: TrendFiles): Promise<readonly SentimentInput[]> {
  if (settings.documents.length > 0 && settings.frequency === 'index') {
    throw new UsageError('--documents: documents have dates, and the table has none: give it a column of dates');
  }
  const inputs: SentimentInput[] = [];
  for (const source of settings.documents) {
    inputs.push(await withFileName(source, () => readFeelings(source, settings, files)));
  }
  return inputs;
}

async function readFeelings(source: string, settings: DocumentSettings, files: TrendFiles): Promise<SentimentInput> {
  const { table, voices } = await readScores(source, settings, files);
  const { series } = regularize(table, { order: 'dmy', frequency: settings.frequency, aggregate: 'mean' });
  const changes = await changesOf(series, seasonOf(settings.frequency));
  const { studies } = studySeries(series, changes, [], { mostEffects: 0 });
  const events = studies.flatMap(({ series: each, changes: own }) =>
    own.map(({ change }): TimeEvent => {
      const isDown = change.absolute < 0;
      const voice = voiceOf(each, change.index, isDown, voices);
      return {
        date: each.dates[change.index] ?? '',
        dateTo: change.length === null ? null : (each.dates[change.index + change.length - 1] ?? null),
        name: `reviews turned ${isDown ? 'negative' : 'positive'}`,
        kind: 'reviews',
        key: each.key,
        direction: isDown ? 'down' : 'up',
        source: voice?.source ?? source,
        page: null,
        quote: voice?.text ?? null,
        figures: {},
      };
    }),
  );
  return { source, studies, events };
}

interface Scores {
  readonly table: SeriesTable;
  /** The most negative and the most positive text of each series and day. */
  readonly voices: ReadonlyMap<string, { low: Voice; high: Voice }>;
}

async function readScores(source: string, { by }: DocumentSettings, files: TrendFiles): Promise<Scores> {
  const file = await files.open(source, COLUMNS);
  const own = by.filter((name) => file.names.includes(name));
  const table = new SeriesTable(own);
  const voices = new Map<string, { low: Voice; high: Voice }>();
  let rows = 0;
  for await (const batch of file.read([...COLUMNS, ...own])) {
    for (const record of batch) {
      if ('error' in record) continue;
      const [schema, status, day, score, text, origin, level, ...key] = record.values;
      const isDocument = schema === 'uxd.sentiment/1' && status !== 'error' && level !== 'sentence';
      const value = score === null || score === undefined || score === '' ? Number.NaN : Number(score);
      const date = String(day ?? '');
      if (!isDocument || !Number.isFinite(value) || !isTableDate(date, 'dmy')) continue;
      rows += 1;
      const names = key.map((part) => String(part ?? ''));
      table.add(date, names, value);
      const voice = { score: value, text: shortened(String(text ?? '')), source: String(origin ?? source) };
      const place = placeOf(names, date);
      const known = voices.get(place);
      if (known === undefined) voices.set(place, { low: voice, high: voice });
      else if (value < known.low.score) known.low = voice;
      else if (value > known.high.score) known.high = voice;
    }
  }
  if (rows === 0) {
    throw new UsageError(
      `${source}: no dated rows of uxd sentiment; make them with uxd sentiment --date-column COLUMN`,
    );
  }
  return { table, voices };
}

function placeOf(key: readonly string[], date: string): string {
  return [...key, date].join('\u0000');
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= MOST_QUOTED ? line : `${line.slice(0, MOST_QUOTED - 1).trimEnd()}\u2026`;
}

/** The text that says most clearly how the first period after a change felt. */
function voiceOf(series: Series, index: number, isDown: boolean, voices: Scores['voices']): Voice | null {
  const [from = '', to = '9999'] = [series.dates[index], series.dates[index + 1]];
  let best: Voice | null = null;
  for (const [place, { low, high }] of voices) {
    const parts = place.split('\u0000');
    const date = parts.pop() ?? '';
    if (date < from || date >= to || parts.join('\u0000') !== Object.values(series.key).join('\u0000')) continue;
    const voice = isDown ? low : high;
    if (best === null || (isDown ? voice.score < best.score : voice.score > best.score)) best = voice;
  }
  return best;
}
