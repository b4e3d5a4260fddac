/** What the commands that read pages have in common: inputs and engine. */
import type { extractionFlags } from '../cli/common-flags.js';
import type { Extraction } from '../cli/extraction.js';
import type { FlagValues } from '../cli/flags.js';
import type { Terminal } from '../cli/terminal.js';
import { type ExpandOptions, expandDocuments } from '../io/documents.js';
import type { InputEntry } from '../io/inputs.js';
import type { Feature, OcrEngine, OcrOptions, PageReading, PageSpan } from '../model.js';
import type { Settled } from '../pipeline/settled.js';
import { withFileGuard } from '../providers/file-guard.js';
import { OCR_PROVIDERS } from '../providers/index.js';
import { withTextLayer } from '../providers/text-layer.js';
import { type InputPlan, type OpenedInputs, openInputs } from './inputs.js';
import type { pageFlags } from './page-flags.js';

export type PageFlagValues = FlagValues<typeof pageFlags & typeof extractionFlags>;
export type SettledPages<P = PageSpan> = Settled<P, readonly PageReading[]>;

/** Endings of the files taken from directories. */
export const PAGE_FILE_EXTENSIONS = ['.png', '.jpg', '.jpeg', '.webp', '.gif', '.bmp', '.tif', '.tiff', '.pdf'];

/** The part of an extraction that all commands on pages share. */
type PageExtraction = Omit<
  Extraction<PageSpan, readonly PageReading[]>,
  'rowsOf' | 'closingRows' | 'schemas' | 'loadEngine'
> & {
  readonly opened: OpenedInputs;
  loadEngine(...settings: Parameters<Extraction<PageSpan, readonly PageReading[]>['loadEngine']>): Promise<OcrEngine>;
  /** The pages of some of the inputs. */
  expand(entries: readonly InputEntry[]): ReturnType<typeof expandDocuments>;
};

/** What a command on pages asks of them, and the files that it writes beside its rows. */
interface PagePlan extends Pick<InputPlan, 'outputs' | 'directories'> {
  readonly features: readonly Feature[];
}

/** Lists the inputs and checks what can be told before anything is read; throws `UsageError`. */
export async function openPages(
  command: string,
  args: readonly string[],
  flags: PageFlagValues,
  { features, ...files }: PagePlan,
  terminal: Terminal,
): Promise<PageExtraction> {
  const plan = { noun: 'files', extensions: PAGE_FILE_EXTENSIONS, ...files } as const;
  const opened = await openInputs(command, args, flags, plan, terminal);
  const provider = OCR_PROVIDERS[flags.provider];
  const options = ocrOptions(flags, features);
  const expand = (entries: readonly InputEntry[]) => expandDocuments(entries, expandOptions(flags, features));
  return {
    command,
    flags,
    unit: 'page',
    ...opened.facts,
    answerOptions: options,
    pricesAsOf: await provider.pricesAsOf(),
    loadEngine: async (settings) => withFileGuard(withTextLayer(await provider.load(options, settings), options)),
    inputs: (_, log) => {
      opened.tellUnmatched(log);
      return expand(opened.list.entries);
    },
    count: countPages,
    isFinal: (readings) => readings.every(({ error }) => !error?.isRetryable),
    opened,
    expand,
  };
}

/** Answers are kept under these options: commands with equal ones share what was read. */
function ocrOptions(flags: PageFlagValues, features: readonly Feature[]): OcrOptions {
  return {
    features,
    languages: flags.lang,
    quality: flags.quality,
    pdfText: flags.pdfText,
    dpi: flags.dpi,
    maxPixels: flags.maxPixels,
  };
}

function expandOptions(flags: PageFlagValues, features: readonly Feature[]): ExpandOptions {
  return {
    pagesPerItem: OCR_PROVIDERS[flags.provider].pagesPerItem,
    pages: flags.pages,
    maxPixels: flags.maxPixels,
    useTextLayer: features.length === 1 && features[0] === 'text' ? flags.pdfText : 'never',
  };
}

function countPages({ item, outcome }: SettledPages): { ok: number; failed: number } {
  if (!outcome.ok) return { ok: 0, failed: item?.payload.pages.length ?? 1 };
  const failed = outcome.value.filter(({ error }) => error !== undefined).length;
  return { ok: outcome.value.length - failed, failed };
}
