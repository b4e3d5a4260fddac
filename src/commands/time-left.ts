/** How long a run will go on, by how far it is in the bytes of its files: their lengths are not known before they are read. */
import { stat } from 'node:fs/promises';
import { type Clock, type FailedInput, type Item, isStored, type SpeechInput } from '../model.js';
import type { SettledSpeech } from './recordings.js';

/** Where something that was read stands: behind so many bytes of its file, or at its end. */
interface Mark {
  readonly source: string;
  readonly bytes: number;
}

/** Before this much is done, nothing is foretold. */
const LEAST_SECONDS = 5;
const LEAST_SHARE = 0.02;

export class TimeLeft {
  readonly #clock: Clock;
  readonly #startedAt: number;
  /** Bytes of the files, and of those before each; null until all are known. */
  #files: ReadonlyMap<string, { readonly before: number; readonly size: number }> | null = null;
  #total = 0;
  readonly #marks = new Map<number, Mark>();
  #open: { readonly source: string; readonly bytesRead: () => number } | null = null;
  #reached = 0;
  /** Bytes of what was not known from an earlier run: only these take time. */
  #fresh = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedAt = clock.now();
  }

  /** Asks for the sizes of the files, in their order. */
  async measure(files: readonly { readonly source: string; readonly path: string }[]): Promise<void> {
    const known = new Map<string, { before: number; size: number }>();
    let before = 0;
    for (const { source, path } of files) {
      const size = (await stat(path).catch(() => null))?.size ?? 0;
      known.set(source, { before, size });
      before += size;
    }
    this.#total = before;
    this.#files = known;
  }

  /** A file is being read; `bytesRead` tells how much of it, from now on. */
  opened(source: string, bytesRead: () => number): void {
    this.#open = { source, bytesRead };
  }

  /** A piece was read. */
  read(entry: Item<SpeechInput> | FailedInput): void {
    const { index, source } = entry;
    const within = this.#open?.source === source ? this.#open.bytesRead() : 0;
    const isLast = 'error' in entry || isStored(entry.payload) || entry.payload.isLast;
    this.#marks.set(index, { source, bytes: isLast ? Number.POSITIVE_INFINITY : within });
  }

  /** It is done; what was known from an earlier run took no time. */
  settled({ index, attempts }: Pick<SettledSpeech, 'index' | 'attempts'>): void {
    const mark = this.#marks.get(index);
    this.#marks.delete(index);
    const file = mark && this.#files?.get(mark.source);
    if (!mark || !file) return;
    const reached = file.before + Math.min(file.size, mark.bytes);
    const step = reached - this.#reached;
    if (step <= 0) return;
    this.#reached = reached;
    if (attempts > 0) this.#fresh += step;
  }

  /** Seconds, at the pace so far; null where nobody can tell. */
  get seconds(): number | null {
    const elapsed = (this.#clock.now() - this.#startedAt) / 1000;
    if (this.#files === null || elapsed < LEAST_SECONDS || this.#fresh < LEAST_SHARE * this.#total) return null;
    return (elapsed * (this.#total - this.#reached)) / this.#fresh;
  }

  /** The same in words. */
  get text(): string | null {
    const { seconds } = this;
    return seconds === null ? null : timeLeftText(seconds);
  }
}

/** Coarse, for what is foretold changes: `about 3 min left`. */
export function timeLeftText(seconds: number): string {
  if (seconds < 60) return `about ${Math.max(5, Math.round(seconds / 5) * 5)} s left`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `about ${minutes} min left`;
  return `about ${Math.floor(minutes / 60)} h ${Math.round((minutes % 60) / 10) * 10} min left`;
}
