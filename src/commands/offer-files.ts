/** The files that `uxd offers` writes beside its rows: discarded prices and annotated pages. */
import { dirname, join } from 'node:path';
import { DocumentNames } from '../io/document-names.js';
import { removeLeftovers } from '../io/leftovers.js';
import { openSink } from '../io/sinks/open-sink.js';
import { makeDirectory, writeWhole } from '../io/whole-file.js';
import type { Sink } from '../model.js';
import type { AnyRow } from '../rows/define.js';
import { type DiscardRow, discardSchema } from '../rows/offer.js';

/** The file of `--discards`; does nothing without one. */
export class DiscardFile {
  readonly #path: string | null;
  #sink: Sink<AnyRow> | null = null;

  /** @param path absolute, or null for none. */
  constructor(path: string | null) {
    this.#path = path;
  }

  /** Throws `UsageError` where there can be no such file. */
  async open(): Promise<void> {
    if (this.#path === null) return;
    const target = { path: this.#path };
    this.#sink = await openSink({ format: null, target, schemas: [discardSchema], bom: false });
  }

  async write(rows: readonly DiscardRow[]): Promise<void> {
    for (const row of this.#sink === null ? [] : rows) await this.#sink?.write(row);
  }

  async close(isWhole: boolean): Promise<void> {
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
    // In the directory of the input itself, the plain name may be that of an input.
    const ending = dirname(page.path) === this.#directory ? '.offers.png' : '.png';
    await writeWhole(join(this.#directory, `${name}${number}${ending}`), png);
  }
}
