// A loopback Cloud Speech-to-Text, v1 and v2, for tests and benchmarks: the real client talks to it over gRPC. It can
// fail, hang, throttle and answer nonsense, by a plan that a seed makes repeatable.
//
// In a test:      const server = await startSpeechServer({ latencyMs: 5 }); ... await server.close();
// As a process:   node test/support/speech-server.mjs '{"latencyMs": 200}'
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import gax from 'google-gax';
import { LoopbackService, runServer, startService } from './loopback-service.mjs';
import { hashOf, hear } from './speech-answers.mjs';

const RATE = 16_000;
const MAX_SECONDS = 60;
const MAX_BYTES = 10_485_760;
/** Seconds that a request is rounded up to. */
const BILLED = { v1: 15, v2: 1 };
/** Where v2's models are; others are everywhere. */
const PLACES = {
  chirp: ['us-central1', 'europe-west4', 'asia-southeast1'],
  chirp_2: ['us-central1', 'europe-west4', 'asia-southeast1'],
  chirp_3: ['us', 'eu', 'asia-southeast1', 'asia-northeast1'],
};
const MODELS = ['long', 'short', 'telephony', 'latest_long', 'latest_short', 'default', ...Object.keys(PLACES)];

/**
 * EMPTY: an answer without results; WILD_TIMES: times far outside of the sound.
 * @typedef {import('./loopback-service.mjs').ServiceOptions<
 *   import('./loopback-service.mjs').CallFault | 'EMPTY' | 'WILD_TIMES'>} SpeechServerOptions
 */

function loadTypes() {
  const require = createRequire(import.meta.url);
  const root = gax.protobuf.Root.fromJSON(require('@google-cloud/speech/build/protos/protos.json'));
  return Object.fromEntries(
    ['v1', 'v2'].map((version) => {
      const name = `google.cloud.speech.${version}`;
      const types = ['Request', 'Response'].map((kind) => root.lookupType(`${name}.Recognize${kind}`));
      return [`/${name}.Speech/Recognize`, types];
    }),
  );
}

function emptyStats() {
  return {
    /** @type {Record<string, number>} answers by sha256 of the samples */
    answersByHash: {},
    /** @type {Record<string, number>} answers by version */
    answersByVersion: {},
    /** Seconds that the answered calls are billed for. */
    billedSeconds: 0,
    maxSeconds: 0,
    /** @type {string[]} names of recognizers, routing headers, models, languages and phrases, without repeats */
    recognizers: [],
    /** @type {string[]} */
    routings: [],
    /** @type {string[]} */
    models: [],
    /** @type {string[]} */
    languages: [],
    /** @type {string[]} */
    phrases: [],
  };
}

/** What both versions ask for, by one name. */
function askedIn(version, { config, content, audio, recognizer }) {
  if (version === 'v1') {
    return {
      bytes: Buffer.from(audio?.content ?? ''),
      decoding: config,
      model: config?.model,
      languages: [config?.languageCode ?? '', ...(config?.alternativeLanguageCodes ?? [])].filter(Boolean),
      features: config ?? {},
      isDiarized: config?.diarizationConfig?.enableSpeakerDiarization === true,
      phrases: (config?.speechContexts ?? []).flatMap(({ phrases }) => phrases),
      place: null,
    };
  }
  return {
    bytes: Buffer.from(content ?? ''),
    decoding: config?.explicitDecodingConfig,
    model: config?.model,
    languages: config?.languageCodes ?? [],
    features: config?.features ?? {},
    isDiarized: Boolean(config?.features?.diarizationConfig),
    phrases: (config?.adaptation?.phraseSets ?? []).flatMap(({ inlinePhraseSet }) =>
      inlinePhraseSet.phrases.map(({ value }) => value),
    ),
    place: /^projects\/[^/]+\/locations\/([^/]+)\/recognizers\/_$/.exec(recognizer)?.[1] ?? '',
  };
}

/** Why Google would refuse the request; null where it would not. */
function problemOf({ bytes, decoding, model, languages, features, isDiarized, place }) {
  if (place === '') return 'Invalid resource field value in the request.';
  if (bytes.length === 0) return 'Audio data not provided.';
  if (bytes.length > MAX_BYTES) return `Request payload size exceeds the limit: ${MAX_BYTES} bytes.`;
  if (bytes.length / 2 / RATE > MAX_SECONDS) return `Audio can be of a maximum of ${MAX_SECONDS} seconds.`;
  if (decoding?.encoding !== 'LINEAR16' || decoding.sampleRateHertz !== RATE || decoding.audioChannelCount !== 1) {
    return 'Audio encoding must be provided for headerless audio.';
  }
  if (place === null) return MODELS.includes(model) ? null : `Incorrect model specified: ${model}`;
  const places = PLACES[model];
  const isThere = places ? places.includes(place) : MODELS.includes(model) && /^(global|us|eu)$/.test(place);
  if (!isThere) return `The model "${model}" does not exist in the location named "${place}".`;
  const unknown = languages.find((code) => !/^[a-z]{2,3}(-[A-Z]\w+)+$/.test(code));
  if (languages.length === 0) return 'Language code must be specified.';
  if (unknown !== undefined) {
    return `The language "${unknown}" is not supported by the model "${model}" in the location named "${place}".`;
  }
  if (isDiarized && model !== 'chirp_3')
    return 'Recognize does not support Speaker Diarization for the requested model';
  if (features.enableWordConfidence && model === 'chirp_3') {
    return 'Recognizer does not support feature: word_level_confidence';
  }
  return null;
}

/** As the JSON form of a protobuf Duration's message. */
function duration(seconds) {
  const nanos = Math.round(seconds * 1e9);
  return { seconds: Math.floor(nanos / 1e9), nanos: nanos % 1e9 };
}

/** The results of a response. */
function resultsOf(version, { bytes, languages, features, isDiarized }, areWild) {
  const { language, groups } = hear(bytes, languages);
  const [start, end, resultEnd] =
    version === 'v1' ? ['startTime', 'endTime', 'resultEndTime'] : ['startOffset', 'endOffset', 'resultEndOffset'];
  const at = (seconds) => duration(areWild ? seconds * 1000 : seconds);
  const spoken = groups.map((words) =>
    words.map(({ text }, index) => {
      if (!features.enableAutomaticPunctuation) return text;
      const capital = index === 0 ? text[0].toUpperCase() + text.slice(1) : text;
      return index === words.length - 1 ? `${capital}.` : capital;
    }),
  );
  const isDetailed = features.enableWordTimeOffsets || features.enableWordConfidence || isDiarized;
  const labelled = groups.map((words, group) =>
    words.map((word, index) => ({
      word: spoken[group][index],
      ...(features.enableWordTimeOffsets && { [start]: at(word.start), [end]: at(word.end) }),
      ...(features.enableWordConfidence && { confidence: word.confidence }),
      ...(isDiarized && (version === 'v1' ? { speakerTag: word.speaker } : { speakerLabel: String(word.speaker) })),
    })),
  );
  const results = groups.map((words, group) => ({
    alternatives: [
      {
        // Google begins a result that follows another with a space.
        transcript: (group > 0 ? ' ' : '') + spoken[group].join(' '),
        confidence: words[0].confidence,
        words: isDetailed ? labelled[group].map(({ speakerTag: _, ...word }) => word) : [],
      },
      { transcript: 'something else' },
    ],
    [resultEnd]: at(words.at(-1).end),
    languageCode: language.toLowerCase(),
  }));
  // v1 tells the speakers in one more result, with all words of the sound.
  if (version !== 'v1' || !isDiarized || results.length === 0) return results;
  return [...results, { alternatives: [{ words: labelled.flat() }], languageCode: language.toLowerCase() }];
}

/** @extends {LoopbackService<ReturnType<typeof emptyStats>>} */
class SpeechServer extends LoopbackService {
  /** @param {SpeechServerOptions} options */
  constructor(options) {
    super(options, { types: loadTypes(), answerFaults: ['EMPTY', 'WILD_TIMES'], emptyStats });
  }

  handle(path, message, headers) {
    this.#note('routings', headers?.['x-goog-request-params']);
    return super.handle(path, message, headers);
  }

  answer(path, request, fault) {
    const [, version] = /\.(v\d)\.Speech\/Recognize$/.exec(path);
    const asked = askedIn(version, request);
    const seconds = asked.bytes.length / 2 / RATE;
    this.stats.maxSeconds = Math.max(this.stats.maxSeconds, seconds);
    this.#note('recognizers', request.recognizer);
    this.#note('models', asked.model);
    for (const language of asked.languages) this.#note('languages', language);
    for (const phrase of asked.phrases) this.#note('phrases', phrase);
    const problem = problemOf(asked);
    if (problem) return { code: 'INVALID_ARGUMENT', message: problem };
    const billed = Math.ceil(seconds / BILLED[version]) * BILLED[version];
    this.#countAnswer(version, asked.bytes, billed);
    const results = fault === 'EMPTY' ? [] : resultsOf(version, asked, fault === 'WILD_TIMES');
    if (version === 'v1') return { results, totalBilledTime: duration(billed) };
    return { results, metadata: { totalBilledDuration: duration(billed) } };
  }

  #note(list, value) {
    if (value && !this.stats[list].includes(value)) this.stats[list].push(value);
  }

  #countAnswer(version, bytes, billed) {
    const { answersByHash, answersByVersion } = this.stats;
    const hash = hashOf(bytes);
    answersByHash[hash] = (answersByHash[hash] ?? 0) + 1;
    answersByVersion[version] = (answersByVersion[version] ?? 0) + 1;
    this.stats.billedSeconds += billed;
  }
}

/**
 * Starts a server on the loopback.
 * @param {SpeechServerOptions} [options]
 */
export function startSpeechServer(options = {}) {
  return startService(new SpeechServer(options), options.port);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await runServer(startSpeechServer);
