import type { RowSchema } from '../rows/define.js';
import type { ExitCode } from './exit-codes.js';
import type { Flags, FlagValues } from './flags.js';
import type { Terminal } from './terminal.js';

export interface Argument {
  /** As commander writes it: `<file>`, `[inputs...]`. */
  readonly syntax: string;
  readonly description: string;
  readonly choices?: readonly string[];
}

export interface Example {
  readonly note: string;
  /** Runs from the project's folder, on samples/. */
  readonly command: string;
}

export interface Invocation<F extends Flags> {
  readonly args: readonly string[];
  readonly flags: FlagValues<F>;
  /** For the hint how to resume; the flags and arguments as typed. */
  readonly commandLine: readonly string[];
}

/** A subcommand, as data. */
export interface CommandDeclaration<F extends Flags = Flags> {
  /** `ocr`, or `cache stats` for a command below another. */
  readonly name: string;
  readonly summary: string;
  /** Paragraphs of the help and the reference. */
  readonly description: string;
  readonly arguments: readonly Argument[];
  readonly flags: F;
  readonly examples: readonly Example[];
  /** Row types that it writes. */
  readonly schemas: readonly RowSchema[];
  run(invocation: Invocation<F>, terminal: Terminal): Promise<ExitCode>;
}

/** Keeps the flags' types between declaration and handler. */
export function defineCommand<const F extends Flags>(declaration: CommandDeclaration<F>): CommandDeclaration<F> {
  return declaration;
}
