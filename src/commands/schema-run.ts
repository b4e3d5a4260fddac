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
  const schemas = name === undefined ? [] : schemasOf(name);
  if (schemas.length === 0) {
    const known = Object.keys(ROW_SCHEMAS).join(', ');
    throw new UsageError(
      `${name === undefined ? 'which rows?' : `no rows are named "${name}".`} Give one of: ${known}`,
    );
  }
  const printed = isBigQuery ? toBigQuerySchema(schemas) : toJsonSchemaOfAny(schemas);
  terminal.stdout.write(`${JSON.stringify(printed, null, 2)}\n`);
  return EXIT.ok;
}

/** The rows of a command, or those of one type, by its name (`uxd.offer/1`) or what is between (`offer`). */
function schemasOf(name: string): readonly RowSchema[] {
  if (Object.hasOwn(ROW_SCHEMAS, name)) return ROW_SCHEMAS[name as keyof typeof ROW_SCHEMAS];
  return Object.values<readonly RowSchema[]>(ROW_SCHEMAS)
    .flat()
    .filter((schema) => schema.name === name || /^uxd\.(.*)\/\d+$/.exec(schema.name)?.[1] === name);
}
