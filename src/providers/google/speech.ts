/** Google Cloud Speech-to-Text as a speech engine. */
import {
  type EngineBilling,
  type EngineSettings,
  type Item,
  type Outcome,
  ProviderError,
  SPEECH_RATE,
  type SpeechEngine,
  type SpeechOptions,
  type SpeechPiece,
  type SpeechReading,
} from '../../model.js';
import { Connection, parseEndpoint } from './client.js';
import { billedSpeechSeconds, usdPerSpeechSecond } from './prices.js';
import { openSpeechClient, type SpeechClient } from './speech-client.js';
import { parseSpeech, SPEECH_PARSER_REVISION, type SpeechAnswer } from './speech-parse.js';
import { endpointOf, planSpeech, SPEECH, type SpeechPlan, toSpeechRequest } from './speech-request.js';

/** Google's limits for a call that is answered at once (it takes 60 s too): https://cloud.google.com/speech-to-text/quotas */
const MAX_REQUEST_BYTES = 10_000_000;
/** Google's quota of calls for a project that did not ask for more. */
const REQUESTS_PER_MINUTE = 900;
const PARALLEL_CALLS = 16;

/** Refusals of what the run asks for, whatever the sound: the model, its languages, features or place. */
const REFUSED_PLAN =
  /does not exist in the location|is not supported by the model|not supported for (the )?(language|model)|does not support (feature|speaker diarization)|(diarization|adaptation) is not (currently )?supported|Expected resource location|Incorrect model specified|Invalid recognition 'config'/i;

/** Hears speech with Cloud Speech-to-Text. One connection serves the whole run. */
class GoogleSpeechEngine implements SpeechEngine {
  readonly id = 'google/speech';
  readonly version: string;
  readonly isRemote = true;
  readonly limits;
  readonly billing: EngineBilling<SpeechPiece>;
  readonly #plan: SpeechPlan;
  readonly #connection: Connection<SpeechClient>;

  constructor(options: SpeechOptions, settings: EngineSettings) {
    const plan = planSpeech(options, settings.env);
    this.#plan = plan;
    this.version = [plan.api, plan.model, plan.location, `parser-${SPEECH_PARSER_REVISION}`].join('/');
    const endpoint = settings.endpoint ?? endpointOf(plan);
    const isEmulator = parseEndpoint(endpoint, SPEECH).isPlaintext;
    this.limits = {
      itemsPerBatch: 1,
      bytesPerBatch: MAX_REQUEST_BYTES,
      parallelBatches: PARALLEL_CALLS,
      requestsPerMinute: isEmulator ? null : REQUESTS_PER_MINUTE,
    };
    this.billing = speechBilling(plan.api);
    this.#connection = new Connection(SPEECH, { ...settings, endpoint }, (clientOptions) =>
      openSpeechClient(plan, settings.env, { isEmulator, clientOptions }),
    );
  }

  async processBatch(
    items: readonly Item<SpeechPiece>[],
    { signal }: { readonly signal: AbortSignal },
  ): Promise<readonly Outcome<SpeechReading>[]> {
    signal.throwIfAborted();
    const outcomes: Outcome<SpeechReading>[] = [];
    for (const item of items) outcomes.push({ ok: true, value: await this.#hear(item.payload.samples, signal) });
    return outcomes;
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  async #hear(samples: Int16Array, signal: AbortSignal): Promise<SpeechReading> {
    const { api, model, languages, diarize, hasConfidences } = this.#plan;
    const seconds = samples.length / SPEECH_RATE;
    // The service refuses a request without sound.
    const answer = samples.length === 0 ? {} : await this.#ask(samples, signal);
    return parseSpeech(answer, { model: `speech-${api}/${model}`, languages, seconds, diarize, hasConfidences });
  }

  async #ask(samples: Int16Array, signal: AbortSignal): Promise<SpeechAnswer> {
    const request = toSpeechRequest(this.#plan, samples);
    try {
      return await this.#connection.call<SpeechAnswer>('recognize', request, signal);
    } catch (error) {
      throw error instanceof ProviderError ? this.#judge(error) : error;
    }
  }

  /** A refusal that every call of the run will meet ends it at once, and says what can be changed. */
  #judge(error: ProviderError): ProviderError {
    const isOfPlan = error.code === 'INVALID_ARGUMENT' ? REFUSED_PLAN.test(error.message) : error.code === 'NOT_FOUND';
    if (!isOfPlan) return error;
    const { location, languages, model } = this.#plan;
    const asked = `model ${model}, languages ${languages.join(', ')}, location ${location}`;
    const advice = 'choose another --model or --language, or set UXD_GOOGLE_LOCATION to a place that serves them';
    return new ProviderError(error.code, `${error.message} (asked for: ${asked}); ${advice}`, {
      isRetryable: false,
      scope: 'run',
    });
  }
}

/** Units are seconds: https://cloud.google.com/speech-to-text/pricing */
function speechBilling(api: SpeechPlan['api']): EngineBilling<SpeechPiece> {
  const secondsOf = ({ payload }: Item<SpeechPiece>): number => payload.samples.length / SPEECH_RATE;
  const unitsOf = (item: Item<SpeechPiece>): number => {
    const seconds = secondsOf(item);
    return seconds === 0 ? 0 : billedSpeechSeconds(api, seconds);
  };
  return {
    unitsOf,
    priceUsdOf: (item) => unitsOf(item) * usdPerSpeechSecond(api),
    unitShareOf: (item) => (unitsOf(item) === 0 ? null : secondsOf(item) / unitsOf(item)),
  };
}

/**
 * Cloud Speech-to-Text with the languages, model and hints asked for. Nothing is loaded or sent before the first batch.
 *
 * Every piece is a request of its own. So several languages are told apart for each piece, not for the whole recording,
 * and the labels of speakers in different pieces are not the same person.
 *
 * @throws UsageError for an endpoint that is none, and for options that Google would refuse in every call
 */
export async function createGoogleSpeechEngine(
  options: SpeechOptions,
  settings: EngineSettings,
): Promise<SpeechEngine> {
  return new GoogleSpeechEngine(options, settings);
}
