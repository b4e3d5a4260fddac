/** `--dry-run`: what a run would send and cost, as a row and as a line to read. */
import type { Engine, FailedInput, Item } from '../model.js';
import type { ResultCache } from '../pipeline/cache.js';
import { estimateRun } from '../pipeline/estimate.js';
import type { RunStats } from '../pipeline/stats.js';
import { estimateSchema } from '../rows/estimate.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { Extraction } from './extraction.js';
import type { Log } from './log.js';
import { RowOutput } from './output.js';
import { formatUsd, type Progress } from './progress.js';
import type { Terminal } from './terminal.js';
import { plural } from './text.js';

/** What an estimate is made with; `stats` tell how many inputs were gone through. */
interface EstimateTools<P, V> {
  readonly engine: Engine<P, V>;
  readonly cache: ResultCache<V>;
  readonly stats: RunStats;
  readonly progress: Progress;
  readonly log: Log;
  readonly terminal: Terminal;
}

async function* counted<P>(
  inputs: AsyncIterable<Item<P> | FailedInput>,
  stats: RunStats,
): AsyncGenerator<Item<P> | FailedInput, void, undefined> {
  let last: string | null = null;
  for await (const input of inputs) {
    if (last !== null && input.source !== last) stats.inputsDone += 1;
    last = input.source;
    yield input;
  }
}

/** Goes through the inputs and sends nothing. */
export async function writeEstimate<P, V>(
  extraction: Extraction<P, V>,
  { engine, cache, stats, progress, log, terminal }: EstimateTools<P, V>,
): Promise<ExitCode> {
  const { flags, command } = extraction;
  const { known, ...estimate } = await estimateRun(counted(extraction.inputs(engine, log), stats), engine, cache);
  progress.stop();
  const output = await RowOutput.open(flags, [estimateSchema], terminal);
  const pricesAsOf = extraction.pricesAsOf;
  const measures = extraction.measures?.();
  await output.write({
    schema: 'uxd.estimate/1',
    source: extraction.inputNames.join(' '),
    status: 'ok',
    command,
    provider: flags.provider,
    ...estimate,
    pricesAsOf,
    ...measures?.figures,
  });
  await output.close();
  // Where all that would be sent is of unknown price, a price of nothing would mislead.
  const isPriced = estimate.unpriced === 0 || known.units > 0;
  const price = pricesAsOf === null ? 'no cost' : `${formatUsd(known.priceUsd)} at list price of ${pricesAsOf}`;
  const facts = [
    `${plural(estimate.items, 'item')} (${estimate.cached} already known)`,
    ...(estimate.failed > 0 ? [`${plural(estimate.failed, 'input')} that cannot be read`] : []),
    ...(measures?.text ? [measures.text] : []),
    plural(estimate.calls, 'call'),
    ...(isPriced ? [plural(known.units, 'billable unit')] : []),
    ...(estimate.underfilled > 0
      ? [`${plural(estimate.underfilled, 'item')} that fill less than half of what they are billed for`]
      : []),
    ...(isPriced ? [price] : []),
    ...(estimate.unpriced > 0
      ? [`${plural(estimate.unpriced, 'item')} whose units and price are known only when they are read`]
      : []),
  ];
  log.info(`${command}: would read ${facts.join(' · ')}; nothing was sent`);
  return EXIT.ok;
}
