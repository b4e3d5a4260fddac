/** Flags that every extracting command has. */
import { choiceFlag, negatedFlag, numberFlag, switchFlag, textFlag } from './flags.js';

const inputFlags = {
  recursive: switchFlag({
    syntax: '-r, --recursive',
    description: 'take the files inside directories, at any depth',
    group: 'Input',
  }),
  filesFrom: textFlag({
    syntax: '--files-from <file>',
    description: 'read the paths from a file, one a line (`-` for standard input)',
    group: 'Input',
    isCommandLineOnly: true,
  }),
  null: switchFlag({
    syntax: '-0, --null',
    description: 'paths of --files-from end in NUL, as `find -print0` writes them',
    group: 'Input',
    isCommandLineOnly: true,
  }),
  shard: textFlag({
    syntax: '--shard <i/n>',
    description: 'take part i (from 0) of n; `uxd merge` joins the parts',
    group: 'Input',
    defaultText: 'from the array job it runs in, if any',
  }),
};

export const outputFlags = {
  format: choiceFlag({
    syntax: '-f, --format <format>',
    description: 'form of the rows',
    choices: ['jsonl', 'csv', 'parquet'],
    default: null,
    defaultText: 'by the ending of --output, else jsonl',
    group: 'Output',
  }),
  output: textFlag({
    syntax: '-o, --output <file>',
    description: 'write the rows to a file, which appears when it is whole',
    group: 'Output',
    isCommandLineOnly: true,
  }),
  bom: switchFlag({
    syntax: '--bom',
    description: 'begin CSV with a byte order mark, for spreadsheets',
    group: 'Output',
  }),
  unordered: switchFlag({
    syntax: '--unordered',
    description: 'write rows as they come instead of in input order',
    group: 'Output',
  }),
  summary: textFlag({
    syntax: '--summary <file>',
    description: 'write the figures of the run as JSON',
    group: 'Output',
    isCommandLineOnly: true,
  }),
};

const engineFlags = {
  provider: choiceFlag({
    syntax: '-p, --provider <provider>',
    description: 'who reads: local (on this machine, offline) or google',
    choices: ['local', 'google'],
    default: 'local',
    group: 'Engine',
  }),
  endpoint: textFlag({
    syntax: '--endpoint <url>',
    description: "address of the provider's service; http://HOST:PORT is plaintext without credentials",
    group: 'Engine',
  }),
  concurrency: numberFlag({
    syntax: '-c, --concurrency <n>',
    description: 'calls in flight; for local engines, worker processes',
    default: null,
    defaultText: 'what the provider takes, one worker a core',
    min: 1,
    max: 256,
    isWhole: true,
    group: 'Engine',
  }),
  rpm: numberFlag({
    syntax: '--rpm <n>',
    description: 'requests a minute at most',
    default: null,
    min: 0.1,
    group: 'Engine',
  }),
  timeout: numberFlag({
    syntax: '--timeout <seconds>',
    description: 'time limit of a call',
    default: 60,
    min: 0.1,
    max: 3600,
    group: 'Engine',
  }),
  retries: numberFlag({
    syntax: '--retries <n>',
    description: 'further attempts at a call that failed for a passing reason',
    default: 7,
    min: 0,
    max: 100,
    isWhole: true,
    group: 'Engine',
  }),
};

const costFlags = {
  dryRun: switchFlag({
    syntax: '--dry-run',
    description: 'send nothing; write what the run would send and cost',
    group: 'Cost and cache',
    isCommandLineOnly: true,
  }),
  maxCost: numberFlag({
    syntax: '--max-cost <usd>',
    description: 'stop before the list price of what is sent exceeds this',
    default: null,
    min: 0,
    group: 'Cost and cache',
  }),
  cache: negatedFlag({
    syntax: '--no-cache',
    description: 'neither use nor keep earlier results',
    group: 'Cost and cache',
  }),
  refresh: switchFlag({
    syntax: '--refresh',
    description: 'read everything again and keep the new results',
    group: 'Cost and cache',
    isCommandLineOnly: true,
  }),
  retryFailed: switchFlag({
    syntax: '--retry-failed',
    description: 'try inputs again that are known to fail',
    group: 'Cost and cache',
    isCommandLineOnly: true,
  }),
};

const failureFlags = {
  failFast: switchFlag({
    syntax: '--fail-fast',
    description: 'stop at the first input that fails',
    group: 'Failure',
  }),
  maxErrors: numberFlag({
    syntax: '--max-errors <n>',
    description: 'stop when this many inputs have failed',
    default: null,
    min: 1,
    isWhole: true,
    group: 'Failure',
  }),
};

export const messageFlags = {
  quiet: switchFlag({
    syntax: '-q, --quiet',
    description: 'no progress and no summary; errors only',
    group: 'Messages',
  }),
  color: negatedFlag({ syntax: '--no-color', description: 'no colours', group: 'Messages' }),
  logLevel: choiceFlag({
    syntax: '--log-level <level>',
    description: 'what is said on standard error',
    choices: ['error', 'warn', 'info', 'debug'],
    default: 'info',
    group: 'Messages',
  }),
  logFormat: choiceFlag({
    syntax: '--log-format <format>',
    description: 'form of messages on standard error',
    choices: ['text', 'json'],
    default: 'text',
    group: 'Messages',
  }),
};

/** All of the above: what a command that reads files with an engine has. */
export const extractionFlags = {
  ...inputFlags,
  ...outputFlags,
  ...engineFlags,
  ...costFlags,
  ...failureFlags,
  ...messageFlags,
};
