/** Turns texts into the numbers that a text classifier is given. */
import { Tokenizer } from '@huggingface/tokenizers';
import type { IntegerTensor } from '../runtime.js';

/** More characters than this a token are not read on the way to the longest text that a model takes. */
const CHARACTERS_PER_TOKEN = 16;

export interface TokenRules {
  /** Tokens of a text at most, with those that the model adds. */
  readonly maxTokens: number;
  readonly padId: number;
}

/** Encodes texts, cut to the length that the model takes. */
export class TextEncoderOfModel {
  readonly #tokenizer: Tokenizer;
  readonly #rules: TokenRules;
  /** Tokens that the model wants at the end of every text. */
  readonly #closing: number;

  /** @param tokenizer, config the contents of `tokenizer.json` and `tokenizer_config.json` */
  constructor(tokenizer: object, config: object, rules: TokenRules) {
    this.#tokenizer = new Tokenizer(tokenizer, config);
    this.#rules = rules;
    const empty = this.#tokenizer.encode('').ids;
    const probe = this.#tokenizer.encode('a').ids;
    let closing = 0;
    while (closing < empty.length && probe.at(-1 - closing) === empty.at(-1 - closing)) closing++;
    this.#closing = closing;
  }

  encode(text: string): readonly number[] {
    const { maxTokens } = this.#rules;
    const { ids } = this.#tokenizer.encode(text.slice(0, maxTokens * CHARACTERS_PER_TOKEN));
    if (ids.length <= maxTokens) return ids;
    return [...ids.slice(0, maxTokens - this.#closing), ...ids.slice(ids.length - this.#closing)];
  }

  /** The inputs of a batch, filled up to its longest text. */
  tensors(batch: readonly (readonly number[])[]): Record<string, IntegerTensor> {
    const width = Math.max(1, ...batch.map((ids) => ids.length));
    const dims = [batch.length, width];
    const ids = new BigInt64Array(batch.length * width).fill(BigInt(this.#rules.padId));
    const mask = new BigInt64Array(batch.length * width);
    for (const [row, tokens] of batch.entries()) {
      for (const [at, id] of tokens.entries()) {
        ids[row * width + at] = BigInt(id);
        mask[row * width + at] = 1n;
      }
    }
    const types = new BigInt64Array(batch.length * width);
    return {
      input_ids: { data: ids, dims },
      attention_mask: { data: mask, dims },
      token_type_ids: { data: types, dims },
    };
  }
}
