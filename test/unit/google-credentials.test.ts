import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseEndpoint } from '../../src/providers/google/client.js';
import { findCredentials, requireCredentials } from '../../src/providers/google/credentials.js';
import { describeGoogle } from '../../src/providers/google/describe.js';

const SERVICE = { title: 'Cloud Vision', host: 'vision.googleapis.com', role: null };
const SECRET = 'a-very-secret-value';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'uxd-home-'));
});
afterEach(() => rm(home, { recursive: true }));

async function writeGcloudFile(content: string): Promise<string> {
  const folder = join(home, '.config', 'gcloud');
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'application_default_credentials.json');
  await writeFile(path, content);
  return path;
}

describe('findCredentials', () => {
  it('prefers the file that the environment names', async () => {
    await writeGcloudFile(JSON.stringify({ type: 'authorized_user' }));
    const path = join(home, 'key.json');
    await writeFile(path, JSON.stringify({ type: 'service_account', private_key: SECRET }));
    const env = { HOME: home, GOOGLE_APPLICATION_CREDENTIALS: path };
    expect(await findCredentials(env)).toEqual({ kind: 'file', path, origin: 'GOOGLE_APPLICATION_CREDENTIALS' });
  });

  it("finds gcloud's file, also where CLOUDSDK_CONFIG moved it", async () => {
    const path = await writeGcloudFile(JSON.stringify({ type: 'authorized_user' }));
    expect(await findCredentials({ HOME: home })).toEqual({ kind: 'file', path, origin: 'gcloud' });
    const env = { HOME: '/nonexistent', CLOUDSDK_CONFIG: join(home, '.config', 'gcloud') };
    expect(await findCredentials(env)).toMatchObject({ path });
  });

  it.each([
    ['not json', /is not JSON/],
    ['{"type":"something"}', /is not a Google credential file/],
    ['null', /is not JSON/],
  ])('refuses %s and shows nothing of it', async (content, message) => {
    await writeGcloudFile(content);
    await expect(findCredentials({ HOME: home })).rejects.toMatchObject({
      scope: 'run',
      message: expect.stringMatching(message),
    });
  });
});

describe('requireCredentials', () => {
  it('asks the metadata server where there is no file', async () => {
    const server = createServer((request, response) => {
      response.setHeader('metadata-flavor', 'Google');
      response.statusCode = request.headers['metadata-flavor'] === 'Google' ? 200 : 403;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(requireCredentials({ HOME: home, GCE_METADATA_HOST: address })).resolves.toBeUndefined();
    await new Promise((resolve) => server.close(resolve));
    await expect(requireCredentials({ HOME: home, GCE_METADATA_HOST: address })).rejects.toMatchObject({
      scope: 'run',
    });
  });

  it('takes the word of the environment', async () => {
    await expect(requireCredentials({ HOME: home, METADATA_SERVER_DETECTION: 'none' })).rejects.toThrow(/no Google/);
    await requireCredentials({ HOME: home, METADATA_SERVER_DETECTION: 'assume-present' });
  });
});

describe('describeGoogle', () => {
  it('tells kind and path of the credentials, never their content', async () => {
    const path = await writeGcloudFile(JSON.stringify({ type: 'authorized_user', refresh_token: SECRET }));
    const description = await describeGoogle({ HOME: home });
    expect(description).toEqual([
      {
        subject: 'google client',
        state: 'ok',
        detail: expect.stringMatching(/^@google-cloud\/vision 5\.[^,]+, @google-cloud\/language 7\./),
      },
      { subject: 'google credentials', state: 'ok', detail: `authorized_user in ${path} (by way of gcloud)` },
    ]);
    expect(JSON.stringify(description)).not.toContain(SECRET);
  });

  it('says what would fail', async () => {
    const [, none] = await describeGoogle({ HOME: home });
    expect(none).toMatchObject({ state: 'warning', detail: expect.stringMatching(/gcloud auth application-default/) });
    const env = { GOOGLE_APPLICATION_CREDENTIALS: join(home, 'gone.json') };
    const [, gone] = await describeGoogle(env);
    expect(gone).toMatchObject({ state: 'warning', detail: expect.stringMatching(/gone\.json, which cannot be read/) });
  });
});

describe('describeGoogle with an emulator', () => {
  it('says that no credentials are needed', async () => {
    const [, emulator] = await describeGoogle({ HOME: home, UXD_GOOGLE_ENDPOINT: 'http://127.0.0.1:9000' });
    expect(emulator).toEqual({
      subject: 'google endpoint',
      state: 'ok',
      detail: 'http://127.0.0.1:9000 (from UXD_GOOGLE_ENDPOINT); no credentials are needed',
    });
    const [, wrong] = await describeGoogle({ HOME: home, UXD_GOOGLE_ENDPOINT: `http://u:${SECRET}@host` });
    expect(wrong?.state).toBe('warning');
    expect(wrong?.detail).not.toContain(SECRET);
  });
});

describe('parseEndpoint', () => {
  it.each([
    [null, { host: 'vision.googleapis.com', port: 443, isPlaintext: false }],
    ['http://127.0.0.1:9000', { host: '127.0.0.1', port: 9000, isPlaintext: true }],
    ['https://eu-vision.googleapis.com', { host: 'eu-vision.googleapis.com', port: 443, isPlaintext: false }],
    ['https://proxy.example:8443', { host: 'proxy.example', port: 8443, isPlaintext: false }],
    ['eu-vision.googleapis.com', { host: 'eu-vision.googleapis.com', port: 443, isPlaintext: false }],
    ['https://localhost:9000', { host: 'localhost', port: 9000, isPlaintext: false }],
  ])('reads %s', (endpoint, expected) => {
    expect(parseEndpoint(endpoint, SERVICE)).toEqual(expected);
  });

  it.each(['ftp://x', 'http://', 'http://host/path', 'http://user:pass@host', 'a b', ''])('refuses %j', (endpoint) => {
    expect(() => parseEndpoint(endpoint, SERVICE)).toThrow(/is not http:/);
  });

  it.each(['localhost:4', '127.0.0.1:4', '[::1]:4'])('asks what is meant by %s', (endpoint) => {
    expect(() => parseEndpoint(endpoint, SERVICE)).toThrow(`did you mean http://${endpoint}`);
  });

  it.each([
    'http://user:hunter2@127.0.0.1:1',
    'https://x/?token=hunter2',
    'x?hunter2',
    'https://x/#hunter2',
    'http://u:hunter2?hunter2@host',
    'https://x/?token=a@hunter2',
    ':hunter2@localhost',
    'http://u:hunter2/x@host',
  ])('shows no secret of %s', (endpoint) => {
    expect(() => parseEndpoint(endpoint, SERVICE)).toThrow(/\[redacted\]/);
    expect(() => parseEndpoint(endpoint, SERVICE)).not.toThrow(/hunter2/);
  });
});
