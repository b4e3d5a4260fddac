/** What every request of a run asks of Cloud Speech-to-Text. Pure. */
import { SPEECH_RATE, type SpeechOptions, type StoredRecording, UsageError } from '../../model.js';
import type { Environment } from './credentials.js';
import type { GoogleService } from './errors.js';

export const SPEECH: GoogleService = {
  title: 'Cloud Speech-to-Text',
  host: 'speech.googleapis.com',
  role: 'roles/speech.client',
};

/** Google's limits for phrases in a request: https://cloud.google.com/speech-to-text/docs/quotas */
const MAX_PHRASES = 5_000;
/** https://cloud.google.com/speech-to-text/docs/models/chirp-3 */
const MAX_PHRASES_CHIRP_3 = 1_000;
const MAX_PHRASES_IN_SET = 1_200;
const MAX_PHRASE_CHARACTERS = 100;
const MAX_PHRASES_CHARACTERS = 100_000;
/** One primary language and three others; v2 names no number. */
const MAX_LANGUAGES_V1 = 4;

/** Where models are served that are not served everywhere: the first of the places in their documentation. */
const LOCATIONS: Readonly<Record<string, string>> = { chirp: 'us-central1', chirp_2: 'us-central1', chirp_3: 'us' };
const EVERYWHERE = 'global';
/** Only there may a request name several languages: https://cloud.google.com/speech-to-text/docs/quotas */
const MULTILINGUAL_PLACES: ReadonlySet<string> = new Set([EVERYWHERE, 'us', 'eu']);
/** In the place of a language: a chirp model finds it by itself, among all that it knows. */
const ANY_LANGUAGE = 'auto';

/** All that is the same for every piece of a run. */
export interface SpeechPlan {
  readonly api: SpeechOptions['api'];
  readonly model: string;
  /** Such as `global`, `us` or `us-central1`. */
  readonly location: string;
  /** BCP 47 with a region, likeliest first; or `auto` alone, where the model finds the language by itself. */
  readonly languages: readonly string[];
  readonly hints: readonly string[];
  readonly diarize: boolean;
  /** False where the service refuses to give confidences, or gives numbers that it says are none. */
  readonly hasConfidences: boolean;
}

/** The usual model. Of v2's models only chirp_3 tells speakers apart in a request that is answered at once. */
function usualModel({ api, diarize }: SpeechOptions): string {
  if (api === 'v1') return 'latest_long';
  return diarize ? 'chirp_3' : 'long';
}

/**
 * The code that Google asks for: with a region, the likeliest where the user named none. `es` gives `es-ES`, `zh`
 * `cmn-Hans-CN` (v1: `zh`).
 *
 * @throws UsageError for what is no language tag
 */
export function toLanguageCode(language: string, api: SpeechOptions['api']): string {
  if (language === ANY_LANGUAGE) return language;
  let locale: Intl.Locale;
  try {
    locale = new Intl.Locale(language);
  } catch {
    throw new UsageError(`${language} is no language code; give one such as es or es-MX`);
  }
  if (locale.region !== undefined) return language;
  if (locale.language === 'zh') return api === 'v1' ? 'zh' : 'cmn-Hans-CN';
  const name = locale.language === 'he' ? 'iw' : locale.language;
  const region = locale.maximize().region;
  return region === undefined ? name : `${name}-${region}`;
}

function checkHints(hints: readonly string[], model: string): readonly string[] {
  const phrases = [...new Set(hints.map((hint) => hint.trim()).filter((hint) => hint !== ''))];
  const long = phrases.find((phrase) => [...phrase].length > MAX_PHRASE_CHARACTERS);
  if (long !== undefined) {
    throw new UsageError(`a hint may have ${MAX_PHRASE_CHARACTERS} characters: ${[...long].slice(0, 40).join('')}...`);
  }
  const most = model === 'chirp_3' ? MAX_PHRASES_CHIRP_3 : MAX_PHRASES;
  const characters = phrases.reduce((sum, phrase) => sum + [...phrase].length, 0);
  if (phrases.length > most || characters > MAX_PHRASES_CHARACTERS) {
    const found = `${phrases.length} with ${characters} characters`;
    throw new UsageError(`${model} takes ${most} hints with ${MAX_PHRASES_CHARACTERS} characters, not ${found}`);
  }
  return phrases;
}

/** The location as the flag or the environment names it, else one that serves the model. */
function locationOf({ api, location }: SpeechOptions, model: string, env: Environment): string {
  const fromEnv = env.UXD_GOOGLE_LOCATION || null;
  const named = location ?? fromEnv;
  if (named === null) return (api === 'v2' && LOCATIONS[model]) || EVERYWHERE;
  // It becomes part of a host name.
  if (/^[a-z]+(-[a-z]+\d+)?$/.test(named)) return named;
  const where = location === null ? `UXD_GOOGLE_LOCATION: ${named}` : `--location ${named}`;
  throw new UsageError(`${where} is no location; give one such as eu or europe-west4`);
}

function languagesOf({ api, languages }: SpeechOptions, model: string): readonly string[] {
  const codes = [...new Set(languages.map((language) => toLanguageCode(language, api)))];
  if (codes.length === 0) throw new UsageError('no language is given that may be spoken');
  if (codes.includes(ANY_LANGUAGE) && (codes.length > 1 || !isChirp(model))) {
    const advice = 'it stands alone, for models such as chirp_2; else name the languages that may be spoken';
    throw new UsageError(`--language ${ANY_LANGUAGE}: ${advice}`);
  }
  if (api === 'v1' && codes.length > MAX_LANGUAGES_V1) {
    throw new UsageError(`v1 takes ${MAX_LANGUAGES_V1} languages, not ${codes.length}; leave out --api v1`);
  }
  return codes;
}

function isChirp(model: string): boolean {
  return model.startsWith('chirp');
}

/**
 * What a run asks for. The location is `--location`, else `UXD_GOOGLE_LOCATION`, else one that serves the model. A chirp
 * model in a place where only one language may be named is left to find it by itself where several may be spoken.
 *
 * @throws UsageError for languages, hints, a model or a location that Google would refuse in every call
 */
export function planSpeech(options: SpeechOptions, env: Environment): SpeechPlan {
  const { api, diarize } = options;
  const model = options.model ?? usualModel(options);
  if (api === 'v1' && isChirp(model)) {
    throw new UsageError(`the model ${model} is served by v2 alone; leave out --api v1`);
  }
  const location = locationOf(options, model, env);
  const named = languagesOf(options, model);
  const isOpen = named.length > 1 && isChirp(model) && !MULTILINGUAL_PLACES.has(location);
  const languages = isOpen ? [ANY_LANGUAGE] : named;
  const hints = checkHints(options.hints, model);
  return { api, model, location, languages, hints, diarize, hasConfidences: !isChirp(model) };
}

/** What the user should know of the languages that are asked for, or null. */
export function remarkOnLanguages({ languages }: SpeechOptions, plan: SpeechPlan): string | null {
  if (plan.languages[0] !== ANY_LANGUAGE || languages.includes(ANY_LANGUAGE)) return null;
  const { model, location } = plan;
  return `of several languages, ${model} in ${location} takes none by name: it finds the language of each piece among all that it knows (name one with --language, or take --model chirp_3)`;
}

/** The endpoint that serves a location, as `--endpoint` would name it. */
export function endpointOf({ location }: SpeechPlan): string {
  return `https://${location === EVERYWHERE ? '' : `${location}-`}${SPEECH.host}`;
}

/** Samples as little-endian bytes, whatever this machine's order. */
export function toLinear16(samples: Int16Array): Buffer {
  const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
  return isLittleEndian ? bytes : Buffer.from(bytes).swap16();
}

/** The request for one piece; the recognizer of v2 is the connection's to say. */
export function toSpeechRequest(plan: SpeechPlan, samples: Int16Array): object {
  const content = toLinear16(samples);
  if (plan.api === 'v1') return { config: { ...PIECE_FORMAT, ...v1Config(plan) }, audio: { content } };
  return { config: { explicitDecodingConfig: PIECE_FORMAT, ...v2Config(plan, false) }, content };
}

const PIECE_FORMAT = { encoding: 'LINEAR16', sampleRateHertz: SPEECH_RATE, audioChannelCount: 1 } as const;

/**
 * What v1 must be told of sound that is neither WAV nor FLAC, by the ending of its name: Opus may be called any of its
 * rates. https://cloud.google.com/speech-to-text/docs/encoding
 */
const V1_FORMATS: Readonly<Record<string, object>> = {
  ogg: { encoding: 'OGG_OPUS', sampleRateHertz: 48_000 },
  oga: { encoding: 'OGG_OPUS', sampleRateHertz: 48_000 },
  opus: { encoding: 'OGG_OPUS', sampleRateHertz: 48_000 },
  webm: { encoding: 'WEBM_OPUS', sampleRateHertz: 48_000 },
  amr: { encoding: 'AMR', sampleRateHertz: 8_000 },
  awb: { encoding: 'AMR_WB', sampleRateHertz: 16_000 },
};
/** v1 hears channels apart only where it is told how many there are: two sides of a call. */
const V1_CHANNELS = { audioChannelCount: 2, enableSeparateRecognitionPerChannel: true } as const;

/** The request for a recording in Cloud Storage: one an operation, because v2 gives no more than one result inline. */
export function toOperationRequest(plan: SpeechPlan, { uri, splitChannels }: StoredRecording): object {
  if (plan.api === 'v1') {
    const ending = /\.(\w+)$/.exec(uri)?.[1]?.toLowerCase() ?? '';
    const config = { ...V1_FORMATS[ending], ...(splitChannels && V1_CHANNELS), ...v1Config(plan) };
    return { config, audio: { uri } };
  }
  return {
    config: { autoDecodingConfig: {}, ...v2Config(plan, splitChannels) },
    files: [{ uri }],
    recognitionOutputConfig: { inlineResponseConfig: {} },
  };
}

function v2Config({ model, languages, hints, diarize, hasConfidences }: SpeechPlan, splitChannels: boolean): object {
  return {
    model,
    languageCodes: languages,
    features: {
      enableWordTimeOffsets: true,
      enableAutomaticPunctuation: true,
      ...(hasConfidences && { enableWordConfidence: true }),
      // Empty: the service finds the number of speakers by itself.
      ...(diarize && { diarizationConfig: {} }),
      ...(splitChannels && { multiChannelMode: 'SEPARATE_RECOGNITION_PER_CHANNEL' }),
    },
    ...(hints.length > 0 && { adaptation: { phraseSets: phraseSetsOf(hints) } }),
  };
}

/** As many sets as their limit asks for. */
function phraseSetsOf(hints: readonly string[]): object[] {
  const phrases = hints.map((value) => ({ value }));
  const count = Math.ceil(phrases.length / MAX_PHRASES_IN_SET);
  return Array.from({ length: count }, (_, index) => {
    const from = index * MAX_PHRASES_IN_SET;
    return { inlinePhraseSet: { phrases: phrases.slice(from, from + MAX_PHRASES_IN_SET) } };
  });
}

function v1Config({ model, languages, hints, diarize }: SpeechPlan): object {
  const [languageCode, ...alternativeLanguageCodes] = languages;
  return {
    model,
    languageCode,
    alternativeLanguageCodes,
    enableWordTimeOffsets: true,
    enableWordConfidence: true,
    enableAutomaticPunctuation: true,
    // Left alone, v1 finds two speakers at least, where often one speaks in a piece.
    ...(diarize && { diarizationConfig: { enableSpeakerDiarization: true, minSpeakerCount: 1 } }),
    ...(hints.length > 0 && { speechContexts: [{ phrases: hints }] }),
  };
}
