/** What a command adds to the run that all extracting commands share. */
import type { Engine, EngineSettings, FailedInput, Item } from '../model.js';
import type { Settled } from '../pipeline/settled.js';
import type { AnyRow, RowSchema } from '../rows/define.js';
import type { EstimateRow } from '../rows/estimate.js';
import type { extractionFlags } from './common-flags.js';
import type { FlagValues } from './flags.js';
import type { Log } from './log.js';
import type { InputCounts } from './summary.js';

export type ExtractionFlags = FlagValues<typeof extractionFlags>;

/** What a command adds to the common run. */
export interface Extraction<P, V> {
  readonly command: string;
  readonly flags: ExtractionFlags;
  /** What one item, or a part of one, is called. */
  readonly unit: 'page' | 'text' | 'piece';
  /** Items admitted beyond the first one that is missing, for so many calls in flight; absent where items are small. */
  window?(concurrency: number): number;
  /** The inputs as typed, for the estimate. */
  readonly inputNames: readonly string[];
  readonly schemas: readonly RowSchema[];
  /** Inputs listed, those of other shards included. */
  readonly inputCount: number;
  /** Of those, the ones of this shard; absent: all. */
  readonly ownInputCount?: number;
  /** Files in directories that were passed over for their endings. */
  readonly others: number;
  /** What the answers depend on, besides content and engine. */
  readonly answerOptions: unknown;
  /** Date of the price list, or null where nothing is billed. */
  readonly pricesAsOf: string | null;
  loadEngine(settings: EngineSettings): Promise<Engine<P, V>>;
  inputs(engine: Engine<P, V>, log: Log): AsyncIterable<Item<P> | FailedInput>;
  rowsOf(settled: Settled<P, V>): readonly AnyRow[] | Promise<readonly AnyRow[]>;
  /** Parts (pages) of a settled input that were read and that failed. */
  count(settled: Settled<P, V>): { readonly ok: number; readonly failed: number };
  /** False for an answer that a later run may better. */
  isFinal(value: V): boolean;
  /** A run that ends early can be gone on with; absent: it can. False where answers are good for one run alone. */
  readonly isResumable?: boolean;
  /** Rows that end the output of a finished run (shards). */
  closingRows(rowsWritten: number): readonly AnyRow[];
  /** Opens the files made beside the rows, where any are wanted. */
  openFiles?(log: Log): Promise<SettledFiles<P, V> | null>;
  /** Inputs that were read as a whole, and the others, with what one is called; absent where an item is an input. */
  inputCounts?(): InputCounts;
  /** What is known of the size of the inputs that were read, for the estimate and the summary. */
  measures?(): Measures;
  /** What the run found in all, in lines told before its summary. */
  tallies?(): readonly string[];
  /** How far the run is, in the command's own measure: shown in the place of the number of its units. */
  advance?(): string;
  /** How long the run will go on, in words; null where nobody can tell. */
  left?(): string | null;
  /** Inputs of which rows were written, but not all. */
  unfinished?(): number;
  /** What the run found in all, for `--summary FILE`; asked for once, at the end. */
  findings?(): Readonly<Record<string, unknown>>;
  /** The same as lines to read. */
  findingLines?(columns: number): readonly string[];
  /** What the user should know of a run that was not stopped, told at its end; `settled`: items and failed inputs. */
  remarks?(settled: number): readonly string[];
  /** Releases what the inputs hold. */
  close(): Promise<void>;
}

/** Sizes of the inputs of a run, as columns of the estimate and as words. */
export interface Measures {
  readonly figures: Partial<Pick<EstimateRow, 'speechSeconds' | 'recordingSeconds'>>;
  readonly text: string;
}

/** Files made beside the rows: told of each input, in order, before its rows are written. */
export interface SettledFiles<P, V> {
  add(settled: Settled<P, V>): Promise<void>;
  /** Nothing more comes; the run is whole where it did not end early. */
  close(isWhole: boolean): Promise<void>;
}
