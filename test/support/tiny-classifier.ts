/**
 * A real text classifier, as small as it can be: the scores of the words of a text, added up. It is laid out as
 * transformers.js has its models.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesField, encodeFields, type Field, textField, varintField } from '../../src/providers/local/protobuf.js';

const FLOAT = 1;
const INT64 = 7;

function value(number: number, name: string, type: number, dims: readonly string[]): Field {
  const shape = dims.map((dim) => bytesField(1, encodeFields([textField(2, dim)])));
  const tensor = encodeFields([varintField(1, type), bytesField(2, encodeFields(shape))]);
  return bytesField(number, encodeFields([textField(1, name), bytesField(2, encodeFields([bytesField(1, tensor)]))]));
}

function constant(name: string, type: number, dims: readonly number[], data: Float32Array | BigInt64Array): Field {
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const sizes = dims.map((dim) => varintField(1, dim));
  return bytesField(5, encodeFields([...sizes, varintField(2, type), textField(8, name), bytesField(9, raw)]));
}

function node(
  op: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, number>> = {},
) {
  const encoded = Object.entries(attributes).map(([name, number]) =>
    bytesField(5, encodeFields([textField(1, name), varintField(3, number), varintField(20, 2)])),
  );
  const names = inputs.map((input) => textField(1, input));
  return bytesField(1, encodeFields([...names, textField(2, output), textField(4, op), ...encoded]));
}

/** Logits of a text: the sum of the rows of `weights` (tokens x labels) for its tokens. */
function classifierModel(weights: readonly (readonly number[])[]): Uint8Array {
  const labels = weights[0]?.length ?? 0;
  const graph = [
    node('Gather', ['weights', 'input_ids'], 'rows'),
    node('Cast', ['attention_mask'], 'mask', { to: FLOAT }),
    node('Unsqueeze', ['mask', 'last'], 'wide'),
    node('Mul', ['rows', 'wide'], 'masked'),
    node('ReduceSum', ['masked', 'middle'], 'logits', { keepdims: 0 }),
    textField(2, 'tiny'),
    constant('weights', FLOAT, [weights.length, labels], Float32Array.from(weights.flat())),
    constant('last', INT64, [1], BigInt64Array.of(2n)),
    constant('middle', INT64, [1], BigInt64Array.of(1n)),
    value(11, 'input_ids', INT64, ['batch', 'tokens']),
    value(11, 'attention_mask', INT64, ['batch', 'tokens']),
    value(12, 'logits', FLOAT, ['batch', 'labels']),
  ];
  const opset = encodeFields([textField(1, ''), varintField(2, 13)]);
  return encodeFields([varintField(1, 8), bytesField(7, encodeFields(graph)), bytesField(8, opset)]);
}

export interface TinyClassifier {
  readonly labels: readonly string[];
  /** Words with their logits, one a label. */
  readonly words: Readonly<Record<string, readonly number[]>>;
  readonly maxTokens?: number;
  readonly config?: object;
}

const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'];

/** Writes the classifier into a folder. */
export function writeTinyClassifier(
  directory: string,
  { labels, words, maxTokens = 16, config }: TinyClassifier,
): void {
  const tokens = [...SPECIAL, ...Object.keys(words)];
  const vocab = Object.fromEntries(tokens.map((token, id) => [token, id]));
  const special = (token: string) => ({ id: token, ids: [vocab[token]], tokens: [token] });
  const tokenizer = {
    version: '1.0',
    added_tokens: SPECIAL.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [
        { SpecialToken: { id: '[CLS]', type_id: 0 } },
        { Sequence: { id: 'A', type_id: 0 } },
        { SpecialToken: { id: '[SEP]', type_id: 0 } },
      ],
      pair: [],
      special_tokens: { '[CLS]': special('[CLS]'), '[SEP]': special('[SEP]') },
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab,
    },
  };
  const none = labels.map(() => 0);
  // What fills a batch up would be noticed: its weights are large.
  const weights = tokens.map((token) => words[token] ?? (token === '[PAD]' ? labels.map((_, at) => at * 100) : none));
  mkdirSync(join(directory, 'onnx'), { recursive: true });
  const id2label = Object.fromEntries(labels.map((label, id) => [id, label]));
  const files = {
    'tokenizer.json': JSON.stringify(tokenizer),
    'tokenizer_config.json': JSON.stringify({ tokenizer_class: 'BertTokenizer', model_max_length: maxTokens }),
    'config.json': JSON.stringify({ model_type: 'bert', pad_token_id: 0, id2label, ...config }),
    'onnx/model.onnx': classifierModel(weights),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
}
