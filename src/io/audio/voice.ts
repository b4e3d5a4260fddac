/** What the source of speech asks of an engine that finds voices; the engines implement it. */

/** Samples from the start of the recording at 16 kHz, the end exclusive. */
export interface VoicedStretch {
  readonly start: number;
  readonly end: number;
}

/** What is known after some more samples. */
export interface VoiceProgress {
  /**
   * Stretches that ended since the last call, in order, with the silence around them that is to be kept; they do not
   * overlap. Speech without a pause ends within a minute at most, in stretches that touch.
   */
  readonly stretches: readonly VoicedStretch[];
  /** No later stretch starts before this sample: what lies before it and in no stretch may be forgotten. */
  readonly settledUntil: number;
}

/** One channel of one recording. */
export interface VoiceFinder {
  /** `samples`: mono, 16 kHz, as many as there are. Calls do not overlap. */
  push(samples: Int16Array): Promise<VoiceProgress>;
  /** After the last samples. */
  flush(): Promise<VoiceProgress>;
}

/** Gives a fresh finder for a channel. */
export type VoiceFinderFactory = () => VoiceFinder;
