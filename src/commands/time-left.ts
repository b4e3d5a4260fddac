/** How long a run will go on. How long recordings are is known when they are read: until then their size tells. */
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { type Clock, type FailedInput, type Item, isStored, type SpeechInput } from '../model.js';
import { endOf, type SettledSpeech } from './recordings.js';

/** Up to where a recording was read with a piece: so many bytes of the file, so many seconds of sound. */
interface Mark {
  readonly bytes: number;
  readonly seconds: number;
}

/** Files of one ending: a second of sound takes about as many bytes in each. */
interface Kind {
  bytesLeft: number;
  filesLeft: number;
  bytesHeard: number;
  secondsHeard: number;
}

/** Before this much time and sound nothing is foretold. */
const LEAST_SECONDS = 5;
const LEAST_SOUND_SECONDS = 10;

/** How far a run is, in seconds of sound, and how much there is still to come. */
export class TimeLeft {
  readonly #clock: Clock;
  readonly #startedAt: number;
  readonly #sizes = new Map<string, number>();
  readonly #kinds = new Map<string, Kind>();
  #isMeasured = false;
  /** Of pieces that were read and have not settled. */
  readonly #marks = new Map<number, Mark>();
  #open: { readonly source: string; readonly bytesRead: () => number } | null = null;
  /** Of recordings of which pieces have settled, but not all. */
  readonly #heard = new Map<string, Mark>();
  #filesHeard = 0;
  /** Sound that was not known from an earlier run: only that takes time. */
  #freshSeconds = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedAt = clock.now();
  }

  /** Asks for the sizes of the files; before they are known, nothing is foretold. */
  async measure(files: readonly { readonly source: string; readonly path: string }[]): Promise<void> {
    for (const { source, path } of files) {
      const size = (await stat(path).catch(() => null))?.size ?? 0;
      this.#sizes.set(source, size);
      const kind = this.#kindOf(source);
      kind.bytesLeft += size;
      kind.filesLeft += 1;
    }
    this.#isMeasured = true;
  }

  /** A file is being read; `bytesRead` tells how much of it, from now on. */
  opened(source: string, bytesRead: () => number): void {
    this.#open = { source, bytesRead };
  }

  /** A piece was read. */
  read(entry: Item<SpeechInput> | FailedInput): void {
    const { index, source } = entry;
    const isOpen = this.#open?.source === source;
    const isLast = 'error' in entry || isStored(entry.payload) || entry.payload.isLast;
    const bytes = isLast ? Number.POSITIVE_INFINITY : (isOpen && this.#open?.bytesRead()) || 0;
    this.#marks.set(index, { bytes, seconds: 'error' in entry ? 0 : endOf(entry.payload) });
  }

  /** It has been heard; what was known from an earlier run took no time. */
  settled({ index, source, attempts }: Pick<SettledSpeech, 'index' | 'source' | 'attempts'>): void {
    const mark = this.#marks.get(index);
    const size = this.#sizes.get(source);
    this.#marks.delete(index);
    if (mark === undefined || size === undefined) return;
    const before = this.#heard.get(source) ?? { bytes: 0, seconds: 0 };
    const isLast = mark.bytes === Number.POSITIVE_INFINITY;
    const bytes = Math.max(before.bytes, Math.min(size, mark.bytes));
    const seconds = Math.max(before.seconds, mark.seconds);
    if (isLast) this.#heard.delete(source);
    else this.#heard.set(source, { bytes, seconds });
    const kind = this.#kindOf(source);
    kind.bytesLeft -= bytes - before.bytes;
    kind.bytesHeard += bytes - before.bytes;
    kind.secondsHeard += seconds - before.seconds;
    if (isLast) {
      kind.filesLeft -= 1;
      this.#filesHeard += 1;
    }
    if (attempts > 0) this.#freshSeconds += seconds - before.seconds;
  }

  /** Seconds, at the pace so far; null where nobody can tell. */
  get seconds(): number | null {
    const elapsed = (this.#clock.now() - this.#startedAt) / 1000;
    if (!this.#isMeasured || elapsed < LEAST_SECONDS || this.#freshSeconds < LEAST_SOUND_SECONDS) return null;
    return (elapsed / this.#freshSeconds) * this.#soundLeft();
  }

  /** The same in words. */
  get text(): string | null {
    const { seconds } = this;
    return seconds === null ? null : timeLeftText(seconds);
  }

  /** Of kinds that have not been met yet, each recording is taken to be as long as the others on average. */
  #soundLeft(): number {
    const kinds = [...this.#kinds.values()];
    const heard = kinds.reduce((sum, { secondsHeard }) => sum + secondsHeard, 0);
    const mean = heard / Math.max(1, this.#filesHeard);
    return kinds.reduce((sum, { bytesLeft, filesLeft, bytesHeard, secondsHeard }) => {
      const isKnown = secondsHeard > 0 && bytesHeard > 0;
      return sum + (isKnown ? (bytesLeft * secondsHeard) / bytesHeard : filesLeft * mean);
    }, 0);
  }

  #kindOf(source: string): Kind {
    const ending = extname(source).toLowerCase();
    const known = this.#kinds.get(ending);
    if (known) return known;
    const fresh = { bytesLeft: 0, filesLeft: 0, bytesHeard: 0, secondsHeard: 0 };
    this.#kinds.set(ending, fresh);
    return fresh;
  }
}

/** Coarse, for what is foretold changes: `about 3 min left`. */
export function timeLeftText(seconds: number): string {
  if (seconds < 57.5) return `about ${Math.max(5, Math.round(seconds / 5) * 5)} s left`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `about ${minutes} min left`;
  const tens = Math.round(minutes / 10);
  return `about ${Math.floor(tens / 6)} h ${(tens % 6) * 10} min left`;
}
