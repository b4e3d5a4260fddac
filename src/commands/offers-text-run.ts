/** `uxd offers --text`: what lines of text hold. */
import os from 'node:os';
import { failedOfferRow, textOfferRow } from '../analysis/offers/offer-rows.js';
import type { TextOffer } from '../analysis/offers/page.js';
import { readTextOffer } from '../analysis/offers/text-offer.js';
import type { ExitCode } from '../cli/exit-codes.js';
import { runExtraction } from '../cli/extraction-run.js';
import type { Terminal } from '../cli/terminal.js';
import { listInputs } from '../io/inputs.js';
import { readTextLines, type TextLineItem } from '../io/texts/text-lines.js';
import type { Engine } from '../model.js';
import { withAnswerAtOnce } from '../providers/answer-at-once.js';
import { offerSchema } from '../rows/offer.js';
import type { OfferContexts } from './offer-context.js';
import type { OffersFlagValues } from './offers-run.js';
import { checkOutputs } from './outputs.js';

type LineEngine = Engine<TextLineItem, TextOffer>;

/** Who reads lines, in rows. */
const READER = { provider: 'local', model: 'offers' } as const;

/** One row a line, also of lines that hold nothing; memory stays flat. */
export async function runTextOffers(
  flags: OffersFlagValues,
  file: string,
  contexts: OfferContexts,
  terminal: Terminal,
): Promise<ExitCode> {
  const list = await listInputs(
    { patterns: [file], recursive: false, filesFrom: null, nullSeparated: false, shard: null, extensions: [] },
    { cwd: terminal.cwd, stdin: terminal.stdin, tempDir: os.tmpdir() },
  );
  await checkOutputs('offers', { outputs: { '--output': flags.output, '--summary': flags.summary } }, list, terminal);
  const context = contexts.ofText();
  const origin = (source: string) => ({ source, page: null, retailer: contexts.retailer, ...READER });
  return runExtraction<TextLineItem, TextOffer>(
    {
      command: 'offers',
      flags,
      unit: 'text',
      inputNames: [file],
      inputCount: list.total,
      ownInputCount: list.entries.length,
      others: list.others,
      schemas: [offerSchema],
      answerOptions: null,
      pricesAsOf: null,
      loadEngine: async () => withAnswerAtOnce(noEngine(), ({ payload }) => readTextOffer(payload.text, context)),
      inputs: () => readTextLines(list.entries),
      count: ({ outcome }) => (outcome.ok ? { ok: 1, failed: 0 } : { ok: 0, failed: 1 }),
      isFinal: () => true,
      rowsOf: ({ source, item, line, outcome, attempts }) => {
        if (!outcome.ok) return [failedOfferRow(outcome.error, attempts, line, origin(source))];
        if (item === null) throw new Error('an answer without a text');
        return [textOfferRow(outcome.value, item.payload.text, item.payload.line, origin(source))];
      },
      closingRows: () => [],
      close: list.dispose,
    },
    terminal,
  );
}

/** Lines are answered at once. */
function noEngine(): LineEngine {
  return {
    id: 'offers/text',
    version: '1',
    limits: { itemsPerBatch: 1, bytesPerBatch: 1, parallelBatches: 1, requestsPerMinute: null },
    isRemote: false,
    isQuick: true,
    processBatch: () => Promise.reject(new Error('a line was sent to be read')),
    close: async () => undefined,
  };
}
