/** The user's own text classifier (ONNX), in a folder laid out as transformers.js has it. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../../model.js';
import { loadOnnxRuntime, type OnnxModel } from '../runtime.js';
import { type Classified, classified, type LabelMeaning, labelMeanings } from './classifier-labels.js';
import { TextEncoderOfModel } from './classifier-tokens.js';

/** A text classifier that is ready. */
export interface Classifier {
  /** Hash of its files: answers of another one are not the same. */
  readonly version: string;
  /** One answer a text, in their order. Texts beyond the length that the model takes are cut. */
  classify(texts: readonly string[]): Promise<readonly Classified[]>;
  close(): Promise<void>;
}

type Json = Readonly<Record<string, unknown>>;

const MODEL_FILES = ['onnx/model_quantized.onnx', 'onnx/model.onnx', 'model_quantized.onnx', 'model.onnx'] as const;
const LAYOUT = 'such a folder holds tokenizer.json, tokenizer_config.json, config.json and onnx/model.onnx';
const TEXTS_PER_BATCH = 16;
const DEFAULT_MAX_TOKENS = 512;
/** Their positions are counted from after the padding. */
const OFFSET_POSITIONS = /roberta|camembert|bertweet/;

async function readOptional(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new UsageError(`--model: ${path} cannot be read (${code ?? (error as Error).message})`, { cause: error });
  }
}

function parseFile(directory: string, name: string, bytes: Buffer): Json {
  try {
    return JSON.parse(bytes.toString('utf8')) as Json;
  } catch (error) {
    throw new UsageError(`--model: ${join(directory, name)} is no JSON (${(error as Error).message})`, {
      cause: error,
    });
  }
}

interface ModelFiles {
  readonly tokenizer: Json;
  readonly tokenizerConfig: Json;
  readonly config: Json;
  readonly model: Buffer;
  readonly version: string;
}

async function readModelFiles(directory: string): Promise<ModelFiles> {
  const need = async (name: string): Promise<Buffer> => {
    const bytes = await readOptional(join(directory, name));
    if (bytes === null) throw new UsageError(`--model: there is no ${name} in ${directory}; ${LAYOUT}`);
    return bytes;
  };
  const [tokenizer, config] = [await need('tokenizer.json'), await need('config.json')];
  const tokenizerConfig = await readOptional(join(directory, 'tokenizer_config.json'));
  let model: Buffer | null = null;
  for (const name of MODEL_FILES) model ??= await readOptional(join(directory, name));
  model ??= await need('onnx/model.onnx');
  const hash = createHash('sha256');
  for (const bytes of [tokenizer, config, tokenizerConfig ?? Buffer.alloc(0), model]) {
    hash.update(`${bytes.length} `).update(bytes);
  }
  return {
    tokenizer: parseFile(directory, 'tokenizer.json', tokenizer),
    tokenizerConfig: tokenizerConfig === null ? {} : parseFile(directory, 'tokenizer_config.json', tokenizerConfig),
    config: parseFile(directory, 'config.json', config),
    model,
    version: hash.digest('hex').slice(0, 16),
  };
}

/** The labels of `config.json` in the order of the model's outputs. */
function labelsOf({ id2label }: Json, directory: string): string[] {
  const entries = typeof id2label === 'object' && id2label !== null ? Object.entries(id2label) : [];
  const labels = entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, label]) => String(label));
  if (labels.length >= 2) return labels;
  throw new UsageError(
    `--model: config.json in ${directory} has no id2label with two labels or more; is it a classifier?`,
  );
}

function numberAt(object: Json, key: string): number | null {
  const value = object[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function maxTokensOf({ tokenizerConfig, config }: ModelFiles): number {
  const positions = numberAt(config, 'max_position_embeddings');
  const offset = OFFSET_POSITIONS.test(String(config.model_type ?? '')) ? 2 : 0;
  const limits = [numberAt(tokenizerConfig, 'model_max_length'), positions === null ? null : positions - offset];
  const known = limits.filter((limit): limit is number => limit !== null && limit > 2 && limit < 1e6);
  return known.length === 0 ? DEFAULT_MAX_TOKENS : Math.min(...known);
}

function encoderOf(files: ModelFiles): TextEncoderOfModel {
  const { tokenizer, tokenizerConfig, config } = files;
  const rules = { maxTokens: maxTokensOf(files), padId: numberAt(config, 'pad_token_id') ?? 0 };
  try {
    return new TextEncoderOfModel(tokenizer, tokenizerConfig, rules);
  } catch (error) {
    throw new UsageError(`--model: tokenizer.json cannot be used (${(error as Error).message})`, { cause: error });
  }
}

async function loadModel({ model }: ModelFiles): Promise<OnnxModel> {
  const runtime = await loadOnnxRuntime('auto');
  let loaded: OnnxModel;
  try {
    loaded = await runtime.load(model);
  } catch (error) {
    const remedy = 'it must be one ONNX file with its weights in it';
    throw new UsageError(`--model: the model cannot be loaded (${(error as Error).message}); ${remedy}`, {
      cause: error,
    });
  }
  const unknown = loaded.inputNames.filter((name) => !INPUTS.has(name));
  if (unknown.length === 0 && loaded.inputNames.includes('input_ids')) return loaded;
  await loaded.release();
  throw new UsageError(
    `--model: the model takes ${loaded.inputNames.join(', ')}; a text classifier takes ${[...INPUTS].join(', ')}`,
  );
}

const INPUTS: ReadonlySet<string> = new Set(['input_ids', 'attention_mask', 'token_type_ids']);

/** Probabilities of the labels: exclusive ones share 1, others stand by themselves. */
function probabilitiesOf(logits: readonly number[], isExclusive: boolean): number[] {
  if (!isExclusive) return logits.map((logit) => 1 / (1 + Math.exp(-logit)));
  const top = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

class OnnxClassifier implements Classifier {
  readonly version: string;
  readonly #model: OnnxModel;
  readonly #encoder: TextEncoderOfModel;
  readonly #meanings: readonly LabelMeaning[];
  readonly #isExclusive: boolean;

  constructor(files: ModelFiles, model: OnnxModel, encoder: TextEncoderOfModel, meanings: readonly LabelMeaning[]) {
    this.version = files.version;
    this.#model = model;
    this.#encoder = encoder;
    this.#meanings = meanings;
    this.#isExclusive = files.config.problem_type !== 'multi_label_classification';
  }

  async classify(texts: readonly string[]): Promise<readonly Classified[]> {
    const answers = new Array<Classified>(texts.length);
    // Texts of one length share a batch: what fills a batch up costs as much as text.
    const encoded = texts.map((text, at) => ({ at, ids: this.#encoder.encode(text) }));
    encoded.sort((a, b) => a.ids.length - b.ids.length || a.at - b.at);
    for (let from = 0; from < encoded.length; from += TEXTS_PER_BATCH) {
      const batch = encoded.slice(from, from + TEXTS_PER_BATCH);
      const logits = await this.#run(batch.map(({ ids }) => ids));
      for (const [row, { at }] of batch.entries()) {
        const own = logits.slice(row * this.#meanings.length, (row + 1) * this.#meanings.length);
        answers[at] = classified(probabilitiesOf(own, this.#isExclusive), this.#meanings);
      }
    }
    return answers;
  }

  async #run(batch: readonly (readonly number[])[]): Promise<number[]> {
    const all = this.#encoder.tensors(batch);
    const inputs = Object.fromEntries(Object.entries(all).filter(([name]) => this.#model.inputNames.includes(name)));
    const outputs = await this.#model.runIntegers(inputs);
    const logits = outputs[Math.max(0, this.#model.outputNames.indexOf('logits'))];
    const count = this.#meanings.length;
    if (logits?.dims.length === 2 && logits.dims[1] === count) return Array.from(logits.data);
    const shape = logits?.dims.join(' x ') ?? 'nothing';
    throw new UsageError(
      `--model: the model answers ${shape} for ${batch.length} texts, where ${count} labels are named`,
    );
  }

  close(): Promise<void> {
    return this.#model.release();
  }
}

/**
 * Loads a classifier of sentiment from a folder. Throws {@link UsageError} where files are missing or are no classifier of
 * sentiment.
 */
export async function loadClassifier(directory: string): Promise<Classifier> {
  const files = await readModelFiles(directory);
  const meanings = labelMeanings(labelsOf(files.config, directory));
  const encoder = encoderOf(files);
  return new OnnxClassifier(files, await loadModel(files), encoder, meanings);
}
