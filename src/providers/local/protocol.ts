/** What an engine and its worker processes say to each other. */
import type { ItemError } from '../../model.js';

/** A job, and how it is to be done: a worker that was started again knows nothing. */
export interface WorkerRequest<Job, Settings> {
  readonly id: number;
  readonly job: Job;
  readonly settings: Settings;
}

export interface WorkerReply<Answer> {
  readonly id: number;
  readonly answer: Answer;
}

/** What any job may come back with. */
export interface Failure {
  readonly ok: false;
  readonly error: ItemError;
}

/** What a worker says once it is loaded; one that dies before cannot run on this machine at all. */
export const READY = 'ready';
