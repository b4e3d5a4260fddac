/** `uxd ocr`: pages through an OCR engine. */
import os from 'node:os';
import path from 'node:path';
import type { Invocation } from '../cli/command.js';
import type { extractionFlags } from '../cli/common-flags.js';
import type { ExitCode } from '../cli/exit-codes.js';
import { runExtraction, type SettledFiles } from '../cli/extraction.js';
import type { Log } from '../cli/log.js';
import { findShard, type Shard } from '../cli/shard.js';
import type { Terminal } from '../cli/terminal.js';
import { expandDocuments } from '../io/documents.js';
import { listInputs } from '../io/inputs.js';
import { type OcrOptions, type PageReading, type PageSpan, UsageError } from '../model.js';
import type { Settled } from '../pipeline/run.js';
import { withFileGuard } from '../providers/file-guard.js';
import { OCR_PROVIDERS } from '../providers/index.js';
import { withTextLayer } from '../providers/text-layer.js';
import type { AnyRow, RowSchema } from '../rows/define.js';
import { ocrSchema } from '../rows/ocr.js';
import { failedRow, rowsOfPage } from '../rows/page-rows.js';
import { type ShardRow, shardSchema } from '../rows/shard.js';
import { labelSchema, logoSchema, objectSchema } from '../rows/sightings.js';
import { tellOfInputs } from './listed-inputs.js';
import type { ocrFlags } from './ocr.js';
import { checkOutputs } from './outputs.js';

type OcrInvocation = Invocation<typeof ocrFlags & typeof extractionFlags>;
type SettledPages = Settled<PageSpan, readonly PageReading[]>;

/** Endings of the files taken from directories. */
const PAGE_FILE_EXTENSIONS = ['.png', '.jpg', '.jpeg', '.webp', '.gif', '.bmp', '.tif', '.tiff', '.pdf'];

const SCHEMAS = {
  text: ocrSchema,
  labels: labelSchema,
  objects: objectSchema,
  logos: logoSchema,
} as const satisfies Record<string, RowSchema>;

export async function runOcr(invocation: OcrInvocation, terminal: Terminal): Promise<ExitCode> {
  const { flags, args } = invocation;
  const provider = OCR_PROVIDERS[flags.provider];
  const shard = findShard(flags.shard, terminal.env);
  checkUsage(invocation, shard !== null);
  const options = ocrOptions(flags);
  const inputs = await listInputs(
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
  await checkOutputs(
    'ocr',
    {
      outputs: { '--output': flags.output, '--summary': flags.summary },
      lists: { '--files-from': flags.filesFrom },
      directories: {
        '--hocr': { directory: flags.hocr, ending: '.hocr' },
        '--searchable-pdf': { directory: flags.searchablePdf, ending: '.pdf' },
      },
    },
    inputs,
    terminal,
  );
  const { listing, entries, total, others, dispose } = inputs;
  return runExtraction<PageSpan, readonly PageReading[]>(
    {
      command: 'ocr',
      flags,
      unit: 'page',
      inputCount: total,
      others,
      inputNames: args.length > 0 ? args : [`--files-from ${flags.filesFrom}`],
      schemas: [...flags.features.map((feature) => SCHEMAS[feature]), ...(shard ? [shardSchema] : [])],
      answerOptions: options,
      pricesAsOf: await provider.pricesAsOf(),
      loadEngine: async (settings) => withFileGuard(withTextLayer(await provider.load(options, settings), options)),
      inputs: (_, log) => {
        tellOfInputs('ocr', inputs, log);
        return expandDocuments(entries, {
          pagesPerItem: provider.pagesPerItem,
          pages: flags.pages,
          maxPixels: flags.maxPixels,
          useTextLayer: flags.features.length === 1 && flags.features[0] === 'text' ? flags.pdfText : 'never',
        });
      },
      count: countPages,
      isFinal: (readings) => readings.every(({ error }) => !error?.isRetryable),
      rowsOf: (settled) => pageRows(settled, flags),
      closingRows: (rows) => (shard ? [shardEnd(shard, rows, flags.features, listing)] : []),
      openFiles: (log) => openDocumentFiles(flags, terminal.cwd, shard !== null, log),
      close: dispose,
    },
    terminal,
  );
}

/** Mistakes that can be told before anything is read. */
function checkUsage({ flags, args }: OcrInvocation, isSharded: boolean): void {
  if (args.length === 0 && flags.filesFrom === null) {
    throw new UsageError('ocr: no input; name files, directories or globs, or - for standard input (uxd ocr --help)');
  }
  const { features } = OCR_PROVIDERS[flags.provider];
  for (const feature of flags.features) {
    if ((features as readonly string[]).includes(feature)) continue;
    const able = Object.entries(OCR_PROVIDERS).filter(([, other]) =>
      (other.features as readonly string[]).includes(feature),
    );
    const names = able.map(([name]) => `--provider ${name}`).join(' or ');
    throw new UsageError(`ocr: --provider ${flags.provider} does not find ${feature}; use ${names}`);
  }
  const needsText = flags.hocr !== null ? '--hocr' : flags.searchablePdf !== null ? '--searchable-pdf' : null;
  if (needsText && !flags.features.includes('text')) throw new UsageError(`ocr: ${needsText} needs --features text`);
  if (needsText && flags.unordered) throw new UsageError(`ocr: ${needsText} cannot be combined with --unordered`);
  if (!isSharded) return;
  if (flags.unordered) throw new UsageError('ocr: parts of a sharded run keep the input order: leave --unordered out');
  const isOtherFormat = flags.format !== null ? flags.format !== 'jsonl' : /\.(csv|parquet)$/i.test(flags.output ?? '');
  if (isOtherFormat) throw new UsageError('ocr: parts of a sharded run are JSONL; `uxd merge` writes CSV and Parquet');
}

function ocrOptions(flags: OcrInvocation['flags']): OcrOptions {
  return {
    features: flags.features,
    languages: flags.lang,
    quality: flags.quality,
    pdfText: flags.pdfText,
    dpi: flags.dpi,
    maxPixels: flags.maxPixels,
  };
}

function countPages({ item, outcome }: SettledPages): { ok: number; failed: number } {
  if (!outcome.ok) return { ok: 0, failed: item?.payload.pages.length ?? 1 };
  const failed = outcome.value.filter(({ error }) => error !== undefined).length;
  return { ok: outcome.value.length - failed, failed };
}

function pageRows(settled: SettledPages, flags: OcrInvocation['flags']): readonly AnyRow[] {
  const { source, item, outcome, attempts } = settled;
  if (outcome.ok) return outcome.value.flatMap((reading) => rowsOfPage(source, reading, attempts, flags));
  if (!item) return [failedRow(source, settled.page, outcome.error, attempts, flags)];
  return item.payload.pages.map((page) => failedRow(source, page, outcome.error, attempts, flags));
}

/** The hOCR and PDF files of `--hocr` and `--searchable-pdf`. */
async function openDocumentFiles(
  flags: OcrInvocation['flags'],
  cwd: string,
  isSharded: boolean,
  log: Log,
): Promise<SettledFiles<PageSpan, readonly PageReading[]> | null> {
  if (flags.hocr === null && flags.searchablePdf === null) return null;
  const { DocumentFiles } = await import('../io/document-files.js');
  const files = await DocumentFiles.open({
    hocrDirectory: flags.hocr === null ? null : path.resolve(cwd, flags.hocr),
    pdfDirectory: flags.searchablePdf === null ? null : path.resolve(cwd, flags.searchablePdf),
    dpi: flags.dpi,
    maxPixels: flags.maxPixels,
    isSharded,
    warn: log.warn,
  });
  return {
    add: async ({ source, item, outcome }) => {
      if (item && outcome.ok) await files.add({ source, ...item.payload, readings: outcome.value });
    },
    close: () => files.close(),
  };
}

function shardEnd(shard: Shard, rows: number, features: OcrInvocation['flags']['features'], listing: string): ShardRow {
  const base = { schema: 'uxd.shard/1', source: '', status: 'ok', shard: shard.index, shards: shard.count } as const;
  return { ...base, rows, schemas: features.map((feature) => SCHEMAS[feature].name).join(' '), listing };
}
