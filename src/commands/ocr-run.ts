/** `uxd ocr`: pages through an OCR engine. */
import path from 'node:path';
import type { Invocation } from '../cli/command.js';
import type { extractionFlags } from '../cli/common-flags.js';
import type { ExitCode } from '../cli/exit-codes.js';
import type { SettledFiles } from '../cli/extraction.js';
import { runExtraction } from '../cli/extraction-run.js';
import type { Log } from '../cli/log.js';
import type { Terminal } from '../cli/terminal.js';
import { type PageReading, type PageSpan, UsageError } from '../model.js';
import { OCR_PROVIDERS } from '../providers/index.js';
import type { AnyRow, RowSchema } from '../rows/define.js';
import { ocrSchema } from '../rows/ocr.js';
import { failedRow, rowsOfPage } from '../rows/page-rows.js';
import { labelSchema, logoSchema, objectSchema } from '../rows/sightings.js';
import type { ocrFlags } from './ocr.js';
import { openPages, type SettledPages } from './page-inputs.js';

type OcrInvocation = Invocation<typeof ocrFlags & typeof extractionFlags>;

const SCHEMAS = {
  text: ocrSchema,
  labels: labelSchema,
  objects: objectSchema,
  logos: logoSchema,
} as const satisfies Record<string, RowSchema>;

export async function runOcr(invocation: OcrInvocation, terminal: Terminal): Promise<ExitCode> {
  const { flags, args } = invocation;
  checkUsage(flags);
  const { opened, ...pages } = await openPages(
    'ocr',
    args,
    flags,
    {
      features: flags.features,
      directories: {
        '--hocr': { directory: flags.hocr, ending: '.hocr' },
        '--searchable-pdf': { directory: flags.searchablePdf, ending: '.pdf' },
      },
    },
    terminal,
  );
  const schemas = flags.features.map((feature) => SCHEMAS[feature]);
  return runExtraction<PageSpan, readonly PageReading[]>(
    {
      ...pages,
      schemas: opened.schemasWithEnd(schemas),
      rowsOf: (settled) => pageRows(settled, flags),
      closingRows: (rows) => opened.endOf(rows, schemas),
      openFiles: (log) => openDocumentFiles(flags, terminal.cwd, opened.shard !== null, log),
    },
    terminal,
  );
}

/** Mistakes that can be told before anything is read. */
function checkUsage(flags: OcrInvocation['flags']): void {
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
