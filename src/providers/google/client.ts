/** One connection to a Google service for a run: endpoint, credentials, and calls that can be cancelled. */
import type { ClientOptions } from 'google-gax';
import { type EngineSettings, ProviderError, UsageError } from '../../model.js';
import { type Environment, requireCredentials } from './credentials.js';
import { CREDENTIALS_HELP, type GoogleService, redact, toProviderError } from './errors.js';

export interface Endpoint {
  readonly host: string;
  readonly port: number;
  /** No TLS and no credentials: an emulator. */
  readonly isPlaintext: boolean;
}

/** Time for fetching the first access token. */
const TOKEN_TIMEOUT_MS = 10_000;

const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])$/;

/** The endpoint without what may be secret in an address: a user and password, and whatever is asked. */
function shownEndpoint(endpoint: string): string {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*:\/\/)?(.*)$/is.exec(endpoint) ?? [];
  // With both signs it is not clear where a secret ends.
  if (rest.includes('@') && /[?#]/.test(rest)) return `${scheme}[redacted]`;
  return redact(`${scheme}${rest.replace(/^.*@/s, '[redacted]@').replace(/[?#].*$/s, '?[redacted]')}`);
}

/**
 * Reads `--endpoint`: `http://HOST:PORT` is plaintext without credentials; `https://HOST[:PORT]` and `HOST[:PORT]` are
 * TLS with them, except on this machine, where hardly anything speaks TLS. Null gives the service's own host.
 *
 * @throws UsageError
 */
export function parseEndpoint(endpoint: string | null, service: GoogleService): Endpoint {
  if (endpoint === null) return { host: service.host, port: 443, isPlaintext: false };
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(endpoint);
  const url = URL.canParse(hasScheme ? endpoint : `https://${endpoint}`)
    ? new URL(hasScheme ? endpoint : `https://${endpoint}`)
    : null;
  const isPlain = url?.protocol === 'http:';
  const isBare =
    url !== null && url.pathname === '/' && url.search === '' && url.hash === '' && !url.username && !url.password;
  if (!url || !isBare || url.hostname === '' || (!isPlain && url.protocol !== 'https:')) {
    throw new UsageError(`--endpoint ${shownEndpoint(endpoint)} is not http://HOST:PORT, https://HOST[:PORT] or HOST`);
  }
  if (!hasScheme && LOOPBACK.test(url.hostname)) {
    throw new UsageError(
      `--endpoint ${endpoint} names this machine without saying how to speak to it; did you mean http://${endpoint}?`,
    );
  }
  return { host: url.hostname, port: Number(url.port || (isPlain ? 80 : 443)), isPlaintext: isPlain };
}

/** The part of a generated client that this module uses. */
interface GeneratedClient {
  readonly auth: {
    getClient(): Promise<{ getRequestHeaders(url?: string): Promise<unknown> }>;
  };
  readonly innerApiCalls: { readonly [method: string]: unknown };
  initialize(): Promise<unknown>;
  close(): Promise<void>;
}

/** Resolves or rejects with `promise`, or rejects when the signal is aborted. */
async function within<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let stopWaiting: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    stopWaiting = () => signal.removeEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    stopWaiting();
    promise.catch(() => undefined);
  }
}

/** What a failed attempt to get an access token means. */
function toTokenError(error: unknown, service: GoogleService): ProviderError {
  const message = redact(error instanceof Error ? error.message : String(error));
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const isNetwork =
    /^(E(NOTFOUND|AI_AGAIN|CONN|HOST|NET|TIMEDOUT|PIPE|PROTO)|UND_ERR)/.test(code) ||
    /\bE(NOTFOUND|AI_AGAIN|CONN\w+|TIMEDOUT)\b|network|timeout/i.test(message);
  if (isNetwork) {
    const text = `${service.title}: Google's sign-in could not be reached (${message})`;
    return new ProviderError('UNAVAILABLE', text, { isRetryable: true });
  }
  const text = `Google did not accept the credentials (${message}); ${CREDENTIALS_HELP}`;
  return new ProviderError('UNAUTHENTICATED', text, { isRetryable: false, scope: 'run' });
}

/** Signs in before any call is made, so that wrong credentials are one clear error. */
async function signIn(client: GeneratedClient, service: GoogleService): Promise<void> {
  const limited = AbortSignal.timeout(TOKEN_TIMEOUT_MS);
  try {
    const headers = client.auth.getClient().then((auth) => auth.getRequestHeaders(`https://${service.host}/`));
    await within(headers, limited);
    await within(client.initialize(), limited);
  } catch (error) {
    throw toTokenError(error, service);
  }
}

async function clientOptions({ host, port, isPlaintext }: Endpoint): Promise<ClientOptions> {
  if (!isPlaintext) return { servicePath: host, port };
  const { GoogleAuth, googleAuthLibrary, grpc } = await import('google-gax');
  return {
    servicePath: host,
    port,
    sslCreds: grpc.credentials.createInsecure(),
    auth: new GoogleAuth({ authClient: new googleAuthLibrary.PassThroughClient() }),
    // An emulator is on this machine or beside it; a proxy for the outside does not know it.
    'grpc.enable_http_proxy': 0,
  } as ClientOptions;
}

/** Makes the client of a run once, when it is first needed; a sign-in that failed for the network is tried again. */
export class Connection<C extends GeneratedClient> {
  readonly #service: GoogleService;
  readonly #endpoint: Endpoint;
  readonly #env: Environment;
  readonly #timeoutMs: number;
  readonly #construct: (options: ClientOptions) => Promise<C>;
  #client: Promise<C> | undefined;

  constructor(service: GoogleService, settings: EngineSettings, construct: (options: ClientOptions) => Promise<C>) {
    this.#service = service;
    this.#endpoint = parseEndpoint(settings.endpoint, service);
    this.#env = settings.env;
    this.#timeoutMs = settings.timeoutMs;
    this.#construct = construct;
  }

  /** @throws ProviderError: scope `run` for credentials, retryable for an unreachable sign-in */
  #get(signal: AbortSignal): Promise<C> {
    this.#client ??= this.#open().catch((error: unknown) => {
      this.#client = undefined;
      throw error;
    });
    return within(this.#client, signal);
  }

  /** Serves every call that waits for it, so that none of their signals ends it; its steps have time limits. */
  async #open(): Promise<C> {
    const { isPlaintext } = this.#endpoint;
    if (!isPlaintext) await requireCredentials(this.#env);
    const client = await this.#construct(await clientOptions(this.#endpoint));
    if (isPlaintext) await client.initialize();
    else await signIn(client, this.#service);
    return client;
  }

  /**
   * Calls below the client's public methods, which hide how to cancel a call; retrying is left to the pipeline.
   *
   * @throws the signal's reason, ProviderError, or whatever is a bug
   */
  async call<R>(method: string, request: object, signal: AbortSignal): Promise<R> {
    signal.throwIfAborted();
    const client = await this.#get(signal);
    const start = client.innerApiCalls[method] as (request: object, options: object) => PendingCall<R>;
    return finish(start(request, { retry: null, timeout: this.#timeoutMs }), this.#service, signal);
  }

  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    await client?.close();
  }
}

/** A call in flight, as the generated clients' `innerApiCalls` return it. */
interface PendingCall<R> extends Promise<[R, unknown, unknown]> {
  cancel(): void;
}

/**
 * Waits for a call; aborting the signal cancels it at the service.
 *
 * @throws the signal's reason, ProviderError, or whatever is a bug
 */
async function finish<R>(call: PendingCall<R>, service: GoogleService, signal: AbortSignal): Promise<R> {
  const cancel = () => call.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    const [response] = await call;
    return response;
  } catch (error) {
    signal.throwIfAborted();
    throw toProviderError(error, service);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
