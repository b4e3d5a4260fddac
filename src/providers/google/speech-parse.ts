/** Takes Cloud Speech-to-Text's answer for one piece, or one recording, apart, v1 and v2 alike. Pure. */
import type { SpeechReading, TranscriptSegment } from '../../model.js';
import {
  AnswerReader,
  type AskedSpeech,
  type HeardResult,
  type HeardWord,
  languageOf,
  type SpeechAnswer,
} from './speech-answer.js';

/** Changes whenever the same answer would be parsed into something else; part of the engine's version. */
export const SPEECH_PARSER_REVISION = 2;

/** Languages whose words are written without spaces. */
const UNSPACED = /^(ja|zh|th|lo|km|my)$/;
/** One segment of a result that follows another; words without times are left out: there is no telling where they stand. */
function toSegment(result: HeardResult, after: number): TranscriptSegment {
  const { text, confidence, words, isTimed } = result;
  const first = words[0];
  const endSeconds = result.endSeconds || after;
  return {
    text,
    startSeconds: isTimed && first ? first.startSeconds : Math.min(after, endSeconds),
    endSeconds: isTimed && first ? latestEnd(words) : endSeconds,
    confidence,
    speaker: null,
    words: isTimed ? words.map(({ speaker: _, ...word }) => word) : [],
  };
}

/** Of words without number: they do not fit the arguments of a function. */
function latestEnd(words: readonly HeardWord[]): number {
  return words.reduce((latest, { endSeconds }) => Math.max(latest, endSeconds), 0);
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  return Math.round((known.reduce((sum, value) => sum + value, 0) / known.length) * 1e4) / 1e4;
}

/** Stretches of words by one speaker; a word without a label is of the speaker before it. */
function turnsOf(words: readonly HeardWord[]): HeardWord[][] {
  const turns: HeardWord[][] = [];
  let speaker: string | null = null;
  for (const word of words) {
    const turn = turns.at(-1);
    const isSame = speaker === null || word.speaker === null || word.speaker === speaker;
    if (turn && isSame) turn.push(word);
    else turns.push([word]);
    speaker = word.speaker ?? speaker;
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

/** The language that most of the text is in; where the service tells none, that which was asked for, if it was one. */
function mainLanguage(results: readonly HeardResult[], asked: AskedSpeech): string | null {
  const lengths = new Map<string, number>();
  for (const { language, text } of results) {
    if (language !== null) lengths.set(language, (lengths.get(language) ?? 0) + text.length);
  }
  const [best] = [...lengths].sort(([, a], [, b]) => b - a);
  return best?.[0] ?? (asked.languages.length === 1 ? languageOf(asked.languages[0]) : null);
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
    for (const segment of told) segments.push({ ...segment, language: result.language ?? language });
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
