/** The graphs of a model as uxd runs them, made once and kept beside it, so that workers load them in less memory. */
import { randomUUID } from 'node:crypto';
import { access, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { takeDecoderApart } from './decoder-graph.js';
import { withFloatProducts } from './encoder-graph.js';

/** Changes with every change of how the graphs are made. */
const REVISION = 1;

/** A file, or bytes where no file could be written. */
export type GraphFile = string | Uint8Array;

/**
 * The two graphs of the decoder in `folder`.
 *
 * @param keeps whether they may be written there: uxd adds nothing to folders of the user's own
 */
export function decoderFiles(folder: string, keeps: boolean): Promise<Readonly<Record<'keys' | 'next', GraphFile>>> {
  const source = join(folder, 'decoder_model_merged.onnx');
  return keptGraphs(source, { keys: 'decoder_keys', next: 'decoder_next' }, keeps, takeDecoderApart);
}

/** The encoder in `folder`; `keeps` as in {@link decoderFiles}. */
export async function encoderFile(folder: string, keeps: boolean): Promise<GraphFile> {
  const source = join(folder, 'encoder_model.onnx');
  const make = (model: Uint8Array) => ({ encoder: withFloatProducts(model) ?? model });
  return (await keptGraphs(source, { encoder: 'encoder' }, keeps, make)).encoder;
}

/** Graphs made of the model `source`, in files of these names that change with it. */
async function keptGraphs<Part extends string>(
  source: string,
  names: Readonly<Record<Part, string>>,
  keeps: boolean,
  make: (model: Uint8Array) => Readonly<Record<Part, Uint8Array>>,
): Promise<Readonly<Record<Part, GraphFile>>> {
  const { size, mtimeMs } = await stat(source);
  const parts = Object.keys(names) as Part[];
  const pathOf = (part: Part): string =>
    join(dirname(source), `${names[part]}.${REVISION}-${size}-${Math.floor(mtimeMs)}.onnx`);
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
