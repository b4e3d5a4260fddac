/** Google Cloud Speech-to-Text as a speech engine. */
import {
  type Bill,
  type EngineBilling,
  type EngineSettings,
  type Item,
  type ItemError,
  isStored,
  type Outcome,
  ProviderError,
  SPEECH_RATE,
  type SpeechEngine,
  type SpeechInput,
  type SpeechOptions,
  type SpeechPiece,
  type SpeechReading,
  type StoredRecording,
} from '../../model.js';
import { Connection, parseEndpoint } from './client.js';
import { toItemError } from './errors.js';
import { type OperationState, Operations } from './operations.js';
import { billedSpeechSeconds, usdPerSpeechSecond } from './prices.js';
import { openSpeechClient, type SpeechClient } from './speech-client.js';
import {
  type AskedSpeech,
  parseRecording,
  parseSpeech,
  SPEECH_PARSER_REVISION,
  type SpeechAnswer,
} from './speech-parse.js';
import { type RecordingResponse, recordingAnswerOf } from './speech-recording.js';
import {
  endpointOf,
  planSpeech,
  SPEECH,
  type SpeechPlan,
  toOperationRequest,
  toSpeechRequest,
} from './speech-request.js';

/** Google's limits for a call that is answered at once (it takes 60 s too): https://cloud.google.com/speech-to-text/quotas */
const MAX_REQUEST_BYTES = 10_000_000;
/** Google's quota of calls for a project that did not ask for more. */
const REQUESTS_PER_MINUTE = 900;
const PARALLEL_CALLS = 16;
/** Operations take about as long as a fraction of the sound; an emulator answers at once. */
const POLL_PAUSES = { firstMs: 2_000, longestMs: 30_000 };
const EMULATOR_PAUSES = { firstMs: 20, longestMs: 200 };

/** Refusals of what the run asks for, whatever the sound: the model, its languages, features or place. */
const REFUSED_PLAN =
  /does not exist in the location|is not supported by the model|not supported for (the )?(language|model)|does not support (feature|speaker diarization)|(diarization|adaptation) is not (currently )?supported|Expected resource location|Incorrect model specified|Invalid recognition 'config'/i;

/** Hears speech with Cloud Speech-to-Text. One connection serves the whole run. */
class GoogleSpeechEngine implements SpeechEngine {
  readonly id = 'google/speech';
  readonly version: string;
  readonly isRemote = true;
  readonly limits;
  readonly billing: EngineBilling<SpeechInput, SpeechReading>;
  readonly #plan: SpeechPlan;
  readonly #connection: Connection<SpeechClient>;
  readonly #operations: Operations;

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
    this.#operations = new Operations(
      (method, request, signal) => this.#connection.call(method, request, signal),
      settings.clock,
      isEmulator ? EMULATOR_PAUSES : POLL_PAUSES,
    );
  }

  isOperation({ payload }: Item<SpeechInput>): boolean {
    return isStored(payload);
  }

  async processBatch(
    items: readonly Item<SpeechInput>[],
    { signal }: { readonly signal: AbortSignal },
  ): Promise<readonly Outcome<SpeechReading>[]> {
    signal.throwIfAborted();
    const outcomes: Outcome<SpeechReading>[] = [];
    for (const { payload } of items) {
      if (isStored(payload)) outcomes.push(await this.#hearRecording(payload, signal));
      else outcomes.push({ ok: true, value: await this.#hear(payload.samples, signal) });
    }
    return outcomes;
  }

  async close(): Promise<void> {
    await this.#operations.close();
    await this.#connection.close();
  }

  get #asked(): Omit<AskedSpeech, 'seconds'> {
    const { api, model, languages, diarize, hasConfidences } = this.#plan;
    return { model: `speech-${api}/${model}`, languages, diarize, hasConfidences };
  }

  async #hear(samples: Int16Array, signal: AbortSignal): Promise<SpeechReading> {
    const seconds = samples.length / SPEECH_RATE;
    // The service refuses a request without sound.
    const answer = samples.length === 0 ? {} : await this.#ask(samples, signal);
    return parseSpeech(answer, { ...this.#asked, seconds });
  }

  async #hearRecording(recording: StoredRecording, signal: AbortSignal): Promise<Outcome<SpeechReading>> {
    const { api } = this.#plan;
    const method = api === 'v1' ? 'longRunningRecognize' : 'batchRecognize';
    const request = toOperationRequest(this.#plan, recording);
    let ended: OperationState<RecordingResponse>;
    try {
      ended = await this.#operations.run<RecordingResponse>(method, request, signal);
    } catch (error) {
      if (!(error instanceof ProviderError) || error.isRetryable || error.scope === 'run') throw error;
      return { ok: false, error: this.#judgeRecording(error) };
    }
    const result = ended.error ? { error: ended.error } : recordingAnswerOf(ended.response, api, recording.uri);
    if (result.error) return { ok: false, error: this.#judgeRecording(toItemError(result.error, SPEECH)) };
    const reading = parseRecording(result.answer, this.#asked, recording.splitChannels);
    const { billedSeconds } = result;
    return { ok: true, value: billedSeconds === null ? reading : { ...reading, billedSeconds } };
  }

  async #ask(samples: Int16Array, signal: AbortSignal): Promise<SpeechAnswer> {
    const request = toSpeechRequest(this.#plan, samples);
    try {
      return await this.#connection.call<SpeechAnswer>('recognize', request, signal);
    } catch (error) {
      throw error instanceof ProviderError ? this.#judge(error) : error;
    }
  }

  #judge(error: ProviderError): ProviderError {
    const isOfPlan = error.code === 'NOT_FOUND' || this.#isOfPlan(error);
    return isOfPlan ? this.#refusal(error) : error;
  }

  /**
   * What is not found, for a recording, is the recording, unless the service speaks of the model or the place. All but
   * what is wrong with the sound may be other tomorrow, for the same content.
   */
  #judgeRecording(failure: ItemError | ProviderError): ItemError {
    if (this.#isOfPlan(failure)) throw this.#refusal(failure);
    const { code, isRetryable } = failure;
    const advice = recordingAdvice(code, this.#plan.api);
    const message = advice === null ? failure.message : `${failure.message}; ${advice}`;
    const isOfSource = !isRetryable && code !== 'INVALID_ARGUMENT';
    return { code, message, isRetryable, ...(isOfSource && { isOfSource }) };
  }

  #isOfPlan({ code, message }: ItemError | ProviderError): boolean {
    return (code === 'INVALID_ARGUMENT' || code === 'NOT_FOUND') && REFUSED_PLAN.test(message);
  }

  /** A refusal that every call of the run will meet ends it at once, and says what can be changed. */
  #refusal({ code, message }: ItemError | ProviderError): ProviderError {
    const { location, languages, model } = this.#plan;
    const asked = `model ${model}, languages ${languages.join(', ')}, location ${location}`;
    const advice = 'choose another --model or --language, or set UXD_GOOGLE_LOCATION to a place that serves them';
    return new ProviderError(code, `${message} (asked for: ${asked}); ${advice}`, { isRetryable: false, scope: 'run' });
  }
}

/** What to do about a recording that the service does not take, or null. */
function recordingAdvice(code: string, api: SpeechPlan['api']): string | null {
  if (code === 'NOT_FOUND') return 'check the name (gcloud storage ls)';
  if (code === 'PERMISSION_DENIED') return 'let the credentials read the bucket (roles/storage.objectViewer)';
  if (code !== 'INVALID_ARGUMENT') return null;
  if (api === 'v2') return 'check that it is sound of a kind that Google reads, or fetch it first (gcloud storage cp)';
  return 'v1 takes WAV and FLAC, Opus and AMR by the ending of the name, and two channels with --split-channels, else one; leave out --api v1';
}

/** Units are seconds: https://cloud.google.com/speech-to-text/pricing */
function speechBilling(api: SpeechPlan['api']): EngineBilling<SpeechInput, SpeechReading> {
  const secondsOf = ({ samples }: SpeechPiece): number => samples.length / SPEECH_RATE;
  const billOf = (seconds: number): Bill => {
    const units = seconds === 0 ? 0 : billedSpeechSeconds(api, seconds);
    return { units, priceUsd: units * usdPerSpeechSecond(api) };
  };
  const knownBillOf = ({ payload }: Item<SpeechInput>): Bill | null =>
    isStored(payload) ? null : billOf(secondsOf(payload));
  return {
    unitsOf: (item) => knownBillOf(item)?.units ?? null,
    priceUsdOf: (item) => knownBillOf(item)?.priceUsd ?? null,
    billOf: ({ billedSeconds }) => (billedSeconds === undefined ? null : billOf(billedSeconds)),
    unitShareOf: (item) => {
      const units = knownBillOf(item)?.units ?? 0;
      return units === 0 || isStored(item.payload) ? null : secondsOf(item.payload) / units;
    },
  };
}

/**
 * Cloud Speech-to-Text with the languages, model and hints asked for. Nothing is loaded or sent before the first batch.
 *
 * Every piece is a request of its own, every recording in Cloud Storage an operation. So several languages are told apart for each piece, not for the whole recording,
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
