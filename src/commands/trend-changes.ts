/** Changes of many series, on as many threads as there are processors. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { findChanges } from '../analysis/series/changes.js';
import type { ChangePoint, Series } from '../analysis/series/series.js';
import { RunError } from '../model.js';
import type { ChangeJob } from './trend-worker.js';

type Changes = readonly ChangePoint[];

/** Fewer series are done before a thread has started. */
const FEW_SERIES = 60;
const SERIES_A_JOB = 32;
const MOST_THREADS = 16;

/** The changes of each series, in the order given; all series have one length. */
export async function changesOf(series: readonly Series[], season: number | null): Promise<readonly Changes[]> {
  if (series.length < FEW_SERIES) return series.map(({ values }) => findChanges(values, { season }));
  const jobs: (readonly Series[])[] = [];
  for (let at = 0; at < series.length; at += SERIES_A_JOB) jobs.push(series.slice(at, at + SERIES_A_JOB));
  const results: (readonly Changes[])[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('./trend-worker.js', import.meta.url));
    try {
      while (next < jobs.length) {
        const at = next++;
        results[at] = await answerOf(worker, jobOf(jobs[at] ?? [], season));
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), MOST_THREADS, jobs.length) }, work));
  return results.flat();
}

function jobOf(series: readonly Series[], season: number | null): ChangeJob {
  const length = series[0]?.values.length ?? 0;
  const values = new Float64Array(series.length * length);
  for (const [i, each] of series.entries()) values.set(each.values, i * length);
  return { values, length, season };
}

function answerOf(worker: Worker, job: ChangeJob): Promise<readonly Changes[]> {
  return new Promise((resolve, reject) => {
    worker.removeAllListeners();
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new RunError('a thread that finds changes ended; is there enough memory?')));
    worker.postMessage(job, [job.values.buffer as ArrayBuffer]);
  });
}
