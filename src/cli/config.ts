/** Where flags get their values: command line, environment, project configuration, user configuration, default. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../model.js';
import { environmentName, type Flag, type Flags, longName } from './flags.js';
import { directoriesOf, type Terminal } from './terminal.js';

/** A configuration file that was read. */
export interface ConfigFile {
  readonly file: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const NAMES = ['uxd.config.json', 'uxd.config.yaml', 'uxd.config.yml'];
const USER_NAMES = ['config.json', 'config.yaml', 'config.yml'];

/** The project's file (in this directory or the nearest one above) and the user's, in order of precedence. */
export async function readConfigFiles(terminal: Terminal): Promise<readonly ConfigFile[]> {
  const files: ConfigFile[] = [];
  for (let folder = terminal.cwd; ; folder = path.dirname(folder)) {
    const found = await readFirst(folder, NAMES);
    if (found) files.push(found);
    if (found || path.dirname(folder) === folder) break;
  }
  const user = await readFirst(directoriesOf(terminal).config, USER_NAMES);
  if (user) files.push(user);
  return files;
}

async function readFirst(folder: string, names: readonly string[]): Promise<ConfigFile | null> {
  for (const name of names) {
    const file = path.join(folder, name);
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
      throw new UsageError(`${file}: cannot be read (${error.code ?? error.message})`);
    });
    if (text !== null) return { file, values: await parseConfig(file, text) };
  }
  return null;
}

async function parseConfig(file: string, text: string): Promise<Readonly<Record<string, unknown>>> {
  let values: unknown;
  try {
    values = file.endsWith('.json') ? JSON.parse(text) : await parseYaml(text);
  } catch (error) {
    throw new UsageError(`${file}: ${describeSyntaxError(error, file, text)}`);
  }
  if (values === null || values === undefined) return {};
  if (typeof values !== 'object' || Array.isArray(values))
    throw new UsageError(`${file}: expected an object of settings`);
  return values as Record<string, unknown>;
}

async function parseYaml(text: string): Promise<unknown> {
  const { parse } = await import('yaml');
  // Its warnings would go past the log, with lines of the file.
  return parse(text, { logLevel: 'error' });
}

/** Kind and place of a mistake, and nothing of what the file says: parsers quote it. */
function describeSyntaxError(error: unknown, file: string, text: string): string {
  const message = error instanceof Error ? error.message : '';
  const place = /at (line \d+, column \d+)/.exec(message)?.[1] ?? placeOf(/at position (\d+)/.exec(message)?.[1], text);
  const code = error instanceof Error && 'code' in error ? String(error.code).toLowerCase().replaceAll('_', ' ') : '';
  const kind = `not valid ${file.endsWith('.json') ? 'JSON' : 'YAML'}`;
  const facts = [code, place].filter(Boolean).join(' at ');
  return facts === '' ? kind : `${kind} (${facts})`;
}

function placeOf(position: string | undefined, text: string): string {
  if (position === undefined) return '';
  const lines = text.slice(0, Number(position)).split('\n');
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}

/** Settings are named as the flags are, in camelCase; those of one command stand in an object with its name. */
export function checkConfig(config: ConfigFile, commands: readonly { name: string; flags: Flags }[]): void {
  const known = new Set<string>();
  const check = (values: object, allowed: ReadonlySet<string>, where: string): void => {
    for (const key of Object.keys(values)) {
      if (!allowed.has(key)) throw new UsageError(`${config.file}: unknown setting "${where}${key}"`);
    }
  };
  for (const command of commands) for (const key of settingsOf(command.flags)) known.add(key);
  const sections = new Set(commands.map(({ name }) => name));
  check(config.values, new Set([...known, ...sections]), '');
  for (const { name, flags } of commands) {
    const section = config.values[name];
    if (section === undefined || settingsOf(flags).has(name)) continue;
    if (typeof section !== 'object' || section === null || Array.isArray(section))
      throw new UsageError(`${config.file}: "${name}" must be an object`);
    check(section, settingsOf(flags), `${name}.`);
  }
}

function settingsOf(flags: Flags): ReadonlySet<string> {
  return new Set(Object.keys(flags).filter((key) => flags[key]?.isCommandLineOnly !== true));
}

/** What commander found on the command line; undefined where the flag was not given. */
export type GivenFlags = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** Resolves every flag of a command; a bad value names the place it came from. */
export function resolveFlags(
  command: { readonly name: string; readonly flags: Flags },
  given: GivenFlags,
  env: Terminal['env'],
  configs: readonly ConfigFile[],
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [key, flag] of Object.entries(command.flags)) {
    values[key] = resolveFlag(key, flag, command.name, given, env, configs);
  }
  // The ending of a file named on the command line says more than a format set once for all.
  const hasEnding = /\.(jsonl|ndjson|csv|parquet)$/i.test(String(given.output ?? ''));
  if (hasEnding && given.format === undefined && 'format' in values) values.format = null;
  return values;
}

function resolveFlag(
  key: string,
  flag: Flag<unknown>,
  commandName: string,
  given: GivenFlags,
  env: Terminal['env'],
  configs: readonly ConfigFile[],
): unknown {
  if (given[key] !== undefined) return readValue(flag, given[key], `--${longName(flag)}`);
  if (flag.isCommandLineOnly) return flag.default;
  const variable = environmentName(flag);
  const fromEnv = env[variable];
  if (fromEnv !== undefined && fromEnv !== '') {
    const isNegated = flag.syntax.includes('--no-');
    const value = flag.parse ? fromEnv : readSwitch(fromEnv, variable) !== isNegated;
    return readValue(flag, value, variable);
  }
  for (const { file, values } of configs) {
    const section = values[commandName] as Record<string, unknown> | undefined;
    const value = (typeof section === 'object' ? section?.[key] : undefined) ?? values[key];
    if (value !== undefined && value !== null) return readValue(flag, value, `${file}: ${key}`);
  }
  return flag.default;
}

function readValue(flag: Flag<unknown>, value: unknown, origin: string): unknown {
  if (!flag.parse) {
    if (typeof value === 'boolean') return value;
    throw new UsageError(`${origin}: expected true or false`);
  }
  if (value === true && flag.bare !== undefined) return flag.bare;
  const isList = Array.isArray(value);
  if (isList && value.some((item) => !(typeof item === 'number' || (typeof item === 'string' && item.trim() !== ''))))
    throw new UsageError(`${origin}: expected a list of words`);
  const text = isList ? value.join(',') : value;
  if (typeof text === 'boolean' || typeof text === 'object') throw new UsageError(`${origin}: expected a value`);
  const { parse } = flag;
  try {
    if (isList && flag.isRepeatable) return value.flatMap((item) => parse(String(item)));
    return parse(String(text));
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${origin}: ${error.message}`);
    throw error;
  }
}

function readSwitch(text: string, variable: string): boolean {
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  if (/^(0|false|no|off)$/i.test(text)) return false;
  throw new UsageError(`${variable}: "${text}" is not 1 or 0`);
}
