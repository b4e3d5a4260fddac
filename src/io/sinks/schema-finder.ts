import type { AnyRow, RowSchema } from '../../rows/define.js';

/** Finds the schema that a row names; a row of a schema that was not announced is a mistake in the program. */
export function schemaFinder(schemas: readonly RowSchema[]): (row: AnyRow) => RowSchema {
  const byName = new Map(schemas.map((schema) => [schema.name, schema]));
  return (row) => {
    const schema = byName.get(row.schema);
    if (schema === undefined) throw new Error(`rows of ${row.schema} were not announced to the output`);
    return schema;
  };
}
