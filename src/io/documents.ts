/** Turns files into the items that an engine is given: runs of pages with the key of their content. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { promisify } from 'node:util';
import type { FailedInput, Item, ItemError, PageMediaType, PageSpan } from '../model.js';
import { checkPixels, probeImage } from './images.js';
import { InputError, toInputError } from './input-error.js';
import type { InputEntry } from './inputs.js';
import { describeUnknown, SNIFF_BYTES, sniffMediaType } from './media-type.js';
import { formatPages, type PageSelection, selectPages } from './page-ranges.js';
import { openPdf } from './pdf.js';

export interface ExpandOptions {
  /** How many pages of such a file one item may hold. */
  pagesPerItem(mediaType: PageMediaType): number;
  /** Null for all pages. */
  readonly pages: PageSelection | null;
  /** Pictures with more pixels are refused. */
  readonly maxPixels: number;
  /** Whether PDF pages that have text of their own are read from it; `only` takes it even where it is poor. */
  readonly useTextLayer: 'auto' | 'never' | 'only';
}

/** A file that was looked into, or why not. */
type Examined = ExaminedFile | { readonly source: string; readonly error: ItemError };

interface ExaminedFile {
  readonly source: string;
  readonly path: string;
  readonly mediaType: PageMediaType;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** Hex sha256 of the content. */
  readonly hash: string;
  /** Null for a PDF, which is opened when its turn comes. */
  readonly pageCount: number | null;
}

type Expanded = Item<PageSpan> | FailedInput;

// Thousands of small files: plain descriptors cost a third of what the file handles of node:fs/promises do.
const open = promisify(fs.open);
const close = promisify(fs.close);
const fstat = promisify(fs.fstat);
const read = promisify(fs.read);

/** Files that are hashed and probed while an earlier one is being taken. */
const LOOK_AHEAD = 8;
const CHUNK_BYTES = 1 << 20;
/** A text layer is read in milliseconds; a few pages at once save opening the file for each. */
const TEXT_LAYER_PAGES_PER_ITEM = 10;

async function readAndHash(
  file: number,
): Promise<Pick<ExaminedFile, 'hash' | 'sizeBytes' | 'modifiedMs'> & { head: Uint8Array }> {
  const hash = createHash('sha256');
  const { size, mtimeMs: modifiedMs } = await fstat(file);
  // One byte more than the file has, so that its end shows in the first read.
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, size + 1));
  let head: Uint8Array = new Uint8Array(0);
  let sizeBytes = 0;
  for (;;) {
    const { bytesRead } = await read(file, buffer, 0, buffer.length, sizeBytes);
    if (bytesRead === 0) break;
    if (head.length < SNIFF_BYTES)
      head = Buffer.concat([head, buffer.subarray(0, SNIFF_BYTES - head.length)]).subarray(0, SNIFF_BYTES);
    hash.update(buffer.subarray(0, bytesRead));
    sizeBytes += bytesRead;
    // Some file systems give less than is asked for in the middle of a file too.
    if (bytesRead < buffer.length && sizeBytes >= size) break;
  }
  return { head: head.subarray(0, Math.min(head.length, sizeBytes)), hash: hash.digest('hex'), sizeBytes, modifiedMs };
}

async function examineFile(source: string, path: string, options: ExpandOptions): Promise<ExaminedFile> {
  const file = await open(path, 'r');
  try {
    const { head, hash, sizeBytes, modifiedMs } = await readAndHash(file);
    if (sizeBytes === 0)
      throw new InputError('EMPTY_FILE', 'the file is empty; was it copied or downloaded to the end?');
    const mediaType = sniffMediaType(head);
    if (mediaType === null) throw new InputError('NOT_AN_IMAGE', describeUnknown(head));
    const facts = { source, path, mediaType, sizeBytes, modifiedMs, hash };
    if (mediaType === 'application/pdf') return { ...facts, pageCount: null };
    // The engine that decodes a picture looks at its header; here only the number of pages matters.
    if (mediaType !== 'image/tiff') return { ...facts, pageCount: 1 };
    const image = await probeImage(path, mediaType);
    checkPixels(image, options.maxPixels);
    return { ...facts, pageCount: image.pages };
  } finally {
    await close(file);
  }
}

function toItemError(error: unknown): ItemError {
  const known = toInputError(error);
  if (known instanceof InputError) return known.toItemError();
  throw error;
}

async function examine(entry: InputEntry, options: ExpandOptions): Promise<Examined> {
  if ('error' in entry) return entry;
  try {
    return await examineFile(entry.source, entry.path, options);
  } catch (error) {
    return { source: entry.source, error: toItemError(error) };
  }
}

/** Examines a few files at once and gives them in their order. */
async function* examineAll(entries: Iterable<InputEntry>, options: ExpandOptions): AsyncGenerator<Examined> {
  const ahead: Promise<Examined>[] = [];
  for (const entry of entries) {
    const examined = examine(entry, options);
    // Whoever stops early leaves promises behind; a failure among them is nobody's any more.
    examined.catch(() => undefined);
    ahead.push(examined);
    if (ahead.length >= LOOK_AHEAD) yield await (ahead.shift() as Promise<Examined>);
  }
  for (const examined of ahead) yield await examined;
}

/** Pages in a row that are read in the same way. */
interface Run {
  readonly pages: number[];
  readonly useTextLayer: boolean;
}

type RunOrFailure = Run | { readonly page: number; readonly error: ItemError };

/** Joins pages to runs as long as an item may be. */
class RunBuilder {
  readonly #maxPages: number;
  #run: Run | null = null;

  constructor(pagesPerItem: number) {
    this.#maxPages = Math.max(1, pagesPerItem);
  }

  /** Takes a page and gives the run that it does not belong to any more. */
  add(page: number, useTextLayer: boolean): Run | null {
    const maxPages = useTextLayer ? TEXT_LAYER_PAGES_PER_ITEM : this.#maxPages;
    const run = this.#run;
    const continues =
      run?.useTextLayer === useTextLayer && run.pages.length < maxPages && run.pages.at(-1) === page - 1;
    if (run !== null && continues) {
      run.pages.push(page);
      return null;
    }
    this.#run = { pages: [page], useTextLayer };
    return run;
  }

  /** Gives the last run. */
  flush(): Run | null {
    const run = this.#run;
    this.#run = null;
    return run;
  }
}

function pagesOf(pageCount: number, selection: PageSelection | null): number[] {
  const pages = selectPages(selection, pageCount);
  if (pages.length > 0) return pages;
  const has = pageCount === 1 ? '1 page' : `${pageCount} pages`;
  throw new InputError('PAGE_NOT_FOUND', `the file has ${has}, none of which --pages asks for`);
}

/** The runs of a PDF; pages are looked at one by one, so that the first items of a long file come at once. */
async function* pdfRuns(
  file: ExaminedFile,
  options: ExpandOptions,
): AsyncGenerator<RunOrFailure & { pageCount: number }> {
  const pdf = await openPdf(file.path);
  try {
    const { pageCount } = pdf;
    const builder = new RunBuilder(options.pagesPerItem(file.mediaType));
    for (const page of pagesOf(pageCount, options.pages)) {
      try {
        const hasText = options.useTextLayer === 'auto' && pdf.hasTextLayer(page);
        const done = builder.add(page, options.useTextLayer === 'only' || hasText);
        if (done !== null) yield { ...done, pageCount };
      } catch (error) {
        const itemError = toItemError(error);
        const done = builder.flush();
        if (done !== null) yield { ...done, pageCount };
        yield { page, error: itemError, pageCount };
      }
    }
    const last = builder.flush();
    if (last !== null) yield { ...last, pageCount };
  } finally {
    pdf.close();
  }
}

function* imageRuns(
  file: ExaminedFile,
  pageCount: number,
  options: ExpandOptions,
): Generator<Run & { pageCount: number }> {
  const builder = new RunBuilder(options.pagesPerItem(file.mediaType));
  for (const page of pagesOf(pageCount, options.pages)) {
    const done = builder.add(page, false);
    if (done !== null) yield { ...done, pageCount };
  }
  const last = builder.flush();
  if (last !== null) yield { ...last, pageCount };
}

function toItem(file: ExaminedFile, run: Run & { pageCount: number }, index: number): Item<PageSpan> {
  const { source, path, mediaType, sizeBytes, modifiedMs, hash } = file;
  const { pages, useTextLayer, pageCount } = run;
  return {
    index,
    source,
    key: `${hash}#${formatPages(pages)}${useTextLayer ? '+text' : ''}`,
    sizeBytes,
    payload: { path, mediaType, pages, pageCount, fileBytes: sizeBytes, modifiedMs, useTextLayer },
  };
}

/**
 * Looks into the files and gives the items to read, in order. A file that cannot be read, or a page of a PDF, becomes a
 * {@link FailedInput} in its place; damage that only decoding shows is left to the engine. `index` counts everything
 * that is given, from 0.
 */
export async function* expandDocuments(
  entries: Iterable<InputEntry>,
  options: ExpandOptions,
): AsyncGenerator<Expanded, void, undefined> {
  let index = 0;
  for await (const file of examineAll(entries, options)) {
    const { source } = file;
    if ('error' in file) {
      yield { index: index++, source, page: null, error: file.error };
      continue;
    }
    try {
      const runs = file.pageCount === null ? pdfRuns(file, options) : imageRuns(file, file.pageCount, options);
      for await (const run of runs) {
        if ('error' in run) yield { index: index++, source, page: run.page, error: run.error };
        else yield toItem(file, run, index++);
      }
    } catch (error) {
      yield { index: index++, source, page: null, error: toItemError(error) };
    }
  }
}
