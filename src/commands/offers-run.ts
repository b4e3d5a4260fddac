/** `uxd offers`: pages through an OCR engine, and their words to offers. */
import path from 'node:path';
import { failedOfferRow, type OfferOrigin } from '../analysis/offers/offer-rows.js';
import { WatchList } from '../analysis/offers/watch-list.js';
import type { Invocation } from '../cli/command.js';
import type { extractionFlags } from '../cli/common-flags.js';
import type { ExitCode } from '../cli/exit-codes.js';
import { runExtraction } from '../cli/extraction-run.js';
import type { Log } from '../cli/log.js';
import type { Terminal } from '../cli/terminal.js';
import { plural } from '../cli/text.js';
import { readWatchList } from '../io/watch-list-file.js';
import { type PageReading, UsageError } from '../model.js';
import type { AnyRow } from '../rows/define.js';
import { offerSchema } from '../rows/offer.js';
import { openContexts } from './offer-context.js';
import { AnnotatedPages, DiscardFile, withoutPictures } from './offer-files.js';
import { expandInputs, isGiven, type PageInput, rowsEngine, withGivenPages } from './offer-inputs.js';
import { OfferPages } from './offer-pages.js';
import { OfferTally } from './offer-tally.js';
import type { offersFlags } from './offers.js';
import { runTextOffers } from './offers-text-run.js';
import type { pageFlags } from './page-flags.js';
import { openPages, type SettledPages } from './page-inputs.js';

type OffersInvocation = Invocation<typeof offersFlags & typeof pageFlags & typeof extractionFlags>;
export type OffersFlagValues = OffersInvocation['flags'];

export async function runOffers({ flags, args }: OffersInvocation, terminal: Terminal): Promise<ExitCode> {
  checkUsage(flags, args);
  const absolute = (name: string): string => path.resolve(terminal.cwd, name);
  const contexts = await openContexts(flags, terminal.cwd);
  if (flags.text !== null) return runTextOffers(flags, flags.text, contexts, terminal);
  const listed = flags.watchList === null ? null : await readWatchList(absolute(flags.watchList), flags.watchList);
  const plan = {
    features: ['text'],
    outputs: { '--discards': flags.discards },
    directories: { '--annotate': { directory: flags.annotate, ending: '.png' } },
  } as const;
  const pages = await openPages('offers', args, flags, plan, terminal);
  const { opened } = pages;
  const { list, shard } = opened;
  const entries = withoutPictures(list.entries, { args, annotate: flags.annotate, cwd: terminal.cwd });
  const inputs = await expandInputs(entries, pages.expand);
  const discards = new DiscardFile(flags.discards === null ? null : absolute(flags.discards), opened);
  const tally = new OfferTally(listed?.products ?? null);
  let log: Log | null = null;
  const offers = new OfferPages({
    contexts,
    watchList: listed === null ? null : new WatchList(listed.products),
    minConfidence: flags.minConfidence,
    maxPixels: flags.maxPixels,
    discards,
    tally,
    warn: (message) => log?.warn(message),
  });
  return runExtraction<PageInput, readonly PageReading[]>(
    {
      ...pages,
      schemas: opened.schemasWithEnd([offerSchema]),
      loadEngine: async (settings) =>
        inputs.areAllRows ? rowsEngine() : withGivenPages(await pages.loadEngine(settings)),
      inputs: (engine, warnings) => {
        pages.inputs(engine as never, warnings);
        return inputs.pages();
      },
      count: (settled) => countInput(settled, pages.count),
      rowsOf: (settled) => rowsOf(settled, offers, flags, contexts.retailer, terminal.cwd),
      closingRows: (rows) => opened.endOf(rows, [offerSchema]),
      openFiles: async (runLog) => {
        log = runLog;
        if (entries.length < list.entries.length) {
          const count = list.entries.length - entries.length;
          runLog.info(`offers: ${plural(count, 'picture')} of an earlier run passed over (--annotate wrote them)`);
        }
        if (listed !== null && listed.repeated.length > 0)
          runLog.warn(`--watch-list: named more than once, counted once: ${listed.repeated.join(', ')}`);
        await discards.open();
        if (flags.annotate !== null)
          offers.annotated = await AnnotatedPages.open(absolute(flags.annotate), shard !== null);
        return { add: async () => undefined, close: (isWhole) => discards.close(isWhole) };
      },
      tallies: () => tally.lines(),
      remarks: () => tally.remarks(),
      findings: () => tally.findings(),
      close: async () => {
        offers.close();
        await discards.abort();
        await pages.close();
      },
    },
    terminal,
  );
}

/** Mistakes that can be told before anything is read. */
function checkUsage(flags: OffersFlagValues, args: readonly string[]): void {
  if (flags.text === null) return;
  const fail = (reason: string): never => {
    throw new UsageError(`offers: --text ${reason}`);
  };
  if (args.length > 0) fail(`reads ${flags.text} and no pages: leave ${args[0]} out, or --text`);
  if (flags.filesFrom !== null) fail('reads no pages: leave --files-from out');
  for (const [flag, value] of [
    ['--annotate', flags.annotate],
    ['--discards', flags.discards],
    ['--watch-list', flags.watchList],
    ['--shard', flags.shard],
  ] as const) {
    if (value !== null) fail(`cannot be combined with ${flag}, which is for pages`);
  }
}

function countInput(
  settled: SettledPages<PageInput>,
  count: (settled: SettledPages) => { ok: number; failed: number },
): { ok: number; failed: number } {
  const given = settled.item?.payload;
  if (given === undefined || !isGiven(given)) return count(settled as SettledPages);
  return given.reading === null ? { ok: 0, failed: 1 } : { ok: 1, failed: 0 };
}

async function rowsOf(
  settled: SettledPages<PageInput>,
  offers: OfferPages,
  { provider }: OffersFlagValues,
  retailer: string | null,
  cwd: string,
): Promise<readonly AnyRow[]> {
  const { source, item, outcome, attempts } = settled;
  const origin = (page: number | null, by: string | null): OfferOrigin => ({
    source,
    page,
    retailer,
    provider: by,
    model: null,
  });
  const payload = item?.payload;
  if (payload !== undefined && isGiven(payload)) {
    const { page, failure, reading } = payload;
    if (failure) return [failedOfferRow(failure.error, failure.attempts, null, origin(page, payload.provider))];
    if (reading === null) throw new Error('a given page without words and without a failure');
    const file = { path: path.resolve(cwd, source), mediaType: null };
    return offers.rowsOf({ source, reading, provider: payload.provider, ...file });
  }
  if (!outcome.ok || payload === undefined) {
    if (outcome.ok) throw new Error('an answer without pages');
    const failedPages = payload?.pages ?? [settled.page];
    return failedPages.map((page) => failedOfferRow(outcome.error, attempts, null, origin(page, provider)));
  }
  const rows: AnyRow[] = [];
  for (const reading of outcome.value) {
    if (reading.error) {
      rows.push(failedOfferRow(reading.error, attempts, null, origin(reading.page, provider)));
      continue;
    }
    // A text layer is read on this machine, whoever reads the pictures.
    const by = reading.model === 'pdf-text' ? 'local' : provider;
    const { path: file, mediaType } = payload;
    rows.push(...(await offers.rowsOf({ source, reading, provider: by, path: file, mediaType })));
  }
  return rows;
}
