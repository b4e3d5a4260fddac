/** What the commands that read pages have in common: inputs and engine. */
import os from 'node:os';
import type { extractionFlags } from '../cli/common-flags.js';
import type { Extraction } from '../cli/extraction.js';
import type { FlagValues } from '../cli/flags.js';
import { findShard, type Shard } from '../cli/shard.js';
import type { Terminal } from '../cli/terminal.js';
import { type ExpandOptions, expandDocuments } from '../io/documents.js';
import { type InputEntry, type InputList, listInputs } from '../io/inputs.js';
import type { Feature, OcrEngine, OcrOptions, PageReading, PageSpan } from '../model.js';
import type { Settled } from '../pipeline/run.js';
import { withFileGuard } from '../providers/file-guard.js';
import { OCR_PROVIDERS } from '../providers/index.js';
import { withTextLayer } from '../providers/text-layer.js';
import { checkInputs } from './inputs.js';
import { tellOfInputs } from './listed-inputs.js';
import { checkOutputs, type NamedDirectories, type NamedFiles } from './outputs.js';
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
  readonly shard: Shard | null;
  readonly list: InputList;
  loadEngine(...settings: Parameters<Extraction<PageSpan, readonly PageReading[]>['loadEngine']>): Promise<OcrEngine>;
  /** The pages of some of the inputs. */
  expand(entries: readonly InputEntry[]): ReturnType<typeof expandDocuments>;
};

/** What a command on pages asks of them, and the files that it writes beside its rows. */
interface PagePlan {
  readonly features: readonly Feature[];
  readonly outputs?: NamedFiles;
  readonly directories?: NamedDirectories;
}

/** Lists the inputs and checks what can be told before anything is read; throws `UsageError`. */
export async function openPages(
  command: string,
  args: readonly string[],
  flags: PageFlagValues,
  { features, outputs = {}, directories = {} }: PagePlan,
  terminal: Terminal,
): Promise<PageExtraction> {
  const shard = findShard(flags.shard, terminal.env);
  checkInputs(command, args, flags, shard !== null);
  const list = await listInputs(
    {
      patterns: args,
      recursive: flags.recursive,
      filesFrom: flags.filesFrom,
      nullSeparated: flags.null,
      shard,
      extensions: PAGE_FILE_EXTENSIONS,
    },
    { cwd: terminal.cwd, stdin: terminal.stdin, tempDir: os.tmpdir() },
  );
  const written = { '--output': flags.output, '--summary': flags.summary, ...outputs };
  await checkOutputs(
    command,
    { outputs: written, lists: { '--files-from': flags.filesFrom }, directories },
    list,
    terminal,
  );
  const provider = OCR_PROVIDERS[flags.provider];
  const options = ocrOptions(flags, features);
  const expand = (entries: readonly InputEntry[]) => expandDocuments(entries, expandOptions(flags, features));
  return {
    command,
    flags,
    unit: 'page',
    inputCount: list.total,
    ownInputCount: list.entries.length,
    others: list.others,
    inputNames: args.length > 0 ? args : [`--files-from ${flags.filesFrom}`],
    answerOptions: options,
    pricesAsOf: await provider.pricesAsOf(),
    loadEngine: async (settings) => withFileGuard(withTextLayer(await provider.load(options, settings), options)),
    inputs: (_, log) => {
      tellOfInputs(command, list, log);
      return expand(list.entries);
    },
    count: countPages,
    isFinal: (readings) => readings.every(({ error }) => !error?.isRetryable),
    close: list.dispose,
    shard,
    list,
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
