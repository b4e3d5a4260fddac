/** Opens a file of sound, whatever its kind, as a stream of blocks. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { InputError } from '../input-error.js';
import { readAdts } from './aac.js';
import { readAiff, readAu } from './aiff.js';
import { AUDIO_HEAD_BYTES, type AudioKind, describeNoAudio, sniffAudio } from './audio-kind.js';
import { ByteReader } from './byte-reader.js';
import { readContainer } from './containers.js';
import { type FfmpegContext, ffmpegVersion, readThroughFfmpeg } from './ffmpeg.js';
import { readFlac } from './flac.js';
import { readMp3 } from './mp3.js';
import { readOgg } from './ogg.js';
import { readPcm } from './pcm.js';
import type { RawFormat } from './raw.js';
import { type SoundStream, unsupportedAudio } from './sound.js';
import { readWav } from './wav.js';

export interface DecodeOptions extends FfmpegContext {
  /** Format of files that begin with no header that is known; null refuses them. */
  readonly raw: RawFormat | null;
}

const CHUNK_BYTES = 1 << 18;

/** Throws {@link InputError}, or errors of files; the sound before it is sound. */
export async function* decodeFile(path: string, options: DecodeOptions): SoundStream {
  const { head, fileBytes } = await readHead(path);
  // A recorder that was stopped at once leaves such files: nothing is said in them.
  if (fileBytes === 0) return;
  const kind = sniffAudio(head, { hasHeader: options.raw !== null });
  if (kind === null && options.raw === null) throw new InputError('NOT_AUDIO', describeNoAudio(head));
  let blocks = 0;
  try {
    for await (const block of decodeKind(path, kind, fileBytes, options.raw)) {
      blocks += 1;
      yield block;
    }
  } catch (error) {
    // a decoder in WebAssembly that trips over damaged bytes
    if (error instanceof Error && error.name === 'RuntimeError')
      throw new InputError('CORRUPT_AUDIO', 'the sound is damaged; what comes before was read', { cause: error });
    const mayHelp = error instanceof InputError && error.code === 'UNSUPPORTED_AUDIO' && blocks === 0;
    if (!mayHelp || (await ffmpegVersion(options)) === null) throw error;
    yield* readThroughFfmpeg(path, options);
  }
}

async function readHead(path: string): Promise<{ head: Uint8Array; fileBytes: number }> {
  const file = await open(path, 'r');
  try {
    const buffer = new Uint8Array(AUDIO_HEAD_BYTES);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    return { head: buffer.subarray(0, bytesRead), fileBytes: Math.max(bytesRead, (await file.stat()).size) };
  } finally {
    await file.close();
  }
}

async function* decodeKind(
  path: string,
  kind: AudioKind | null,
  fileBytes: number,
  raw: RawFormat | null,
): SoundStream {
  if (kind === 'other') throw unsupportedAudio('this kind of file');
  if (kind === 'mp4' || kind === 'matroska') return yield* readContainer(path);
  const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES });
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
