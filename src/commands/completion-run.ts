import { completionScript, SHELLS, type Shell } from '../cli/completion.js';
import { EXIT, type ExitCode } from '../cli/exit-codes.js';
import type { Terminal } from '../cli/terminal.js';
import { UsageError } from '../model.js';
import { COMMANDS } from './index.js';

export async function printCompletion(shell: string | undefined, terminal: Terminal): Promise<ExitCode> {
  if (!SHELLS.includes(shell as Shell)) {
    throw new UsageError(
      `${shell === undefined ? 'which shell?' : `no completion for "${shell}".`} Give one of: ${SHELLS.join(', ')}`,
    );
  }
  terminal.stdout.write(completionScript(shell as Shell, COMMANDS));
  return EXIT.ok;
}
