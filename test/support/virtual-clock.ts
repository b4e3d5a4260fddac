import type { Clock } from '../../src/model.js';

interface Timer {
  readonly at: number;
  readonly order: number;
  fire(): void;
}

/** A clock whose time passes as fast as the program can be woken: nothing really sleeps. */
export class VirtualClock implements Clock {
  #now = 0;
  #order = 0;
  #timers: Timer[] = [];

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = (): void => {
        this.#timers = this.#timers.filter((other) => other !== timer);
        reject(signal?.reason);
      };
      const timer: Timer = {
        at: this.#now + Math.max(0, ms),
        order: this.#order++,
        fire: () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#timers.push(timer);
    });
  }

  /** Lets time pass until the promise settles; throws where nothing is left that could settle it. */
  async runUntil<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const settle = (): void => {
      isSettled = true;
    };
    promise.then(settle, settle);
    for (let busyAt = Date.now(); !isSettled; ) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isSettled) break;
      this.#timers.sort((a, b) => a.at - b.at || a.order - b.order);
      const next = this.#timers.shift();
      if (next) {
        busyAt = Date.now();
        this.#now = Math.max(this.#now, next.at);
        next.fire();
      } else if (Date.now() - busyAt > 100_000) {
        throw new Error('nothing is left to wait for');
      }
    }
    return promise;
  }
}
