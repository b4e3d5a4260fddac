/** What every decoder gives: blocks of sound, one after the other. */
import { InputError } from '../input-error.js';

/** Sound without a gap to the block before it. */
export interface SoundBlock {
  /** Samples a second of each channel. */
  readonly sampleRate: number;
  /** One array a channel, equally long, full scale 1. They may be reused once the next block is asked for. */
  readonly channels: readonly Float32Array[];
}

/** Throws {@link InputError} where the input ends early or cannot be decoded; what came before it is sound. */
export type SoundStream = AsyncGenerator<SoundBlock, void, undefined>;

const LOWEST_RATE = 1000;
const HIGHEST_RATE = 768_000;
const MOST_CHANNELS = 64;

/** Refuses what only a spoiled header claims. Throws {@link InputError}. */
export function checkSoundFormat(sampleRate: number, channelCount: number): void {
  if (!(sampleRate >= LOWEST_RATE && sampleRate <= HIGHEST_RATE))
    throw new InputError('CORRUPT_AUDIO', `the header claims ${sampleRate} samples a second; is the file damaged?`);
  if (!(channelCount >= 1 && channelCount <= MOST_CHANNELS))
    throw new InputError('CORRUPT_AUDIO', `the header claims ${channelCount} channels; is the file damaged?`);
}

/** Clocks of containers are rounded; smaller gaps between packets are none, in seconds. */
const SMALLEST_PAUSE = 0.05;
/** What a clock claims beyond this is damage, in seconds. */
const LONGEST_PAUSE = 3600;

/**
 * Samples of silence that stand between the sound so far and what its container's clock puts at `start`, in samples; 0
 * where there is no pause, null where it is too long to be one. Calls on hold, discontinuous transmission and lost packets leave them.
 */
export function pauseBefore(start: number, position: number, sampleRate: number): number | null {
  const pause = start - position;
  if (pause > LONGEST_PAUSE * sampleRate) return null;
  return pause > SMALLEST_PAUSE * sampleRate ? pause : 0;
}

/** Blocks of `length` samples of silence. */
export function* silence(length: number, channelCount: number, sampleRate: number): Generator<SoundBlock> {
  const none = new Float32Array(Math.min(length, sampleRate));
  for (let left = length; left > 0; left -= none.length) {
    yield { sampleRate, channels: Array.from({ length: channelCount }, () => none.subarray(0, left)) };
  }
}

/** The file ends before its sound does. */
export function truncatedAudio(detail: string): InputError {
  return new InputError('TRUNCATED_AUDIO', `the file ends early (${detail})`);
}

/** The error as the user is told it: with what became of the sound before it. */
export function toldWithRest(error: InputError, hasSound: boolean): InputError {
  const { code, message } = error;
  const advice = ADVICE[code];
  if (advice === undefined || /\bread$/.test(message)) return error;
  const rest = hasSound ? 'what comes before was read' : 'nothing of it could be read';
  return new InputError(code, `${message}; ${rest}${advice}`, { cause: error });
}

const ADVICE: Readonly<Record<string, string>> = {
  TRUNCATED_AUDIO: '. Was it copied or downloaded to the end?',
  CORRUPT_AUDIO: '',
};

/** Bytes that belong to no frame or page stand between others. */
export function damagedBetween(name: string, places: number): InputError {
  return new InputError('CORRUPT_AUDIO', `damaged places of the ${name} file: ${places}; the rest was read`);
}

export const CONVERT_ADVICE = 'install ffmpeg, or convert it: ffmpeg -i FILE -ac 1 -ar 16000 FILE.wav';

/** Sound of a kind that needs another decoder; ffmpeg is tried where it is there. */
export function unsupportedAudio(what: string): InputError {
  return new InputError('UNSUPPORTED_AUDIO', `${what} cannot be decoded here; ${CONVERT_ADVICE}`);
}
