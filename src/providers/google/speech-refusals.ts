/** What Cloud Speech-to-Text refuses: a piece or a recording by itself, or what the whole run asks for. Pure. */
import { type ItemError, ProviderError } from '../../model.js';
import type { SpeechPlan } from './speech-request.js';

/** Refusals of what the run asks for, whatever the sound: the model, its languages, features or place. */
const REFUSED_PLAN = [
  /does not exist in the location|unsupported for location|Expected resource location|no longer (generally )?available/i,
  /Multiple language recognition is only available/i,
  /is not supported by the model|not supported for (the )?(language|model)|Incorrect model specified/i,
  /does not support (feature|speaker diarization)|Config contains unsupported fields/i,
  /(diarization|adaptation) is not (currently )?supported|Invalid recognition 'config'/i,
];
const CODES_OF_PLAN: ReadonlySet<string> = new Set(['INVALID_ARGUMENT', 'NOT_FOUND', 'PERMISSION_DENIED']);

/** Whether every call of the run will meet the refusal. */
export function isOfPlan({ code, message }: ItemError | ProviderError): boolean {
  return CODES_OF_PLAN.has(code) && REFUSED_PLAN.some((pattern) => pattern.test(message));
}

/** A refusal that every call of the run will meet ends it at once, and says what can be changed. */
export function refusalOfPlan({ code, message }: ItemError | ProviderError, plan: SpeechPlan): ProviderError {
  const { location, languages, model } = plan;
  const asked = `model ${model}, languages ${languages.join(', ')}, location ${location}`;
  const text = `${message} (asked for: ${asked}); ${adviceFor(message, plan)}`;
  return new ProviderError(code, text, { isRetryable: false, scope: 'run' });
}

function adviceFor(message: string, { model }: SpeechPlan): string {
  if (/Multiple language recognition/i.test(message)) return 'name one --language, or take --location us, eu or global';
  if (/does not exist in the location/i.test(message)) {
    return `check the name of --model ${model}, and that --location names a place that serves it (left out, uxd takes one)`;
  }
  return 'choose another --model, --language or --location (UXD_GOOGLE_LOCATION)';
}

/**
 * The error of a recording. All but what is wrong with the sound may be other tomorrow, for the same content: it is not
 * kept for a later run.
 */
export function recordingError({ code, message, isRetryable }: ItemError, api: SpeechPlan['api']): ItemError {
  const advice = recordingAdvice(code, api);
  const text = advice === null ? message : `${message}; ${advice}`;
  return { code, message: text, isRetryable, ...(!isRetryable && !isOfSound(code) && { isOfSource: true }) };
}

/** The code tells of the sound that was sent, which is refused whenever it is sent again. */
export function isOfSound(code: string): boolean {
  return code === 'INVALID_ARGUMENT' || code === 'OUT_OF_RANGE';
}

/** What to do about a recording that the service does not take, or null. */
function recordingAdvice(code: string, api: SpeechPlan['api']): string | null {
  if (code === 'NOT_FOUND') return 'check the name (gcloud storage ls)';
  if (code === 'PERMISSION_DENIED') return 'let the credentials read the bucket (roles/storage.objectViewer)';
  if (code !== 'INVALID_ARGUMENT') return null;
  if (api === 'v2') return 'check that it is sound of a kind that Google reads, or fetch it first (gcloud storage cp)';
  return 'v1 takes WAV and FLAC, Opus and AMR by the ending of the name, and two channels with --split-channels, else one; leave out --api v1';
}
