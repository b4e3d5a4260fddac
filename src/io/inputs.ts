/** Turns what stands on the command line (files, directories, patterns, lists, standard input) into a list of files. */
import { createHash } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';
import { isAbsolute, resolve as resolvePath, sep } from 'node:path';
import { type ItemError, UsageError } from '../model.js';
import { compareCodePoints } from './code-points.js';
import { findMatches } from './glob.js';
import { InputError, toInputError } from './input-error.js';
import { readNameList, splitNameList } from './name-list.js';
import { Spool } from './spool.js';
import {
  isNearlyStored,
  isNewer,
  isStoredName,
  misspeltStoredName,
  notOnThisMachine,
  parseStoredName,
  refuseListing,
  type StoredObject,
} from './stored-objects.js';
import { decodeName, type Found, invalidName, walk } from './walk.js';

/** What the user asks for. */
export interface InputRequest {
  /** Paths, directories, glob patterns, or `-` for standard input. */
  readonly patterns: readonly string[];
  /** Take the files in directories too. */
  readonly recursive: boolean;
  /** A file with one path a line, or `-` to read that list from standard input. */
  readonly filesFrom: string | null;
  /** The paths in the list end in NUL instead of a line end. */
  readonly nullSeparated: boolean;
  /** Take part `index` (from 0) of `count` parts. */
  readonly shard: { readonly index: number; readonly count: number } | null;
  /** Endings, in lower case with their dot, of the files to take from directories. */
  readonly extensions: readonly string[];
}

export interface InputContext {
  readonly cwd: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Where standard input is kept while it is needed. */
  readonly tempDir: string;
}

/**
 * One input, or why there is none in its place. `index` is its place in the whole list, of which a shard has only some;
 * `source` is the path as the user sees it, `path` the absolute one. An object of Cloud Storage cannot be opened here,
 * which is its error; whoever can have it read where it is takes `object` instead.
 */
export type InputEntry =
  | { readonly index: number; readonly source: string; readonly path: string }
  | { readonly index: number; readonly source: string; readonly error: ItemError; readonly object?: StoredObject };

/** The inputs in their order: by `source`, code point by code point. */
export interface InputList {
  readonly entries: readonly InputEntry[];
  /** Inputs of all shards. */
  readonly total: number;
  /** Hash of the sources of all shards: equal for the parts of one run. */
  readonly listing: string;
  /** Patterns and directories that gave nothing. */
  readonly unmatched: readonly string[];
  /** Files in directories that have another ending than those asked for. */
  readonly others: number;
  /** Removes temporary files; the entries cannot be read any more. */
  dispose(): Promise<void>;
}

const GLOB_SIGNS = /[*?[\]{}!()]/;

interface Expansion {
  readonly request: InputRequest;
  readonly context: InputContext;
  readonly spool: Spool;
  /** By absolute path, so that what is named twice is read once; the first name wins. */
  readonly found: Map<string, Found & { readonly path: string; readonly object?: StoredObject }>;
  readonly unmatched: string[];
  others: number;
}

function toSource(path: string): string {
  return sep === '\\' ? path.replaceAll('\\', '/') : path;
}

function add(expansion: Expansion, source: string, error: InputError | null, path?: string): void {
  const key = path ?? resolvePath(expansion.context.cwd, source);
  if (!expansion.found.has(key)) expansion.found.set(key, { source, error, path: key });
}

/** Adds an object of Cloud Storage; of several generations of it the newest, which is the one that can be read. */
function addStored({ found }: Expansion, name: string): void {
  const object = parseStoredName(name);
  if (object instanceof InputError) {
    found.set(name, { source: name, error: object, path: name });
    return;
  }
  const { uri } = object;
  const known = found.get(uri)?.object;
  if (!known || isNewer(object, known))
    found.set(uri, { source: uri, error: notOnThisMachine(uri), path: uri, object });
}

/** Adds what cannot be opened by its name; `nth` tells those apart that are shown alike. */
function addNameless(expansion: Expansion, source: string, nth = 0): void {
  // No path has a NUL, so that this is not taken for a file that has the name as it is shown.
  add(expansion, source, invalidName(), `${resolvePath(expansion.context.cwd, source)}\0${nth}`);
}

async function addDirectory(expansion: Expansion, source: string): Promise<void> {
  const { request, context } = expansion;
  const directory = source.length > 1 ? source.replace(/\/+$/, '') || '/' : source;
  if (!request.recursive) {
    add(expansion, directory, toInputError(Object.assign(new Error(), { code: 'EISDIR' })) as InputError);
    return;
  }
  let isEmpty = true;
  const walked = walk(directory, {
    extensions: request.extensions,
    resolve: (path) => resolvePath(context.cwd, path),
    onOther: () => {
      expansion.others += 1;
    },
  });
  for await (const found of walked) {
    isEmpty = false;
    if (found.error?.code === 'INVALID_FILE_NAME') addNameless(expansion, found.source);
    else add(expansion, found.source, found.error);
  }
  if (isEmpty) expansion.unmatched.push(source);
}

async function addPipe(expansion: Expansion, source: string, stream: AsyncIterable<Uint8Array>): Promise<void> {
  const seen = [...expansion.found.values()].some((found) => found.source === source);
  if (!seen)
    add(expansion, source, null, await expansion.spool.add(stream, source === '-' ? 'standard input' : source));
}

async function addExisting(expansion: Expansion, source: string, stats: Stats): Promise<void> {
  if (stats.isDirectory()) return addDirectory(expansion, source);
  if (stats.isFile()) return add(expansion, source, null);
  const path = resolvePath(expansion.context.cwd, source);
  if (stats.isFIFO()) return addPipe(expansion, source, createReadStream(path));
  add(
    expansion,
    source,
    new InputError('NOT_READABLE', 'this is a device or socket, not a file; give its content on standard input'),
  );
}

/** Adds a path that is meant literally. */
async function addPath(expansion: Expansion, source: string): Promise<void> {
  try {
    await addExisting(expansion, source, await stat(resolvePath(expansion.context.cwd, source)));
  } catch (error) {
    const known = toInputError(error);
    if (!(known instanceof InputError)) throw error;
    const isBroken = known.code === 'FILE_NOT_FOUND' && source.includes('\uFFFD');
    add(
      expansion,
      source,
      isBroken ? invalidName() : await withHint(known, source, resolvePath(expansion.context.cwd, source)),
    );
  }
}

/** Of a link that leads nowhere it is told that the link is there, of a name for Cloud Storage how those are written. */
async function withHint(error: InputError, source: string, path: string): Promise<InputError> {
  if (error.code === 'FILE_NOT_FOUND' && isNearlyStored(source)) return misspeltStoredName(error);
  const facts = error.code === 'FILE_NOT_FOUND' ? await lstat(path).catch(() => null) : null;
  if (facts?.isSymbolicLink() !== true) return error;
  return new InputError('FILE_NOT_FOUND', 'the symbolic link leads to nothing; check where it points', {
    cause: error,
  });
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

/** Adds the files that match a pattern, named the way the pattern is written. */
async function addGlob(expansion: Expansion, pattern: string): Promise<void> {
  const { cwd } = expansion.context;
  const matches = await findMatches(pattern, cwd);
  const prefix = !isAbsolute(pattern) && pattern.startsWith('./') ? './' : '';
  let nameless = 0;
  for (const match of [...matches].sort(compareCodePoints)) {
    const source = `${prefix}${toSource(match)}`;
    const isBroken = source.includes('\uFFFD') && !(await exists(resolvePath(cwd, source)));
    if (isBroken) addNameless(expansion, source, nameless++);
    else add(expansion, source, null);
  }
  if (matches.length === 0) expansion.unmatched.push(pattern);
}

async function addPattern(expansion: Expansion, pattern: string): Promise<void> {
  if (pattern === '') throw new UsageError('an input path is empty; is a variable unset?');
  if (pattern === '-') return addPipe(expansion, '-', expansion.context.stdin);
  if (isStoredName(pattern)) {
    refuseListing(pattern);
    return addStored(expansion, pattern);
  }
  const source = toSource(pattern);
  const isPattern = GLOB_SIGNS.test(source) && !(await exists(resolvePath(expansion.context.cwd, source)));
  return isPattern ? addGlob(expansion, source) : addPath(expansion, source);
}

async function addList(expansion: Expansion, filesFrom: string): Promise<void> {
  const names = splitNameList(await readNameList(filesFrom, expansion.context), expansion.request.nullSeparated);
  for (const name of names) {
    const { text, isValid } = decodeName(name);
    if (isValid && isStoredName(text)) addStored(expansion, text);
    else if (isValid) await addPath(expansion, toSource(text));
    else addNameless(expansion, text);
  }
  if (names.length === 0) expansion.unmatched.push(filesFrom);
}

/** The shard (from 0) that an input belongs to: it depends on its name alone, so that every machine agrees. */
export function shardOf(source: string, count: number): number {
  return createHash('sha256').update(source).digest().readUIntBE(0, 6) % count;
}

function toEntries({ found, request }: Expansion): Pick<InputList, 'entries' | 'total' | 'listing'> {
  const sorted = [...found.values()].sort(
    (a, b) => compareCodePoints(a.source, b.source) || Number(a.error !== null) - Number(b.error !== null),
  );
  const entries: InputEntry[] = [];
  const listing = createHash('sha256');
  for (const [index, { source, error, path, object }] of sorted.entries()) {
    listing.update(`${source}\0`);
    if (request.shard !== null && shardOf(source, request.shard.count) !== request.shard.index) continue;
    if (error === null) entries.push({ index, source, path });
    else entries.push({ index, source, error: error.toItemError(), ...(object && { object }) });
  }
  return { entries, total: sorted.length, listing: listing.digest('hex') };
}

/**
 * Lists the inputs. A path that exists is taken as it is, whatever signs are in it; otherwise a pattern is expanded
 * here, so that it works the same in every shell. Whatever cannot be read is an entry with an error. Throws
 * {@link UsageError} where the request itself is wrong.
 */
export async function listInputs(request: InputRequest, context: InputContext): Promise<InputList> {
  if (request.filesFrom === '-' && request.patterns.includes('-')) {
    throw new UsageError('standard input cannot be both the list of files and one of them');
  }
  const spool = new Spool(context.tempDir);
  const expansion: Expansion = { request, context, spool, found: new Map(), unmatched: [], others: 0 };
  try {
    for (const pattern of request.patterns) await addPattern(expansion, pattern);
    if (request.filesFrom !== null) await addList(expansion, request.filesFrom);
  } catch (error) {
    await spool.dispose();
    throw error;
  }
  return {
    ...toEntries(expansion),
    unmatched: expansion.unmatched,
    others: expansion.others,
    dispose: () => spool.dispose(),
  };
}
