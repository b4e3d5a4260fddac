/** Reads texts from JSON Lines, and from an array of JSON. */
import { parseJson } from './json-numbers.js';
import { isJsonObject, type JsonObject, JsonReader, parseJsonArray } from './json-records.js';
import { decodeHead, type FileHead, LineSplitter, type TextLine, textPieces } from './pieces.js';
import type { TextSourceOptions } from './text-record.js';
import { lineFault, RECORDS_PER_BATCH, type RecordBatch, type RecordFault, type TextRecord } from './text-record.js';

const REMEDY = 'each line must be one whole JSON object';

/** The object of a line, or what is wrong with it. */
export function parseLine(line: string): JsonObject | string {
  try {
    const value = parseJson(line);
    return isJsonObject(value) ? value : `the line is no JSON object; ${REMEDY}`;
  } catch (error) {
    return `the line is no JSON (${(error as Error).message.slice(0, 120)}); ${REMEDY}`;
  }
}

/** The objects in the whole lines at the start of a file. */
export function sampleObjects(sample: string): JsonObject[] {
  const objects: JsonObject[] = [];
  for (const line of sample.split('\n').slice(0, 200)) {
    const value = line.trim() === '' ? '' : parseLine(line);
    if (typeof value !== 'string') objects.push(value);
  }
  return objects;
}

function readLine(reader: JsonReader, { line, text }: TextLine): TextRecord | RecordFault | null {
  const value = text === null ? 'the line is longer than 64 million characters' : parseLine(text);
  if (typeof value === 'string') {
    reader.skip();
    return lineFault(line, value);
  }
  const record = reader.read(value);
  // Rows that failed before keep their own place.
  return record !== null && 'error' in record && record.source === undefined
    ? lineFault(line, record.error.message)
    : record;
}

/** The texts in the objects of JSON Lines. Throws `InputError` where the file as a whole cannot be used. */
export async function* readJsonLines(
  path: string,
  file: FileHead & { readonly encoding: string },
  options: TextSourceOptions,
): AsyncGenerator<RecordBatch> {
  const reader = new JsonReader(options, sampleObjects(decodeHead(file, file.encoding)));
  const splitter = new LineSplitter('\n');
  for await (const { text, isLast } of textPieces(path, file.encoding)) {
    const batch: (TextRecord | RecordFault)[] = [];
    for (const line of splitter.push(text, isLast)) {
      if (line.text !== null && line.text.trim() === '') continue;
      const record = readLine(reader, line);
      if (record !== null) batch.push(record);
    }
    if (batch.length > 0) yield batch;
  }
}

/** The texts in the objects of an array. Throws `InputError` where the JSON cannot be used. */
export function* readJsonArray(source: string, options: TextSourceOptions): Generator<RecordBatch> {
  const values = parseJsonArray(source);
  const reader = new JsonReader(options, values.slice(0, 200).filter(isJsonObject));
  for (let from = 0; from < values.length; from += RECORDS_PER_BATCH) {
    const batch: (TextRecord | RecordFault)[] = [];
    for (const [at, value] of values.slice(from, from + RECORDS_PER_BATCH).entries()) {
      const record = isJsonObject(value) ? reader.read(value) : null;
      if (record !== null) batch.push(record);
      if (isJsonObject(value)) continue;
      reader.skip();
      const message = `element ${from + at + 1} of the array is no object; the texts must be in objects`;
      batch.push({ error: { code: 'MALFORMED_LINE', message, isRetryable: false } });
    }
    yield batch;
  }
}
