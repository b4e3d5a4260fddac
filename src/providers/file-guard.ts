import { stat } from 'node:fs/promises';
import { InputError, toInputError } from '../io/input-error.js';
import type { Item, OcrEngine, Outcome, PageReading, PageSpan } from '../model.js';

/**
 * Takes no answer for a file that is not any more what it was when its content was hashed: the answer would be kept
 * under the hash of something else.
 */
export function withFileGuard(engine: OcrEngine): OcrEngine {
  return {
    ...engine,
    laneOf: (item) => (engine.laneOf ? engine.laneOf(item) : ''),
    processBatch: async (items, context) => {
      const outcomes = await engine.processBatch(items, context);
      return Promise.all(outcomes.map((outcome, i) => guard(items[i] as Item<PageSpan>, outcome)));
    },
    close: () => engine.close(),
  };
}

async function guard(
  { payload }: Item<PageSpan>,
  outcome: Outcome<readonly PageReading[]>,
): Promise<Outcome<readonly PageReading[]>> {
  try {
    const { size, mtimeMs } = await stat(payload.path);
    if (size === payload.fileBytes && mtimeMs === payload.modifiedMs) return outcome;
    throw new InputError('FILE_CHANGED', 'the file was changed while it was being read; run the command again', {
      isRetryable: true,
    });
  } catch (error) {
    const known = toInputError(error);
    if (known instanceof InputError) return { ok: false, error: known.toItemError() };
    throw error;
  }
}
