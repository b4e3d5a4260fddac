/**
 * Entry of a worker process: reads one page at a time. Native code that crashes or hangs takes this process with it and
 * not the run.
 */
import { setFlagsFromString } from 'node:v8';
import { READY } from '../protocol.js';
import { createPageReader, type PageReader } from './page-reader.js';
import type { PageReply, PageRequest } from './protocol.js';

/** Node 20 knows the instructions that make Tesseract faster, but not by default. */
if (process.versions.node.startsWith('20.')) setFlagsFromString('--experimental-wasm-relaxed-simd');

let reader: PageReader | undefined;
let pending: Promise<void> = Promise.resolve();

process.on('message', (request: PageRequest) => {
  pending = pending.then(() => handle(request));
});
// The parent is gone, or has closed the engine.
process.on('disconnect', () => process.exit(0));

process.send?.(READY);

async function handle({ id, job, settings }: PageRequest): Promise<void> {
  reader ??= createPageReader(settings);
  const reply: PageReply = { id, answer: await reader.read(job) };
  process.send?.(reply);
}
