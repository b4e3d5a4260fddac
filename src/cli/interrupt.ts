/** Signals while something is prepared, before a run listens to them itself. */
import { type ExitCode, signalExitCode } from './exit-codes.js';
import type { Terminal } from './terminal.js';

/** A signal ended the command before it had anything to show. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
  readonly exitCode: ExitCode;

  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super(`stopped by ${signal}`);
    this.exitCode = signalExitCode(signal);
  }
}

/**
 * Gives the action a signal that SIGINT and SIGTERM abort, so that it cleans up behind itself; a second one quits.
 *
 * @throws InterruptedError where a signal came, whether the action heeded it or not
 */
export async function interruptible<T>(terminal: Terminal, action: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const release = terminal.onSignal((name) => {
    if (controller.signal.aborted) return terminal.quit(signalExitCode(name));
    controller.abort(new InterruptedError(name));
    terminal.stderr.write('\nuxd: stopping; press Ctrl-C again to quit at once\n');
  });
  try {
    const value = await action(controller.signal);
    controller.signal.throwIfAborted();
    return value;
  } finally {
    release();
  }
}
