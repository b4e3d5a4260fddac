/** Opens a file of sound, whatever its kind, as a stream of blocks. */
import { createReadStream } from 'node:fs';
import { InputError } from '../input-error.js';
import { readAdts } from './aac.js';
import { readAiff, readAu } from './aiff.js';
import { type AudioHead, readAudioHead } from './audio-head.js';
import { type AudioKind, describeNoAudio, sniffAudio } from './audio-kind.js';
import { ByteReader } from './byte-reader.js';
import { readContainer } from './containers.js';
import { type FfmpegContext, ffmpegVersion, readThroughFfmpeg } from './ffmpeg.js';
import { readFlac } from './flac.js';
import { readMp3 } from './mp3.js';
import { readOgg } from './ogg.js';
import { readPcm } from './pcm.js';
import type { RawFormat } from './raw.js';
import { type SoundStream, toldWithRest, unsupportedAudio } from './sound.js';
import { readWav } from './wav.js';

export interface DecodeOptions extends FfmpegContext {
  /** Format of files that begin with no header that is known; null refuses them. */
  readonly raw: RawFormat | null;
  /** Told what the user should know of the file. */
  remark?(message: string): void;
  /** Given, where the file is read from its beginning to its end, what tells how many bytes of it have been read. */
  opened?(bytesRead: () => number): void;
}

const CHUNK_BYTES = 1 << 18;

/** Throws {@link InputError}, or errors of files; the sound before it is sound. */
export async function* decodeFile(path: string, options: DecodeOptions): SoundStream {
  const place = await readAudioHead(path, options.raw === null);
  // A recorder that was stopped at once leaves such files: nothing is said in them.
  if (place.fileBytes === 0) return;
  const kind = kindOf(place, options.raw);
  if (kind !== null && options.raw !== null)
    options.remark?.(`it has a header (${kind}), which is heeded instead of --raw`);
  let blocks = 0;
  try {
    for await (const block of decodeKind(path, kind, place, options)) {
      blocks += 1;
      yield block;
    }
  } catch (error) {
    // a decoder in WebAssembly that trips over damaged bytes
    if (error instanceof Error && error.name === 'RuntimeError')
      throw toldWithRest(new InputError('CORRUPT_AUDIO', 'the sound is damaged', { cause: error }), blocks > 0);
    if (!(error instanceof InputError)) throw error;
    const mayHelp = error.code === 'UNSUPPORTED_AUDIO' && blocks === 0;
    if (!mayHelp || (await ffmpegVersion(options)) === null) throw toldWithRest(error, blocks > 0);
    yield* readThroughFfmpeg(path, options);
  }
}

/** Null for sound without a header, where its format was told. Throws {@link InputError} for what is no sound. */
function kindOf({ head, isTagged }: AudioHead, raw: RawFormat | null): AudioKind | null {
  // Only sound has such a tag: behind it, frames need no mark of their own.
  const kind = sniffAudio(head, { hasHeader: raw !== null && !isTagged });
  if (kind !== null || isTagged) return kind ?? 'mp3';
  if (raw === null) throw new InputError('NOT_AUDIO', describeNoAudio(head));
  return null;
}

async function* decodeKind(
  path: string,
  kind: AudioKind | null,
  place: AudioHead,
  { raw, remark, opened }: DecodeOptions,
): SoundStream {
  const { start } = place;
  const fileBytes = place.fileBytes - start;
  if (kind === 'other') throw unsupportedAudio('this kind of file');
  if (kind === 'mp4' || kind === 'matroska') return yield* readContainer(path, start, remark);
  const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES, start });
  opened?.(() => start + stream.bytesRead);
  try {
    const reader = new ByteReader(stream);
    if (kind === null) yield* readPcm(reader, raw as RawFormat, null);
    else if (kind === 'wav') yield* readWav(reader, fileBytes);
    else if (kind === 'aiff') yield* readAiff(reader, fileBytes);
    else if (kind === 'au') yield* readAu(reader, fileBytes);
    else if (kind === 'flac') yield* readFlac(reader);
    else if (kind === 'mp3') yield* readMp3(reader);
    else if (kind === 'adts') yield* readAdts(reader);
    else yield* readOgg(reader);
  } finally {
    stream.destroy();
  }
}
