/** Takes Cloud Speech-to-Text's answer for one piece apart, v1 and v2 alike. Pure: no network, no files. */
import type { protos } from '@google-cloud/speech';
import type { SpeechReading, TranscriptSegment, TranscriptWord } from '../../model.js';

/** Changes whenever the same answer would be parsed into something else; part of the engine's version. */
export const SPEECH_PARSER_REVISION = 1;

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
  /** BCP 47, as asked for, likeliest first. */
  readonly languages: readonly string[];
  /** Length of the piece; null for a whole recording, of which nobody here knows it. */
  readonly seconds: number | null;
  readonly diarize: boolean;
  readonly hasConfidences: boolean;
}

interface HeardWord extends TranscriptWord {
  readonly speaker: string | null;
}

interface HeardResult {
  readonly text: string;
  /** Seconds from the start of the piece. */
  readonly endSeconds: number;
  readonly confidence: number | null;
  readonly words: readonly HeardWord[];
  /** The words carry times. */
  readonly isTimed: boolean;
  readonly language: string | null;
}

/** Languages whose words are written without spaces. */
const UNSPACED = /^(ja|zh|th|lo|km|my)$/;
/** Google's own codes, and the ISO 639-1 ones for them. */
const ISO_CODES: Readonly<Record<string, string>> = { cmn: 'zh', iw: 'he', fil: 'tl' };

/** ISO 639-1 where there is one: `en-us` gives `en`, `cmn-Hans-CN` `zh`; null for what is no language. */
function languageOf(code: string | null | undefined): string | null {
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

function speakerOf(word: V1Word & V2Word): string | null {
  return word.speakerLabel || (word.speakerTag ? String(word.speakerTag) : null);
}

class AnswerReader {
  readonly #asked: AskedSpeech;
  readonly #seconds: number;

  constructor(asked: AskedSpeech) {
    this.#asked = asked;
    this.#seconds = asked.seconds ?? Number.POSITIVE_INFINITY;
  }

  /** Within the piece: times far outside of it have been seen. */
  #clamp(seconds: number, least: number): number {
    return Math.min(this.#seconds, Math.max(least, seconds));
  }

  #word(word: V1Word & V2Word, least: number): HeardWord {
    const startSeconds = this.#clamp(secondsOf(word.startOffset ?? word.startTime), least);
    return {
      // v1 gives Japanese words with their reading behind a bar.
      text: (word.word ?? '').split('|')[0]?.trim() ?? '',
      startSeconds,
      endSeconds: this.#clamp(secondsOf(word.endOffset ?? word.endTime), startSeconds),
      confidence: this.#asked.hasConfidences ? confidenceOf(word.confidence) : null,
      speaker: this.#asked.diarize ? speakerOf(word) : null,
    };
  }

  result(result: V1Result & V2Result): HeardResult {
    const [alternative] = result.alternatives ?? [];
    const wire = (alternative?.words ?? []) as readonly (V1Word & V2Word)[];
    const words: HeardWord[] = [];
    for (const each of wire) {
      const word = this.#word(each, words.at(-1)?.startSeconds ?? 0);
      if (word.text !== '') words.push(word);
    }
    return {
      text: (alternative?.transcript ?? '').trim(),
      endSeconds:
        this.#clamp(secondsOf(result.resultEndOffset ?? result.resultEndTime), 0) ||
        (this.#asked.seconds ?? words.at(-1)?.endSeconds ?? 0),
      confidence: this.#asked.hasConfidences ? confidenceOf(alternative?.confidence) : null,
      words,
      isTimed: words.some(({ endSeconds }) => endSeconds > 0),
      language: languageOf(result.languageCode),
    };
  }
}

/** Of a whole recording each segment has a language of its own, of a piece all have that of the piece. */
function ownLanguage({ language }: HeardResult, { seconds }: AskedSpeech): Pick<TranscriptSegment, 'language'> {
  return seconds === null ? { language } : {};
}

/** One segment of a result that follows another; words without times are left out: there is no telling where they stand. */
function toSegment(result: HeardResult, after: number): TranscriptSegment {
  const { text, confidence, words, isTimed } = result;
  const first = words[0];
  const endSeconds = result.endSeconds || after;
  return {
    text,
    startSeconds: isTimed && first ? first.startSeconds : Math.min(after, endSeconds),
    endSeconds: isTimed && first ? Math.max(...words.map((word) => word.endSeconds)) : endSeconds,
    confidence,
    speaker: null,
    words: isTimed ? words.map(({ speaker: _, ...word }) => word) : [],
  };
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  return Math.round((known.reduce((sum, value) => sum + value, 0) / known.length) * 1e4) / 1e4;
}

/** Stretches of words by one speaker; a word without a label is of the speaker before it. */
function turnsOf(words: readonly HeardWord[]): HeardWord[][] {
  const turns: HeardWord[][] = [];
  for (const word of words) {
    const turn = turns.at(-1);
    const speaker = turn?.find((each) => each.speaker !== null)?.speaker ?? null;
    if (turn && (word.speaker === null || speaker === null || word.speaker === speaker)) turn.push(word);
    else turns.push([word]);
  }
  return turns;
}

/**
 * The results with speakers. The words of the last result may be all words from the start of the sound, with labels there
 * alone: then they are dealt out to the results before it, or stand for all of them.
 */
function labelledResults(results: readonly HeardResult[]): readonly HeardResult[] {
  const last = results.at(-1);
  const first = results.find(({ words }) => words.length > 0);
  if (!last || !first || first === last) return results;
  const isWhole = first.words.every(({ text, startSeconds }, index) => {
    const word = last.words[index];
    return word?.text === text && word.startSeconds === startSeconds;
  });
  if (!isWhole) return results;
  const earlier = results.slice(0, -1);
  if (earlier.reduce((sum, { words }) => sum + words.length, 0) !== last.words.length) return [last];
  let dealt = 0;
  return earlier.map((result) => {
    const from = dealt;
    dealt += result.words.length;
    return { ...result, words: last.words.slice(from, dealt) };
  });
}

/** One segment a speaker's turn. */
function toTurns(result: HeardResult, after: number, joint: string): TranscriptSegment[] {
  const turns = turnsOf(result.words);
  const [only] = turns;
  return turns.map((words) => {
    const isWhole = words === only && turns.length === 1 && result.text !== '';
    const text = isWhole ? result.text : words.map((word) => word.text).join(joint);
    const confidence = meanOf(words.map((word) => word.confidence)) ?? result.confidence;
    const segment = toSegment({ ...result, text, words, confidence }, after);
    return { ...segment, speaker: words.find(({ speaker }) => speaker !== null)?.speaker ?? null };
  });
}

/** The language that most of the text is in. */
function mainLanguage(results: readonly HeardResult[], asked: AskedSpeech): string | null {
  const lengths = new Map<string, number>();
  for (const { language, text } of results) {
    if (language !== null) lengths.set(language, (lengths.get(language) ?? 0) + text.length);
  }
  const [best] = [...lengths].sort(([, a], [, b]) => b - a);
  return best?.[0] ?? languageOf(asked.languages[0]);
}

/** One segment a result, or a speaker's turn; results without text are none. Never throws. */
export function parseSpeech(answer: SpeechAnswer, asked: AskedSpeech): SpeechReading {
  const reader = new AnswerReader(asked);
  const heard = (answer.results ?? []).map((result) => reader.result(result));
  const results = heard.filter(({ text, words }) => text !== '' || (asked.diarize && words.length > 0));
  const { model } = asked;
  if (results.length === 0) return { language: null, model, segments: [] };
  const language = mainLanguage(results, asked);
  const joint = UNSPACED.test(language ?? '') ? '' : ' ';
  const segments: TranscriptSegment[] = [];
  for (const result of asked.diarize ? labelledResults(results) : results) {
    const after = segments.at(-1)?.endSeconds ?? 0;
    const isInTurns = asked.diarize && result.words.length > 0;
    const told = isInTurns ? toTurns(result, after, joint) : [toSegment(result, after)];
    for (const segment of told) segments.push({ ...segment, ...ownLanguage(result, asked) });
  }
  return { language, model, segments: segments.sort((a, b) => a.startSeconds - b.startSeconds) };
}

/** The reading of a whole recording: channels that were heard apart are taken apart, each by itself. */
export function parseRecording(
  answer: SpeechAnswer,
  asked: Omit<AskedSpeech, 'seconds'>,
  splitChannels: boolean,
): SpeechReading {
  if (!splitChannels) return parseSpeech(answer, { ...asked, seconds: null });
  const results = answer.results ?? [];
  const channels = [...new Set(results.map(({ channelTag }) => channelTag || 1))].sort((a, b) => a - b);
  const segments = channels.flatMap((channel) => {
    const own = results.filter(({ channelTag }) => (channelTag || 1) === channel);
    const reading = parseSpeech({ results: own }, { ...asked, seconds: null });
    return reading.segments.map((segment) => ({ ...segment, channel }));
  });
  segments.sort((a, b) => a.startSeconds - b.startSeconds || a.channel - b.channel);
  const { model, language } = parseSpeech(answer, { ...asked, seconds: null });
  return { model, language, segments };
}
