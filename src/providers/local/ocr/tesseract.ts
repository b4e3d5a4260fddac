/** Tesseract 5 as WebAssembly, in this process: pictures go in as raw pixels and the words come out. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Bounds } from './geometry.js';
import type { GrayRaster } from './raster.js';

/** One language's data: its code as in the file name, and the gzipped `.traineddata`. */
export interface TesseractData {
  readonly code: string;
  readonly path: string;
}

export interface TesseractSymbol {
  readonly text: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly bounds: Bounds;
}

export interface TesseractWord extends TesseractSymbol {
  readonly symbols: readonly TesseractSymbol[];
}

export interface TesseractLine {
  readonly words: readonly TesseractWord[];
  readonly bounds: Bounds;
}

/** Lines of one block of the page layout. */
export interface TesseractBlock {
  readonly lines: readonly TesseractLine[];
}

/** How the picture is laid out; the numbers are Tesseract's page segmentation modes. */
export const PAGE_LAYOUT = { page: 3, oneColumn: 4, block: 6, line: 7, sparse: 11, rawLine: 13 } as const;
export type PageLayout = keyof typeof PAGE_LAYOUT;

export interface TesseractReader {
  /** Reads a picture; `symbols` asks for each character as well. */
  read(image: GrayRaster, layout: PageLayout): readonly TesseractBlock[];
}

interface TesseractApi {
  Init(dataPath: string, languages: string, engineMode: number): number;
  SetVariable(name: string, value: string): boolean;
  SetPageSegMode(mode: number): void;
  SetImageFile(exif: number, angle: number): number;
  Recognize(monitor: null): number;
  GetJSONText(): string;
  Clear(): void;
}

interface TesseractModule {
  readonly FS: { writeFile(path: string, data: Uint8Array): void };
  readonly TessBaseAPI: new () => TesseractApi;
}

type TesseractFactory = (options: { TesseractProgress(percent: number): void }) => Promise<TesseractModule>;

/** The neural recogniser alone: the older one is not in the data. */
const LSTM_ONLY = 1;

/**
 * The smallest module with relaxed SIMD, as bytes: `i8x16.relaxed_swizzle` in a function. It compiles only where the
 * instructions are known (https://github.com/WebAssembly/relaxed-simd).
 */
const RELAXED_SIMD_PROBE = Uint8Array.from([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15,
  253, 128, 2, 11,
]);

/** Starts Tesseract with the given languages, the likeliest first. */
export async function startTesseract(languages: readonly TesseractData[]): Promise<TesseractReader> {
  const require = createRequire(import.meta.url);
  const variant = hasRelaxedSimd() ? 'relaxedsimd-lstm' : 'simd-lstm';
  const factory = require(`tesseract.js-core/tesseract-core-${variant}`) as TesseractFactory;
  const module = await factory({ TesseractProgress: () => undefined });
  for (const { code, path } of languages) {
    module.FS.writeFile(`${code}.traineddata`, await promisify(gunzip)(await readFile(path)));
  }
  const api = new module.TessBaseAPI();
  const codes = languages.map(({ code }) => code).join('+');
  if (api.Init('.', codes, LSTM_ONLY) !== 0) throw new Error(`Tesseract did not start with the languages ${codes}`);
  api.SetVariable('user_defined_dpi', '300');
  return { read: (image, layout) => readImage(module, api, image, layout) };
}

/** Node's types do not declare WebAssembly. */
function hasRelaxedSimd(): boolean {
  const { WebAssembly } = globalThis as unknown as { WebAssembly: { validate(module: Uint8Array): boolean } };
  return WebAssembly.validate(RELAXED_SIMD_PROBE);
}

function readImage(
  module: TesseractModule,
  api: TesseractApi,
  image: GrayRaster,
  layout: PageLayout,
): readonly TesseractBlock[] {
  module.FS.writeFile('/input', toPortableGraymap(image));
  api.SetPageSegMode(PAGE_LAYOUT[layout]);
  if (api.SetImageFile(1, 0) === 1) throw new Error('Tesseract refused the picture');
  api.Recognize(null);
  const blocks = parseBlocks(api.GetJSONText());
  api.Clear();
  return blocks;
}

/** The plainest format that Tesseract's image library reads: a header and the pixels. */
function toPortableGraymap({ width, height, data }: GrayRaster): Uint8Array {
  const header = Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1');
  const file = new Uint8Array(header.length + data.length);
  file.set(header);
  file.set(data, header.length);
  return file;
}

interface JsonBox {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

interface JsonUnit {
  readonly text: string;
  readonly confidence: number;
  readonly bbox: JsonBox;
}

interface JsonPage {
  readonly blocks?: readonly {
    readonly paragraphs: readonly {
      readonly lines: readonly (JsonUnit & {
        readonly words: readonly (JsonUnit & { symbols: readonly JsonUnit[] })[];
      })[];
    }[];
  }[];
}

function parseBlocks(json: string): TesseractBlock[] {
  const page = JSON.parse(json) as JsonPage;
  return (page.blocks ?? []).map((block) => ({
    lines: block.paragraphs
      .flatMap((paragraph) => paragraph.lines)
      .map((line) => ({
        bounds: toBounds(line.bbox),
        words: line.words.map((word) => ({ ...toSymbol(word), symbols: word.symbols.map(toSymbol) })),
      })),
  }));
}

function toSymbol({ text, confidence, bbox }: JsonUnit): TesseractSymbol {
  return { text, confidence: Math.min(1, Math.max(0, confidence / 100)), bounds: toBounds(bbox) };
}

function toBounds({ x0, y0, x1, y1 }: JsonBox): Bounds {
  return { left: x0, top: y0, right: x1, bottom: y1 };
}
