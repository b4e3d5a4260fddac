import { UsageError } from '../model.js';
import type { Terminal } from './terminal.js';

/** A part of the inputs: `index` from 0, of `count`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Array jobs tell each task its number, counted from 0, and the number of tasks. */
const ARRAY_JOBS = [
  { index: 'CLOUD_RUN_TASK_INDEX', count: 'CLOUD_RUN_TASK_COUNT' },
  { index: 'AWS_BATCH_JOB_ARRAY_INDEX', count: 'AWS_BATCH_JOB_ARRAY_SIZE' },
  { index: 'JOB_COMPLETION_INDEX', count: 'JOB_COMPLETIONS' },
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
    const shard = checked(Number(index), Number(count), `${job.index}=${index}, ${job.count}=${count}`);
    if (shard.count > 1) return shard;
  }
  return findSlurmShard(env);
}

/**
 * Slurm's arrays are ranges with a step, or lists. A list names no order that a task could find its place in, so that
 * every task of one whose numbers are not evenly spaced is told so, rather than some of them.
 */
function findSlurmShard(env: Terminal['env']): Shard | null {
  const read = (name: string, otherwise: number): number => Number(env[`SLURM_ARRAY_TASK_${name}`] || otherwise);
  const { SLURM_ARRAY_TASK_ID: id, SLURM_ARRAY_TASK_COUNT: tasks } = env;
  const count = Number(tasks);
  if (!id || !tasks || count === 1) return null;
  const [first, step] = [read('MIN', 0), read('STEP', 1)];
  const index = (Number(id) - first) / step;
  const isEven = read('MAX', first + (count - 1) * step) === first + (count - 1) * step;
  if (!isEven || !Number.isInteger(count) || !Number.isInteger(index) || index < 0 || index >= count) {
    throw new UsageError(
      `SLURM_ARRAY_TASK_ID=${id} has no clear place among ${tasks} tasks from ${first} in steps of ${step}; give --shard i/n`,
    );
  }
  return { index, count };
}

function checked(index: number, count: number, origin: string): Shard {
  if (!Number.isInteger(index) || !Number.isInteger(count) || count < 1 || index < 0 || index >= count) {
    throw new UsageError(`${origin}: expected part i of n with 0 <= i < n, such as 0/3`);
  }
  return { index, count };
}
