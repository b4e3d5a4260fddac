/** Something that has a place in the output order. */
export interface Positioned {
  readonly index: number;
}

export interface EmitterSettings<S extends Positioned> {
  /** Keep the order of the indices (contiguous from 0), or hand on as things come. */
  readonly isOrdered: boolean;
  /** Items between the first one missing and the last one admitted, at most. */
  readonly window: number;
  /** Items held in memory while they wait for their turn; further ones are parked where {@link park} allows. */
  readonly heldInMemory: number;
  readonly emit: (settled: S) => Promise<void>;
  /** Gives a way to get the item back later, or null where it must be held. */
  readonly park: (settled: S) => (() => Promise<S>) | null;
  readonly onError: (error: unknown) => void;
}

/**
 * A bounded reorder buffer: things settle in any order and are emitted in the order of their indices, one at a time.
 * `admit` makes the source wait while too many are between admission and emission, which is what carries the
 * output's back-pressure to the input.
 */
export class Emitter<S extends Positioned> {
  readonly #settings: EmitterSettings<S>;
  readonly #waiting = new Map<number, () => Promise<S>>();
  #held = 0;
  #nextIndex = 0;
  #open = 0;
  #turn: Promise<void> = Promise.resolve();
  #isDraining = false;
  #admitWaiter: (() => void) | null = null;
  #isClosed = false;
  #isSourceReleased = false;

  constructor(settings: EmitterSettings<S>) {
    this.#settings = settings;
  }

  /** Waits for a place in the window; one caller at a time. */
  async admit(): Promise<void> {
    while (this.#open >= this.#settings.window && !this.#isSourceReleased) {
      await new Promise<void>((resolve) => {
        this.#admitWaiter = resolve;
      });
    }
    this.#open += 1;
  }

  settle(settled: S): void {
    const parked = this.#held >= this.#settings.heldInMemory ? this.#settings.park(settled) : null;
    if (!parked) this.#held += 1;
    this.#waiting.set(
      settled.index,
      parked ??
        (async () => {
          this.#held -= 1;
          return settled;
        }),
    );
    this.#drain();
  }

  /** Emits what has settled, over the gaps that a stopped run leaves, and resolves when it is out. */
  async finish(): Promise<void> {
    await this.#turn;
    if (this.#isClosed) return;
    for (const index of [...this.#waiting.keys()].sort((a, b) => a - b)) await this.#emitOne(index);
  }

  /** Lets a waiting source go, to find that the run has stopped. */
  releaseSource(): void {
    this.#isSourceReleased = true;
    this.#admitWaiter?.();
  }

  #drain(): void {
    if (this.#isDraining || this.#isClosed) return;
    this.#isDraining = true;
    this.#turn = this.#drainLoop().catch((error: unknown) => {
      this.#isClosed = true;
      this.releaseSource();
      this.#settings.onError(error);
    });
  }

  async #drainLoop(): Promise<void> {
    for (let index = this.#nextReady(); index !== null && !this.#isClosed; index = this.#nextReady()) {
      await this.#emitOne(index);
    }
    this.#isDraining = false;
  }

  #nextReady(): number | null {
    if (this.#settings.isOrdered) return this.#waiting.has(this.#nextIndex) ? this.#nextIndex : null;
    const first = this.#waiting.keys().next();
    return first.done ? null : first.value;
  }

  async #emitOne(index: number): Promise<void> {
    const take = this.#waiting.get(index);
    this.#waiting.delete(index);
    this.#nextIndex = index + 1;
    if (!take) return;
    await this.#settings.emit(await take());
    this.#open -= 1;
    const waiter = this.#admitWaiter;
    this.#admitWaiter = null;
    waiter?.();
  }
}
