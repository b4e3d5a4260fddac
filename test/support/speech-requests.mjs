// What the loopback Speech-to-Text is asked for, and what Google would refuse of it.

/** Samples a second of pieces. */
export const RATE = 16_000;
const MAX_SECONDS = 60;
const MAX_BYTES = 10_485_760;
/** Where v2's models are; others are everywhere. */
const PLACES = {
  chirp: ['us-central1', 'europe-west4', 'asia-southeast1'],
  chirp_2: ['us-central1', 'europe-west4', 'asia-southeast1'],
  chirp_3: ['us', 'eu', 'asia-southeast1', 'asia-northeast1'],
};
const MODELS = ['long', 'short', 'telephony', 'latest_long', 'latest_short', 'default', ...Object.keys(PLACES)];

/** Where the models are that are everywhere, as far as tests need it. */
const EVERYWHERE = /^(global|us|eu|europe-west4)$/;
const MAX_PHRASES_IN_SET = 1_200;

/** What both versions ask for, by one name. */
export function askedIn(version, { config, content, audio, recognizer }) {
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
      largestSet: 0,
    };
  }
  const sets = (config?.adaptation?.phraseSets ?? []).map(({ inlinePhraseSet }) => inlinePhraseSet.phrases);
  return {
    bytes: Buffer.from(content ?? ''),
    decoding: config?.explicitDecodingConfig,
    model: config?.model,
    languages: config?.languageCodes ?? [],
    features: config?.features ?? {},
    isDiarized: Boolean(config?.features?.diarizationConfig),
    phrases: sets.flat().map(({ value }) => value),
    largestSet: Math.max(0, ...sets.map(({ length }) => length)),
    place: /^projects\/[^/]+\/locations\/([^/]+)\/recognizers\/_$/.exec(recognizer)?.[1] ?? '',
  };
}

/** Why Google would refuse the request; null where it would not. */
export function problemOf(asked) {
  const { bytes, decoding, place } = asked;
  if (place === '') return 'Invalid resource field value in the request.';
  if (bytes.length === 0) return 'Audio data not provided.';
  if (bytes.length > MAX_BYTES) return `Request payload size exceeds the limit: ${MAX_BYTES} bytes.`;
  if (bytes.length / 2 / RATE > MAX_SECONDS) return `Audio can be of a maximum of ${MAX_SECONDS} seconds.`;
  return formatProblem(decoding) ?? planProblem(asked);
}

function formatProblem(decoding) {
  if (decoding?.encoding !== 'LINEAR16' || decoding.sampleRateHertz !== RATE || decoding.audioChannelCount !== 1) {
    return 'Audio encoding must be provided for headerless audio.';
  }
  return null;
}

/** Why the model, its languages or its place would be refused, whatever the sound. */
export function planProblem({ model, languages, features, isDiarized, place, largestSet }) {
  if (place === null) return MODELS.includes(model) ? null : `Incorrect model specified: ${model}`;
  const places = PLACES[model];
  const isThere = places ? places.includes(place) : MODELS.includes(model) && EVERYWHERE.test(place);
  if (!isThere) return `The model "${model}" does not exist in the location named "${place}".`;
  if (languages.length === 0) return 'Language code must be specified.';
  if (languages.length > 1 && !/^(global|us|eu)$/.test(place)) {
    return 'Multiple language recognition is only available in the following locations: eu, global, us.';
  }
  const isOpen = languages[0] === 'auto' && model.startsWith('chirp');
  const unknown = isOpen ? undefined : languages.find((code) => !/^[a-z]{2,3}(-[A-Z]\w+)+$/.test(code));
  if (unknown !== undefined) {
    return `The language "${unknown}" is not supported by the model "${model}" in the location named "${place}".`;
  }
  if (isDiarized && model !== 'chirp_3')
    return 'Recognize does not support Speaker Diarization for the requested model';
  if (features.enableWordConfidence && model === 'chirp_3') {
    return 'Recognizer does not support feature: word_level_confidence';
  }
  if (largestSet > MAX_PHRASES_IN_SET) return `A PhraseSet can have at most ${MAX_PHRASES_IN_SET} phrases.`;
  return null;
}
