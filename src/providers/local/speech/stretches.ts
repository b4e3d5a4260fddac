/** From probabilities of speech, frame by frame, to stretches of it: with hysteresis, so that a breath ends nothing. */
import type { VoicedStretch, VoiceProgress } from '../../../io/audio/voice.js';

/** Samples of a frame at 16 kHz. */
export const FRAME = 512;

const SPEECH_ON = 0.5;
/** Frames below this are no voice. */
export const SPEECH_OFF = 0.35;
/** In frames of 32 ms: shorter pauses end nothing, shorter sounds are no speech. */
const MIN_PAUSE = 10;
const MIN_SPEECH = 6;
/** Silence kept on both sides, in samples: consonants are quiet, and the models hear better what begins in silence. */
const MARGIN = 6400;
/** Longer speech is cut where it is least like speech, after {@link MIN_CUT} frames at the soonest. */
const LONGEST = 20 * 31;
const MIN_CUT = 5 * 31;

export interface StretchFinder {
  push(probability: number): void;
  /** What ended since the last call. */
  take(): VoiceProgress;
  /** The recording ends with this many samples. */
  end(samples: number): VoiceProgress;
}

interface FrameStretch {
  readonly first: number;
  /** Exclusive. */
  readonly last: number;
  /** It was cut out of longer speech at this side: there is no silence to add. */
  readonly isCutBefore: boolean;
  readonly isCutAfter: boolean;
}

export function createStretchFinder(): StretchFinder {
  let frame = 0;
  let start: number | null = null;
  let isCutBefore = false;
  let silentFrames = 0;
  let probabilities: number[] = [];
  let ended: FrameStretch[] = [];
  let margin = 0;
  const close = (last: number, isCutAfter: boolean): void => {
    const first = start as number;
    if (last - first >= MIN_SPEECH || isCutBefore || isCutAfter) ended.push({ first, last, isCutBefore, isCutAfter });
    start = null;
    isCutBefore = false;
  };
  const cut = (): void => {
    const at = (start as number) + leastLike(probabilities);
    const rest = probabilities.slice(at - (start as number));
    close(at, true);
    start = at;
    isCutBefore = true;
    probabilities = rest;
  };
  const take = (length: number): VoiceProgress => {
    const stretches = ended.map((each): VoicedStretch => {
      // Two stretches that are near share the silence between them.
      const from = each.isCutBefore ? each.first * FRAME : Math.max(margin, each.first * FRAME - MARGIN);
      const to = Math.min(length, each.isCutAfter ? each.last * FRAME : each.last * FRAME + MARGIN);
      margin = to;
      return { start: from, end: to };
    });
    ended = [];
    return { stretches, settledUntil: Math.max(margin, Math.min(length, (start ?? frame) * FRAME - MARGIN)) };
  };
  return {
    push(probability) {
      if (start === null && probability >= SPEECH_ON) {
        start = frame;
        probabilities = [];
        silentFrames = 0;
      }
      frame += 1;
      if (start === null) return;
      probabilities.push(probability);
      silentFrames = probability < SPEECH_OFF ? silentFrames + 1 : 0;
      if (silentFrames >= MIN_PAUSE) close(frame - silentFrames, false);
      else if (probabilities.length >= LONGEST) cut();
    },
    take: () => take(Number.MAX_SAFE_INTEGER),
    end(samples) {
      if (start !== null) close(frame - silentFrames, false);
      return { ...take(samples), settledUntil: samples };
    },
  };
}

/** The frame that is least like speech, not too near the ends. */
function leastLike(probabilities: readonly number[]): number {
  let best = MIN_CUT;
  for (let index = MIN_CUT; index < probabilities.length - MIN_SPEECH; index++) {
    if ((probabilities[index] as number) <= (probabilities[best] as number)) best = index;
  }
  return best;
}
