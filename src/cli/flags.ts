/**
 * The kit that flags are declared with. One declaration feeds the parser, the help, the environment variable, the
 * configuration file, the shell completion and the reference.
 */
import { UsageError } from '../model.js';

/** One flag of a command. `T` is what the handler is given. */
export interface Flag<T> {
  /** As commander writes it: `-o, --output <file>` or `--no-cache`. */
  readonly syntax: string;
  readonly description: string;
  /** Heading in the help. */
  readonly group: string;
  readonly default: T;
  /** Shown in the help instead of the default's own text. */
  readonly defaultText?: string;
  readonly choices?: readonly string[];
  /** Reads the text of a value; throws {@link UsageError} with what is expected. Absent on switches. */
  readonly parse?: (text: string) => T;
  /** May be given several times; what each gives is put together. */
  readonly isRepeatable?: boolean;
  /** The value where the flag stands without one (`--summary [file]`). */
  readonly bare?: T;
  /** Not read from the environment and configuration files: it says what this one run is to do. */
  readonly isCommandLineOnly?: boolean;
}

export type Flags = Readonly<Record<string, Flag<unknown>>>;

/** What a handler is given: a value a flag. */
export type FlagValues<F extends Flags> = { readonly [K in keyof F]: F[K] extends Flag<infer T> ? T : never };

type Declaration<T> = Pick<Flag<T>, 'syntax' | 'description' | 'group'> &
  Partial<Pick<Flag<T>, 'defaultText' | 'isCommandLineOnly'>>;

/** A switch: false unless given. */
export function switchFlag(declaration: Declaration<boolean>): Flag<boolean> {
  return { ...declaration, default: false };
}

/** A `--no-...` switch: true unless given. */
export function negatedFlag(declaration: Declaration<boolean>): Flag<boolean> {
  return { ...declaration, default: true };
}

/** Text, or null where not given. */
export function textFlag(declaration: Declaration<string | null>): Flag<string | null> {
  return { ...declaration, default: null, parse: (text) => text };
}

/** Text that may be given several times. */
export function textsFlag(declaration: Declaration<readonly string[]>): Flag<readonly string[]> {
  return { ...declaration, default: [], isRepeatable: true, parse: (text) => [text] };
}

/** One of a few words. */
export function choiceFlag<const C extends string, D extends C | null>(
  declaration: Declaration<C | D> & { readonly choices: readonly C[]; readonly default: D },
): Flag<C | D> {
  const { choices } = declaration;
  return { ...declaration, parse: (text) => oneOf(text, choices) };
}

/** Some of a few words, separated by commas. */
export function choicesFlag<const C extends string>(
  declaration: Declaration<readonly C[]> & { readonly choices: readonly C[]; readonly default: readonly C[] },
): Flag<readonly C[]> {
  const { choices } = declaration;
  return { ...declaration, parse: (text) => [...new Set(splitList(text).map((word) => oneOf(word, choices)))] };
}

/** Words separated by commas. */
export function listFlag(
  declaration: Declaration<readonly string[]> & { readonly default: readonly string[] },
): Flag<readonly string[]> {
  return { ...declaration, parse: splitList };
}

/** A number within bounds; `D` is null where the flag may be left out. */
export function numberFlag<D extends number | null>(
  declaration: Declaration<number | D> & {
    readonly default: D;
    readonly min: number;
    readonly max?: number;
    readonly isWhole?: boolean;
  },
): Flag<number | D> {
  const { min, max = Number.POSITIVE_INFINITY, isWhole = false, ...flag } = declaration;
  const kind = isWhole ? 'a whole number' : 'a number';
  const range = max === Number.POSITIVE_INFINITY ? `of at least ${min}` : `from ${min} to ${max}`;
  const parse = (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!Number.isFinite(value) || value < min || value > max || (isWhole && !Number.isInteger(value))) {
      throw new UsageError(`"${text}" is not ${kind} ${range}`);
    }
    return value;
  };
  return { ...flag, parse };
}

/** The long name without dashes and negation: `--no-cache` gives `cache`, `-o, --output <file>` gives `output`. */
export function longName(flag: Pick<Flag<unknown>, 'syntax'>): string {
  return /--(?:no-)?([a-z0-9-]+)/.exec(flag.syntax)?.[1] ?? '';
}

/** The environment variable that gives a flag its value. */
export function environmentName(flag: Pick<Flag<unknown>, 'syntax'>): string {
  const negation = flag.syntax.includes('--no-') ? 'NO_' : '';
  return `UXD_${negation}${longName(flag).toUpperCase().replaceAll('-', '_')}`;
}

function splitList(text: string): string[] {
  const words = text.split(',').map((word) => word.trim());
  const filled = words.filter((word) => word !== '');
  if (filled.length === 0) throw new UsageError(`"${text}" names nothing; separate words with commas`);
  return filled;
}

function oneOf<C extends string>(word: string, choices: readonly C[]): C {
  const found = choices.find((choice) => choice === word);
  if (found === undefined) throw new UsageError(`"${word}" is not one of ${choices.join(', ')}`);
  return found;
}
