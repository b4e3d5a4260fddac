import { EXIT, type ExitCode } from '../cli/exit-codes.js';
import type { Terminal } from '../cli/terminal.js';
import { UsageError } from '../model.js';
import type { RowSchema } from '../rows/define.js';
import { ROW_SCHEMAS } from '../rows/index.js';
import { toBigQuerySchema, toJsonSchemaOfAny } from '../rows/schema-formats.js';

export async function printSchema(
  name: string | undefined,
  isBigQuery: boolean,
  terminal: Terminal,
): Promise<ExitCode> {
  const schemas: readonly RowSchema[] | undefined = (ROW_SCHEMAS as Record<string, readonly RowSchema[]>)[name ?? ''];
  if (!schemas) {
    const known = Object.keys(ROW_SCHEMAS).join(', ');
    throw new UsageError(
      `${name === undefined ? 'which rows?' : `no rows are named "${name}".`} Give one of: ${known}`,
    );
  }
  const printed = isBigQuery ? toBigQuerySchema(schemas) : toJsonSchemaOfAny(schemas);
  terminal.stdout.write(`${JSON.stringify(printed, null, 2)}\n`);
  return EXIT.ok;
}
