/** The thread that finds changes for `trend-changes.ts`. */
import { parentPort } from 'node:worker_threads';
import { findChanges } from '../analysis/series/changes.js';
import type { ChangePoint } from '../analysis/series/series.js';

/** Series of one length, one after the other. */
export interface ChangeJob {
  readonly values: Float64Array;
  readonly length: number;
  readonly season: number | null;
}

parentPort?.on('message', ({ values, length, season }: ChangeJob) => {
  const found: (readonly ChangePoint[])[] = [];
  for (let at = 0; at < values.length; at += length) found.push(findChanges(values.slice(at, at + length), { season }));
  parentPort?.postMessage(found);
});
