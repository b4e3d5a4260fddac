// The long-running operations of the loopback Speech-to-Text: recordings in a bucket that exists in the test alone.

/**
 * An object in the bucket.
 * @typedef {object} BucketObject
 * @property {Int16Array[]} [channels]   16 kHz; absent: it is no sound
 * @property {string} [kind]             `wav` (the default) or `flac`, which have a header, or anything else
 * @property {boolean} [isForbidden]     the credentials may not read it
 * @property {number} [polls]            how often its operation is said to be pending, where not as often as others
 * @property {number[]} [failures]       codes that hearing it fails with, in turn, before it succeeds
 */

const NOT_FOUND = { code: 5, message: 'Requested entity was not found.' };
const NO_SOUND = { code: 3, message: 'Audio data does not appear to be in a supported encoding.' };

function forbidden(uri) {
  const message = `caller@example.com does not have storage.objects.get access to ${uri.slice(5)}.`;
  return { code: 7, message };
}

/** Why hearing the object fails, as a google.rpc.Status, or null. */
export function failureOf(uri, object) {
  if (!object) return NOT_FOUND;
  if (object.isForbidden) return forbidden(uri);
  const code = object.failures?.shift();
  if (code !== undefined) return { code, message: `told to fail with ${code}` };
  return object.channels ? null : NO_SOUND;
}

/** Why v1 refuses to start, as gRPC's name of the code and a message, or null. */
export function v1Refusal({ audio, config }, object) {
  const { uri } = audio;
  if (!object) return { code: 'NOT_FOUND', message: NOT_FOUND.message };
  if (object.isForbidden) return { code: 'PERMISSION_DENIED', message: forbidden(uri).message };
  const invalid = (message) => ({ code: 'INVALID_ARGUMENT', message });
  const kind = object.kind ?? 'wav';
  if (!['wav', 'flac'].includes(kind)) {
    if (config.encoding === 'ENCODING_UNSPECIFIED') return invalid('Invalid recognition config: bad encoding..');
    if (!config.sampleRateHertz) return invalid('Invalid recognition config: bad sample rate hertz.');
  }
  const told = config.audioChannelCount || 1;
  const found = object.channels?.length ?? told;
  if (told === found) return null;
  return invalid(
    told === 1
      ? `Must use single channel (mono) audio, but WAV header indicates ${found} channels.`
      : 'Invalid audio channel count',
  );
}

/** Why v2 refuses to start, or null. */
export function v2Refusal({ files, recognitionOutputConfig, config }) {
  if (files.length === 0 || files.length > 15) return 'Request must have 1 to 15 files.';
  if (!recognitionOutputConfig?.inlineResponseConfig && !recognitionOutputConfig?.gcsOutputConfig)
    return 'Recognition output configuration must be specified.';
  if (recognitionOutputConfig.inlineResponseConfig && files.length > 1)
    return 'Inline output is only supported with a single file.';
  if (!config?.autoDecodingConfig) return 'Decoding config must be specified.';
  const wrong = files.find(({ uri }) => !/^gs:\/\/[^/]+\/.+$/.test(uri));
  return wrong ? `Invalid uri ${wrong.uri}` : null;
}

/** Operations by name: each is pending for some polls, then done. */
export class OperationBook {
  #operations = new Map();

  /** @param {string} prefix @param {object} ending its `response` or `error` @param {number} polls asked so often it is pending */
  start(prefix, ending, polls) {
    const name = `${prefix}${this.#operations.size + 1}`;
    this.#operations.set(name, { name, ending, pending: polls });
    return { name, done: false };
  }

  get(name) {
    const operation = this.#operations.get(name);
    if (!operation) return { code: 'NOT_FOUND', message: `Operation ${name} not found.` };
    if (operation.pending > 0) {
      operation.pending -= 1;
      return { name, done: false };
    }
    return { name, done: true, ...operation.ending };
  }

  cancel(name) {
    const operation = this.#operations.get(name);
    if (operation) Object.assign(operation, { pending: 0, ending: { error: { code: 1, message: 'cancelled' } } });
    return {};
  }
}
