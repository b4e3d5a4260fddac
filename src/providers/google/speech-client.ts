/** The generated clients of Cloud Speech-to-Text, with the project and the routing that v2 asks for. */
import type { ClientOptions } from 'google-gax';
import { ProviderError } from '../../model.js';
import type { Environment } from './credentials.js';
import type { SpeechPlan } from './speech-request.js';

type GeneratedSpeechClient =
  | InstanceType<typeof import('@google-cloud/speech/build/src/v1/index.js').SpeechClient>
  | InstanceType<typeof import('@google-cloud/speech/build/src/v2/index.js').SpeechClient>;

/** The part of a client that the connection works with. */
export interface SpeechClient {
  readonly auth: GeneratedSpeechClient['auth'];
  readonly innerApiCalls: { readonly recognize: (request: object, settings: object) => unknown };
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
    return new SpeechClient(clientOptions) as unknown as SpeechClient;
  }
  const { SpeechClient } = await import('@google-cloud/speech/build/src/v2/index.js');
  const client = new SpeechClient(clientOptions);
  const project = isEmulator ? EMULATOR_PROJECT : await findProject(env, client.auth);
  const recognizer = `projects/${project}/locations/${location}/recognizers/_`;
  const headers = { 'x-goog-request-params': `recognizer=${encodeURIComponent(recognizer)}` };
  return {
    auth: client.auth,
    innerApiCalls: {
      recognize: (request, settings) =>
        (client.innerApiCalls.recognize as SpeechClient['innerApiCalls']['recognize'])(
          { ...request, recognizer },
          { ...settings, otherArgs: { headers } },
        ),
    },
    initialize: () => client.initialize(),
    close: () => client.close(),
  };
}
