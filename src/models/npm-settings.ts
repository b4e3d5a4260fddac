/** Reads the settings of npm that decide how a package is fetched, so that a machine set up for npm is set up for uxd. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Options as pacote takes them: `registry`, `@scope:registry`, `//host/:_authToken`, `proxy` and the like. */
export type NpmSettings = Readonly<Record<string, string | boolean | readonly string[]>>;

/** Where distributions keep npm's settings for all users; npm itself derives the place from its own. */
const GLOBAL_FILES = ['/etc/npmrc', '/usr/etc/npmrc', '/usr/local/etc/npmrc'];

/** npm's names of settings and the names under which pacote knows them. */
const NAMES: Readonly<Record<string, string>> = {
  registry: 'registry',
  proxy: 'proxy',
  'https-proxy': 'httpsProxy',
  noproxy: 'noProxy',
  'strict-ssl': 'strictSSL',
  ca: 'ca',
  cafile: 'cafile',
  cert: 'cert',
  key: 'key',
  cache: 'cache',
  offline: 'offline',
  'prefer-offline': 'preferOffline',
};

function optionName(key: string): string | null {
  // A scope's registry, and what belongs to one registry's address (tokens, client certificates).
  if (/^@[^/]+:registry$/.test(key) || key.startsWith('//')) return key;
  return NAMES[key.replace(/\[\]$/, '')] ?? null;
}

function parseLine(line: string, env: Environment): [string, string] | null {
  const match = /^\s*([^=;#\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line);
  if (!match?.[1] || match[2] === undefined) return null;
  const value = match[2].replace(/^(["'])(.*)\1$/, '$2');
  return [match[1], value.replace(/\$\{([^}]+)\}/g, (whole, name: string) => env[name] ?? whole)];
}

function parseFile(text: string, env: Environment): [string, string][] {
  return text.split(/\r?\n/).flatMap((line) => {
    const entry = parseLine(line, env);
    return entry ? [entry] : [];
  });
}

async function readEntries(path: string, env: Environment): Promise<[string, string][]> {
  try {
    return parseFile(await readFile(path, 'utf8'), env);
  } catch {
    // A file that is not there or may not be read is no setting; npm passes over it too.
    return [];
  }
}

/** `npm_config_strict_ssl=false` and, of the same meaning, `NPM_CONFIG_STRICT_SSL=false`. */
function envEntries(env: Environment): [string, string][] {
  return Object.entries(env).flatMap(([name, value]): [string, string][] => {
    const key = /^npm_config_(.+)$/i.exec(name)?.[1];
    if (!key || !value) return [];
    return [[key.startsWith('//') || key.startsWith('@') ? key : key.toLowerCase().replaceAll('_', '-'), value]];
  });
}

function toValue(text: string): string | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.replaceAll('\\n', '\n');
}

/** Certificates of a `cafile`, as npm hands them on. */
async function readCertificates(path: string): Promise<readonly string[] | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g);
}

/**
 * npm's settings for fetching, weakest first: the machine's file, the user's file, the environment. A `.npmrc` in the
 * working directory is not read: uxd runs in directories of data, which must not say where code or weights come from.
 */
export async function readNpmSettings(env: Environment): Promise<NpmSettings> {
  const globalFiles = env.npm_config_globalconfig ? [env.npm_config_globalconfig] : GLOBAL_FILES;
  const userFile = env.npm_config_userconfig || join(env.HOME || homedir(), '.npmrc');
  const files = await Promise.all([...globalFiles, userFile].map((path) => readEntries(path, env)));
  const settings: Record<string, string | boolean | readonly string[]> = {};
  for (const [key, value] of [...files.flat(), ...envEntries(env)]) {
    const name = optionName(key);
    if (name !== null && value !== '' && value !== 'null') settings[name] = toValue(value);
  }
  const { cafile, httpsProxy, cache, ...rest } = settings;
  const certificates = typeof cafile === 'string' ? await readCertificates(cafile) : null;
  // Without a network only npm's cache can answer; pacote asks it for tarballs, for the rest it must be told where it is.
  const isOffline = rest.offline === true || rest.preferOffline === true;
  const cacheFolder = typeof cache === 'string' ? cache : join(env.HOME || homedir(), '.npm');
  return {
    ...rest,
    ...(isOffline && { cache: join(cacheFolder, '_cacache') }),
    ...(httpsProxy !== undefined && { proxy: httpsProxy }),
    ...(certificates && rest.ca === undefined && { ca: certificates }),
  };
}
