/** Composition root: the only reader of `process`; maps errors to exit codes. */
import { createRequire } from 'node:module';
import type { Terminal } from './cli/terminal.js';

const DESCRIPTION =
  'Extract data from what has no schema: flyers, scans, reviews and calls become rows to analyse.\n' +
  'Works on this machine by default, without an account or a network.';

function version(): string {
  return (createRequire(import.meta.url)('../package.json') as { version: string }).version;
}

async function verboseVersion(): Promise<string> {
  const { platform, arch, version: node } = process;
  return (await import('./commands/version.js')).describeVersion(version(), `Node ${node}, ${platform} ${arch}`);
}

async function main(argv: readonly string[]): Promise<number> {
  const isVersion = argv.some((word) => word === '--version' || word === '-V');
  if (isVersion && argv.every((word) => /^(--version|-V|--verbose)$/.test(word))) {
    process.stdout.write(argv.includes('--verbose') ? await verboseVersion() : `${version()}\n`);
    return 0;
  }
  const [{ runProgram }, { COMMANDS }] = await Promise.all([import('./cli/program.js'), import('./commands/index.js')]);
  try {
    const terminal = await processTerminal();
    const args = argv.length === 0 ? ['--help'] : argv;
    return await runProgram(args, { version: version(), description: DESCRIPTION, commands: COMMANDS }, terminal);
  } catch (error) {
    return reportFailure(error);
  }
}

async function processTerminal(): Promise<Terminal> {
  const [{ systemClock }, { UsageError }, os] = await Promise.all([
    import('./pipeline/clock.js'),
    import('./model.js'),
    import('node:os'),
  ]);
  return {
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      return process.stdout;
    },
    stderr: process.stderr,
    env: process.env,
    cwd: workingDirectory(UsageError),
    homeDirectory: os.homedir(),
    clock: systemClock,
    random: Math.random,
    onSignal: (handler) => {
      process.on('SIGINT', handler);
      process.on('SIGTERM', handler);
      return () => {
        process.off('SIGINT', handler);
        process.off('SIGTERM', handler);
      };
    },
    quit: (exitCode) => process.exit(exitCode),
  };
}

function workingDirectory(Failure: new (message: string) => Error): string {
  try {
    return process.cwd();
  } catch {
    throw new Failure('the working directory is not there any more; change to another one');
  }
}

/** Known failures are told in one line; anything else is a bug and is shown whole. */
async function reportFailure(error: unknown): Promise<number> {
  const [{ ProviderError, RunError, UsageError }, { EXIT }, { oneLine }, { InterruptedError }] = await Promise.all([
    import('./model.js'),
    import('./cli/exit-codes.js'),
    import('./cli/log.js'),
    import('./cli/interrupt.js'),
  ]);
  if (error instanceof InterruptedError) {
    process.stderr.write(`uxd: ${error.message}\n`);
    return error.exitCode;
  }
  const isUsage = error instanceof UsageError || (error instanceof ProviderError && error.scope === 'run');
  if (isUsage || error instanceof RunError) {
    process.stderr.write(`uxd: ${oneLine(error.message)}\n`);
    return isUsage ? EXIT.usage : EXIT.failed;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`uxd: this is a bug in uxd ${version()}, please report it:\n${text}\n`);
  return EXIT.failed;
}

// A reader that goes away is no error, wherever the write was made.
let outputError: NodeJS.ErrnoException | null = null;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') outputError ??= error;
});
process.stderr.on('error', () => undefined);
process.exitCode = await main(process.argv.slice(2));
process.on('exit', () => {
  if (!outputError || process.exitCode !== 0) return;
  process.stderr.write(
    `uxd: standard output cannot be written to (${outputError.code}); free some room and run again\n`,
  );
  process.exitCode = 1;
});
