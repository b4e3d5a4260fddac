/** The embedded text engine: language, sentiment, aspects and terms on this machine, without an account or a network. */
import { availableParallelism } from 'node:os';
import type { EngineSettings, TextEngine, TextOptions } from '../../../model.js';
import { TEXT_MODEL } from './text-model.js';
import { createTextPool } from './worker-pool.js';

/** Changes with every change of the rules or of the lexicon that may change what is read. */
const REVISION = '1';

/** Enough texts that a message costs little, few enough that all threads have work. */
const TEXTS_PER_BATCH = 128;
const BYTES_PER_BATCH = 1 << 20;

/**
 * Starts nothing yet: threads start with the first batch. Throws a UsageError where the folder of `modelDirectory` holds
 * no classifier of sentiment.
 */
export async function createLocalTextEngine(options: TextOptions, settings: EngineSettings): Promise<TextEngine> {
  const workers = settings.concurrency ?? availableParallelism();
  const pool = createTextPool(new URL('./worker.js', import.meta.url), options, workers);
  const engine: TextEngine = {
    id: 'local/language',
    version: `${REVISION}-${TEXT_MODEL}`,
    limits: {
      itemsPerBatch: TEXTS_PER_BATCH,
      bytesPerBatch: BYTES_PER_BATCH,
      // One more for each thread, so that none waits for the next.
      parallelBatches: 2 * workers,
      requestsPerMinute: null,
    },
    isRemote: false,
    isQuick: true,
    processBatch: (items, { signal }) =>
      pool.read(
        items.map(({ payload: { text, format } }) => ({ text, format })),
        signal,
      ),
    close: () => pool.close(),
  };
  if (options.modelDirectory === null) return engine;
  const { withClassifier } = await import('./classifier-engine.js');
  return withClassifier(engine, options.modelDirectory);
}
