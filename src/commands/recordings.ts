/** Puts the pieces of recordings together again. */
import type { Measures } from '../cli/extraction.js';
import { formatDuration, formatUsd } from '../cli/progress.js';
import { plural } from '../cli/text.js';
import {
  type EngineBilling,
  type FailedInput,
  type Item,
  isStored,
  SPEECH_RATE,
  type SpeechInput,
  type SpeechPiece,
  type SpeechReading,
} from '../model.js';
import type { Settled } from '../pipeline/settled.js';
import { type HeardRecording, type PlacedSegment, placeSegments } from '../rows/transcript-rows.js';

export type SettledSpeech = Settled<SpeechInput, SpeechReading>;

/** What a settled piece adds to what is known. */
export interface Heard {
  readonly segments: readonly PlacedSegment[];
  /** The whole recording, with its last piece. Its segments are empty where they are not kept but there were some. */
  readonly finished: HeardRecording | null;
  /** Whether anything was said in the recording so far, understood or not. */
  readonly hasSpeech: boolean;
}

interface OpenRecording {
  pieces: number;
  settled: number;
  /** Its last piece, or the error that ends it, has been taken from the source. */
  isWhole: boolean;
  seconds: number | null;
  /** The highest number of a channel that was seen; 1 where all are mixed to one. */
  channels: number;
  /** Where the latest piece ends that was taken from the source, and that has settled. */
  readUntil: number;
  heardUntil: number;
  isIncomplete: boolean;
  hasSpeech: boolean;
  model: string | null;
  /** The latest stretch that could not be understood, as long as no words follow, and its seconds of voice. */
  unclear: { readonly segment: PlacedSegment; readonly seconds: number } | null;
  readonly segments: PlacedSegment[];
}

/** Where nothing at all is understood, less voice than this is noise or music: nobody speaks. */
const LEAST_VOICE_SECONDS = 2;

/** How far a recording is known once this input is; 0 for one that is read where it is. */
export function endOf(input: SpeechInput): number {
  if (isStored(input)) return 0;
  const { startSeconds, samples, recordingSeconds } = input;
  return recordingSeconds ?? startSeconds + samples.length / SPEECH_RATE;
}

/** One run's recordings: each is forgotten when its last piece has settled, whatever the order. */
export class Recordings {
  /** Seconds of the recordings as far as they were read, and of the pieces cut out of them. */
  recordingSeconds = 0;
  speechSeconds = 0;
  /** The same with every channel counted that was heard by itself and speaks. */
  channelSeconds = 0;
  /** What the pieces are billed as, each by itself; seconds are the units of speech. */
  readonly bill = { units: 0, priceUsd: 0 };
  /** Channels were heard one by one: what is said on each counts. */
  hasChannels = false;
  /** Recordings that have settled: whole, and with a part that failed. */
  whole = 0;
  incomplete = 0;
  /** Recordings in which nobody speaks, stretches that could not be understood, and those that another language may be in. */
  silent = 0;
  unintelligible = 0;
  doubtful = 0;
  /** Recordings that are read where they are; nobody here knows their length. */
  stored = 0;
  /** Seconds of the recordings up to the latest piece that settled. */
  heardSeconds = 0;
  readonly #open = new Map<string, OpenRecording>();
  readonly #keepsSegments: boolean;
  readonly #channelNames: readonly string[];
  #billing: EngineBilling<SpeechInput, SpeechReading> | undefined;
  #latest: { readonly settled: SettledSpeech; readonly heard: Heard } | null = null;

  /**
   * @param keepsSegments whole recordings are wanted; else the memory that a run needs does not grow with their length
   * @param channelNames who speaks on the channels, in their order
   */
  constructor(keepsSegments: boolean, channelNames: readonly string[] = []) {
    this.#keepsSegments = keepsSegments;
    this.#channelNames = channelNames;
  }

  /** Passes on what is read, and takes note of it; `billing` is that of the engine, where it has one. */
  async *watch(
    inputs: AsyncIterable<Item<SpeechInput> | FailedInput>,
    billing?: EngineBilling<SpeechInput, SpeechReading>,
  ): AsyncGenerator<Item<SpeechInput> | FailedInput, void, undefined> {
    this.#billing = billing;
    for await (const entry of inputs) {
      const recording = this.#recordingOf(entry.source);
      recording.pieces += 1;
      if ('error' in entry) {
        recording.isWhole = true;
        recording.isIncomplete = true;
      } else if (isStored(entry.payload)) {
        recording.isWhole = true;
        this.stored += 1;
      } else {
        this.#read(recording, entry, entry.payload);
      }
      yield entry;
    }
  }

  #read(recording: OpenRecording, item: Item<SpeechInput>, piece: SpeechPiece): void {
    const { samples, recordingSeconds, isLast } = piece;
    this.speechSeconds += samples.length / SPEECH_RATE;
    this.hasChannels ||= (piece.channel ?? 1) > 1;
    this.bill.units += this.#billing?.unitsOf(item) ?? 0;
    this.bill.priceUsd += this.#billing?.priceUsdOf(item) ?? 0;
    recording.isWhole = isLast;
    if (isLast) recording.seconds = recordingSeconds;
    const until = Math.max(recording.readUntil, endOf(piece));
    const channels = Math.max(recording.channels, piece.channel ?? 1);
    this.recordingSeconds += until - recording.readUntil;
    this.channelSeconds += until * channels - recording.readUntil * recording.channels;
    recording.readUntil = until;
    recording.channels = channels;
  }

  /** What a settled piece adds; asked again for the same piece, it answers the same. */
  settle(settled: SettledSpeech): Heard {
    if (this.#latest?.settled === settled) return this.#latest.heard;
    const { source, item, outcome } = settled;
    const recording = this.#recordingOf(source);
    recording.settled += 1;
    recording.isIncomplete ||= !outcome.ok;
    const placed = item && outcome.ok ? placeSegments(item.payload, outcome.value, this.#channelNames) : [];
    const isLast = recording.isWhole && recording.settled >= recording.pieces;
    const segments = withJoinedStretches(recording, placed, isLast);
    recording.hasSpeech ||= segments.length > 0;
    for (const { flags } of segments) {
      if (flags.includes('unintelligible')) this.unintelligible += 1;
      if (flags.includes('language-doubtful')) this.doubtful += 1;
    }
    if (outcome.ok) recording.model ??= outcome.value.model;
    const until = item ? Math.max(recording.heardUntil, endOf(item.payload)) : recording.heardUntil;
    this.heardSeconds += until - recording.heardUntil;
    recording.heardUntil = until;
    if (this.#keepsSegments) for (const segment of segments) recording.segments.push(segment);
    const heard = { segments, finished: this.#finished(source, recording), hasSpeech: recording.hasSpeech };
    this.#latest = { settled, heard };
    return heard;
  }

  /** Recordings of which some pieces have settled, but not all. */
  get unfinished(): number {
    return [...this.#open.values()].filter(({ settled }) => settled > 0).length;
  }

  #finished(source: string, recording: OpenRecording): HeardRecording | null {
    if (!recording.isWhole || recording.settled < recording.pieces) return null;
    this.#open.delete(source);
    const { segments, seconds, isIncomplete, model } = recording;
    if (isIncomplete) this.incomplete += 1;
    else this.whole += 1;
    if (!isIncomplete && !recording.hasSpeech) this.silent += 1;
    segments.sort((a, b) => a.startSeconds - b.startSeconds || (a.channel ?? 0) - (b.channel ?? 0));
    return { segments, seconds, isIncomplete, model };
  }

  #recordingOf(source: string): OpenRecording {
    const known = this.#open.get(source);
    if (known) return known;
    const fresh: OpenRecording = {
      pieces: 0,
      settled: 0,
      isWhole: false,
      seconds: null,
      channels: 1,
      readUntil: 0,
      heardUntil: 0,
      isIncomplete: false,
      hasSpeech: false,
      model: null,
      unclear: null,
      segments: [],
    };
    this.#open.set(source, fresh);
    return fresh;
  }
}

/**
 * Stretches without words are joined as long as no words stand between them: a recording of noise in which the voice
 * finder hears a voice now and then has one row, not many.
 */
function withJoinedStretches(
  recording: OpenRecording,
  placed: readonly PlacedSegment[],
  isLast: boolean,
): PlacedSegment[] {
  const ready: PlacedSegment[] = [];
  for (const segment of placed) {
    const { unclear } = recording;
    const seconds = segment.endSeconds - segment.startSeconds;
    const isUnclear = segment.text === '';
    if (isUnclear && unclear !== null && unclear.segment.channel === segment.channel) {
      const { endSeconds } = segment;
      recording.unclear = { segment: { ...unclear.segment, endSeconds }, seconds: unclear.seconds + seconds };
      continue;
    }
    if (unclear !== null) ready.push(unclear.segment);
    recording.unclear = isUnclear ? { segment, seconds } : null;
    if (!isUnclear) ready.push(segment);
  }
  if (!isLast || recording.unclear === null) return ready;
  const { segment, seconds } = recording.unclear;
  const isNoise = !recording.hasSpeech && ready.length === 0 && seconds < LEAST_VOICE_SECONDS;
  return isNoise ? ready : [...ready, segment];
}

/** How much sound there is; of recordings that are read where they are, how many. */
export function measuresOf(recordings: Recordings, areAllStored: boolean): Measures {
  const { speechSeconds, recordingSeconds, stored, hasChannels } = recordings;
  const unknown = stored > 0 ? [`${plural(stored, 'recording')} of unknown length`] : [];
  if (areAllStored) return { figures: {}, text: unknown.join() };
  const [speech, whole] = [round(speechSeconds), round(recordingSeconds)];
  const added = hasChannels ? ' (channels added up)' : '';
  const length = (seconds: number): string => formatDuration(seconds * 1000);
  const known = `${length(speech)} of speech${added} in ${length(whole)} of recordings`;
  if (whole === 0) return { figures: { speechSeconds: 0, recordingSeconds: 0 }, text: unknown.join() };
  const saved = savingOf(recordings);
  return {
    figures: { speechSeconds: speech, recordingSeconds: whole },
    text: [known, ...(saved === null ? [] : [saved]), ...unknown].join(' · '),
  };
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}

/** What the silence would cost that is not sent, as text; null where nothing is billed, or nothing saved. */
function savingOf({ channelSeconds, bill: { units, priceUsd } }: Recordings): string | null {
  const saved = round(channelSeconds - units);
  if (units === 0 || saved <= 0) return null;
  return `${formatDuration(saved * 1000)} of silence not sent, which saves ${formatUsd((saved * priceUsd) / units)}`;
}

/** What an analyst should know of the sound before relying on the rows; nothing where all was understood. */
export function talliesOf({ silent, unintelligible, doubtful }: Recordings, languages: readonly string[]): string[] {
  const parts = [
    ...(silent > 0 ? [`nobody speaks in ${plural(silent, 'recording')}`] : []),
    ...(unintelligible > 0 ? [`${plural(unintelligible, 'stretch', 'stretches')} of speech not understood`] : []),
    ...(doubtful > 0 ? [`${plural(doubtful, 'segment')} in a doubtful language`] : []),
  ];
  if (parts.length === 0) return [];
  const isForced = languages.length === 1 && unintelligible + doubtful > 0;
  const advice = isForced ? `; only ${languages[0]} was listened for (--language)` : '';
  return [`${parts.join(', ')}${advice}`];
}
