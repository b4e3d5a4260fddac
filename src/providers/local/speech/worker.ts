/** Entry of a worker process: listens to one piece at a time. A crash of native code takes this process with it alone. */
import { READY, type WorkerReply, type WorkerRequest } from '../protocol.js';
import { createListener, type Listener } from './listener.js';
import type { ListenerSettings, SpeechAnswer, SpeechJob } from './protocol.js';

let listener: Listener | undefined;
let pending: Promise<void> = Promise.resolve();

process.on('message', (request: WorkerRequest<SpeechJob, ListenerSettings>) => {
  pending = pending.then(() => handle(request));
});
// The parent is gone, or has closed the engine.
process.on('disconnect', () => process.exit(0));

process.send?.(READY);

async function handle({ id, job, settings }: WorkerRequest<SpeechJob, ListenerSettings>): Promise<void> {
  listener ??= createListener(settings);
  const reply: WorkerReply<SpeechAnswer> = { id, answer: await listener.listen(job).catch(failed) };
  process.send?.(reply);
}

/** A piece that the engine fails on costs no other piece its words. */
function failed(error: unknown): SpeechAnswer {
  const cause = error instanceof Error ? error.message : String(error);
  const message = `the local speech engine failed on this piece (${cause}); uxd models verify tells whether its models are whole`;
  return { ok: false, error: { code: 'ENGINE_FAILED', message, isRetryable: false } };
}
