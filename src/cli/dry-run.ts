/** `--dry-run`: what a run would send and cost, as a row and as a line to read. */
import type { Engine } from '../model.js';
import type { ResultCache } from '../pipeline/cache.js';
import { estimateRun } from '../pipeline/estimate.js';
import { estimateSchema } from '../rows/estimate.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { Extraction } from './extraction.js';
import type { Log } from './log.js';
import { RowOutput } from './output.js';
import { formatUsd } from './progress.js';
import type { Terminal } from './terminal.js';
import { plural } from './text.js';

/** Goes through the inputs and sends nothing. */
export async function writeEstimate<P, V>(
  extraction: Extraction<P, V>,
  engine: Engine<P, V>,
  cache: ResultCache<V>,
  log: Log,
  terminal: Terminal,
): Promise<ExitCode> {
  const { flags, command } = extraction;
  const { known, ...estimate } = await estimateRun(extraction.inputs(engine, log), engine, cache);
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
    ...(measures ? [measures.text] : []),
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
