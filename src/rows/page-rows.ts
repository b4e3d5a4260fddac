/** Turns what was read on pages into rows. */
import type { FailedInput, Feature, ItemError, OcrText, PageReading, Sighting } from '../model.js';
import { errorColumns } from './common.js';
import type { AnyRow } from './define.js';
import type { Level, OcrRow } from './ocr.js';

export interface PageRowSettings {
  readonly provider: string;
  readonly level: Level;
  readonly features: readonly Feature[];
}

const SIGHTINGS = {
  labels: { schema: 'uxd.label/1', name: 'label' },
  objects: { schema: 'uxd.object/1', name: 'object' },
  logos: { schema: 'uxd.logo/1', name: 'logo' },
} as const;

/** Confidences and scores are written with four decimals: more would be noise in the output. */
function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1e4) / 1e4;
}

/** The rows of one page, features in the order asked. */
export function rowsOfPage(
  source: string,
  reading: PageReading,
  attempts: number,
  settings: PageRowSettings,
): AnyRow[] {
  if (reading.error) return [failedRow(source, reading.page, reading.error, attempts, settings)];
  // A text layer is read on this machine, whoever reads the pictures.
  const provider = reading.model === 'pdf-text' ? 'local' : settings.provider;
  return settings.features.flatMap((feature) =>
    feature === 'text'
      ? textRows(source, reading, provider, settings.level)
      : (reading[feature] ?? []).map((sighting) => sightingRow(source, reading, feature, sighting, provider)),
  );
}

/** The one row of an input, or of a page of it, that could not be read. */
export function failedRow(
  source: string,
  page: FailedInput['page'],
  error: ItemError,
  attempts: number,
  settings: PageRowSettings,
): AnyRow {
  const origin = { source, status: 'error', page } as const;
  const engine = { provider: settings.provider, model: null };
  const feature = settings.features[0] ?? 'text';
  if (feature !== 'text') {
    const { schema, name } = SIGHTINGS[feature];
    const size = feature === 'labels' ? {} : { width: null, height: null };
    const nothing = { [name]: null, score: null, entityId: null };
    return { schema, ...origin, ...nothing, ...size, ...engine, ...errorColumns(error, attempts) };
  }
  const nothing = { text: null, confidence: null, language: null, width: null, height: null };
  const row: OcrRow = {
    schema: 'uxd.ocr/1',
    ...origin,
    level: settings.level,
    ...nothing,
    ...engine,
    ...errorColumns(error, attempts),
  };
  return row;
}

function textRows(source: string, reading: PageReading, provider: string, level: Level): OcrRow[] {
  const text: OcrText = reading.text ?? { text: '', confidence: null, language: null, blocks: [] };
  const base = { schema: 'uxd.ocr/1', source, status: 'ok', page: reading.page, level } as const;
  const end = {
    language: text.language,
    width: reading.width,
    height: reading.height,
    provider,
    model: reading.model,
  };
  const finer = (part: OcrText['blocks'][number] | OcrText['blocks'][number]['lines'][number]['words'][number]) => ({
    text: part.text,
    confidence: rounded(part.confidence),
    box: part.box,
  });
  // A page without text has its row at every level: what was read must not look like what was lost.
  if (level === 'page' || text.blocks.length === 0)
    return [{ ...base, text: text.text, confidence: rounded(text.confidence), ...end }];
  return text.blocks.flatMap((block, b): OcrRow[] => {
    const inBlock = { ...base, block: b + 1 };
    if (level === 'block') return [{ ...inBlock, ...finer(block), ...end }];
    return block.lines.flatMap((line, l): OcrRow[] => {
      const inLine = { ...inBlock, line: l + 1 };
      if (level === 'line') return [{ ...inLine, ...finer(line), ...end }];
      return line.words.map((word, w): OcrRow => ({ ...inLine, word: w + 1, ...finer(word), ...end }));
    });
  });
}

function sightingRow(
  source: string,
  reading: PageReading,
  feature: Exclude<Feature, 'text'>,
  sighting: Sighting,
  provider: string,
): AnyRow {
  const { schema, name } = SIGHTINGS[feature];
  const size = feature === 'labels' ? {} : { width: reading.width, height: reading.height };
  return {
    schema,
    source,
    status: 'ok',
    page: reading.page,
    [name]: sighting.name,
    score: rounded(sighting.score),
    entityId: sighting.entityId,
    ...size,
    ...(sighting.box && feature !== 'labels' ? { box: sighting.box } : {}),
    provider,
    model: reading.model,
  };
}
