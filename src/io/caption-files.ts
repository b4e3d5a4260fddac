/** The files that are made beside the rows of recordings: captions and plain text. */
import { join } from 'node:path';
import { type CaptionSegment, toPlainText, toSrt, toVtt } from './captions.js';
import { DocumentNames } from './document-names.js';
import { removeLeftovers } from './leftovers.js';
import { makeDirectory, writeWhole } from './whole-file.js';

export interface CaptionFilesOptions {
  /** Absolute paths of the directories, or null for none of the kind. */
  readonly srtDirectory: string | null;
  readonly vttDirectory: string | null;
  readonly txtDirectory: string | null;
  /** Parts of the run are written by other machines. */
  readonly isSharded: boolean;
}

interface Kind {
  readonly directory: string;
  readonly ending: string;
  make(segments: readonly CaptionSegment[]): string;
}

/** Writes the captions of each recording, under a name of its own. */
export class CaptionFiles {
  readonly #kinds: readonly Kind[];
  readonly #names: DocumentNames;

  private constructor(kinds: readonly Kind[], isSharded: boolean) {
    this.#kinds = kinds;
    this.#names = new DocumentNames(isSharded);
  }

  /** Makes the directories. Throws {@link UsageError} where that is not possible. */
  static async open(options: CaptionFilesOptions): Promise<CaptionFiles> {
    const { srtDirectory, vttDirectory, txtDirectory, isSharded } = options;
    const all = [
      { directory: srtDirectory, ending: '.srt', make: toSrt },
      { directory: vttDirectory, ending: '.vtt', make: toVtt },
      { directory: txtDirectory, ending: '.txt', make: toPlainText },
    ];
    const kinds = all.flatMap(({ directory, ...kind }) => (directory === null ? [] : [{ directory, ...kind }]));
    for (const { directory } of kinds) {
      await makeDirectory(directory);
      await removeLeftovers(directory, '.');
    }
    return new CaptionFiles(kinds, isSharded);
  }

  /** Throws {@link RunError} where there is no room for a file. */
  async write(source: string, segments: readonly CaptionSegment[]): Promise<void> {
    const name = this.#names.nameOf(source);
    for (const { directory, ending, make } of this.#kinds)
      await writeWhole(join(directory, name + ending), Buffer.from(make(segments)));
  }
}
