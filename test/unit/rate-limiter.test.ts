import { describe, expect, it } from 'vitest';
import { AdaptiveRateLimiter } from '../../src/pipeline/rate-limiter.js';
import { VirtualClock } from '../support/virtual-clock.js';

type Quota = (now: number) => { isTaken: boolean; retryAfterMs?: number };

/** So many calls in each minute of the wall clock. */
function fixedWindow(perMinute: number, tellsDelay: boolean): Quota {
  let minute = -1;
  let used = 0;
  return (now) => {
    const current = Math.floor(now / 60_000);
    if (current !== minute) {
      minute = current;
      used = 0;
    }
    used += 1;
    if (used <= perMinute) return { isTaken: true };
    return { isTaken: false, ...(tellsDelay && { retryAfterMs: 60_000 - (now % 60_000) }) };
  };
}

/** A bucket that fills evenly. */
function tokenBucket(perMinute: number, burst: number): Quota {
  let tokens = burst;
  let filledAt = 0;
  return (now) => {
    tokens = Math.min(burst, tokens + ((now - filledAt) * perMinute) / 60_000);
    filledAt = now;
    if (tokens < 1) return { isTaken: false };
    tokens -= 1;
    return { isTaken: true };
  };
}

/** Runs callers against a quota for some virtual minutes; every refused call is tried again. */
async function simulate(rpm: number | null, quota: Quota, minutes: number, { callers = 8, idleMs = 0 } = {}) {
  const clock = new VirtualClock();
  const limiter = new AdaptiveRateLimiter(rpm, clock);
  const signal = new AbortController().signal;
  const count = { taken: 0, refused: 0 };
  await clock.runUntil(clock.sleep(idleMs));
  const end = clock.now() + minutes * 60_000;
  const caller = async (): Promise<void> => {
    while (clock.now() < end) {
      const admission = await limiter.acquire(signal);
      await clock.sleep(100);
      const { isTaken, retryAfterMs } = quota(clock.now());
      await clock.sleep(100);
      if (isTaken) {
        admission.accepted();
        if (clock.now() <= end) count.taken += 1;
      } else {
        admission.refused(retryAfterMs);
        count.refused += 1;
      }
    }
  };
  await clock.runUntil(Promise.all(Array.from({ length: callers }, caller)));
  return { perMinute: count.taken / minutes, refusedShare: count.refused / (count.taken + count.refused) };
}

describe('AdaptiveRateLimiter', () => {
  const cases: readonly [string, number | null, () => Quota][] = [
    ['a stated quota, fixed window', 600, () => fixedWindow(600, true)],
    ['a stated quota, token bucket', 600, () => tokenBucket(600, 10)],
    ['an unknown quota, fixed window that tells the delay', null, () => fixedWindow(600, true)],
    ['an unknown quota, fixed window', null, () => fixedWindow(600, false)],
    ['an unknown quota, token bucket', null, () => tokenBucket(600, 10)],
  ];
  for (const [name, rpm, quota] of cases) {
    it(`reaches 95 % with under 5 % refused: ${name}`, async () => {
      const { perMinute, refusedShare } = await simulate(rpm, quota(), 10);
      expect(perMinute).toBeGreaterThanOrEqual(0.95 * 600);
      expect(refusedShare).toBeLessThan(0.05);
    });
  }

  it('finds an unknown quota within a minute or so', async () => {
    for (const quota of [fixedWindow(600, false), tokenBucket(600, 10), tokenBucket(600, 100)]) {
      const { perMinute, refusedShare } = await simulate(null, quota, 2);
      expect(perMinute).toBeGreaterThanOrEqual(0.93 * 600);
      expect(refusedShare).toBeLessThan(0.05);
    }
  });

  it('goes with a pace that grows, whatever was waited for before the first call, and however many wait', async () => {
    const { perMinute } = await simulate(null, tokenBucket(600, 10), 1, { callers: 32, idleMs: 9_000 });
    expect(perMinute).toBeGreaterThanOrEqual(0.85 * 600);
  });

  it('does not pace at all while nothing is refused', async () => {
    const { perMinute } = await simulate(null, () => ({ isTaken: true }), 1);
    expect(perMinute).toBeGreaterThan(8 * 5 * 60 * 0.99);
  });

  it('lets a single call try after a refusal, and tells since when all are refused', async () => {
    const clock = new VirtualClock();
    const limiter = new AdaptiveRateLimiter(null, clock);
    const { signal } = new AbortController();
    const admissions = await Promise.all([limiter.acquire(signal), limiter.acquire(signal), limiter.acquire(signal)]);
    for (const admission of admissions) admission.refused(2000);
    let tried = 0;
    const waiting = [1, 2, 3].map(async () => {
      const admission = await limiter.acquire(signal);
      tried += 1;
      return admission;
    });
    await clock.runUntil(clock.sleep(1999));
    expect(tried).toBe(0);
    const probe = await clock.runUntil(Promise.race(waiting));
    expect(tried).toBe(1);
    expect(limiter.refusingForMs()).toBeGreaterThanOrEqual(2000);
    probe.accepted();
    await clock.runUntil(Promise.all(waiting));
    expect(limiter.refusingForMs()).toBe(0);
  });

  it('stops waiting when aborted', async () => {
    const clock = new VirtualClock();
    const limiter = new AdaptiveRateLimiter(1, clock);
    const aborter = new AbortController();
    (await limiter.acquire(aborter.signal)).accepted();
    const waiting = limiter.acquire(aborter.signal);
    aborter.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
  });
});
