import type { EngineLimits, Item } from '../model.js';

/**
 * Groups items into batches within an engine's limits, a group a lane. A batch is handed on when it is full, or when
 * no further item came for `lingerMs` (a slow source must not hold back what is there).
 */
export class Batcher<P> {
  readonly #limits: Pick<EngineLimits, 'itemsPerBatch' | 'bytesPerBatch'>;
  readonly #laneOf: (item: Item<P>) => string | null;
  readonly #dispatch: (batch: readonly Item<P>[]) => void;
  readonly #lingerMs: number;
  readonly #lanes = new Map<string, { items: Item<P>[]; bytes: number }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    limits: Pick<EngineLimits, 'itemsPerBatch' | 'bytesPerBatch'>,
    laneOf: (item: Item<P>) => string | null,
    dispatch: (batch: readonly Item<P>[]) => void,
    lingerMs = 200,
  ) {
    this.#limits = limits;
    this.#laneOf = laneOf;
    this.#dispatch = dispatch;
    this.#lingerMs = lingerMs;
  }

  add(item: Item<P>): void {
    const name = this.#laneOf(item);
    if (name === null) {
      this.#dispatch([item]);
      return;
    }
    let lane = this.#lanes.get(name);
    if (lane && lane.bytes + item.sizeBytes > this.#limits.bytesPerBatch) {
      this.#flushLane(name);
      lane = undefined;
    }
    if (!lane) {
      lane = { items: [], bytes: 0 };
      this.#lanes.set(name, lane);
    }
    lane.items.push(item);
    lane.bytes += item.sizeBytes;
    if (lane.items.length >= this.#limits.itemsPerBatch) this.#flushLane(name);
    this.#linger();
  }

  /** Hands on what is waiting, full or not. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const name of [...this.#lanes.keys()]) this.#flushLane(name);
  }

  /** Forgets what is waiting and returns it. */
  drop(): Item<P>[] {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const items = [...this.#lanes.values()].flatMap((lane) => lane.items);
    this.#lanes.clear();
    return items;
  }

  #flushLane(name: string): void {
    const lane = this.#lanes.get(name);
    this.#lanes.delete(name);
    if (lane) this.#dispatch(lane.items);
  }

  #linger(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#lanes.size > 0 ? setTimeout(() => this.flush(), this.#lingerMs) : undefined;
  }
}
