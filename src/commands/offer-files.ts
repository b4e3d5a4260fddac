/** The files that `uxd offers` writes beside its rows: discarded prices and annotated pages. */
import { join, relative, resolve, sep } from 'node:path';
import { DocumentNames } from '../io/document-names.js';
import type { InputEntry } from '../io/inputs.js';
import { removeLeftovers } from '../io/leftovers.js';
import { openSink } from '../io/sinks/open-sink.js';
import { makeDirectory, writeWhole } from '../io/whole-file.js';
import type { Sink } from '../model.js';
import type { AnyRow } from '../rows/define.js';
import { type DiscardRow, discardSchema } from '../rows/offer.js';
import type { OpenedInputs } from './inputs.js';

/** Ends the names of pictures that stand among the flyers. */
const PICTURE_ENDING = '.offers.png';

/** Whether a file or directory lies below a directory. */
function isWithin(file: string, directory: string): boolean {
  const way = relative(directory, file);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`);
}

/**
 * The inputs without the pictures of an earlier run: those that say so by their names, and those in the directory of
 * `--annotate` where it lies in one that is read.
 */
export function withoutPictures(
  entries: readonly InputEntry[],
  { args, annotate, cwd }: { readonly args: readonly string[]; readonly annotate: string | null; readonly cwd: string },
): readonly InputEntry[] {
  const directory = annotate === null ? null : resolve(cwd, annotate);
  const isAmongInputs = directory !== null && args.some((arg) => isWithin(directory, resolve(cwd, arg)));
  return entries.filter((entry) => {
    if ('error' in entry) return true;
    if (entry.path.endsWith(PICTURE_ENDING)) return false;
    return !(directory !== null && isAmongInputs && isWithin(entry.path, directory));
  });
}

/** The file of `--discards`; does nothing without one. */
export class DiscardFile {
  readonly #path: string | null;
  readonly #inputs: OpenedInputs;
  #sink: Sink<AnyRow> | null = null;
  #rows = 0;

  /**
   * @param path absolute, or null for none.
   * @param inputs of the run: a part of them ends with a row that says so.
   */
  constructor(path: string | null, inputs: OpenedInputs) {
    this.#path = path;
    this.#inputs = inputs;
  }

  /** Throws `UsageError` where there can be no such file. */
  async open(): Promise<void> {
    if (this.#path === null) return;
    const schemas = this.#inputs.schemasWithEnd([discardSchema]);
    this.#sink = await openSink({ format: null, target: { path: this.#path }, schemas, bom: false });
  }

  async write(rows: readonly DiscardRow[]): Promise<void> {
    if (this.#sink === null) return;
    for (const row of rows) await this.#sink.write(row);
    this.#rows += rows.length;
  }

  async close(isWhole: boolean): Promise<void> {
    if (isWhole) for (const row of this.#inputs.endOf(this.#rows, [discardSchema])) await this.#sink?.write(row);
    await this.#sink?.close(isWhole);
    this.#sink = null;
  }

  /** Leaves nothing behind of a run that failed. */
  async abort(): Promise<void> {
    await this.#sink?.abort();
    this.#sink = null;
  }
}

/** A page as it is named in a directory of pictures. */
interface NamedPage {
  readonly source: string;
  readonly path: string;
  readonly page: number;
  /** Files of its kind have several pages. */
  readonly isOfMany: boolean;
}

/** The directory of `--annotate`. */
export class AnnotatedPages {
  readonly #directory: string;
  readonly #names: DocumentNames;
  readonly #nameOf = new Map<string, string>();

  private constructor(directory: string, isSharded: boolean) {
    this.#directory = directory;
    this.#names = new DocumentNames(isSharded);
  }

  /** Throws `UsageError` where the directory cannot be made. */
  static async open(directory: string, isSharded: boolean): Promise<AnnotatedPages> {
    await makeDirectory(directory);
    await removeLeftovers(directory, '.');
    return new AnnotatedPages(directory, isSharded);
  }

  /** Throws `RunError` where there is no room. */
  async write(page: NamedPage, png: Uint8Array): Promise<void> {
    const name = this.#nameOf.get(page.source) ?? this.#names.nameOf(page.source);
    this.#nameOf.set(page.source, name);
    const number = page.isOfMany ? `-p${page.page}` : '';
    // Where the inputs are, the plain name may be that of one.
    const ending = isWithin(page.path, this.#directory) ? PICTURE_ENDING : '.png';
    await writeWhole(join(this.#directory, `${name}${number}${ending}`), png);
  }
}
