/** The answer of an operation of Cloud Speech-to-Text for one recording in Cloud Storage, v1 and v2 alike. Pure. */
import type { protos } from '@google-cloud/speech';
import type { OperationError } from './operations.js';
import { type SpeechAnswer, secondsOf } from './speech-answer.js';

type V1Response = protos.google.cloud.speech.v1.ILongRunningRecognizeResponse;
type V2Response = protos.google.cloud.speech.v2.IBatchRecognizeResponse;
type WireDuration = protos.google.protobuf.IDuration;

/** The response of either version. */
export type RecordingResponse = V1Response | V2Response;

export type RecordingAnswer =
  | { readonly error: OperationError }
  | { readonly error: null; readonly answer: SpeechAnswer; readonly billedSeconds: number | null };

/** DATA_LOSS of gRPC, which is not tried again: another operation would be paid again. */
const LOST = 15;
const NO_RESULT: OperationError = { code: LOST, message: 'the operation ended without a result for this recording' };

function billedOf(...durations: readonly (WireDuration | null | undefined)[]): number | null {
  const told = durations.find((duration) => secondsOf(duration) > 0);
  return told ? secondsOf(told) : null;
}

/** Names may come back with signs of theirs escaped. */
function isSameUri(told: string, uri: string): boolean {
  if (told === uri) return true;
  try {
    return decodeURIComponent(told) === uri;
  } catch {
    return false;
  }
}

function otherResult(told: string): OperationError {
  return { code: LOST, message: `the operation ended with the result of another recording (${told})` };
}

/** What became of the recording. */
export function recordingAnswerOf(response: RecordingResponse | null, api: 'v1' | 'v2', uri: string): RecordingAnswer {
  if (response === null) return { error: NO_RESULT };
  if (api === 'v1') {
    const { results, totalBilledTime } = response as V1Response;
    return { error: null, answer: { results } as SpeechAnswer, billedSeconds: billedOf(totalBilledTime) };
  }
  const { results, totalBilledDuration } = response as V2Response;
  const all = Object.entries(results ?? {});
  const [, file] = all.find(([told]) => isSameUri(told, uri)) ?? [];
  if (!file) return { error: all[0] ? otherResult(all[0][0]) : NO_RESULT };
  if (file.error?.code) return { error: file.error };
  const transcript = file.inlineResult?.transcript ?? file.transcript;
  // Of silence the service may give no transcript, but it tells what it billed; it was not asked to write a file.
  if (file.cloudStorageResult || (!transcript && !file.metadata)) return { error: NO_RESULT };
  const billedSeconds = billedOf(
    file.metadata?.totalBilledDuration,
    transcript?.metadata?.totalBilledDuration,
    totalBilledDuration,
  );
  return { error: null, answer: (transcript ?? {}) as SpeechAnswer, billedSeconds };
}
