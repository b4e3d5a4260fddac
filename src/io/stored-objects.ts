/** Names of objects in Cloud Storage, as inputs. Nothing is listed or fetched. */
import { UsageError } from '../model.js';
import { InputError } from './input-error.js';

/** An object that an engine may be able to read where it is. */
export interface StoredObject {
  /** `gs://BUCKET/OBJECT`. */
  readonly uri: string;
  /** Which content of that name is meant, or null where the name does not say. */
  readonly generation: string | null;
}

const SCHEME = 'gs://';
/** What `gcloud storage` expands; other signs are part of a name. */
const WILDCARDS = /[*?[\]]/;
/** As `gcloud storage ls --all-versions` writes it: microseconds since 1970. */
const GENERATION = /#(\d{16,19})$/;

export function isStoredName(name: string): boolean {
  return name.startsWith(SCHEME);
}

/** Whether a name that is no file may have been meant for an object, such as `gs:/bucket/a.wav` or `GS://...`. */
export function isNearlyStored(name: string): boolean {
  return /^gs:/i.test(name) && !isStoredName(name);
}

export function misspeltStoredName(cause: unknown): InputError {
  const message = 'there is no such file; names of objects in Cloud Storage are written gs://BUCKET/OBJECT';
  return new InputError('FILE_NOT_FOUND', message, { cause });
}

function listingAdvice(pattern: string): string {
  const list = `gcloud storage ls '${pattern}'`;
  return `name the objects one by one, or list them: ${list} | uxd transcribe --files-from - --provider google`;
}

/** @throws UsageError for what stands for several objects: a pattern, a folder, a bucket */
export function refuseListing(name: string): void {
  if (WILDCARDS.test(name)) throw new UsageError(`uxd does not list Cloud Storage (${name}); ${listingAdvice(name)}`);
  if (/^gs:\/\/[^/]*$/.test(name) || name.endsWith('/')) {
    const pattern = `${name.replace(/\/+$/, '')}/**`;
    throw new UsageError(`${name} is not an object but what holds some; ${listingAdvice(pattern)}`);
  }
}

/** The object that is named; an {@link InputError} for a folder, or the heading of one in a listing. */
export function parseStoredName(name: string): StoredObject | InputError {
  if (!/^gs:\/\/[^/]+\/.*[^/]$/s.test(name) || name.endsWith('/:')) {
    const pattern = `${name.replace(/\/*:?$/, '')}/**`;
    return new InputError('IS_A_DIRECTORY', `this is no object of Cloud Storage; ${listingAdvice(pattern)}`);
  }
  const generation = GENERATION.exec(name)?.[1] ?? null;
  return { uri: generation === null ? name : name.replace(GENERATION, ''), generation };
}

/** What an input in Cloud Storage is to whoever reads files. */
export function notOnThisMachine(uri: string): InputError {
  return new InputError(
    'IN_CLOUD_STORAGE',
    'objects of Cloud Storage are read where they are by `uxd transcribe --provider google` alone; ' +
      `fetch it first: gcloud storage cp '${uri}' .`,
  );
}

/** Whether `a` is the later content of a name; a generation that is told beats none. */
export function isNewer(a: StoredObject, b: StoredObject): boolean {
  return BigInt(a.generation ?? 0) > BigInt(b.generation ?? 0);
}
