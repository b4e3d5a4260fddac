/** Loads the engine of a run, with what it is given of flags and terminal. */
import type { Engine, EngineSettings } from '../model.js';
import type { Extraction, ExtractionFlags } from './extraction.js';
import { interruptible } from './interrupt.js';
import type { Log } from './log.js';
import type { Meter } from './meter.js';
import { directoriesOf, type Terminal } from './terminal.js';

/** Models that are not here are fetched on the way, which a signal ends. */
export async function loadEngine<P, V>(
  extraction: Extraction<P, V>,
  terminal: Terminal,
  log: Log,
  meter: Meter,
): Promise<Engine<P, V>> {
  try {
    return await interruptible(terminal, (signal) =>
      extraction.loadEngine({ ...engineSettings(extraction.flags, terminal, log), onFetch: meter.show, signal }),
    );
  } finally {
    meter.clear();
  }
}

function engineSettings(flags: ExtractionFlags, terminal: Terminal, log: Log): EngineSettings {
  const vendorEndpoint = flags.provider === 'google' ? terminal.env.UXD_GOOGLE_ENDPOINT || null : null;
  return {
    endpoint: flags.endpoint ?? vendorEndpoint,
    timeoutMs: flags.timeout * 1000,
    concurrency: flags.concurrency,
    modelsDir: directoriesOf(terminal).models,
    env: terminal.env,
    clock: terminal.clock,
    note: log.info,
  };
}
