/** Google Cloud Natural Language as a text engine. */
import type { ClientOptions } from 'google-gax';
import {
  type EngineBilling,
  type EngineSettings,
  type Item,
  type ItemError,
  type Outcome,
  ProviderError,
  type TextDocument,
  type TextEngine,
  type TextOptions,
  type TextReading,
} from '../../model.js';
import { Connection, parseEndpoint } from './client.js';
import { languageBilling, type PreparedText, TextPreparation } from './language-billing.js';
import { joinParts } from './language-join.js';
import {
  type LanguageAnswer,
  languageCodeOf,
  MisplacedError,
  PARSER_REVISION,
  type PartReading,
  parseAnswer,
} from './language-parse.js';
import { emptyReading, toReading } from './language-reading.js';
import { LANGUAGE, planRequest, type RequestPlan, toRequest } from './language-request.js';

type LanguageClient =
  | InstanceType<typeof import('@google-cloud/language/build/src/v1/index.js').LanguageServiceClient>
  | InstanceType<typeof import('@google-cloud/language/build/src/v2/index.js').LanguageServiceClient>;

/**
 * Google's limits for a call: https://cloud.google.com/natural-language/quotas. Tokens beyond 100,000 and mentions of
 * entities beyond 5,000 would be left out of the answer without a word; text has fewer than two mentions for every five
 * tokens, signs included.
 */
const MAX_TEXT_BYTES = 1_000_000;
const MAX_TOKENS = 100_000;
const MAX_TOKENS_WITH_ENTITIES = 12_000;
/** Google's quota of calls for a project that did not ask for more. */
const REQUESTS_PER_MINUTE = 600;
const PARALLEL_CALLS = 16;
/** Characters of the answered parts of large texts that are kept until the whole text is read. */
const MAX_KEPT_CHARACTERS = 20_000_000;

/** Languages that the sentiment of both versions reads: here a missing flag of an answer is no doubt. */
const SURE_LANGUAGES = /^(?:ar|de|en|es|fr|id|it|ja|ko|nl|pl|pt|th|tr|vi|zh)\b/;

const WHAT_IS_READ = {
  analyzeSentiment: 'sentiment',
  analyzeEntitySentiment: 'the sentiment of entities',
  annotateText: 'sentiment and entities',
} as const satisfies Record<RequestPlan['method'], string>;

function failure(
  code: string,
  message: string,
  isRetryable: boolean,
): { readonly ok: false; readonly error: ItemError } {
  return { ok: false, error: { code, message: `${LANGUAGE.title}: ${message}`, isRetryable } };
}

/** Reads texts with Cloud Natural Language. One connection serves the whole run. */
class GoogleTextEngine implements TextEngine {
  readonly id = 'google/language';
  readonly version: string;
  readonly isRemote = true;
  readonly limits;
  readonly billing: EngineBilling<TextDocument>;
  readonly #options: TextOptions;
  readonly #plan: RequestPlan;
  readonly #model: string;
  readonly #preparation: TextPreparation;
  readonly #connection: Connection<LanguageClient>;
  /** By item and part: what is answered is not paid again when a later part fails. */
  readonly #kept = new Map<string, PartReading>();

  constructor(options: TextOptions, settings: EngineSettings) {
    this.#options = options;
    this.#plan = planRequest(options.features);
    this.#model = `language/${this.#plan.version}`;
    this.version = `${this.#plan.version}/parser-${PARSER_REVISION}`;
    this.limits = {
      itemsPerBatch: 1,
      bytesPerBatch: MAX_TEXT_BYTES,
      parallelBatches: PARALLEL_CALLS,
      requestsPerMinute: parseEndpoint(settings.endpoint, LANGUAGE).isPlaintext ? null : REQUESTS_PER_MINUTE,
    };
    const isSentimentAlone = this.#plan.method === 'analyzeSentiment';
    const tokens = isSentimentAlone ? MAX_TOKENS : MAX_TOKENS_WITH_ENTITIES;
    this.#preparation = new TextPreparation({ bytes: MAX_TEXT_BYTES, tokens });
    this.billing = languageBilling(this.#plan, this.#preparation);
    this.#connection = new Connection(LANGUAGE, settings, (clientOptions) => this.#load(clientOptions));
  }

  async processBatch(
    items: readonly Item<TextDocument>[],
    { signal }: { readonly signal: AbortSignal },
  ): Promise<readonly Outcome<TextReading>[]> {
    const outcomes: Outcome<TextReading>[] = [];
    for (const item of items) outcomes.push(await this.#read(item, signal));
    return outcomes;
  }

  async close(): Promise<void> {
    this.#kept.clear();
    await this.#connection.close();
  }

  async #load(clientOptions: ClientOptions): Promise<LanguageClient> {
    const { LanguageServiceClient } =
      this.#plan.version === 'v2'
        ? await import('@google-cloud/language/build/src/v2/index.js')
        : await import('@google-cloud/language/build/src/v1/index.js');
    return new LanguageServiceClient(clientOptions);
  }

  /** Part after part, so that no part is paid for after another has failed for good. */
  async #read(item: Item<TextDocument>, signal: AbortSignal): Promise<Outcome<TextReading>> {
    signal.throwIfAborted();
    const prepared = this.#preparation.of(item.payload);
    if (prepared.parts.length === 0) return { ok: true, value: emptyReading(this.#options, this.#model) };
    const readings: PartReading[] = [];
    for (const index of prepared.parts.keys()) {
      const outcome = await this.#readPart(item.key, prepared, index, signal);
      if (!outcome.ok) return outcome;
      readings.push(outcome.value);
    }
    for (const index of prepared.parts.keys()) this.#kept.delete(`${item.key}/${index}`);
    const [first] = readings;
    const whole = readings.length === 1 && first ? first : joinParts(readings);
    return { ok: true, value: toReading(whole, prepared.view, this.#options, this.#model) };
  }

  async #readPart(
    key: string,
    { sendable, parts }: PreparedText,
    index: number,
    signal: AbortSignal,
  ): Promise<Outcome<PartReading>> {
    const keptAs = `${key}/${index}`;
    const kept = this.#kept.get(keptAs);
    if (kept) return { ok: true, value: kept };
    const { start, end } = parts[index] ?? { start: 0, end: sendable.length };
    const sent = sendable.slice(start, end);
    const answer = await this.#ask(sent, signal);
    if (!answer.ok) return answer;
    const outcome = this.#parse(answer.value, sent, start);
    if (outcome.ok && parts.length > 1) this.#keep(keptAs, outcome.value);
    return outcome;
  }

  /** Lets go of what was kept first where it is too much. */
  #keep(name: string, reading: PartReading): void {
    this.#kept.set(name, reading);
    let characters = 0;
    for (const { length } of this.#kept.values()) characters += length;
    for (const [oldest, { length }] of this.#kept) {
      if (characters <= MAX_KEPT_CHARACTERS) return;
      this.#kept.delete(oldest);
      characters -= length;
    }
  }

  async #ask(text: string, signal: AbortSignal): Promise<Outcome<LanguageAnswer>> {
    const request = toRequest(this.#plan, text, this.#options.language);
    try {
      return { ok: true, value: await this.#connection.call<LanguageAnswer>(this.#plan.method, request, signal) };
    } catch (error) {
      const found =
        error instanceof ProviderError ? /\bThe language (\S+) is not supported/i.exec(error.message) : null;
      if (!found || !(error instanceof ProviderError) || error.code !== 'INVALID_ARGUMENT') throw error;
      return this.#unsupported(found[1] ?? '');
    }
  }

  #unsupported(language: string): Outcome<never> {
    const what = WHAT_IS_READ[this.#plan.method];
    const advice =
      'where the text is in another language, say which (such as --language es), else use --provider local';
    return failure('UNSUPPORTED_LANGUAGE', `the language ${language} is not supported for ${what}; ${advice}`, false);
  }

  #parse(answer: LanguageAnswer, sent: string, offset: number): Outcome<PartReading> {
    const code = languageCodeOf(answer);
    if (code === '' && !answer.documentSentiment && !answer.entities?.length) {
      return failure('MISSING_RESPONSE', 'the answer is empty; try again', true);
    }
    // v2 answers as well as it can in languages that it does not know; a guess is no reading.
    if (answer.languageSupported === false && code !== '' && !SURE_LANGUAGES.test(code)) return this.#unsupported(code);
    const hasFeelings = this.#plan.billed.includes('entitySentiment');
    try {
      return { ok: true, value: parseAnswer(answer, sent, offset, hasFeelings) };
    } catch (error) {
      if (!(error instanceof MisplacedError)) throw error;
      return failure('INVALID_RESPONSE', `the answer does not fit the text (${error.message})`, false);
    }
  }
}

/**
 * Cloud Natural Language with the features and the language asked for. Nothing is loaded or sent before the first batch.
 *
 * @throws UsageError for an endpoint that is none
 */
export async function createGoogleTextEngine(options: TextOptions, settings: EngineSettings): Promise<TextEngine> {
  return new GoogleTextEngine(options, settings);
}
