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
import { failureOf, OperationBook, v1Refusal, v2Refusal } from './speech-operations.mjs';
import { askedIn, planProblem, problemOf, RATE } from './speech-requests.mjs';

/** Seconds that a request is rounded up to. */
const BILLED = { v1: 15, v2: 1 };
/** Faults that do not end the call but spoil its answer. */
const ANSWER_FAULTS = [
  'EMPTY',
  'WILD_TIMES',
  'TRUNCATED',
  'NOT_UTF8',
  'OTHER_URI',
  'NO_FILES',
  'EXHAUSTED_OPERATION',
  'FAILED_OPERATION',
  'NONE',
];

/**
 * EMPTY: an answer without results; WILD_TIMES: times far outside of the sound; TRUNCATED: the answer, or that of the
 * operation, is cut off; NOT_UTF8: its text is no UTF-8; OTHER_URI, NO_FILES: an operation of v2 that ends with the
 * result of another recording, or of none; FAILED_OPERATION, EXHAUSTED_OPERATION: an operation that starts and ends with
 * an error, or with one for quota; NONE: this call goes well.
 * @typedef {import('./loopback-service.mjs').ServiceOptions<
 *   import('./loopback-service.mjs').CallFault | 'EMPTY' | 'WILD_TIMES' | 'TRUNCATED' | 'NOT_UTF8' | 'OTHER_URI'
 *   | 'NO_FILES' | 'EXHAUSTED_OPERATION' | 'FAILED_OPERATION' | 'NONE'> & {
 *   objects?: Record<string, import('./speech-operations.mjs').BucketObject>, pollsUntilDone?: number,
 *   hidesBilling?: boolean, results?: object[] }} SpeechServerOptions
 * `objects` are those in Cloud Storage by name; `pollsUntilDone` is how often an operation is said to be pending (2);
 * with `hidesBilling` operations do not say what they are billed as; `results` are given in the place of what is heard
 */

let root;

function speechRoot() {
  const require = createRequire(import.meta.url);
  root ??= gax.protobuf.Root.fromJSON(require('@google-cloud/speech/build/protos/protos.json'));
  return root;
}

function loadTypes() {
  const root = speechRoot();
  const type = (name) => root.lookupType(`google.${name}`);
  const operation = type('longrunning.Operation');
  const of = (method, request, response) => [`/google.${method}`, [type(request), response]];
  return Object.fromEntries([
    ...['v1', 'v2'].map((version) => {
      const name = `cloud.speech.${version}`;
      return of(`${name}.Speech/Recognize`, `${name}.RecognizeRequest`, type(`${name}.RecognizeResponse`));
    }),
    of('cloud.speech.v1.Speech/LongRunningRecognize', 'cloud.speech.v1.LongRunningRecognizeRequest', operation),
    of('cloud.speech.v2.Speech/BatchRecognize', 'cloud.speech.v2.BatchRecognizeRequest', operation),
    of('longrunning.Operations/GetOperation', 'longrunning.GetOperationRequest', operation),
    of('longrunning.Operations/CancelOperation', 'longrunning.CancelOperationRequest', type('protobuf.Empty')),
  ]);
}

/** The response of an operation, packed as its `response` is. */
function packResponse(name, message) {
  const type = speechRoot().lookupType(name);
  return { type_url: `type.googleapis.com/${name}`, value: type.encode(type.fromObject(message)).finish() };
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
    /** Operations started, asked after, and their names where they were cancelled. */
    operations: 0,
    polls: 0,
    /** @type {string[]} */
    cancelled: [],
    /** @type {Record<string, number>} operations that were started for an object */
    operationsByUri: {},
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

/** As the JSON form of a protobuf Duration's message. */
function duration(seconds) {
  const nanos = Math.round(seconds * 1e9);
  return { seconds: Math.floor(nanos / 1e9), nanos: nanos % 1e9 };
}

/** The bytes of an answer cut off, or with letters that are no UTF-8. */
function spoiled(bytes, fault) {
  if (fault === 'TRUNCATED') return bytes.subarray(0, bytes.length >> 1);
  if (fault !== 'NOT_UTF8') return bytes;
  const changed = Buffer.from(bytes);
  for (let at = changed.indexOf('ne'); at >= 0; at = changed.indexOf('ne', at + 2)) changed.set([0xff, 0xfe], at);
  return changed;
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
  #bucket;
  #book = new OperationBook();

  /** @param {SpeechServerOptions} options */
  constructor(options) {
    super(options, {
      types: loadTypes(),
      answerFaults: ANSWER_FAULTS,
      emptyStats,
    });
    this.#bucket = options;
  }

  /** @param {Partial<SpeechServerOptions>} options */
  configure(options) {
    super.configure(options);
    this.#bucket = { ...this.#bucket, ...options };
  }

  spoil(bytes, fault, path) {
    // That an operation was started is told well; its own answer is spoiled.
    return path.endsWith('/Recognize') ? spoiled(bytes, fault) : bytes;
  }

  handle(path, message, headers) {
    this.#note('routings', headers?.['x-goog-request-params']);
    return super.handle(path, message, headers);
  }

  answer(path, request, fault) {
    if (path.endsWith('/GetOperation')) {
      this.stats.polls += 1;
      return this.#book.get(request.name);
    }
    if (path.endsWith('/CancelOperation')) {
      this.stats.cancelled.push(request.name);
      return this.#book.cancel(request.name);
    }
    if (!path.endsWith('/Recognize')) return this.#start(path.includes('.v1.') ? 'v1' : 'v2', request, fault);
    const [, version] = /\.(v\d)\.Speech\/Recognize$/.exec(path);
    const asked = askedIn(version, request);
    const seconds = asked.bytes.length / 2 / RATE;
    this.stats.maxSeconds = Math.max(this.stats.maxSeconds, seconds);
    this.#noteAsked(request, asked);
    const problem = problemOf(asked);
    if (problem) return { code: 'INVALID_ARGUMENT', message: problem };
    const billed = Math.ceil(seconds / BILLED[version]) * BILLED[version];
    this.#countAnswer(version, asked.bytes, billed);
    const results = this.#resultsOf(version, asked, fault);
    if (version === 'v1') return { results, totalBilledTime: duration(billed) };
    return { results, metadata: { totalBilledDuration: duration(billed) } };
  }

  #resultsOf(version, asked, fault) {
    if (fault === 'EMPTY') return [];
    return this.#bucket.results ?? resultsOf(version, asked, fault === 'WILD_TIMES');
  }

  #noteAsked(request, asked) {
    this.#note('recognizers', request.recognizer);
    this.#note('models', asked.model);
    for (const language of asked.languages) this.#note('languages', language);
    for (const phrase of asked.phrases) this.#note('phrases', phrase);
  }

  /** Starts an operation for one recording, as both versions are asked here. */
  #start(version, request, fault) {
    const asked = askedIn(version, request);
    this.#noteAsked(request, asked);
    const uri = version === 'v1' ? request.audio.uri : (request.files[0]?.uri ?? '');
    const { objects = {}, pollsUntilDone = 2 } = this.#bucket;
    const object = objects[uri];
    const problem = planProblem(asked) ?? (version === 'v2' ? v2Refusal(request) : null);
    if (problem) return { code: 'INVALID_ARGUMENT', message: problem };
    const refusal = version === 'v1' ? v1Refusal(request, object) : null;
    if (refusal) return refusal;
    this.stats.operations += 1;
    this.stats.operationsByUri[uri] = (this.stats.operationsByUri[uri] ?? 0) + 1;
    const polls = object?.polls ?? pollsUntilDone;
    const prefix = version === 'v1' ? '9' : `projects/emulator/locations/${asked.place}/operations/`;
    if (fault === 'FAILED_OPERATION') {
      return this.#book.start(prefix, { error: { code: 13, message: 'the operation failed' } }, polls);
    }
    if (fault === 'EXHAUSTED_OPERATION') {
      this.stats.refused += 1;
      return this.#book.start(prefix, { error: { code: 8, message: 'Quota exceeded.' } }, polls);
    }
    return this.#book.start(prefix, this.#ending(version, asked, uri, object, fault), polls);
  }

  #ending(version, asked, uri, object, fault) {
    const error = failureOf(uri, object);
    const name = version === 'v1' ? 'LongRunningRecognizeResponse' : 'BatchRecognizeResponse';
    const done = (response) => {
      const packed = packResponse(`google.cloud.speech.${version}.${name}`, response);
      return { response: { ...packed, value: spoiled(Buffer.from(packed.value), fault) } };
    };
    if (error) return version === 'v1' ? { error } : done({ results: { [uri]: { error } } });
    const { results, billed } = this.#hearObject(version, asked, object, fault);
    const billedTime = this.#bucket.hidesBilling ? null : duration(billed);
    if (version === 'v1') return done({ results, totalBilledTime: billedTime });
    const metadata = { totalBilledDuration: billedTime };
    if (fault === 'NO_FILES') return done({ results: {}, totalBilledDuration: billedTime });
    const told = fault === 'OTHER_URI' ? `${uri}.other` : uri;
    return done({ results: { [told]: { inlineResult: { transcript: { results } }, metadata } } });
  }

  /** Without being told to hear channels apart, the service hears the first alone. */
  #hearObject(version, asked, { channels }, fault) {
    const { features } = asked;
    const isSplit =
      features.enableSeparateRecognitionPerChannel === true ||
      features.multiChannelMode === 'SEPARATE_RECOGNITION_PER_CHANNEL';
    let billed = 0;
    const results = (isSplit ? channels : channels.slice(0, 1)).flatMap((samples, index) => {
      const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
      const seconds = Math.ceil(bytes.length / 2 / RATE / BILLED[version]) * BILLED[version];
      billed += seconds;
      this.#countAnswer(version, bytes, seconds);
      const own = this.#resultsOf(version, { ...asked, bytes }, fault);
      return own.map((result) => ({ ...result, channelTag: isSplit ? index + 1 : 0 }));
    });
    return { results, billed };
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
