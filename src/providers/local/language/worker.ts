/** Entry of a worker thread: reads batches of texts. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Outcome, TextOptions, TextReading } from '../../../model.js';
import { createTextReader, type TextReader } from './read-text.js';
import type { TextJob, TextReply, TextRequest } from './worker-pool.js';

let reader: Promise<TextReader> | undefined;

parentPort?.on('message', async ({ id, jobs }: TextRequest) => {
  let reply: TextReply;
  try {
    reader ??= createTextReader(workerData as TextOptions);
    const read = await reader;
    reply = { id, outcomes: jobs.map((job) => outcomeOf(read, job)) };
  } catch (error) {
    reply = { id, fault: `the local engine cannot start: ${(error as Error).message}` };
  }
  // A string crosses threads faster than the thousands of small objects that it stands for.
  parentPort?.postMessage(JSON.stringify(reply));
});

/** A text that the engine fails on costs no other text its reading. */
function outcomeOf(read: TextReader, job: TextJob): Outcome<TextReading> {
  try {
    return { ok: true, value: read(job) };
  } catch (error) {
    const message = `the local engine failed on this text (${(error as Error).message}); report it with the text`;
    return { ok: false, error: { code: 'ENGINE_FAILED', message, isRetryable: false } };
  }
}
