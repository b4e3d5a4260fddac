/** Builds the command-line parser from the declarations. */
import { Command, CommanderError, Option } from 'commander';
import { UsageError } from '../model.js';
import type { CommandDeclaration } from './command.js';
import { checkConfig, type GivenFlags, readConfigFiles, resolveFlags } from './config.js';
import { EXIT, EXIT_MEANINGS, type ExitCode } from './exit-codes.js';
import { environmentName, type Flag } from './flags.js';
import { oneLine } from './log.js';
import { hasColor, type Terminal } from './terminal.js';

export interface ProgramSettings {
  readonly version: string;
  readonly description: string;
  readonly commands: readonly CommandDeclaration[];
}

/** Parses the arguments, runs the command and returns the exit code; usage errors are printed here. */
export async function runProgram(
  argv: readonly string[],
  settings: ProgramSettings,
  terminal: Terminal,
): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const program = buildProgram(settings, terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
  return exitCode;
}

function buildProgram(settings: ProgramSettings, terminal: Terminal, done: (code: ExitCode) => void): Command {
  const program = configure(new Command('uxd'), terminal)
    .description(settings.description)
    .version(settings.version, '-V, --version', 'print the version; with --verbose also licences')
    .helpCommand(false)
    .usage('<command> [flags]')
    .addHelpText('after', `\n${exitCodeHelp()}\n\nEach command explains itself: uxd ocr --help`);
  const parents = new Map<string, Command>();
  for (const declaration of settings.commands) {
    const [parentName, childName] = declaration.name.split(' ') as [string, string?];
    let parent = program;
    if (childName !== undefined) {
      parent = parents.get(parentName) ?? configure(program.command(parentName), terminal).helpCommand(false);
      parents.set(parentName, parent);
      parent.summary(`${parentSummary(settings.commands, parentName)}`);
    }
    addCommand(parent, childName ?? parentName, declaration, settings, terminal, done);
  }
  return program;
}

function parentSummary(commands: readonly CommandDeclaration[], parent: string): string {
  const children = commands.filter(({ name }) => name.startsWith(`${parent} `));
  return children.map(({ name }) => name.slice(parent.length + 1)).join(', ');
}

function configure(command: Command, terminal: Terminal): Command {
  return command
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError(false)
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      outputError: (text, write) =>
        write(
          `uxd: ${oneLine(
            withNearFlag(text, command)
              .replace(/^error: /, '')
              .trimEnd(),
          )}\n`,
        ),
      getOutHasColors: () => hasColor(terminal.stdout, terminal.env, true),
      getErrHasColors: () => hasColor(terminal.stderr, terminal.env, true),
      getOutHelpWidth: () => Math.min(terminal.stdout.columns ?? 80, 120),
    });
}

/** Commander finds misspelt names, but not those that are cut short or go on: `--lang` for `--language`. */
function withNearFlag(text: string, command: Command): string {
  const unknown = /^error: unknown option '--([a-z][a-z-]+)'\s*$/.exec(text)?.[1];
  const names = unknown === undefined ? [] : command.options.map(({ long }) => long?.replace(/^--/, '') ?? '');
  const near = names.find((name) => name !== '' && (name.startsWith(unknown ?? '') || unknown?.startsWith(name)));
  return near === undefined ? text : `${text.trimEnd()} (Did you mean --${near}?)`;
}

function addCommand(
  parent: Command,
  name: string,
  declaration: CommandDeclaration,
  settings: ProgramSettings,
  terminal: Terminal,
  done: (code: ExitCode) => void,
): void {
  const command = configure(parent.command(name), terminal)
    .summary(declaration.summary)
    // Its lines are as wide as the source; the terminal may be narrower.
    .description(declaration.description.replace(/\n(?!\n)/g, ' '))
    .addHelpText('after', `\n${exampleHelp(declaration)}`);
  for (const argument of declaration.arguments) command.argument(argument.syntax, argument.description);
  for (const flag of Object.values(declaration.flags)) command.addOption(toOption(flag));
  command.action(async () => {
    const configs = await readConfigFiles(terminal);
    for (const config of configs) checkConfig(config, settings.commands);
    const given = givenFlags(command);
    refuseFlagsAsValues(given, command);
    const flags = resolveFlags(declaration, given, terminal.env, configs);
    done(await declaration.run({ args: command.args, flags, commandLine: [...declaration.name.split(' ')] }, terminal));
  });
}

function toOption(flag: Flag<unknown>): Option {
  const option = new Option(flag.syntax, describe(flag)).helpGroup(`${flag.group}:`);
  return flag.isRepeatable ? option.argParser((text, others?: readonly string[]) => [...(others ?? []), text]) : option;
}

/** The description with what the flag takes and its default. */
export function describe(flag: Flag<unknown>): string {
  const notes: string[] = [];
  if (flag.choices) notes.push(flag.choices.join(', '));
  const value = Array.isArray(flag.default) ? flag.default.join(',') : flag.default;
  if (flag.defaultText !== undefined) notes.push(`default: ${flag.defaultText}`);
  else if (flag.parse && value !== null && value !== '') notes.push(`default: ${String(value)}`);
  return notes.length > 0 ? `${flag.description} (${notes.join('; ')})` : flag.description;
}

/** `--srt --vtt out` would write into a directory called `--vtt`. */
function refuseFlagsAsValues(given: GivenFlags, command: Command): void {
  const names = new Set(command.options.map(({ long }) => long));
  for (const option of command.options) {
    const value = given[option.attributeName()];
    if (typeof value === 'string' && names.has(value))
      throw new UsageError(`${option.long} takes a value, and is followed by ${value}: ${option.flags}`);
  }
}

/** Only what was typed: commander fills in `true` for negated switches by itself. */
function givenFlags(command: Command): GivenFlags {
  const given: Record<string, string | boolean | readonly string[]> = {};
  for (const [key, value] of Object.entries(command.opts())) {
    if (command.getOptionValueSource(key) === 'cli') given[key] = value;
  }
  return given;
}

function exampleHelp({ examples, flags }: CommandDeclaration): string {
  const lines = examples.map(({ note, command }) => `  # ${note}\n  ${command}`);
  const settable = Object.values(flags).find((flag) => !flag.isCommandLineOnly && flag.parse);
  const hint = settable
    ? `\n\nFlags can also be set as ${environmentName(settable)} and so on, or in uxd.config.json or .yaml.`
    : '';
  return `Examples:\n${lines.join('\n\n')}${hint}`;
}

function exitCodeHelp(): string {
  return `Exit codes:\n${EXIT_MEANINGS.map(([code, meaning]) => `  ${String(code).padEnd(4)} ${meaning}`).join('\n')}`;
}
