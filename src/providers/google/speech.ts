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
import type { AskedSpeech, SpeechAnswer } from './speech-answer.js';
import { openSpeechClient, type SpeechClient } from './speech-client.js';
import { parseRecording, parseSpeech, SPEECH_PARSER_REVISION } from './speech-parse.js';
import { type RecordingResponse, recordingAnswerOf } from './speech-recording.js';
import { isOfPlan, isOfSound, recordingError, refusalOfPlan } from './speech-refusals.js';
import {
  endpointOf,
  planSpeech,
  remarkOnLanguages,
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
    const remark = remarkOnLanguages(options, plan);
    if (remark !== null) settings.note(`transcribe: ${remark}`);
    this.version = [plan.api, plan.model, plan.location, `parser-${SPEECH_PARSER_REVISION}`].join('/');
    const endpoint = settings.endpoint ?? endpointOf(plan);
    const isEmulator = parseEndpoint(endpoint, SPEECH).isPlaintext;
    this.limits = {
      itemsPerBatch: 1,
      bytesPerBatch: MAX_REQUEST_BYTES,
      parallelBatches: PARALLEL_CALLS,
      requestsPerMinute: isEmulator ? null : REQUESTS_PER_MINUTE,
    };
    this.billing = speechBilling(plan);
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
      else outcomes.push(await this.#hear(payload.samples, signal));
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

  /** @throws ProviderError of scope `run`, for what is wrong with the sound, or where another try may help */
  async #hear(samples: Int16Array, signal: AbortSignal): Promise<Outcome<SpeechReading>> {
    const seconds = samples.length / SPEECH_RATE;
    try {
      // The service refuses a request without sound.
      const answer = samples.length === 0 ? {} : await this.#ask(samples, signal);
      return { ok: true, value: parseSpeech(answer, { ...this.#asked, seconds }) };
    } catch (error) {
      if (!(error instanceof ProviderError) || error.isRetryable || error.scope === 'run') throw error;
      if (error.code === 'NOT_FOUND' || isOfPlan(error)) throw refusalOfPlan(error, this.#plan);
      if (isOfSound(error.code)) throw error;
      // The service may take the same sound tomorrow: the failure is not kept.
      const { code, message, isRetryable } = error;
      return { ok: false, error: { code, message, isRetryable, isOfSource: true } };
    }
  }

  #ask(samples: Int16Array, signal: AbortSignal): Promise<SpeechAnswer> {
    return this.#connection.call<SpeechAnswer>('recognize', toSpeechRequest(this.#plan, samples), signal);
  }

  /** @throws ProviderError of scope `run`, or where another try may help */
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

  /** @throws ProviderError for what concerns more than this recording: the plan of the run, the quota */
  #judgeRecording({ code, message, isRetryable }: ItemError | ProviderError): ItemError {
    const failure = { code, message, isRetryable };
    // What is not found, for a recording, is the recording, unless the service speaks of the model or the place.
    if (isOfPlan(failure)) throw refusalOfPlan(failure, this.#plan);
    if (code === 'RESOURCE_EXHAUSTED') throw new ProviderError(code, message, { isRetryable, isQuota: true });
    return recordingError(failure, this.#plan.api);
  }
}

/** Units are seconds: https://cloud.google.com/speech-to-text/pricing */
function speechBilling({ api, model }: SpeechPlan): EngineBilling<SpeechInput, SpeechReading> {
  const secondsOf = ({ samples }: SpeechPiece): number => samples.length / SPEECH_RATE;
  const billOf = (seconds: number): Bill => {
    const units = seconds === 0 ? 0 : billedSpeechSeconds(api, seconds);
    return { units, priceUsd: units * usdPerSpeechSecond(api, model) };
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
