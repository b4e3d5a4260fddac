/** Puts the pieces of recordings together again. */
import type { Measures } from '../cli/extraction.js';
import { plural } from '../cli/text.js';
import { type FailedInput, type Item, isStored, SPEECH_RATE, type SpeechInput, type SpeechReading } from '../model.js';
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
function endOf(input: SpeechInput): number {
  if (isStored(input)) return 0;
  const { startSeconds, samples, recordingSeconds } = input;
  return recordingSeconds ?? startSeconds + samples.length / SPEECH_RATE;
}

/** One run's recordings: each is forgotten when its last piece has settled, whatever the order. */
export class Recordings {
  /** Seconds of the recordings as far as they were read, and of the pieces cut out of them. */
  recordingSeconds = 0;
  speechSeconds = 0;
  /** Channels were heard one by one: what is said on each counts. */
  hasChannels = false;
  /** Recordings that have settled: whole, and with a part that failed. */
  whole = 0;
  incomplete = 0;
  /** Recordings that are read where they are; nobody here knows their length. */
  stored = 0;
  /** Seconds of the recordings up to the latest piece that settled. */
  heardSeconds = 0;
  readonly #open = new Map<string, OpenRecording>();
  readonly #keepsSegments: boolean;
  readonly #channelNames: readonly string[];
  #latest: { readonly settled: SettledSpeech; readonly heard: Heard } | null = null;

  /**
   * @param keepsSegments whole recordings are wanted; else the memory that a run needs does not grow with their length
   * @param channelNames who speaks on the channels, in their order
   */
  constructor(keepsSegments: boolean, channelNames: readonly string[] = []) {
    this.#keepsSegments = keepsSegments;
    this.#channelNames = channelNames;
  }

  /** Passes on what is read, and takes note of it. */
  async *watch(
    inputs: AsyncIterable<Item<SpeechInput> | FailedInput>,
  ): AsyncGenerator<Item<SpeechInput> | FailedInput, void, undefined> {
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
        const { samples, recordingSeconds, isLast } = entry.payload;
        this.speechSeconds += samples.length / SPEECH_RATE;
        this.hasChannels ||= (entry.payload.channel ?? 1) > 1;
        recording.isWhole = isLast;
        if (isLast) recording.seconds = recordingSeconds;
        const until = Math.max(recording.readUntil, endOf(entry.payload));
        this.recordingSeconds += until - recording.readUntil;
        recording.readUntil = until;
      }
      yield entry;
    }
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
export function measuresOf(
  { speechSeconds, recordingSeconds, stored, hasChannels }: Recordings,
  areAllStored: boolean,
): Measures {
  const unknown = stored > 0 ? [`${plural(stored, 'recording')} of unknown length`] : [];
  if (areAllStored) return { figures: {}, text: unknown.join() };
  const round = (seconds: number): number => Math.round(seconds * 10) / 10;
  const [speech, whole] = [round(speechSeconds), round(recordingSeconds)];
  const added = hasChannels ? ' (channels added up)' : '';
  const known = `${speech.toFixed(1)} s of speech${added} in ${whole.toFixed(1)} s of recordings`;
  return { figures: { speechSeconds: speech, recordingSeconds: whole }, text: [known, ...unknown].join(' · ') };
}
