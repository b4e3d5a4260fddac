import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readNpmSettings } from '../../src/models/npm-settings.js';

let home: string;
let env: Record<string, string>;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'uxd-npmrc-'));
  env = { HOME: home, npm_config_globalconfig: join(home, 'global') };
});
afterEach(() => rm(home, { recursive: true }));

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';

it('reads registry, scopes, tokens and proxies, and nothing else', async () => {
  await writeFile(
    join(home, '.npmrc'),
    [
      '; a comment',
      '# another',
      'registry = https://npm.example/',
      '@example:registry=https://scope.example/',
      `//scope.example/:_authToken=\${TOKEN}`,
      'https-proxy="http://proxy.example:3128"',
      'noproxy=localhost,.example',
      'strict-ssl=false',
      'fund=false',
      'nonsense',
    ].join('\n'),
  );
  expect(await readNpmSettings({ ...env, TOKEN: 'secret' })).toEqual({
    registry: 'https://npm.example/',
    '@example:registry': 'https://scope.example/',
    '//scope.example/:_authToken': 'secret',
    proxy: 'http://proxy.example:3128',
    noProxy: 'localhost,.example',
    strictSSL: false,
  });
});

it('the environment beats the user, who beats the machine', async () => {
  await writeFile(join(home, 'global'), 'registry=https://machine.example/\nstrict-ssl=false');
  await writeFile(join(home, '.npmrc'), 'registry=https://user.example/');
  expect(await readNpmSettings(env)).toEqual({ registry: 'https://user.example/', strictSSL: false });
  const more = { NPM_CONFIG_REGISTRY: 'https://env.example/', npm_config_strict_ssl: 'true' };
  expect(await readNpmSettings({ ...env, ...more })).toEqual({ registry: 'https://env.example/', strictSSL: true });
});

it('hands on the certificates of a cafile', async () => {
  await writeFile(join(home, 'ca.pem'), `first\n${CERTIFICATE}\nsecond\n${CERTIFICATE}\n`);
  await writeFile(join(home, '.npmrc'), `cafile=${join(home, 'ca.pem')}`);
  expect(await readNpmSettings(env)).toEqual({ ca: [CERTIFICATE, CERTIFICATE] });
});

it('is empty where nothing is set', async () => {
  expect(await readNpmSettings(env)).toEqual({});
});
