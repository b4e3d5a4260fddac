/** What is told of the list of inputs before they are read. */
import type { Log } from '../cli/log.js';
import type { InputList } from '../io/inputs.js';

/** Where nothing at all was found, the run says so itself. */
export function tellOfInputs(command: string, { entries, unmatched }: InputList, log: Log): void {
  if (entries.length === 0) return;
  for (const name of unmatched) log.warn(`${command}: ${name} matched no file`);
}
