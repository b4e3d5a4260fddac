/** The two graphs of a decoder, taken apart once and kept beside the model, so that workers load them in less memory. */
import { randomUUID } from 'node:crypto';
import { access, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { takeDecoderApart } from './decoder-graph.js';

/** Changes with every change of how the graphs are made. */
const REVISION = 1;

/** Each a file, or bytes where no file could be written. */
export interface DecoderFiles {
  readonly keys: string | Uint8Array;
  readonly next: string | Uint8Array;
}

/**
 * The graphs of the decoder in `folder`.
 *
 * @param keeps whether they may be written there: uxd adds nothing to folders of the user's own
 */
export async function decoderFiles(folder: string, keeps: boolean): Promise<DecoderFiles> {
  const source = join(folder, 'decoder_model_merged.onnx');
  const { size, mtimeMs } = await stat(source);
  const name = (part: string): string =>
    join(folder, `decoder_${part}.${REVISION}-${size}-${Math.floor(mtimeMs)}.onnx`);
  const kept = { keys: name('keys'), next: name('next') };
  if (keeps && (await areThere(Object.values(kept)))) return kept;
  const { keys, next } = takeDecoderApart(await readFile(source));
  if (!keeps) return { keys, next };
  try {
    await writeWhole(kept.keys, keys);
    await writeWhole(kept.next, next);
    return kept;
  } catch {
    // The directory may be read-only or the disk full: it works without.
    return { keys, next };
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
