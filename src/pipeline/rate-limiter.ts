import type { Clock } from '../model.js';
import { orAborted } from './abort.js';

/** What a call that was admitted reports back. */
export interface Admission {
  /** The service took the call (whatever it answered). */
  accepted(): void;
  /** The service refused the call for quota; it may have said how long to wait. */
  refused(retryAfterMs: number | undefined): void;
}

/** Decides when the next call may start. */
export interface RateLimiter {
  /** Resolves when a call may start; rejects with the signal's reason when aborted. */
  acquire(signal: AbortSignal): Promise<Admission>;
  /** Milliseconds since the service last took a call while it refuses all of them; 0 while it takes calls. */
  refusingForMs(): number;
}

/** Pace kept under a stated quota, so that clock drift against the server's minute costs no refusals. */
const SAFETY = 0.985;
/** Part of the rate the service was seen to sustain that is used right after a refusal. */
const CUT = 0.95;
/** Growth of the pace per second below the rate of the last refusal. */
const REGAIN_PER_SECOND = 0.1;
/** Growth above it, which doubles every few seconds without a refusal: the rate may have been measured too low. */
const PROBE_PER_SECOND = 0.005;
const PROBE_DOUBLES_SECONDS = 4;
/** Window over which the sustained rate is measured. */
const MEASURE_MS = 10_000;
/** First pause after a refusal that named no delay; doubles while nothing is taken. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;
/** Calls that a late timer may make up for at once, in milliseconds of the pace. */
const CATCH_UP_MS = 250;

/**
 * Paces the calls of a whole run. With a known quota, calls are spread evenly under it. Without one, calls go
 * unpaced until the service refuses one; then the run pauses as long as the service asks (or an increasing while),
 * lets a single call try, and goes on just under the rate that the service was seen to sustain, growing slowly
 * (additive increase, multiplicative decrease: Chiu and Jain, 1989; the slow growth near the last refused rate
 * follows CUBIC, RFC 9438, section 4.1).
 */
export class AdaptiveRateLimiter implements RateLimiter {
  readonly #clock: Clock;
  readonly #quotaPerMs: number;
  #ratePerMs: number;
  #ceilingPerMs = Number.POSITIVE_INFINITY;
  #nextAt = 0;
  #pausedUntil = 0;
  #grownAt = 0;
  #cutAt = Number.NEGATIVE_INFINITY;
  #refusalsInARow = 0;
  #refusingSince: number | null = null;
  #probe: Promise<void> | null = null;
  readonly #acceptedAt: number[] = [];
  /** When the first call was asked for: before it, nothing could be taken. */
  #startedAt: number | null = null;

  /** @param requestsPerMinute the quota, or null where it is unknown */
  constructor(requestsPerMinute: number | null, clock: Clock) {
    this.#clock = clock;
    this.#quotaPerMs = requestsPerMinute === null ? Number.POSITIVE_INFINITY : (requestsPerMinute * SAFETY) / 60_000;
    this.#ratePerMs = this.#quotaPerMs;
  }

  refusingForMs(): number {
    return this.#refusingSince === null ? 0 : this.#clock.now() - this.#refusingSince;
  }

  async acquire(signal: AbortSignal): Promise<Admission> {
    this.#startedAt ??= this.#clock.now();
    for (;;) {
      signal.throwIfAborted();
      const now = this.#clock.now();
      if (now < this.#pausedUntil) await this.#clock.sleep(this.#pausedUntil - now, signal);
      else if (this.#probe) await orAborted(this.#probe, signal);
      else if (this.#refusingSince !== null) return this.#admitProbe();
      else {
        const wait = this.#take(now);
        if (wait <= 0) return this.#admission(now);
        await this.#clock.sleep(wait, signal);
      }
    }
  }

  /**
   * Takes the next place in the pace where it has come; else returns the milliseconds until then. Places are not given
   * out ahead: who waits goes with the pace as it is when his turn comes, not as it was.
   */
  #take(now: number): number {
    if (this.#ratePerMs === Number.POSITIVE_INFINITY) return 0;
    this.#grow(now);
    this.#nextAt = Math.max(this.#nextAt, now - CATCH_UP_MS);
    const wait = this.#nextAt - now;
    if (wait <= 0) this.#nextAt += 1 / this.#ratePerMs;
    return wait;
  }

  #grow(now: number): void {
    const seconds = (now - this.#grownAt) / 1000;
    this.#grownAt = now;
    const calmSeconds = Math.min((now - this.#cutAt) / 1000, 30);
    const probe = Math.min(REGAIN_PER_SECOND, PROBE_PER_SECOND * 2 ** (calmSeconds / PROBE_DOUBLES_SECONDS));
    const share = this.#ratePerMs < this.#ceilingPerMs * 0.98 ? REGAIN_PER_SECOND : probe;
    this.#ratePerMs = Math.min(this.#quotaPerMs, this.#ratePerMs * (1 + share) ** Math.min(seconds, 5));
  }

  /** After a refusal one call goes first; the others wait for what becomes of it. */
  #admitProbe(): Admission {
    let resolve = (): void => undefined;
    this.#probe = new Promise<void>((settle) => {
      resolve = settle;
    });
    const admission = this.#admission(this.#clock.now());
    const end = (): void => {
      this.#probe = null;
      resolve();
    };
    return {
      accepted: () => {
        admission.accepted();
        end();
      },
      refused: (retryAfterMs) => {
        admission.refused(retryAfterMs);
        end();
      },
    };
  }

  #admission(startedAt: number): Admission {
    return {
      accepted: () => this.#noteAccepted(),
      refused: (retryAfterMs) => this.#noteRefused(startedAt, retryAfterMs),
    };
  }

  #noteAccepted(): void {
    const now = this.#clock.now();
    this.#acceptedAt.push(now);
    while ((this.#acceptedAt[0] ?? now) < now - MEASURE_MS) this.#acceptedAt.shift();
    if (this.#refusingSince !== null && now >= this.#pausedUntil) {
      this.#refusingSince = null;
      this.#refusalsInARow = 0;
      this.#nextAt = Math.max(this.#nextAt, now);
      this.#grownAt = now;
    }
  }

  #noteRefused(startedAt: number, retryAfterMs: number | undefined): void {
    const now = this.#clock.now();
    // Calls sent before the last cut say nothing about the pace that was chosen then.
    if (startedAt >= this.#cutAt) this.#cut(now);
    this.#refusingSince ??= now;
    const pause =
      retryAfterMs ?? Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, this.#refusalsInARow - 1));
    this.#pausedUntil = Math.max(this.#pausedUntil, now + pause);
  }

  #cut(now: number): void {
    this.#cutAt = now;
    this.#refusalsInARow += 1;
    if (this.#refusalsInARow > 1) return;
    const measuredMs = Math.min(MEASURE_MS, Math.max(1000, now - (this.#startedAt ?? now)));
    const recent = this.#acceptedAt.filter((at) => at >= now - measuredMs).length;
    const sustained = Math.max(recent, 1) / measuredMs;
    this.#ceilingPerMs = Math.min(this.#ratePerMs, sustained);
    this.#ratePerMs = Math.min(this.#quotaPerMs, this.#ceilingPerMs * CUT);
    this.#grownAt = now;
  }
}
