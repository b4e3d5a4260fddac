/** Rows as JSON Lines: UTF-8, a line feed after every row, keys in the order of the schema. */
import type { Sink } from '../../model.js';
import { type AnyRow, orderRow, type RowSchema } from '../../rows/define.js';
import type { ByteOutput } from './byte-output.js';
import { schemaFinder } from './schema-finder.js';

const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Half a character has no place in UTF-8; many readers refuse the whole line for it. */
function replaceLoneSurrogates(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(LONE_SURROGATE, '\uFFFD') : value;
}

/** One row as a line with its line feed. */
export function toJsonLine(schema: RowSchema, row: AnyRow): string {
  const ordered = orderRow(schema, row);
  const line = JSON.stringify(ordered);
  // JSON.stringify escapes half characters, and hardly any text has this sequence otherwise.
  return `${line.includes('\\ud') ? JSON.stringify(ordered, replaceLoneSurrogates) : line}\n`;
}

/** A sink that writes each row at once, so that a reader can follow. */
export function openJsonlSink(output: ByteOutput, schemas: readonly RowSchema[]): Sink<AnyRow> {
  const schemaOf = schemaFinder(schemas);
  return {
    write: (row) => output.write(Buffer.from(toJsonLine(schemaOf(row), row))),
    close: (isWhole) => output.close(isWhole),
    abort: () => output.abort(),
  };
}
