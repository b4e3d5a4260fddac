/** The generated clients of Cloud Speech-to-Text, with the project and the routing that v2 asks for. */
import type { ClientOptions } from 'google-gax';
import { ProviderError } from '../../model.js';
import type { Environment } from './credentials.js';
import type { OperationError, OperationState } from './operations.js';
import type { SpeechPlan } from './speech-request.js';

type GeneratedSpeechClient =
  | InstanceType<typeof import('@google-cloud/speech/build/src/v1/index.js').SpeechClient>
  | InstanceType<typeof import('@google-cloud/speech/build/src/v2/index.js').SpeechClient>;

/** `getOperation` gives an `OperationState`, as does starting one (v1: `longRunningRecognize`, v2: `batchRecognize`). */
type SpeechMethod = 'recognize' | 'longRunningRecognize' | 'batchRecognize' | 'getOperation' | 'cancelOperation';

/** As generated clients have them: the promise gives the answer first, and can cancel the call. */
type InnerCall = (request: object, settings: object) => Promise<readonly unknown[]> & { cancel(): void };

/** The part of a client that the connection works with. */
export interface SpeechClient {
  readonly auth: GeneratedSpeechClient['auth'];
  readonly innerApiCalls: Readonly<Record<SpeechMethod, InnerCall>>;
  initialize(): Promise<unknown>;
  close(): Promise<void>;
}

/** An emulator has one project. */
const EMULATOR_PROJECT = 'emulator';
/** Time for finding the project where the credentials do not name it: gcloud or the metadata server is asked. */
const PROJECT_TIMEOUT_MS = 10_000;

/** How to name a project, in one line. */
const PROJECT_HELP = 'set GOOGLE_CLOUD_PROJECT to the id of the project that pays, or use --api v1';

/** The project that the credentials belong to, or null. */
async function projectOf(auth: SpeechClient['auth']): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PROJECT_TIMEOUT_MS);
  });
  const found = auth.getProjectId().catch(async () => {
    // A user's own credentials name the project that pays for their calls.
    const { quotaProjectId } = await auth.getClient();
    return quotaProjectId ?? null;
  });
  try {
    return await Promise.race([found.catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** @throws ProviderError of scope `run` where no project is known */
async function findProject(env: Environment, auth: SpeechClient['auth']): Promise<string> {
  const project = env.GOOGLE_CLOUD_PROJECT || env.GCLOUD_PROJECT || (await projectOf(auth));
  if (project) return project;
  const message = `Cloud Speech-to-Text v2 needs a project, and the credentials name none; ${PROJECT_HELP}`;
  throw new ProviderError('PROJECT_NOT_FOUND', message, { isRetryable: false, scope: 'run' });
}

/**
 * The client for a plan. For v2 every request goes to the location's recognizer `_`, which has no settings of its own;
 * Google routes a call by the name in its header, which the client's public methods would add.
 *
 * @throws ProviderError of scope `run` where v2 has no project
 */
export async function openSpeechClient(
  { api, location }: SpeechPlan,
  env: Environment,
  { isEmulator, clientOptions }: { readonly isEmulator: boolean; readonly clientOptions: ClientOptions },
): Promise<SpeechClient> {
  if (api === 'v1') {
    const { SpeechClient } = await import('@google-cloud/speech/build/src/v1/index.js');
    return speechClientOf(new SpeechClient(clientOptions), 'longRunningRecognize', {}, '');
  }
  const { SpeechClient } = await import('@google-cloud/speech/build/src/v2/index.js');
  const client = new SpeechClient(clientOptions);
  const project = isEmulator ? EMULATOR_PROJECT : await findProject(env, client.auth);
  const recognizer = `projects/${project}/locations/${location}/recognizers/_`;
  return speechClientOf(client, 'batchRecognize', { recognizer }, `recognizer=${encodeURIComponent(recognizer)}`);
}

function speechClientOf(
  client: GeneratedSpeechClient,
  starting: 'longRunningRecognize' | 'batchRecognize',
  extras: object,
  routing: string,
): SpeechClient {
  const inner = client.innerApiCalls as Readonly<Record<string, InnerCall>>;
  const operations = client.operationsClient as unknown as { readonly innerApiCalls: Record<string, InnerCall> };
  const decode = (operation: WireOperation) => stateOf(operation, client, starting);
  /** Google routes a call by the name in this header. */
  const routed = (settings: object, params: string): object =>
    params === '' ? settings : { ...settings, otherArgs: { headers: { 'x-goog-request-params': params } } };
  const call = (method: string): InnerCall => {
    return (request, settings) => (inner[method] as InnerCall)({ ...request, ...extras }, routed(settings, routing));
  };
  const ofOperation = (method: string): InnerCall => {
    return (request, settings) => {
      const { name } = request as { readonly name: string };
      const params = `name=${encodeURIComponent(name)}`;
      return (operations.innerApiCalls[method] as InnerCall)(request, routed(settings, params));
    };
  };
  const start = mapCall(call(starting), (answer) =>
    decode((answer as { latestResponse: WireOperation }).latestResponse),
  );
  return {
    auth: client.auth,
    innerApiCalls: {
      recognize: call('recognize'),
      longRunningRecognize: start,
      batchRecognize: start,
      getOperation: mapCall(ofOperation('getOperation'), (answer) => decode(answer as WireOperation)),
      cancelOperation: ofOperation('cancelOperation'),
    },
    initialize: () => client.initialize(),
    close: () => client.close(),
  };
}

/** DATA_LOSS of gRPC: the operation was paid, and another would be paid again. */
const LOST = 15;

/** The fields of `google.longrunning.Operation` that are read. */
interface WireOperation {
  readonly name?: string | null;
  readonly done?: boolean | null;
  readonly error?: OperationError | null;
  readonly response?: { readonly value?: Uint8Array | null } | null;
}

/** The call with its answer turned into something else; it can be cancelled as before. */
function mapCall(call: InnerCall, map: (answer: unknown) => unknown): InnerCall {
  return (request, settings) => {
    const pending = call(request, settings);
    const mapped = pending.then(([answer]) => [map(answer)]);
    return Object.assign(mapped, { cancel: () => pending.cancel() });
  };
}

function stateOf(
  { name, done, error, response }: WireOperation,
  client: GeneratedSpeechClient,
  method: string,
): OperationState<unknown> {
  const state = { name: name ?? '', isDone: done === true };
  const decode = client.descriptors.longrunning[method]?.responseDecoder;
  const bytes = response?.value;
  try {
    return { ...state, error: error ?? null, response: bytes && decode ? decode(bytes) : null };
  } catch (fault) {
    return { ...state, error: { code: LOST, message: `its answer cannot be read (${String(fault)})` }, response: null };
  }
}
