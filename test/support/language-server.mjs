// A loopback Cloud Natural Language, v1 and v2, for tests and benchmarks: the real client talks to it over gRPC. It can
// fail, hang, throttle and answer nonsense, by a plan that a seed makes repeatable.
//
// In a test:      const server = await startLanguageServer({ latencyMs: 5 }); ... await server.close();
// As a process:   node test/support/language-server.mjs '{"latencyMs": 200}'
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import gax from 'google-gax';
import { documentFeelingOf, entitiesOf, hashOf, languageOf, offsetCounter, sentencesOf } from './language-answers.mjs';
import { LoopbackService, runServer, startService } from './loopback-service.mjs';

const MAX_CONTENT_BYTES = 1_000_000;
const UNIT_CHARACTERS = 1000;
const METHODS = {
  v1: ['AnalyzeSentiment', 'AnalyzeEntities', 'AnalyzeEntitySentiment', 'AnnotateText'],
  v2: ['AnalyzeSentiment', 'AnalyzeEntities', 'AnnotateText'],
};
/** What each method does; AnnotateText does what its switches say. */
const ANALYSES = {
  AnalyzeSentiment: ['document_sentiment'],
  AnalyzeEntities: ['entity'],
  AnalyzeEntitySentiment: ['entity_sentiment'],
};
const SWITCHES = {
  extractDocumentSentiment: 'document_sentiment',
  extractEntities: 'entity',
  extractEntitySentiment: 'entity_sentiment',
};
/** Languages by analysis; v2 refuses only what is on no list, and answers the others as well as it can. */
const SPOKEN = {
  document_sentiment: ['ar', 'de', 'en', 'es', 'fr', 'id', 'it', 'ja', 'ko', 'nl', 'pt', 'th', 'tr', 'vi', 'zh'],
  entity: ['de', 'en', 'es', 'fr', 'it', 'ja', 'ko', 'pt', 'ru', 'zh'],
  entity_sentiment: ['en', 'es', 'ja'],
};
const REFUSED_BY_V2 = ['tlh'];

/**
 * WRONG_OFFSETS: offsets count bytes, whatever was asked for; EMPTY: an answer without anything in it.
 * @typedef {import('./loopback-service.mjs').ServiceOptions<
 *   import('./loopback-service.mjs').CallFault | 'WRONG_OFFSETS' | 'EMPTY'>} LanguageServerOptions
 */

function loadTypes() {
  const require = createRequire(import.meta.url);
  const root = gax.protobuf.Root.fromJSON(require('@google-cloud/language/build/protos/protos.json'));
  return Object.fromEntries(
    Object.entries(METHODS).flatMap(([version, methods]) =>
      methods.map((method) => {
        const name = `google.cloud.language.${version}`;
        const types = ['Request', 'Response'].map((kind) => root.lookupType(`${name}.${method}${kind}`));
        return [`/${name}.LanguageService/${method}`, types];
      }),
    ),
  );
}

function emptyStats() {
  return {
    /** @type {Record<string, number>} answers by sha256 of the text */
    answersByHash: {},
    /** @type {Record<string, number>} answers by version and method, such as `v2/AnalyzeSentiment` */
    answersByMethod: {},
    /** Units of 1,000 characters, for each analysis, of the calls that were answered. */
    units: 0,
    maxContentBytes: 0,
    /** @type {string[]} languages and encodings that were asked for, without repeats */
    languages: [],
    encodings: [],
    /** @type {string[]} texts that were answered, in turn */
    texts: [],
  };
}

/** @extends {LoopbackService<ReturnType<typeof emptyStats>>} */
class LanguageServer extends LoopbackService {
  /** @param {LanguageServerOptions} options */
  constructor(options) {
    super(options, { types: loadTypes(), answerFaults: ['WRONG_OFFSETS', 'EMPTY'], emptyStats });
  }

  answer(path, request, fault) {
    const [, version, method] = /\.(v\d)\.LanguageService\/(\w+)$/.exec(path);
    const { document, encodingType } = request;
    const text = document.content ?? '';
    const bytes = Buffer.byteLength(text);
    this.stats.maxContentBytes = Math.max(this.stats.maxContentBytes, bytes);
    this.#note('encodings', encodingType);
    const asked = (version === 'v2' ? document.languageCode : document.language) || null;
    if (asked) this.#note('languages', asked);
    const language = asked ?? languageOf(text);
    const analyses = method === 'AnnotateText' ? switchedOn(request.features) : ANALYSES[method];
    const problem = problemOf({ document, text, bytes, language, version, analyses });
    if (problem) return { code: 'INVALID_ARGUMENT', message: problem };
    this.#countAnswer(version, method, text, analyses);
    if (fault === 'EMPTY') return {};
    const encoding = fault === 'WRONG_OFFSETS' ? 'UTF8' : encodingType;
    return {
      ...read(text, encoding, analyses),
      ...(version === 'v1' && { language }),
      ...(version === 'v2' && { languageCode: language, languageSupported: isSpoken(language, analyses) }),
    };
  }

  #note(list, value) {
    if (!this.stats[list].includes(value)) this.stats[list].push(value);
  }

  #countAnswer(version, method, text, analyses) {
    const { answersByHash, answersByMethod, texts } = this.stats;
    const hash = hashOf(text);
    answersByHash[hash] = (answersByHash[hash] ?? 0) + 1;
    const name = `${version}/${method}`;
    answersByMethod[name] = (answersByMethod[name] ?? 0) + 1;
    this.stats.units += Math.ceil([...text].length / UNIT_CHARACTERS) * analyses.length;
    texts.push(text);
  }
}

function switchedOn(features) {
  return Object.entries(SWITCHES).flatMap(([name, analysis]) => (features?.[name] ? [analysis] : []));
}

function isSpoken(language, analyses) {
  return analyses.every((analysis) => SPOKEN[analysis].includes(language));
}

/** Why Google would refuse the request; null where it would not. */
function problemOf({ document, text, bytes, language, version, analyses }) {
  if (document.type !== 'PLAIN_TEXT') return 'Document type must be set.';
  if (text === '') return 'One of content, or gcs_content_uri must be set.';
  if (analyses.length === 0) return 'At least one feature must be set.';
  if (/\p{Surrogate}/u.test(text)) return 'The document contains invalid UTF-8.';
  if (bytes > MAX_CONTENT_BYTES) return `The document has ${bytes} bytes, more than ${MAX_CONTENT_BYTES}.`;
  const unspoken = analyses.find((analysis) => !SPOKEN[analysis].includes(language));
  if (!unspoken || (version === 'v2' && !REFUSED_BY_V2.includes(language))) return null;
  return `The language ${language} is not supported for ${unspoken} analysis.`;
}

/** The parts of a response that the analyses give. */
function read(text, encoding, analyses) {
  const offsetOf = offsetCounter(text, encoding);
  const spanOf = ({ content, at }) => ({ content, beginOffset: offsetOf(at) });
  const feeling = ({ score, magnitude }) => ({ score, magnitude });
  const hasFeelings = analyses.includes('entity_sentiment');
  const entities = () =>
    entitiesOf(text).map(({ name, type, salience, mentions }) => ({
      name,
      type,
      salience,
      mentions: mentions.map((mention) => ({
        text: spanOf(mention),
        type: mention.type,
        ...(hasFeelings && { sentiment: feeling(mention) }),
      })),
    }));
  return {
    ...(analyses.includes('document_sentiment') && {
      documentSentiment: documentFeelingOf(text),
      sentences: sentencesOf(text).map((sentence) => ({ text: spanOf(sentence), sentiment: feeling(sentence) })),
    }),
    ...(analyses.some((analysis) => analysis.startsWith('entity')) && { entities: entities() }),
  };
}

/**
 * Starts a server on the loopback.
 * @param {LanguageServerOptions} [options]
 */
export function startLanguageServer(options = {}) {
  return startService(new LanguageServer(options), options.port);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await runServer(startLanguageServer);
