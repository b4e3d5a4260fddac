/** Makes segments of timed words. */
import { SPEECH_RATE, type TranscriptSegment, type TranscriptWord } from '../../../model.js';
import type { SampleSpan } from './word-times.js';

/** Who says nothing for so long begins a new segment. */
const LONG_PAUSE_SECONDS = 1;
/** The same after the end of a sentence. */
const SENTENCE_PAUSE_SECONDS = 0.5;

/** A word and how sure the decoder was of it. */
export interface HeardWord {
  readonly text: string;
  /** Log-probability of each of its tokens. */
  readonly logProbabilities: readonly number[];
  /** Share of its confidence that is left to it. */
  readonly trust: number;
}

/** Segments in the order of time; `times` belong to the words one by one. */
export function toSegments(words: readonly HeardWord[], times: readonly SampleSpan[]): TranscriptSegment[] {
  const groups: { words: TranscriptWord[]; logProbabilities: number[]; trust: number }[] = [];
  for (const [index, { text, logProbabilities, trust }] of words.entries()) {
    const { start, end } = times[index] as SampleSpan;
    const word: TranscriptWord = {
      text,
      startSeconds: toSeconds(start),
      endSeconds: toSeconds(end),
      confidence: toConfidence(logProbabilities, trust),
    };
    const group = groups.at(-1);
    if (group === undefined || isBreak(group.words.at(-1) as TranscriptWord, word)) {
      groups.push({ words: [word], logProbabilities: [...logProbabilities], trust });
    } else {
      group.words.push(word);
      group.logProbabilities.push(...logProbabilities);
      group.trust = Math.min(group.trust, trust);
    }
  }
  return groups.map(({ words: spoken, logProbabilities, trust }) => ({
    text: spoken.map(({ text }) => text).join(' '),
    startSeconds: spoken[0]?.startSeconds ?? 0,
    endSeconds: spoken.at(-1)?.endSeconds ?? 0,
    confidence: toConfidence(logProbabilities, trust),
    speaker: null,
    words: spoken,
  }));
}

function isBreak(before: TranscriptWord, word: TranscriptWord): boolean {
  const pause = word.startSeconds - before.endSeconds;
  return (
    pause >= LONG_PAUSE_SECONDS || (pause >= SENTENCE_PAUSE_SECONDS && /[.?!\u2026]["')\u201d]?$/.test(before.text))
  );
}

/** Milliseconds are as exact as it gets. */
export function toSeconds(samples: number): number {
  return Math.round((samples * 1000) / SPEECH_RATE) / 1000;
}

/** Geometric mean of the probabilities, times the trust, to three digits. */
function toConfidence(logProbabilities: readonly number[], trust: number): number {
  const mean = logProbabilities.reduce((sum, each) => sum + each, 0) / Math.max(1, logProbabilities.length);
  return Math.round(trust * Math.exp(mean) * 1000) / 1000;
}
