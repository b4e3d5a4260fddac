/** What Google's gRPC status codes mean for a run. */
import { type FailureScope, type ItemError, ProviderError } from '../../model.js';

/** The service as users know it and as the console names it. */
export interface GoogleService {
  /** Such as `Cloud Vision`. */
  readonly title: string;
  /** Such as `vision.googleapis.com`. */
  readonly host: string;
  /** The role that an account needs for calls; null where it needs none of the service's own. */
  readonly role: string | null;
}

/** gRPC status names by number: https://grpc.io/docs/guides/status-codes/ */
const STATUS_NAMES = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
] as const;

type StatusName = (typeof STATUS_NAMES)[number];

/**
 * Codes that another try may clear. CANCELLED is here because a call that uxd itself cancelled is never judged; INTERNAL
 * because a reset stream is reported so; UNKNOWN because proxies turn an HTTP 500 into it.
 */
const RETRYABLE: ReadonlySet<StatusName> = new Set([
  'CANCELLED',
  'UNKNOWN',
  'DEADLINE_EXCEEDED',
  'RESOURCE_EXHAUSTED',
  'ABORTED',
  'INTERNAL',
  'UNAVAILABLE',
]);

/** How to get credentials, in one line. */
export const CREDENTIALS_HELP =
  'run `gcloud auth application-default login`, or set GOOGLE_APPLICATION_CREDENTIALS to the path of a service account key file';

/** An error of the gRPC layer: the client adds what it decoded from `grpc-status-details-bin`. */
interface RpcError extends Error {
  readonly code: number;
  readonly details?: unknown;
  readonly statusDetails?: unknown;
  readonly reason?: unknown;
  readonly errorInfoMetadata?: unknown;
}

function isRpcError(error: unknown): error is RpcError {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' && error.code in STATUS_NAMES;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Takes out whatever looks like a credential: a service may echo what it was sent. */
export function redact(text: string): string {
  return text
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@]*@/gi, '$1[redacted]@')
    .replace(/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, '[redacted]')
    .replace(/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 [redacted]')
    .replace(/\b(ya29\.[\w.-]+|AIza[\w-]{20,}|GOCSPX-[\w-]+|1\/\/[\w-]{20,}|eyJ[\w-]{10,}\.[\w.-]+)/g, '[redacted]')
    .replace(
      /((?:access_token|refresh_token|client_secret|private_key|key)["']?\s*[=:]\s*["']?)[\w.~+/-]{8,}/gi,
      '$1[redacted]',
    );
}

/** The number in a protobuf Duration's field: a number, a decimal string or a Long. */
function toNumber(value: unknown): number {
  const number = Number(typeof value === 'object' && value !== null ? String(value) : (value ?? 0));
  return Number.isFinite(number) ? number : 0;
}

/** The wait that RetryInfo asks for, in milliseconds, or undefined where the service gave none. */
function retryAfterMsOf(error: RpcError): number | undefined {
  if (!Array.isArray(error.statusDetails)) return undefined;
  for (const detail of error.statusDetails) {
    if (!isRecord(detail) || !isRecord(detail.retryDelay)) continue;
    const { seconds, nanos } = detail.retryDelay;
    return Math.max(0, Math.ceil(toNumber(seconds) * 1000 + toNumber(nanos) / 1e6));
  }
  return undefined;
}

function textOf(error: RpcError): string {
  const text = typeof error.details === 'string' && error.details !== '' ? error.details : error.message;
  return redact(withoutHostFacts(text.replace(/^\d+ [A-Z_]+: /, '')));
}

/** Takes out the times and ports that the gRPC layer tells: the same failure has the same message on every run. */
function withoutHostFacts(text: string): string {
  const cut = text
    .replace(/^(Deadline exceeded) after .*$/s, '$1')
    .replace(/[,;]?\s*(LB pick: |Waiting for LB pick|remote_addr=|name resolution: |metadata filters: ).*$/s, '')
    .replace(/[.,;]?\s*Resolution note: .*$/s, '')
    .replace(/([.,;]\s*)?Current error:.*$/s, '');
  return cut.trim() || text;
}

/** Why no connection came about, such as `connect ECONNREFUSED 127.0.0.1:9`; null for a failure of another kind. */
function connectFailureOf(text: string): string | null {
  const reason = /No connection established\. Last error: (.*?)[.\s]*$/s.exec(text)?.[1] ?? null;
  if (reason !== null) return /^Error: /.test(reason) ? reason.slice(7) : reason;
  const target = /Name resolution failed for target (?:dns:)?(\S+)/.exec(text)?.[1];
  if (target !== undefined) return `no address is known for ${target}`;
  return /^(No connection established|No addresses resolved|(connect )?E(CONN|HOST|NET|TIMEDOUT|NOTFOUND|AI_AGAIN)\S*.*)$/.test(
    text,
  )
    ? text
    : null;
}

/** The project that the call was made for, where the service tells. */
function projectOf(error: RpcError): string | null {
  const consumer = isRecord(error.errorInfoMetadata) ? error.errorInfoMetadata.consumer : undefined;
  return typeof consumer === 'string' ? (/^projects\/([\w.:-]+)$/.exec(consumer)?.[1] ?? null) : null;
}

/** Which role is missing, as far as the refusal tells. */
function roleAdvice(text: string, reason: string, { role }: GoogleService, project: string | null): string {
  if (reason === 'USER_PROJECT_DENIED' || /\bserviceusage\./.test(text)) {
    return 'grant the account roles/serviceusage.serviceUsageConsumer on the project that pays (the quota project)';
  }
  if (role === null) return 'check the roles of the account and the quota project';
  return `grant the account ${role} (gcloud projects add-iam-policy-binding ${project ?? 'PROJECT'} --member=user:NAME --role=${role})`;
}

/** What to do about a refusal that every call of the run will meet, or null where it concerns this call alone. */
function adviceFor(error: RpcError, service: GoogleService): string | null {
  const name = STATUS_NAMES[error.code];
  const text = textOf(error);
  const reason = typeof error.reason === 'string' ? error.reason : '';
  const project = projectOf(error);
  const place = project === null ? '' : ` in project ${project}`;
  if (name === 'PERMISSION_DENIED' || name === 'FAILED_PRECONDITION') {
    if (reason === 'BILLING_DISABLED' || /\bbilling\b/i.test(text)) {
      return `billing is not enabled${place}; link a billing account at https://console.cloud.google.com/billing`;
    }
    if (reason === 'SERVICE_DISABLED' || /has not been used|is disabled|not enabled/i.test(text)) {
      const option = project === null ? '' : ` --project=${project}`;
      return `the ${service.title} API is not enabled${place}; run \`gcloud services enable ${service.host}${option}\``;
    }
  }
  // An object of Cloud Storage that may not be read says nothing of the others, a model that is withdrawn nothing of roles.
  if (name === 'PERMISSION_DENIED' && /\bstorage\.objects\b|no longer (generally )?available/.test(text)) return null;
  if (name === 'PERMISSION_DENIED') {
    return `the credentials may not use ${service.title}${place} (${text}); ${roleAdvice(text, reason, service, project)}`;
  }
  const isBadToken = /invalid_grant|invalid_client|invalid_rapt|Could not load the default credentials/.test(text);
  if (name === 'UNAUTHENTICATED' || isBadToken || /^API_KEY_/.test(reason)) {
    return `Google did not accept the credentials (${text}); ${CREDENTIALS_HELP}`;
  }
  if (name === 'UNIMPLEMENTED') return `the endpoint does not serve ${service.title} (${text}); check --endpoint`;
  return null;
}

function scopeOf(name: StatusName, text: string): FailureScope {
  // Some item of the batch is at fault, or all of them together are too large.
  if (name === 'INVALID_ARGUMENT' || name === 'OUT_OF_RANGE' || /larger than max/.test(text)) return 'batch';
  return 'call';
}

function messageOf(code: StatusName, text: string, { title }: GoogleService): string {
  const unreachable = code === 'UNAVAILABLE' ? connectFailureOf(text) : null;
  if (unreachable !== null) return `cannot reach ${title} (${unreachable}); check the network or --endpoint`;
  return code === 'DEADLINE_EXCEEDED' ? `${title}: ${text}; --timeout gives a call more time` : `${title}: ${text}`;
}

/**
 * The provider error for a failed call; an error that is not gRPC's is a bug and is returned as it is.
 *
 * Codes are gRPC's status names. Refusals that concern the whole run (credentials, API not enabled, billing) have scope
 * `run` and say what to do.
 */
export function toProviderError(error: unknown, service: GoogleService): unknown {
  if (!isRpcError(error)) return error;
  const code = STATUS_NAMES[error.code] ?? 'UNKNOWN';
  const advice = adviceFor(error, service);
  // No `cause` here: an error of the credentials' layer may carry the request that was refused.
  if (advice !== null) return new ProviderError(code, advice, { isRetryable: false, scope: 'run' });
  const text = textOf(error);
  const scope = scopeOf(code, text);
  return new ProviderError(code, messageOf(code, text, service), {
    isRetryable: RETRYABLE.has(code) && scope === 'call',
    scope,
    retryAfterMs: retryAfterMsOf(error),
    isQuota: code === 'RESOURCE_EXHAUSTED' && scope === 'call',
  });
}

/**
 * The item error for a `google.rpc.Status` that sits inside an answer: one item failed, its neighbours did not.
 */
export function toItemError(
  status: { readonly code?: number | null; readonly message?: string | null },
  service: GoogleService,
): ItemError {
  const code = STATUS_NAMES[status.code || 2] ?? 'UNKNOWN';
  const text = redact(status.message || 'no reason was given');
  return { code, message: `${service.title}: ${text}`, isRetryable: RETRYABLE.has(code) };
}
