import { RunAborted } from './control.js';

/** Settles as the promise does, or rejects with the signal's reason, whichever comes first; leaves no listener behind. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/**
 * A controller that is aborted with its parent, and a way to let the parent go. (AbortSignal.any keeps a link per
 * call to a parent that lives as long as the run.)
 */
export function childController(parent: AbortSignal): { controller: AbortController; release: () => void } {
  const controller = new AbortController();
  const onAbort = (): void => controller.abort(parent.reason);
  if (parent.aborted) onAbort();
  else parent.addEventListener('abort', onAbort, { once: true });
  return { controller, release: () => parent.removeEventListener('abort', onAbort) };
}

/** Yields until the source ends or the signal fires, also while the source is waiting for something. */
export async function* untilAborted<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncIterable<T> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await orAborted(iterator.next(), signal);
      if (next.done) return;
      yield next.value;
    }
  } catch (error) {
    if (!(error instanceof RunAborted)) throw error;
  } finally {
    // A source that waits for something (a terminal, a pipe) may never answer: it is not waited for.
    const ended = iterator.return?.();
    if (signal.aborted) ended?.catch(() => undefined);
    else await ended;
  }
}
