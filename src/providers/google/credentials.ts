/** Finds Application Default Credentials before the first call, so that a run without them ends at once. */
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import { ProviderError } from '../../model.js';
import { CREDENTIALS_HELP } from './errors.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where credentials come from; never what is in them. */
export type CredentialsPlace =
  | { readonly kind: 'file'; readonly path: string; readonly origin: 'GOOGLE_APPLICATION_CREDENTIALS' | 'gcloud' }
  /** No file: on a Google machine the metadata server has them. */
  | { readonly kind: 'metadata-server' };

/** How long to wait for Google's metadata server, which answers within milliseconds where there is one. */
const METADATA_TIMEOUT_MS = 2_000;
const METADATA_ADDRESS = '169.254.169.254';

/** Types of credential file that the client reads. */
const FILE_TYPES: ReadonlySet<unknown> = new Set([
  'authorized_user',
  'service_account',
  'external_account',
  'external_account_authorized_user',
  'impersonated_service_account',
  'gdch_service_account',
]);

function missing(message: string): ProviderError {
  return new ProviderError('UNAUTHENTICATED', `${message}; ${CREDENTIALS_HELP}`, { isRetryable: false, scope: 'run' });
}

/** The file that `gcloud auth application-default login` writes: https://cloud.google.com/docs/authentication/application-default-credentials */
function gcloudFile(env: Environment): string {
  const name = 'application_default_credentials.json';
  if (env.CLOUDSDK_CONFIG) return join(env.CLOUDSDK_CONFIG, name);
  if (platform() === 'win32') return join(env.APPDATA ?? '', 'gcloud', name);
  return join(env.HOME || homedir(), '.config', 'gcloud', name);
}

/** The type of a credential file, or the reason why it is none. Never its content. */
export async function readFileType(path: string): Promise<{ type: string } | { problem: string; isMissing: boolean }> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return { problem: `cannot be read (${code})`, isMissing: code === 'ENOENT' || code === 'ENOTDIR' };
  }
  try {
    const { type } = JSON.parse(text) as { type?: unknown };
    if (FILE_TYPES.has(type)) return { type: String(type) };
    return { problem: 'is not a Google credential file (its "type" is not known)', isMissing: false };
  } catch {
    return { problem: 'is not JSON', isMissing: false };
  }
}

/**
 * Looks where Application Default Credentials come from, in the order in which the client looks, without a network.
 *
 * @throws ProviderError of scope `run` where a file is named or present that cannot serve
 */
export async function findCredentials(env: Environment): Promise<CredentialsPlace> {
  const named = env.GOOGLE_APPLICATION_CREDENTIALS || env.google_application_credentials;
  const path = named || gcloudFile(env);
  const file = await readFileType(path);
  if ('type' in file) return { kind: 'file', path, origin: named ? 'GOOGLE_APPLICATION_CREDENTIALS' : 'gcloud' };
  if (named) throw missing(`GOOGLE_APPLICATION_CREDENTIALS names ${path}, which ${file.problem}`);
  if (!file.isMissing) throw missing(`${path} ${file.problem}`);
  return { kind: 'metadata-server' };
}

/** Whether Google's metadata server answers; false within two seconds where there is none. */
function isMetadataServerThere(env: Environment): Promise<boolean> {
  const detection = env.METADATA_SERVER_DETECTION?.trim().toLowerCase();
  if (detection === 'none') return Promise.resolve(false);
  if (detection === 'assume-present') return Promise.resolve(true);
  const address = (env.GCE_METADATA_IP || env.GCE_METADATA_HOST || METADATA_ADDRESS).replace(/^https?:\/\//, '');
  return new Promise((resolve) => {
    const probe = request(`http://${address}/computeMetadata/v1/instance`, {
      headers: { 'Metadata-Flavor': 'Google' },
      signal: AbortSignal.timeout(METADATA_TIMEOUT_MS),
    });
    probe.on('response', (response) => {
      response.resume();
      resolve(response.headers['metadata-flavor'] === 'Google');
    });
    probe.on('error', () => resolve(false));
    probe.end();
  });
}

/**
 * Makes sure that there are credentials to try. Without this the client would look for itself, take seconds, and end
 * the process with an unhandled rejection.
 *
 * @throws ProviderError of scope `run` that says how to get some
 */
export async function requireCredentials(env: Environment): Promise<void> {
  const place = await findCredentials(env);
  if (place.kind === 'file' || (await isMetadataServerThere(env))) return;
  throw missing('no Google credentials were found');
}
