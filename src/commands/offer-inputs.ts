/** Flyers, and rows of words that another run has read, as the inputs of one run. */
import type { expandDocuments } from '../io/documents.js';
import type { InputEntry } from '../io/inputs.js';
import { type GivenPage, holdsRows, readWordRows } from '../io/word-rows.js';
import type { Engine, FailedInput, Item, OcrEngine, PageReading, PageSpan } from '../model.js';
import { withAnswerAtOnce } from '../providers/answer-at-once.js';
import { PAGE_FILE_EXTENSIONS } from './page-inputs.js';

/** Pages to read, or a page whose words are given. */
export type PageInput = PageSpan | GivenPage;

type PageInputEngine = Engine<PageInput, readonly PageReading[]>;

export function isGiven(input: PageInput): input is GivenPage {
  return 'reading' in input;
}

/** An engine that takes given pages as they are and leaves the others to the engine given. */
export function withGivenPages(engine: OcrEngine): PageInputEngine {
  // What is answered at once never gets to the engine.
  return withAnswerAtOnce(engine as unknown as PageInputEngine, ({ payload }) => {
    if (!isGiven(payload)) return null;
    return payload.reading === null ? [] : [payload.reading];
  });
}

/** The engine of a run that has nothing to read: it needs no models and no credentials. */
export function rowsEngine(): PageInputEngine {
  return withGivenPages({
    id: 'rows',
    version: '1',
    limits: { itemsPerBatch: 1, bytesPerBatch: 1, parallelBatches: 1, requestsPerMinute: null },
    isRemote: false,
    isQuick: true,
    processBatch: () => Promise.reject(new Error('rows were sent to be read')),
    close: async () => undefined,
  });
}

export interface OfferInputs {
  /** No page has to be read. */
  readonly areAllRows: boolean;
  pages(): AsyncGenerator<Item<PageInput> | FailedInput>;
}

/** Tells the files of rows among the inputs from the files of pages. */
export async function expandInputs(
  entries: readonly InputEntry[],
  expand: (entries: readonly InputEntry[]) => ReturnType<typeof expandDocuments>,
): Promise<OfferInputs> {
  const rowFiles = new Set<InputEntry>();
  for (const entry of entries) if (await isRowFile(entry)) rowFiles.add(entry);
  return {
    areAllRows: entries.length > 0 && rowFiles.size === entries.length,
    pages: () => allPages(entries, rowFiles, expand),
  };
}

/** A file that cannot be looked into is left to whoever reads pages, with its error. */
async function isRowFile(entry: InputEntry): Promise<boolean> {
  if ('error' in entry) return false;
  const name = entry.source.toLowerCase();
  if (PAGE_FILE_EXTENSIONS.some((ending) => name.endsWith(ending))) return false;
  return holdsRows(entry.path).catch(() => false);
}

async function* allPages(
  entries: readonly InputEntry[],
  rowFiles: ReadonlySet<InputEntry>,
  expand: (entries: readonly InputEntry[]) => ReturnType<typeof expandDocuments>,
): AsyncGenerator<Item<PageInput> | FailedInput> {
  let index = 0;
  let documents: InputEntry[] = [];
  for (const entry of entries) {
    if (!rowFiles.has(entry) || !('path' in entry)) {
      documents.push(entry);
      continue;
    }
    // Neighbours are looked into together.
    for await (const page of expand(documents)) yield { ...page, index: index++ };
    documents = [];
    for await (const page of readWordRows(entry.path, entry.source)) yield toItem(page, index++);
  }
  for await (const page of expand(documents)) yield { ...page, index: index++ };
}

function toItem(page: GivenPage, index: number): Item<GivenPage> {
  // Never looked up: the answer is in the payload.
  return { index, source: page.source, key: `rows#${index}`, sizeBytes: 0, payload: page };
}
