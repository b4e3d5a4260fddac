import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../src/model.js';
import { redact, toItemError, toProviderError } from '../../src/providers/google/errors.js';

const SERVICE = { title: 'Cloud Vision', host: 'vision.googleapis.com', role: null };

function rpcError(code: number, details: string, facts: object = {}): Error {
  return Object.assign(new Error(`${code} STATUS: ${details}`), { code, details, ...facts });
}

describe('toProviderError', () => {
  it('leaves errors alone that are not of the gRPC layer', () => {
    const bug = new TypeError('x is not a function');
    const system = Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT' });
    expect(toProviderError(bug, SERVICE)).toBe(bug);
    expect(toProviderError(system, SERVICE)).toBe(system);
    expect(toProviderError('text', SERVICE)).toBe('text');
    expect(toProviderError(rpcError(99, 'no such code'), SERVICE)).not.toBeInstanceOf(ProviderError);
  });

  it.each([
    [1, 'CANCELLED', true, 'call'],
    [2, 'UNKNOWN', true, 'call'],
    [3, 'INVALID_ARGUMENT', false, 'batch'],
    [4, 'DEADLINE_EXCEEDED', true, 'call'],
    [5, 'NOT_FOUND', false, 'call'],
    [7, 'PERMISSION_DENIED', false, 'run'],
    [8, 'RESOURCE_EXHAUSTED', true, 'call'],
    [9, 'FAILED_PRECONDITION', false, 'call'],
    [10, 'ABORTED', true, 'call'],
    [12, 'UNIMPLEMENTED', false, 'run'],
    [13, 'INTERNAL', true, 'call'],
    [14, 'UNAVAILABLE', true, 'call'],
    [15, 'DATA_LOSS', false, 'call'],
    [16, 'UNAUTHENTICATED', false, 'run'],
  ] as const)('status %i is %s', (number, code, isRetryable, scope) => {
    expect(toProviderError(rpcError(number, 'why'), SERVICE)).toMatchObject({
      code,
      isRetryable,
      scope,
      isQuota: number === 8,
      message: expect.stringContaining('why'),
    });
  });

  it.each([
    [{ seconds: 2, nanos: 500_000_000 }, 2_500],
    [{ seconds: '7', nanos: 1 }, 7_001],
    [{ seconds: { low: 3, high: 0, toString: () => '3' }, nanos: 0 }, 3_000],
    [{ seconds: null, nanos: 20_000_000 }, 20],
    [{ seconds: -5 }, 0],
    [{ seconds: 'soon' }, 0],
  ])('takes the wait from RetryInfo %j', (retryDelay, expected) => {
    const error = rpcError(8, 'quota', { statusDetails: [{ links: [] }, { retryDelay }] });
    expect(toProviderError(error, SERVICE)).toMatchObject({ retryAfterMs: expected, isQuota: true });
  });

  it('knows no wait where RetryInfo is missing', () => {
    expect(toProviderError(rpcError(8, 'quota'), SERVICE)).toMatchObject({ retryAfterMs: undefined });
    expect(toProviderError(rpcError(8, 'quota', { statusDetails: 'x' }), SERVICE)).toMatchObject({
      retryAfterMs: undefined,
    });
  });

  it('does not wait for quota where a message is too large: the batch is split', () => {
    const error = toProviderError(rpcError(8, 'Received message larger than max (5 vs 4)'), SERVICE);
    expect(error).toMatchObject({ scope: 'batch', isRetryable: false, isQuota: false });
  });

  it('ends the run where a token cannot be renewed', () => {
    const text = 'Getting metadata from plugin failed with error: invalid_grant';
    expect(toProviderError(rpcError(2, text), SERVICE)).toMatchObject({ scope: 'run', isRetryable: false });
  });

  it.each([
    [
      4,
      'Deadline exceeded after 1.001s,LB pick: 0.002s,remote_addr=127.0.0.1:39323',
      'Cloud Vision: Deadline exceeded; --timeout gives a call more time',
    ],
    [
      4,
      'Deadline exceeded after 0.5s,name resolution: 0.2s,Waiting for LB pick',
      'Cloud Vision: Deadline exceeded; --timeout gives a call more time',
    ],
    [
      14,
      'No connection established. Last error: Error: connect ECONNREFUSED 127.0.0.1:9. Resolution note: ',
      'cannot reach Cloud Vision (connect ECONNREFUSED 127.0.0.1:9); check the network or --endpoint',
    ],
    [
      14,
      'Name resolution failed for target dns:nosuch.invalid:443',
      'cannot reach Cloud Vision (no address is known for nosuch.invalid:443); check the network or --endpoint',
    ],
    [14, 'The service is currently unavailable.', 'Cloud Vision: The service is currently unavailable.'],
  ])('says of %i %s only what is the same on every run', (number, details, message) => {
    expect(toProviderError(rpcError(number, details), SERVICE)).toMatchObject({ message });
  });

  it.each([
    ["Permission 'speech.recognizers.recognize' denied on resource", {}, /grant the account roles\/speech\.client/],
    ['denied', { errorInfoMetadata: { consumer: 'projects/shop-7' } }, /add-iam-policy-binding shop-7 /],
    ["lacks 'serviceusage.services.use' permission", {}, /roles\/serviceusage\.serviceUsageConsumer/],
    ['no', { reason: 'USER_PROJECT_DENIED' }, /serviceUsageConsumer/],
    [
      'Speech API has not been used in project 7 before or it is disabled',
      { reason: 'SERVICE_DISABLED', errorInfoMetadata: { consumer: 'projects/7' } },
      /gcloud services enable speech\.googleapis\.com --project=7/,
    ],
  ])('says of "%s" %j which role or command is missing', (details, facts, advice) => {
    const speech = { title: 'Cloud Speech-to-Text', host: 'speech.googleapis.com', role: 'roles/speech.client' };
    const error = toProviderError(rpcError(7, details, facts), speech);
    expect(error).toMatchObject({ scope: 'run', isRetryable: false, message: expect.stringMatching(advice) });
  });

  it('never carries the error of the credentials layer along', () => {
    const error = toProviderError(rpcError(16, 'no', { config: { refresh_token: 'secret' } }), SERVICE);
    expect(error).not.toHaveProperty('cause');
  });
});

describe('toItemError', () => {
  it('maps the status inside an answer', () => {
    expect(toItemError({ code: 14, message: 'later' }, SERVICE)).toEqual({
      code: 'UNAVAILABLE',
      message: 'Cloud Vision: later',
      isRetryable: true,
    });
    expect(toItemError({ code: 77 }, SERVICE)).toMatchObject({ code: 'UNKNOWN' });
    expect(toItemError({ code: 0 }, SERVICE)).toMatchObject({ code: 'UNKNOWN' });
  });
});

describe('redact', () => {
  it.each([
    'Authorization: Bearer abcdef.ghi-jkl_mno',
    'token ya29.a0AfB_byC-1234567890',
    'key AIzaSyA1234567890abcdefghijklmnopqrstu',
    '{"refresh_token": "1//0abcdefghijklmnopqrstuvwxyz"}',
    'client_secret=GOCSPX-abcdefgh12345678',
    'from https://user:abcdefgh12345678@host/x',
    'jwt eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2lnbmF0dXJl',
    '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----',
  ])('takes the credential out of %s', (text) => {
    expect(redact(text)).toContain('[redacted]');
    expect(redact(text)).not.toMatch(/abcdef\.ghi|a0AfB|SyA123|0abcdefgh|abcdefgh12345678|c2lnbmF|MIIEv/);
  });

  it('finds an access token wherever it stands', () => {
    const token = fc.stringMatching(/^ya29\.[A-Za-z0-9_-]{20,60}$/);
    fc.assert(
      fc.property(fc.string(), token, fc.string(), (before, secret, after) => {
        expect(redact(`${before} ${secret} ${after}`)).not.toContain(secret);
      }),
    );
  });

  it('leaves ordinary words', () => {
    const text = "Quota exceeded for quota metric 'Requests' and limit 'Requests per minute' of service 'vision'";
    expect(redact(text)).toBe(text);
  });
});
