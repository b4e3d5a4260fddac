/** Reads Cloud Speech-to-Text's answer, v1 and v2 alike, as results and words that can be relied on. Pure. */
import type { protos } from '@google-cloud/speech';
import type { TranscriptWord } from '../../model.js';

type V1Result = protos.google.cloud.speech.v1.ISpeechRecognitionResult;
type V2Result = protos.google.cloud.speech.v2.ISpeechRecognitionResult;
type V1Word = protos.google.cloud.speech.v1.IWordInfo;
type V2Word = protos.google.cloud.speech.v2.IWordInfo;
type WireDuration = protos.google.protobuf.IDuration;

/** The fields of both answers that are read. */
export interface SpeechAnswer {
  readonly results?: readonly (V1Result & V2Result)[] | null;
}

/** What must be known of the request. */
export interface AskedSpeech {
  readonly model: string;
  /** BCP 47, as asked for, likeliest first; `auto` where the model finds it. */
  readonly languages: readonly string[];
  /** Length of the piece; null for a whole recording, of which nobody here knows it. */
  readonly seconds: number | null;
  readonly diarize: boolean;
  readonly hasConfidences: boolean;
}

export interface HeardWord extends TranscriptWord {
  readonly speaker: string | null;
}

export interface HeardResult {
  readonly text: string;
  /** Seconds from the start of the piece. */
  readonly endSeconds: number;
  readonly confidence: number | null;
  readonly words: readonly HeardWord[];
  /** The words carry times. */
  readonly isTimed: boolean;
  readonly language: string | null;
}

/** Google's own codes, and the ISO 639-1 ones for them. */
const ISO_CODES: Readonly<Record<string, string>> = { cmn: 'zh', iw: 'he', fil: 'tl' };

/** ISO 639-1 where there is one: `en-us` gives `en`, `cmn-Hans-CN` `zh`; null for what is no language. */
export function languageOf(code: string | null | undefined): string | null {
  const primary = (code ?? '').split('-')[0]?.toLowerCase() ?? '';
  return /^[a-z]{2,3}$/.test(primary) && primary !== 'und' ? (ISO_CODES[primary] ?? primary) : null;
}

/** Milliseconds are all that the service gives; more digits would be noise. */
export function secondsOf(duration: WireDuration | null | undefined): number {
  const seconds = Number(String(duration?.seconds ?? 0)) + (duration?.nanos ?? 0) / 1e9;
  return Number.isFinite(seconds) ? Math.round(seconds * 1000) / 1000 : 0;
}

/** 0 says that there is none; single-precision numbers come with digits that mean nothing. */
function confidenceOf(value: number | null | undefined): number | null {
  if (value === null || value === undefined || !(value > 0)) return null;
  return Math.round(Math.min(1, value) * 1e4) / 1e4;
}

/** On one line, without signs that do not print. */
function plain(text: string | null | undefined): string {
  return (text ?? '')
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

function speakerOf(word: V1Word & V2Word): string | null {
  return plain(word.speakerLabel) || (word.speakerTag ? String(word.speakerTag) : null);
}

/** Reads the results of one answer. */
export class AnswerReader {
  readonly #asked: AskedSpeech;
  readonly #seconds: number;

  constructor(asked: AskedSpeech) {
    this.#asked = asked;
    this.#seconds = asked.seconds ?? Number.POSITIVE_INFINITY;
  }

  result(result: V1Result & V2Result): HeardResult {
    const [alternative] = result.alternatives ?? [];
    const words = this.#words((alternative?.words ?? []) as readonly (V1Word & V2Word)[]);
    const text = plain(alternative?.transcript);
    return {
      // The words of all speakers stand in a result of v1 that has no text.
      text: text === '' && !this.#asked.diarize ? words.map((word) => word.text).join(' ') : text,
      endSeconds:
        this.#within(secondsOf(result.resultEndOffset ?? result.resultEndTime), 0) ||
        (this.#asked.seconds ?? words.at(-1)?.endSeconds ?? 0),
      confidence: this.#asked.hasConfidences ? confidenceOf(alternative?.confidence) : null,
      words,
      isTimed: words.some(({ endSeconds }) => endSeconds > 0),
      language: languageOf(result.languageCode),
    };
  }

  #words(wire: readonly (V1Word & V2Word)[]): HeardWord[] {
    const words: HeardWord[] = [];
    for (const each of wire) {
      // v1 gives Japanese words with their reading behind a bar.
      const text = plain(each.word?.split('|')[0]);
      if (text === '') continue;
      words.push({
        text,
        ...this.#times(each, words.at(-1)),
        confidence: this.#asked.hasConfidences ? confidenceOf(each.confidence) : null,
        speaker: this.#asked.diarize ? speakerOf(each) : null,
      });
    }
    return words;
  }

  /**
   * In the order of time and within the piece: times far outside of it have been seen. A word that is said to start
   * there stands where the word before it ends, so that the words after it keep their times.
   */
  #times(word: V1Word & V2Word, before: HeardWord | undefined): Pick<HeardWord, 'startSeconds' | 'endSeconds'> {
    const told = secondsOf(word.startOffset ?? word.startTime);
    if (told > this.#seconds) {
      const place = before?.endSeconds ?? 0;
      return { startSeconds: place, endSeconds: place };
    }
    const startSeconds = this.#within(told, before?.startSeconds ?? 0);
    return { startSeconds, endSeconds: this.#within(secondsOf(word.endOffset ?? word.endTime), startSeconds) };
  }

  #within(seconds: number, least: number): number {
    return Math.min(this.#seconds, Math.max(least, seconds));
  }
}
