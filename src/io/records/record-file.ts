/** Records of tables, JSON and Parquet, by the names of their columns. */
import type { ItemError } from '../../model.js';

/** A cell as the file has it; dates of Parquet are ISO text. Undefined where the record lacks the column. */
export type FieldValue = string | number | boolean | null | undefined;

export interface FieldRecord {
  /** Line of the file, or number of the row, from 1. */
  readonly line: number;
  /** One for each column asked for, in that order. */
  readonly values: readonly FieldValue[];
}

/** A record that could not be read. */
export interface RecordError {
  readonly line: number;
  readonly error: ItemError;
}

export type FieldBatch = readonly (FieldRecord | RecordError)[];

export interface RecordFile {
  /** The columns, in the order of the file. */
  readonly names: readonly string[];
  /** The sign between the cells of a table; null for other files. */
  readonly delimiter: string | null;
  /** Reads the file from its start; columns are of `names`. */
  read(columns: readonly string[]): AsyncIterable<FieldBatch>;
}
