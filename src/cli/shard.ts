import { UsageError } from '../model.js';
import type { Terminal } from './terminal.js';

/** A part of the inputs: `index` from 0, of `count`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Array jobs tell each task its number and the number of tasks. */
const ARRAY_JOBS = [
  { index: 'CLOUD_RUN_TASK_INDEX', count: 'CLOUD_RUN_TASK_COUNT', first: null },
  { index: 'AWS_BATCH_JOB_ARRAY_INDEX', count: 'AWS_BATCH_JOB_ARRAY_SIZE', first: null },
  { index: 'JOB_COMPLETION_INDEX', count: 'JOB_COMPLETIONS', first: null },
  { index: 'SLURM_ARRAY_TASK_ID', count: 'SLURM_ARRAY_TASK_COUNT', first: 'SLURM_ARRAY_TASK_MIN' },
] as const;

/** The part named by `--shard`, else by the array job that runs this process, else null (everything). */
export function findShard(flag: string | null, env: Terminal['env']): Shard | null {
  if (flag !== null) {
    const [, index, count] = /^(\d+)\/(\d+)$/.exec(flag) ?? [];
    return checked(Number(index ?? Number.NaN), Number(count ?? Number.NaN), `--shard ${flag}`);
  }
  for (const job of ARRAY_JOBS) {
    const [index, count] = [env[job.index], env[job.count]];
    if (!index || !count) continue;
    const first = job.first ? Number(env[job.first] ?? 0) : 0;
    const shard = checked(Number(index) - first, Number(count), `${job.index}=${index}, ${job.count}=${count}`);
    if (shard.count > 1) return shard;
  }
  return null;
}

function checked(index: number, count: number, origin: string): Shard {
  if (!Number.isInteger(index) || !Number.isInteger(count) || count < 1 || index < 0 || index >= count) {
    throw new UsageError(`${origin}: expected part i of n with 0 <= i < n, such as 0/3`);
  }
  return { index, count };
}
