/** Turns what was heard in recordings into rows. */
import {
  type ItemError,
  isStored,
  SPEECH_RATE,
  type SpeechInput,
  type SpeechReading,
  type TranscriptSegment,
} from '../model.js';
import { errorColumns } from './common.js';
import type { SpeechLevel, TranscriptRow } from './transcript.js';

/** A segment on the clock of its recording; without text where somebody speaks but nothing could be understood. */
export interface PlacedSegment extends Omit<TranscriptSegment, 'flags'> {
  readonly channel: number | null;
  readonly language: string | null;
  readonly model: string;
  readonly flags: readonly SegmentFlag[];
}

export type SegmentFlag = 'language-doubtful' | 'unintelligible';

/** What all rows of a recording have. */
export interface TranscriptOrigin {
  readonly source: string;
  readonly provider: string;
  /** Who speaks on the channels, in their order. */
  readonly channelNames: readonly string[];
}

/** A recording of which all pieces have settled. */
export interface HeardRecording {
  /** In the order of time, then of channels. */
  readonly segments: readonly PlacedSegment[];
  /** Null where it ended with an error. */
  readonly seconds: number | null;
  /** A part of it could not be read. */
  readonly isIncomplete: boolean;
  /** The model that heard it; null where nothing was heard at all. */
  readonly model: string | null;
}

/** Times are written to the millisecond. */
function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

function roundConfidence(confidence: number | null): number | null {
  return confidence === null ? null : Math.round(confidence * 1e4) / 1e4;
}

/** The names of the channels, where they fit the recording: names for two say nothing of a call on one. */
function namesFor(input: SpeechInput, channelNames: readonly string[]): readonly string[] {
  const { channelCount = channelNames.length } = isStored(input) ? {} : input;
  return channelCount < channelNames.length ? [] : channelNames;
}

/** Who speaks on a channel (from 1), where that was told. */
function nameOf(channel: number | null, channelNames: readonly string[]): string | null {
  return channel === null ? null : (channelNames[channel - 1] ?? null);
}

/**
 * The segments of a piece, or of a whole recording, and its stretches that could not be understood, on the clock of the
 * recording, to the millisecond.
 *
 * @param channelNames who speaks on the channels, in their order; as many as are known
 */
export function placeSegments(
  input: SpeechInput,
  reading: SpeechReading,
  channelNames: readonly string[] = [],
): PlacedSegment[] {
  const names = namesFor(input, channelNames);
  const { channel, startSeconds: offset } = isStored(input) ? { channel: null, startSeconds: 0 } : input;
  const { language, model } = reading;
  const place = <T extends { readonly startSeconds: number; readonly endSeconds: number }>(stretch: T): T => ({
    ...stretch,
    startSeconds: milliseconds(offset + stretch.startSeconds),
    endSeconds: milliseconds(offset + stretch.endSeconds),
  });
  const heard = reading.segments.map(
    (segment): PlacedSegment => ({
      ...place(segment),
      words: segment.words.map(place),
      channel: segment.channel ?? channel,
      speaker: segment.speaker ?? nameOf(segment.channel ?? channel, names),
      language: segment.language ?? language,
      model: segment.model ?? model,
      flags: segment.flags ?? [],
    }),
  );
  const unclear = (reading.unintelligible ?? []).map(
    (stretch): PlacedSegment => ({
      ...place(stretch),
      text: '',
      confidence: null,
      speaker: nameOf(channel, names),
      words: [],
      channel,
      language: null,
      model,
      flags: ['unintelligible'],
    }),
  );
  if (unclear.length === 0) return heard;
  return [...heard, ...unclear].sort((a, b) => a.startSeconds - b.startSeconds);
}

function wordsOf(segments: readonly PlacedSegment[]) {
  return segments.flatMap(({ words }) =>
    words.map(({ text, startSeconds, endSeconds, confidence }) => ({
      text,
      startSeconds,
      endSeconds,
      confidence: roundConfidence(confidence),
    })),
  );
}

/** The rows of segments, at the level of segments or words. */
export function segmentRows(
  segments: readonly PlacedSegment[],
  level: 'segment' | 'word',
  { source, provider }: TranscriptOrigin,
): TranscriptRow[] {
  return segments.flatMap((segment) => {
    const { channel, speaker, language, model, words, flags } = segment;
    const base = { schema: 'uxd.transcript/1', source, status: 'ok', level, channel, speaker } as const;
    const row = ({ text, startSeconds, endSeconds, confidence }: (typeof words)[number]): TranscriptRow => ({
      ...base,
      startSeconds,
      endSeconds,
      text,
      confidence: roundConfidence(confidence),
      language,
      provider,
      model,
    });
    const remarks = flags.length > 0 ? { flags } : {};
    if (level === 'segment') return [{ ...row(segment), words: wordsOf([segment]), ...remarks }];
    if (words.length > 0) return words.map((word) => ({ ...row(word), ...remarks }));
    return [{ ...row(segment), flags: segment.text === '' ? flags : [...flags, 'no-word-times'] }];
  });
}

/** The rows that end a recording: those of its channels at the level of files, and that of one without speech. */
export function recordingRows(
  recording: HeardRecording,
  level: SpeechLevel,
  origin: TranscriptOrigin,
): TranscriptRow[] {
  const { segments, isIncomplete, model } = recording;
  if (segments.length > 0) {
    if (level !== 'file') return [];
    const channels = [...new Set(segments.map(({ channel }) => channel))].sort((a, b) => (a ?? 0) - (b ?? 0));
    return channels.map((channel) => channelRow(channel, recording, origin));
  }
  // Where a part failed, nobody knows that nothing was said; the error row stands for the recording.
  if (isIncomplete) return [];
  const { source, provider } = origin;
  const nothing = { channel: null, speaker: null, startSeconds: 0, endSeconds: lengthOf(recording), text: '' };
  return [
    {
      schema: 'uxd.transcript/1',
      source,
      status: 'ok',
      level,
      ...nothing,
      confidence: null,
      language: null,
      ...(level === 'word' ? {} : { words: [] }),
      flags: recording.seconds === 0 ? ['no-speech', 'empty-file'] : ['no-speech'],
      provider,
      model: model ?? 'none',
    },
  ];
}

/** Null where it is not known. */
function lengthOf({ seconds }: HeardRecording): number | null {
  return seconds === null ? null : milliseconds(seconds);
}

function channelRow(
  channel: number | null,
  recording: HeardRecording,
  { source, provider, channelNames }: TranscriptOrigin,
): TranscriptRow {
  const segments = recording.segments.filter((segment) => segment.channel === channel);
  const flags = [
    ...(recording.isIncomplete ? ['incomplete'] : []),
    ...new Set(segments.flatMap((segment) => segment.flags).sort()),
  ];
  return {
    schema: 'uxd.transcript/1',
    source,
    status: 'ok',
    level: 'file',
    channel,
    // Labels of `--diarize` hold within a piece; names of channels hold throughout.
    speaker: channelNames.length > 0 ? (segments[0]?.speaker ?? null) : null,
    startSeconds: 0,
    endSeconds: lengthOf(recording),
    text: segments.flatMap(({ text }) => (text === '' ? [] : [text])).join(' '),
    confidence: meanConfidence(segments),
    language: mostSpoken(segments),
    words: wordsOf(segments),
    ...(flags.length > 0 ? { flags } : {}),
    provider,
    model: segments[0]?.model ?? null,
  };
}

/** Mean over the characters, of the segments that have one. */
function meanConfidence(segments: readonly PlacedSegment[]): number | null {
  let [sum, characters] = [0, 0];
  for (const { confidence, text } of segments) {
    if (confidence === null) continue;
    sum += confidence * text.length;
    characters += text.length;
  }
  return characters === 0 ? null : roundConfidence(sum / characters);
}

/** The language in which most characters were said. */
function mostSpoken(segments: readonly PlacedSegment[]): string | null {
  const characters = new Map<string, number>();
  for (const { language, text } of segments) {
    if (language !== null) characters.set(language, (characters.get(language) ?? 0) + text.length);
  }
  const [most] = [...characters].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? null;
}

/** The row of a recording, or of a piece of one, that could not be heard. */
export function failedTranscriptRow(
  input: SpeechInput | null,
  error: ItemError,
  attempts: number,
  { source, provider, channelNames }: TranscriptOrigin,
  level: SpeechLevel,
): TranscriptRow {
  const piece = input === null || isStored(input) ? null : input;
  const end = piece && piece.startSeconds + piece.samples.length / SPEECH_RATE;
  return {
    schema: 'uxd.transcript/1',
    source,
    status: 'error',
    level,
    channel: piece?.channel ?? null,
    speaker: input === null ? null : nameOf(piece?.channel ?? null, namesFor(input, channelNames)),
    startSeconds: piece && milliseconds(piece.startSeconds),
    endSeconds: end === null ? null : milliseconds(end),
    text: null,
    confidence: null,
    language: null,
    provider,
    model: null,
    ...errorColumns(error, attempts),
  };
}
