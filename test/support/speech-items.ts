/** Sounds made by a formula, and the items and options that a speech engine is given. */
import { createHash } from 'node:crypto';
import { type Item, SPEECH_RATE, type SpeechOptions, type SpeechPiece } from '../../src/model.js';

export const SPEECH_OPTIONS: SpeechOptions = {
  languages: ['en'],
  model: null,
  hints: [],
  diarize: false,
  api: 'v2',
  location: null,
};

/** A stretch of a sound: a tone of so many hertz, or silence (0). */
export type Stretch = readonly [hertz: number, seconds: number];

/** Mono, 16 kHz. */
export function soundOf(stretches: readonly Stretch[], amplitude = 8000): Int16Array {
  return Int16Array.from(
    stretches.flatMap(([hertz, seconds]) =>
      Array.from({ length: Math.round(seconds * SPEECH_RATE) }, (_, index) =>
        Math.round(amplitude * Math.sin((2 * Math.PI * hertz * index) / SPEECH_RATE)),
      ),
    ),
  );
}

/** So many words of a fifth of a second, a tenth apart: the loopback service hears numbers. */
export function spokenNumbers(count: number, hertz = 300): Int16Array {
  return soundOf(Array.from({ length: count }, () => [[0, 0.1] as const, [hertz, 0.2] as const]).flat());
}

/** The item for a piece of a recording. */
export function speechItem(samples: Int16Array, index = 0): Item<SpeechPiece> {
  const key = createHash('sha256').update(samples).digest('hex');
  const payload: SpeechPiece = {
    channel: null,
    startSeconds: 0,
    samples,
    languageProbe: samples.subarray(0, 10 * SPEECH_RATE),
    recordingSeconds: samples.length / SPEECH_RATE,
    isLast: true,
  };
  return { index, source: 'call.wav', key, sizeBytes: samples.byteLength, payload };
}
