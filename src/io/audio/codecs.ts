/** MP3, AAC and Vorbis packets, decoded by Symphonia in WebAssembly (codecs/README.md). */
import { readFile } from 'node:fs/promises';
import { InputError } from '../input-error.js';
import { unsupportedAudio } from './sound.js';

/** The part of the standard API that is used here; the types of Node do not have it. */
declare namespace WebAssembly {
  class Module {
    private readonly mark;
  }
  class Instance {
    constructor(module: Module);
    readonly exports: unknown;
  }
  class RuntimeError extends Error {}
  function compile(bytes: Uint8Array): Promise<Module>;
}

/** What the module exports (codecs/src/lib.rs); one instance decodes one stream. */
interface CodecExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  reserve(length: number): number;
  open(codec: number, sampleRate: number, channelCount: number): number;
  decode(): number;
  rate(): number;
  channels(): number;
  samples(channel: number): number;
}

const CODECS = { mp3: 0, aac: 1, vorbis: 2 } as const;
const NAMES = { mp3: 'MP3', aac: 'AAC', vorbis: 'Vorbis' } as const;

/** A stream to decode. */
export interface CodecStream {
  readonly codec: keyof typeof CODECS;
  readonly sampleRate: number;
  readonly channelCount: number;
  /** First and third packet of Vorbis, one after the other or laced as in Matroska; nothing for the others. */
  readonly head?: Uint8Array;
}

let loaded: Promise<WebAssembly.Module> | null = null;

function loadCodecs(): Promise<WebAssembly.Module> {
  const file = new URL('../../../data/codecs/codecs.wasm', import.meta.url);
  loaded ??= readFile(file).then((bytes) => WebAssembly.compile(bytes));
  return loaded;
}

/** One stream on its way from packets to samples. Damaged packets become silence, so that the clock stays right. */
export class CodecSound {
  readonly #module: WebAssembly.Module;
  #stream: CodecStream;
  #exports: CodecExports;
  #heard = 0;
  #lost = 0;

  private constructor(module: WebAssembly.Module, stream: CodecStream) {
    this.#module = module;
    this.#stream = stream;
    this.#exports = this.#instantiate();
  }

  /** Throws {@link InputError} where the stream is of a kind that is not known here. */
  static async open(stream: CodecStream): Promise<CodecSound> {
    return new CodecSound(await loadCodecs(), stream);
  }

  #instantiate(): CodecExports {
    const exports = new WebAssembly.Instance(this.#module).exports as CodecExports;
    this.#begin(exports);
    return exports;
  }

  #begin(exports: CodecExports): void {
    const { codec, sampleRate, channelCount, head = new Uint8Array(0) } = this.#stream;
    const result = untrapped(() => {
      write(exports, head);
      return exports.open(CODECS[codec], sampleRate, channelCount);
    });
    if (result !== 0) throw unsupportedAudio(`${NAMES[codec]} of this kind, or with a damaged header,`);
  }

  /** Goes on with a stream of another rate or number of channels. */
  changeTo(facts: Pick<CodecStream, 'sampleRate' | 'channelCount'>): void {
    const { sampleRate, channelCount } = this.#stream;
    if (facts.sampleRate === sampleRate && facts.channelCount === channelCount) return;
    this.#stream = { ...this.#stream, ...facts };
    this.#begin(this.#exports);
  }

  /**
   * The samples of a packet, one array a channel, copied out of the decoder.
   * @param missing samples that a damaged packet stands for.
   */
  decode(packet: Uint8Array, missing: number): readonly Float32Array[] {
    const exports = this.#exports;
    const count = untrapped(() => {
      write(exports, packet);
      return exports.decode();
    });
    // what tripped once is left in a state that nobody knows
    if (count === null) this.#exports = this.#instantiate();
    if (count === null || count < 0) return this.#silence(missing);
    this.#heard += 1;
    return Array.from({ length: exports.channels() }, (_, channel) =>
      new Float32Array(exports.memory.buffer, exports.samples(channel), count).slice(),
    );
  }

  #silence(length: number): readonly Float32Array[] {
    this.#lost += 1;
    return Array.from({ length: this.#stream.channelCount }, () => new Float32Array(length));
  }

  /** Nothing more comes. Throws {@link InputError} where packets were lost. */
  finish(): void {
    if (this.#lost === 0) return;
    const { codec } = this.#stream;
    const rest = this.#heard === 0 ? 'nothing could be read' : 'the others were read';
    throw new InputError('CORRUPT_AUDIO', `damaged packets of the ${NAMES[codec]} stream: ${this.#lost}; ${rest}`);
  }
}

function write(exports: CodecExports, bytes: Uint8Array): void {
  const start = exports.reserve(bytes.length);
  // the memory may have grown just now
  new Uint8Array(exports.memory.buffer, start, bytes.length).set(bytes);
}

/** Null where the decoder tripped over damaged bytes or out of the memory it may have. */
function untrapped(work: () => number): number | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) return null;
    throw error;
  }
}
