/** The ONNX runtime: the native one where it is installed, else WebAssembly. */
import { readFile } from 'node:fs/promises';
import type { OnnxValue, InferenceSession as Session, Tensor, TypedTensor } from 'onnxruntime-web';

export type RuntimeName = 'onnxruntime-node' | 'onnxruntime-web';

/** What the engine uses of the runtime: models in, float tensors through, float tensors out. */
export interface OnnxRuntime {
  readonly name: RuntimeName;
  load(model: Uint8Array): Promise<OnnxModel>;
  /** A model of several inputs and outputs, from its bytes or from a file. */
  open(model: Uint8Array | string, habits?: SessionHabits): Promise<OnnxSession>;
  floats(data: Float32Array, dims: readonly number[]): OnnxTensor;
  integers(values: readonly number[], dims: readonly number[]): OnnxTensor;
}

/** A tensor of any type. What comes out of one run goes into the next without being copied. */
export type OnnxTensor = Tensor;

export interface SessionHabits {
  /** Keeps its buffers from run to run: quicker where runs are many and small. */
  readonly keepsBuffers?: boolean;
}

export interface OnnxSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(inputs: Readonly<Record<string, OnnxTensor>>): Promise<Readonly<Record<string, OnnxTensor>>>;
}

export interface FloatTensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

export interface OnnxModel {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Runs the model on its one input and gives all its outputs, in the model's order. */
  run(data: Float32Array, dims: readonly number[]): Promise<readonly FloatTensor[]>;
  /** The same for named inputs of whole numbers. */
  runIntegers(inputs: Readonly<Record<string, IntegerTensor>>): Promise<readonly FloatTensor[]>;
  /** Frees the model. */
  release(): Promise<void>;
}

export interface IntegerTensor {
  readonly data: BigInt64Array;
  readonly dims: readonly number[];
}

interface OnnxModule {
  readonly InferenceSession: { create(model: Uint8Array | string, options: Session.SessionOptions): Promise<Session> };
  readonly Tensor: {
    new (type: 'float32', data: Float32Array, dims: readonly number[]): TypedTensor<'float32'>;
    new (type: 'int64', data: BigInt64Array, dims: readonly number[]): TypedTensor<'int64'>;
  };
  readonly env: { logLevel?: string | undefined; wasm: { numThreads?: number | undefined } };
}

/** Loads the runtime; `web` takes the WebAssembly one even where the native one is installed. */
export async function loadOnnxRuntime(choice: 'auto' | 'web'): Promise<OnnxRuntime> {
  const native = choice === 'auto' ? await importNative() : null;
  if (native !== null) return wrapRuntime('onnxruntime-node', native);
  const web = (await import('onnxruntime-web/wasm')) as unknown as OnnxModule;
  web.env.wasm.numThreads = 1;
  return wrapRuntime('onnxruntime-web', web);
}

/**
 * The native runtime is optional: it is not built for every platform. Unless told otherwise before it is loaded, it writes
 * down what it runs in the user's directories and sends that to its vendor.
 */
async function importNative(): Promise<OnnxModule | null> {
  // biome-ignore lint/style/noRestrictedGlobals: the native library takes this from the environment alone
  process.env.ORT_DISABLE_TELEMETRY = '1';
  try {
    return (await import('onnxruntime-node')) as unknown as OnnxModule;
  } catch {
    return null;
  }
}

function wrapRuntime(name: RuntimeName, module: OnnxModule): OnnxRuntime {
  module.env.logLevel = 'error';
  // The workers are the parallelism. Arenas keep the largest page's buffers for ever, so they are off.
  const options: Session.SessionOptions =
    name === 'onnxruntime-node'
      ? {
          executionProviders: ['cpu'],
          intraOpNumThreads: 1,
          interOpNumThreads: 1,
          enableCpuMemArena: false,
          enableMemPattern: false,
          logSeverityLevel: 3,
        }
      : { executionProviders: ['wasm'], logSeverityLevel: 3 };
  return {
    name,
    floats: (data, dims) => new module.Tensor('float32', data, dims),
    integers: (values, dims) => new module.Tensor('int64', BigInt64Array.from(values, BigInt), dims),
    async open(model, { keepsBuffers = false } = {}) {
      // The runtime reads a file in less memory than its bytes take; WebAssembly has no files.
      const source = typeof model === 'string' && name === 'onnxruntime-web' ? await readFile(model) : model;
      const habits = name === 'onnxruntime-node' && keepsBuffers ? { enableCpuMemArena: true } : {};
      const session = await module.InferenceSession.create(source, { ...options, ...habits });
      return {
        inputNames: session.inputNames,
        outputNames: session.outputNames,
        run: async (inputs) => (await session.run(inputs as Record<string, OnnxValue>)) as Record<string, Tensor>,
      };
    },
    async load(model) {
      const session = await module.InferenceSession.create(model, options);
      const inputName = session.inputNames[0] as string;
      const runOn = async (feeds: Session.OnnxValueMapType): Promise<FloatTensor[]> => {
        const outputs = await session.run(feeds);
        return session.outputNames.map((outputName) => {
          const tensor = outputs[outputName] as TypedTensor<'float32'>;
          return { data: tensor.data, dims: tensor.dims };
        });
      };
      return {
        inputNames: session.inputNames,
        outputNames: session.outputNames,
        run: (data, dims) => runOn({ [inputName]: new module.Tensor('float32', data, dims) }),
        runIntegers(inputs) {
          const tensors = Object.entries(inputs).map(
            ([name, { data, dims }]) => [name, new module.Tensor('int64', data, dims)] as const,
          );
          return runOn(Object.fromEntries(tensors));
        },
        release: () => session.release(),
      };
    },
  };
}
