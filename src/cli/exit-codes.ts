/** Exit codes of every command; docs/reference.md explains them. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  someRowsFailed: 3,
  nothingMatched: 4,
  stoppedByLimit: 5,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Of a command that a signal ended: 128 and the number of the signal. */
export function signalExitCode(signal: 'SIGINT' | 'SIGTERM'): ExitCode {
  return signal === 'SIGINT' ? EXIT.interrupted : EXIT.terminated;
}

export const EXIT_MEANINGS: readonly (readonly [ExitCode, string])[] = [
  [EXIT.ok, 'all inputs were read (or the reader of the output closed the pipe)'],
  [EXIT.failed, 'the run failed'],
  [EXIT.usage, 'usage or configuration: a wrong flag, missing credentials'],
  [EXIT.someRowsFailed, 'finished, and some inputs became error rows'],
  [EXIT.nothingMatched, 'no input matched'],
  [EXIT.stoppedByLimit, 'stopped by --max-cost or by the quota; the same command goes on from there'],
  [EXIT.interrupted, 'interrupted by SIGINT'],
  [EXIT.terminated, 'interrupted by SIGTERM'],
];
