/** How long to wait between attempts at the same call. */
interface BackoffSettings {
  readonly baseMs: number;
  readonly maxMs: number;
}

const DEFAULT_BACKOFF: BackoffSettings = { baseMs: 250, maxMs: 30_000 };

/**
 * Exponential back-off with full jitter (Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015):
 * uniform in [0, min(max, base * 2^(attempt - 1))] milliseconds, so that refused callers do not return together.
 *
 * @param attempt number of attempts made so far, from 1
 * @param random uniform in [0, 1)
 */
export function backoffMs(attempt: number, random: () => number, settings = DEFAULT_BACKOFF): number {
  return random() * Math.min(settings.maxMs, settings.baseMs * 2 ** (attempt - 1));
}
