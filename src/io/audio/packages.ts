/**
 * Decoders that come as packages. Some are optional dependencies under the LGPL (`mpg123-decoder`, the Ogg Vorbis
 * decoder by its `codec-parser`, `aac`): used unchanged, loaded when first needed, and ffmpeg stands in for them where
 * they are not installed.
 */
import { unsupportedAudio } from './sound.js';

/** Sound of one call of a decoder in WebAssembly; channels without samples where nothing was complete. */
export interface WasmSound {
  readonly channelData: readonly Float32Array[];
  readonly samplesDecoded: number;
  readonly sampleRate: number;
  readonly errors: readonly { readonly message: string }[];
}

/** Throws {@link InputError} where the package is not installed. */
export async function loadOptional<M>(load: () => Promise<M>, what: string): Promise<M> {
  try {
    return await load();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') throw unsupportedAudio(what);
    throw error;
  }
}

/** Copies of the channels without their first `skipped` and beyond `most` samples: the decoder may use its own again. */
export function cutChannels(channels: readonly Float32Array[], skipped: number, most: number): Float32Array[] {
  return channels.map((samples) => samples.slice(skipped, skipped + Math.max(0, most)));
}
