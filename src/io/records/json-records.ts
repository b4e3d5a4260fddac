/** Records of JSON Lines and of arrays of JSON. */
import { parseLine, sampleObjects } from '../texts/json-lines.js';
import { isJsonObject, type JsonObject, keysOf, valueAt } from '../texts/json-records.js';
import { decodeHead, LineSplitter, type TextLine, textPieces } from '../texts/pieces.js';
import { lineFault } from '../texts/text-record.js';
import type { EncodedFile } from '../texts/whole-file.js';
import type { FieldBatch, FieldRecord, FieldValue, RecordError, RecordFile } from './record-file.js';

export function openJsonLines(file: EncodedFile): RecordFile {
  return {
    names: pathsOf(sampleObjects(decodeHead(file, file.encoding))),
    delimiter: null,
    read: (columns) => readLines(file, columns),
  };
}

async function* readLines({ path, encoding }: EncodedFile, columns: readonly string[]): AsyncGenerator<FieldBatch> {
  const splitter = new LineSplitter('\n');
  for await (const { text, isLast } of textPieces(path, encoding)) {
    const lines = splitter.push(text, isLast).filter((line) => line.text === null || line.text.trim() !== '');
    yield lines.map((line) => readLine(line, columns));
  }
}

function readLine({ line, text }: TextLine, columns: readonly string[]): FieldRecord | RecordError {
  const value = text === null ? 'the line is longer than 64 million characters' : parseLine(text);
  return typeof value === 'string' ? { line, error: lineFault(line, value).error } : toFields(value, line, columns);
}

/** @param values the elements of an array, counted as lines */
export function openJsonObjects(values: readonly unknown[]): RecordFile {
  async function* read(columns: readonly string[]): AsyncGenerator<FieldBatch> {
    yield values.map((value, at) => {
      if (isJsonObject(value)) return toFields(value, at + 1, columns);
      return { line: at + 1, error: lineFault(at + 1, 'the element of the array is no object').error };
    });
  }
  return { names: pathsOf(values.slice(0, 200).filter(isJsonObject)), delimiter: null, read };
}

/** The keys of objects, and those of the objects in them as paths: `shop`, `shop.name`. */
function pathsOf(objects: readonly JsonObject[]): string[] {
  return keysOf(objects).flatMap((key) => {
    const inner = objects.map((object) => object[key]).filter(isJsonObject);
    return [key, ...pathsOf(inner).map((path) => `${key}.${path}`)];
  });
}

function toFields(object: JsonObject, line: number, columns: readonly string[]): FieldRecord {
  return { line, values: columns.map((name) => toValue(valueAt(object, name))) };
}

function toValue(value: unknown): FieldValue {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as FieldValue);
}
