/**
 * PDFium as WebAssembly. Every open document has a module instance of its own: a damaged file that makes the code trap
 * takes only its own instance along, and the memory it grew goes with it.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** The part of the global that is used here; the types of Node 20 leave it to those of browsers. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<WasmModule>;
  instantiate(module: WasmModule, imports: object): Promise<object>;
  readonly RuntimeError: new (message?: string) => Error;
};
interface WasmModule {
  readonly [Symbol.toStringTag]: 'WebAssembly.Module';
}

type Fn<N extends number> = (
  ...numbers: N extends 1
    ? [number]
    : N extends 2
      ? [number, number]
      : N extends 3
        ? [number, number, number]
        : number[]
) => number;

/** The functions of PDFium that are used here, with pointers as numbers; see the headers in PDFium's `public/`. */
export interface PdfiumFunctions {
  malloc: Fn<1>;
  free(pointer: number): void;
  FPDF_LoadMemDocument: Fn<3>;
  FPDF_CloseDocument(document: number): void;
  FPDF_GetLastError(): number;
  FPDF_GetPageCount: Fn<1>;
  FPDF_LoadPage: Fn<2>;
  FPDF_ClosePage(page: number): void;
  FPDF_GetPageWidthF: Fn<1>;
  FPDF_GetPageHeightF: Fn<1>;
  FPDF_GetPageSizeByIndexF: Fn<3>;
  FPDF_PageToDevice(
    ...numbers: [
      page: number,
      startX: number,
      startY: number,
      sizeX: number,
      sizeY: number,
      rotate: number,
      pageX: number,
      pageY: number,
      deviceX: number,
      deviceY: number,
    ]
  ): number;
  FPDF_RenderPageBitmap(
    ...numbers: [
      bitmap: number,
      page: number,
      startX: number,
      startY: number,
      sizeX: number,
      sizeY: number,
      rotate: number,
      flags: number,
    ]
  ): void;
  FPDFBitmap_CreateEx: (width: number, height: number, format: number, buffer: number, stride: number) => number;
  FPDFBitmap_FillRect: (
    bitmap: number,
    left: number,
    top: number,
    width: number,
    height: number,
    colour: number,
  ) => number;
  FPDFBitmap_GetBuffer: Fn<1>;
  FPDFBitmap_GetStride: Fn<1>;
  FPDFBitmap_Destroy(bitmap: number): void;
  FPDFPage_CountObjects: Fn<1>;
  FPDFPage_GetObject: Fn<2>;
  FPDFPageObj_GetType: Fn<1>;
  FPDFPageObj_GetBounds: (object: number, left: number, bottom: number, right: number, top: number) => number;
  FPDFPageObj_GetMatrix: Fn<2>;
  FPDFFormObj_CountObjects: Fn<1>;
  FPDFFormObj_GetObject: Fn<2>;
  FPDFPage_GetAnnotCount: Fn<1>;
  FPDFPage_Flatten: Fn<2>;
  FPDFText_LoadPage: Fn<1>;
  FPDFText_ClosePage(textPage: number): void;
  FPDFText_CountChars: Fn<1>;
  FPDFText_GetUnicode: Fn<2>;
  FPDFText_IsGenerated: Fn<2>;
  FPDFText_HasUnicodeMapError: Fn<2>;
  FPDFText_GetFontSize: Fn<2>;
  FPDFText_GetCharAngle: Fn<2>;
  FPDFText_GetLooseCharBox: Fn<3>;
  FPDFText_GetCharBox: (
    textPage: number,
    index: number,
    left: number,
    right: number,
    bottom: number,
    top: number,
  ) => number;
  FPDFText_GetTextObject: Fn<2>;
  FPDFTextObj_GetTextRenderMode: Fn<1>;
  FPDF_CreateNewDocument(): number;
  FPDFText_LoadStandardFont: Fn<2>;
  FPDFFont_Close(font: number): void;
  FPDFFont_GetGlyphWidth: (font: number, character: number, size: number, width: number) => number;
  FPDFFont_GetGlyphPath: Fn<3>;
  FPDFGlyphPath_CountGlyphSegments: Fn<1>;
  FPDFGlyphPath_GetGlyphPathSegment: Fn<2>;
  FPDFPathSegment_GetPoint: Fn<3>;
  FPDFPathSegment_GetType: Fn<1>;
  FPDFPathSegment_GetClose: Fn<1>;
}

/** The code trapped or gave up: the document cannot be read on, and neither can anything else in this instance. */
export class PdfiumTrap extends Error {
  override readonly name = 'PdfiumTrap';
}

interface EmscriptenModule {
  readonly wasmExports: PdfiumFunctions;
  readonly HEAPU8: Uint8Array;
  _FPDF_InitLibraryWithConfig(config: { version: number }): void;
}

/** One running copy of PDFium. */
export class Pdfium {
  readonly #module: EmscriptenModule;
  #isBroken = false;
  #memory: DataView<ArrayBufferLike> = new DataView(new ArrayBuffer(0));

  constructor(module: EmscriptenModule) {
    this.#module = module;
  }

  /** The memory; it moves when it grows, so never keep it across calls. */
  get heap(): Uint8Array {
    return this.#module.HEAPU8;
  }

  get isBroken(): boolean {
    return this.#isBroken;
  }

  /**
   * Runs calls to PDFium with `scratch` bytes of memory for results. Throws {@link PdfiumTrap} where the code traps;
   * the instance refuses every later call.
   */
  run<T>(work: (pdfium: PdfiumFunctions, scratch: number) => T): T {
    if (this.#isBroken) throw new PdfiumTrap('PDFium stopped at an earlier page of this file');
    const functions = this.#module.wasmExports;
    try {
      const scratch = functions.malloc(SCRATCH_BYTES);
      const result = work(functions, scratch);
      functions.free(scratch);
      return result;
    } catch (error) {
      // Anything thrown leaves C++ frames without their cleanup, whatever its cause.
      this.#isBroken = true;
      if (error instanceof WebAssembly.RuntimeError || isAbort(error)) {
        throw new PdfiumTrap('PDFium stopped on this file', { cause: error });
      }
      throw error;
    }
  }

  float32(pointer: number): number {
    return this.#view().getFloat32(pointer, true);
  }

  float64(pointer: number): number {
    return this.#view().getFloat64(pointer, true);
  }

  int32(pointer: number): number {
    return this.#view().getInt32(pointer, true);
  }

  #view(): DataView {
    const { buffer } = this.heap;
    if (this.#memory.buffer !== buffer) this.#memory = new DataView(buffer);
    return this.#memory;
  }
}

const SCRATCH_BYTES = 64;

/** Emscripten throws its own class, or a number for an uncaught C++ exception. */
function isAbort(error: unknown): boolean {
  return typeof error === 'number' || (error instanceof Error && /abort|unreachable|memory|exit/i.test(error.message));
}

let compiled: Promise<WasmModule> | undefined;

async function compile(): Promise<WasmModule> {
  const path = createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm');
  return WebAssembly.compile(await readFile(path));
}

async function instantiate(): Promise<Pdfium> {
  compiled ??= compile();
  const [{ PDFiumModule }, wasm] = await Promise.all([import('@hyzyla/pdfium'), compiled]);
  const silence = (): void => undefined;
  const start = PDFiumModule as unknown as (options: object) => Promise<EmscriptenModule>;
  const module = await start({
    locateFile: () => '',
    print: silence,
    printErr: silence,
    instantiateWasm: (imports: object, done: (instance: object, module: WasmModule) => void) => {
      void WebAssembly.instantiate(wasm, imports).then((instance) => done(instance, wasm));
      return {};
    },
  });
  module._FPDF_InitLibraryWithConfig({ version: 2 });
  return new Pdfium(module);
}

/** Instances at rest: starting one takes about 10 ms, which counts where there are thousands of small files. */
const idle: Pdfium[] = [];
const MAX_IDLE = 2;
const MAX_IDLE_BYTES = 64 * 1024 * 1024;

/** An instance for one document; give it back with {@link releasePdfium}. */
export async function acquirePdfium(): Promise<Pdfium> {
  return idle.pop() ?? instantiate();
}

/** Takes back an instance whose document is closed; one that trapped or grew is dropped. */
export function releasePdfium(pdfium: Pdfium): void {
  if (!pdfium.isBroken && pdfium.heap.length <= MAX_IDLE_BYTES && idle.length < MAX_IDLE) idle.push(pdfium);
}
