/** What `uxd doctor` tells of the Google provider, without a network call. */
import { createRequire } from 'node:module';
import { ProviderError, UsageError } from '../../model.js';
import { parseEndpoint } from './client.js';
import { type Environment, findCredentials, readFileType } from './credentials.js';
import { CREDENTIALS_HELP } from './errors.js';

/** One thing that was looked at. */
export interface GoogleFinding {
  readonly subject: string;
  /** `warning`: Google would refuse every call; the local provider does not mind. */
  readonly state: 'ok' | 'warning';
  /** Kind and path of what was found, or what would fail and what to do; never what a file holds. */
  readonly detail: string;
}

/** Version of an installed package, read without loading it. */
function sdkVersion(name: string): string {
  const { version } = createRequire(import.meta.url)(`${name}/package.json`) as { version: string };
  return version;
}

async function describeCredentials(env: Environment): Promise<GoogleFinding> {
  const subject = 'google credentials';
  try {
    const place = await findCredentials(env);
    if (place.kind === 'metadata-server') {
      const detail = `no file was found; outside Google Cloud every call would fail: ${CREDENTIALS_HELP}`;
      return { subject, state: 'warning', detail };
    }
    const file = await readFileType(place.path);
    const type = 'type' in file ? file.type : 'unknown';
    return { subject, state: 'ok', detail: `${type} in ${place.path} (by way of ${place.origin})` };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { subject, state: 'warning', detail: error.message };
  }
}

/** An emulator that the environment names, which takes calls without credentials; null where there is none. */
function describeEmulator(env: Environment): GoogleFinding | null {
  const endpoint = env.UXD_GOOGLE_ENDPOINT ?? '';
  if (!/^http:/i.test(endpoint)) return null;
  const subject = 'google endpoint';
  try {
    const { host, port } = parseEndpoint(endpoint, { title: 'Google', host: '', role: null });
    const detail = `http://${host}:${port} (from UXD_GOOGLE_ENDPOINT); no credentials are needed`;
    return { subject, state: 'ok', detail };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { subject, state: 'warning', detail: `UXD_GOOGLE_ENDPOINT: ${error.message}` };
  }
}

/** Tells which clients are installed, which credentials are found and what would fail. */
export async function describeGoogle(env: Environment): Promise<readonly GoogleFinding[]> {
  const clients = ['@google-cloud/vision', '@google-cloud/language', '@google-cloud/speech'];
  const detail = clients.map((name) => `${name} ${sdkVersion(name)}`).join(', ');
  return [{ subject: 'google client', state: 'ok', detail }, describeEmulator(env) ?? (await describeCredentials(env))];
}
