/** The source of speech: recordings as pieces that an engine can hear, or whole where the vendor can read them. */
import { createHash } from 'node:crypto';
import type { FailedInput, Item, ItemError, SpeechInput, SpeechPiece, StoredRecording } from '../../model.js';
import { InputError, toInputError } from '../input-error.js';
import type { InputEntry } from '../inputs.js';
import type { StoredObject } from '../stored-objects.js';
import { type DecodeOptions, decodeFile } from './decode.js';
import { cutRecording, type RecordingOptions } from './recording.js';

export { AUDIO_FILE_EXTENSIONS } from './audio-kind.js';
export { describeAudio } from './describe.js';
export { parseRawFormat, type RawFormat } from './raw.js';

export interface SpeechSourceOptions extends Omit<RecordingOptions & DecodeOptions, 'remark' | 'opened'> {
  /** Told what the user should know of a recording. */
  remark?(source: string, message: string): void;
  /** Given what tells how many bytes of a recording have been read. */
  opened?(source: string, bytesRead: () => number): void;
}

/** Longest piece by default, and the longest allowed: what engines take. */
export const MAX_PIECE_SECONDS = 30;

/** Equal pieces with equal probes get equal answers, whichever recording they are of. */
function keyOf({ samples, languageProbe }: SpeechPiece): string {
  const hash = createHash('sha256').update(`${samples.length}:${languageProbe.length}:`);
  return hash.update(samples).update(languageProbe).digest('hex');
}

function toItem(payload: SpeechPiece, index: number, source: string): Item<SpeechPiece> {
  return { index, source, key: keyOf(payload), sizeBytes: payload.samples.byteLength, payload };
}

/** Where the generation is told, the key tells the content; by a name alone another content may be found another day. */
function toStoredItem(object: StoredObject, splitChannels: boolean, index: number): Item<StoredRecording> {
  const { uri, generation } = object;
  const hash = createHash('sha256').update(JSON.stringify([uri, generation, splitChannels]));
  const item = { index, source: uri, key: hash.digest('hex'), sizeBytes: 0, payload: { uri, splitChannels } };
  return generation === null ? { ...item, isUnkept: true } : item;
}

function toItemError(error: unknown): ItemError {
  const known = toInputError(error);
  if (known instanceof InputError) return known.toItemError();
  throw error;
}

/**
 * Reads the recordings of the entries in their order; memory stays flat however long one is, and the next piece is made
 * when it is asked for. Pieces of a recording come in order of their start, then of their channel. A file that cannot
 * be read is a {@link FailedInput} in its place, an object of Cloud Storage a {@link StoredRecording}; one that ends early or is damaged gives the pieces before the damage,
 * none of which `isLast`, and then a `FailedInput`. `index` counts everything from 0. Throws `RangeError` for pieces
 * longer than {@link MAX_PIECE_SECONDS}.
 */
export async function* readSpeech(
  entries: readonly InputEntry[],
  options: SpeechSourceOptions,
): AsyncGenerator<Item<SpeechInput> | FailedInput, void, undefined> {
  const { maxPieceSeconds, splitChannels } = options;
  if (!(maxPieceSeconds >= 1 && maxPieceSeconds <= MAX_PIECE_SECONDS))
    throw new RangeError(`pieces of ${maxPieceSeconds} s: 1 to ${MAX_PIECE_SECONDS} are possible`);
  let index = 0;
  for (const entry of entries) {
    const { source } = entry;
    if ('object' in entry && entry.object) {
      yield toStoredItem(entry.object, splitChannels, index++);
      continue;
    }
    if ('error' in entry) {
      yield { index: index++, source, page: null, error: entry.error };
      continue;
    }
    const told = {
      ...options,
      remark: (message: string) => options.remark?.(source, message),
      opened: (bytesRead: () => number) => options.opened?.(source, bytesRead),
    };
    try {
      for await (const piece of cutRecording(decodeFile(entry.path, told), told)) {
        yield toItem(piece, index++, source);
      }
    } catch (error) {
      yield { index: index++, source, page: null, error: toItemError(error) };
    }
  }
}
