/** Names for the files that are made of an input, such as `a.hocr` of `scans/a.png`. */
import { createHash } from 'node:crypto';

const MAX_NAME_BYTES = 180;
/** What some file system does not take, and what would hide the file or lead elsewhere. */
const UNSAFE = /[\p{Cc}\p{Surrogate}<>:"/\\|?*]|^\.+/gu;

function stemOf(source: string): string {
  if (source === '-') return 'stdin';
  const name = source.slice(source.lastIndexOf('/') + 1).replace(/(?<=.)\.[^.]*$/u, '');
  let stem = name.replace(UNSAFE, '_');
  while (Buffer.byteLength(stem) > MAX_NAME_BYTES) stem = [...stem].slice(0, -1).join('');
  return stem === '' ? '_' : stem;
}

/** Gives every input of a run a name of its own. */
export class DocumentNames {
  readonly #taken = new Set<string>();
  readonly #isSharded: boolean;

  /** @param isSharded other machines write to the same place: names must be unlike theirs too. */
  constructor(isSharded: boolean) {
    this.#isSharded = isSharded;
  }

  /**
   * The name, without ending, for the files made of an input: that of the input itself, and where an earlier input has
   * taken it (also in other letter case), or another machine may, with a part of the hash of the whole path.
   */
  nameOf(source: string): string {
    const stem = stemOf(source);
    const key = stem.toLowerCase();
    const isFree = !this.#isSharded && !this.#taken.has(key);
    const name = isFree ? stem : `${stem}~${createHash('sha256').update(source).digest('hex').slice(0, 10)}`;
    this.#taken.add(name.toLowerCase());
    return name;
  }
}
