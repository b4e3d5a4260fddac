/** The graphs of a model as uxd runs them, made once and kept beside it, so that workers load them in less memory. */
import { randomUUID } from 'node:crypto';
import { access, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { derivedName } from '../../../models/derived.js';
import { takeDecoderApart } from './decoder-graph.js';
import { withFloatProducts } from './encoder-graph.js';

/** Changes with every change of how the graphs are made. */
const REVISION = 2;

/** A file, or bytes where no file could be written. */
export type GraphFile = string | Uint8Array;

/** Opens graphs that were made of a model. */
type Opener<Part extends string, T> = (files: Readonly<Record<Part, GraphFile>>) => Promise<T>;

/**
 * Opens the two graphs of the decoder in `folder`.
 *
 * @param keeps whether they may be written there: uxd adds nothing to folders of the user's own
 */
export function openDecoder<T>(folder: string, keeps: boolean, open: Opener<'keys' | 'next', T>): Promise<T> {
  const source = join(folder, 'decoder_model_merged.onnx');
  const names = { keys: 'decoder_keys', next: 'decoder_next' };
  return openKept(() => keptGraphs(source, names, keeps, takeDecoderApart), open);
}

/** Opens the encoder in `folder`; `keeps` as in {@link openDecoder}. */
export function openEncoder<T>(folder: string, keeps: boolean, open: Opener<'encoder', T>): Promise<T> {
  const source = join(folder, 'encoder_model.onnx');
  const make = (model: Uint8Array) => ({ encoder: withFloatProducts(model) ?? model });
  return openKept(() => keptGraphs(source, { encoder: 'encoder' }, keeps, make), open);
}

/** Kept graphs that cannot be opened are damaged: they are made again, once. */
async function openKept<Part extends string, T>(
  make: () => Promise<Readonly<Record<Part, GraphFile>>>,
  open: Opener<Part, T>,
): Promise<T> {
  const files = await make();
  const kept = Object.values<GraphFile>(files).filter((file) => typeof file === 'string');
  try {
    return await open(files);
  } catch (error) {
    if (kept.length === 0) throw error;
    await Promise.all(kept.map((path) => rm(path, { force: true })));
    return open(await make());
  }
}

/** Graphs made of the model `source`, in files of these names that change with it. */
async function keptGraphs<Part extends string>(
  source: string,
  names: Readonly<Record<Part, string>>,
  keeps: boolean,
  make: (model: Uint8Array) => Readonly<Record<Part, Uint8Array>>,
): Promise<Readonly<Record<Part, GraphFile>>> {
  const facts = await stat(source);
  const parts = Object.keys(names) as Part[];
  const pathOf = (part: Part): string => join(dirname(source), derivedName(names[part], REVISION, facts));
  const paths = Object.fromEntries(parts.map((part) => [part, pathOf(part)])) as Record<Part, string>;
  if (keeps && (await areThere(Object.values(paths)))) return paths;
  const made = make(await readFile(source));
  if (!keeps) return made;
  try {
    for (const part of parts) await writeWhole(paths[part], made[part]);
    return paths;
  } catch {
    // The directory may be read-only or the disk full: it works without.
    return made;
  }
}

async function areThere(paths: readonly string[]): Promise<boolean> {
  const found = await Promise.allSettled(paths.map((path) => access(path)));
  return found.every(({ status }) => status === 'fulfilled');
}

/** Other workers may write the same at the same time: the name is given to whole files only. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  try {
    await writeFile(temporary, bytes, { mode: 0o600 });
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}
