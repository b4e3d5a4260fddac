/** Row schemas in the notations of others: JSON Schema, BigQuery and Markdown. */
import type { FieldSpec, FieldType, JsonValue, RowSchema } from './define.js';

const JSON_TYPES: Readonly<Record<FieldType, string | null>> = {
  string: 'string',
  number: 'number',
  integer: 'integer',
  boolean: 'boolean',
  scalar: null,
  box: 'array',
  size: 'object',
  json: null,
};

type JsonObject = { readonly [key: string]: JsonValue };

const SIZE: JsonObject = {
  properties: { count: { type: 'number' }, amount: { type: 'number' }, unit: { type: 'string' } },
  required: ['count', 'amount', 'unit'],
  additionalProperties: false,
};

function jsonSchemaOfField(field: FieldSpec): JsonObject {
  const type = JSON_TYPES[field.type];
  const nullable = field.nullable === true;
  return {
    description: field.description,
    ...(type === null ? {} : { type: nullable ? [type, 'null'] : type }),
    ...(field.enum === undefined ? {} : { enum: nullable ? [...field.enum, null] : [...field.enum] }),
    ...(field.type === 'box' ? { items: { type: 'number' }, minItems: 4, maxItems: 4 } : {}),
    ...(field.type === 'size' ? SIZE : {}),
  };
}

/** JSON Schema (draft 2020-12) of one row type. */
export function toJsonSchema(schema: RowSchema): JsonObject {
  const fields = Object.entries(schema.fields);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:uxd:${schema.name}`,
    title: schema.title,
    description: schema.description,
    type: 'object',
    properties: {
      schema: { description: 'The row type and its version.', const: schema.name },
      ...Object.fromEntries(fields.map(([name, field]) => [name, jsonSchemaOfField(field)])),
    },
    required: ['schema', ...fields.filter(([, field]) => field.optional !== true).map(([name]) => name)],
    additionalProperties: schema.carriesColumns === true,
  };
}

/** JSON Schema of a stream that mixes these row types. */
export function toJsonSchemaOfAny(schemas: readonly RowSchema[]): JsonObject {
  const [only] = schemas;
  if (only !== undefined && schemas.length === 1) return toJsonSchema(only);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    oneOf: schemas.map((schema) => {
      const { $schema: _, ...rest } = toJsonSchema(schema);
      return rest;
    }),
  };
}

const BIGQUERY_TYPES: Readonly<Record<FieldType, string>> = {
  string: 'STRING',
  number: 'FLOAT64',
  integer: 'INT64',
  boolean: 'BOOL',
  scalar: 'STRING',
  box: 'FLOAT64',
  size: 'RECORD',
  json: 'JSON',
};

/** One column in BigQuery's JSON schema file. */
export interface BigQueryField {
  readonly name: string;
  readonly type: string;
  readonly mode: 'REQUIRED' | 'NULLABLE' | 'REPEATED';
  readonly description: string;
  /** Of a record. */
  readonly fields?: readonly BigQueryField[];
}

const SIZE_FIELDS: readonly BigQueryField[] = [
  { name: 'count', type: 'FLOAT64', mode: 'REQUIRED', description: 'Pieces.' },
  { name: 'amount', type: 'FLOAT64', mode: 'REQUIRED', description: 'Amount of each, in `unit`.' },
  { name: 'unit', type: 'STRING', mode: 'REQUIRED', description: 'Such as `g`, `l` or `piece`.' },
];

function bigQueryMode(field: FieldSpec): BigQueryField['mode'] {
  if (field.type === 'box') return 'REPEATED';
  return field.nullable === true || field.optional === true ? 'NULLABLE' : 'REQUIRED';
}

/**
 * The BigQuery schema for `bq load --source_format=NEWLINE_DELIMITED_JSON` of these row types in one table: the union
 * of their fields, where a field that some of them lack is NULLABLE.
 */
export function toBigQuerySchema(schemas: readonly RowSchema[]): readonly BigQueryField[] {
  const fields = new Map<string, BigQueryField>();
  fields.set('schema', {
    name: 'schema',
    type: 'STRING',
    mode: 'REQUIRED',
    description: 'The row type and its version.',
  });
  for (const schema of schemas) {
    for (const [name, field] of Object.entries(schema.fields)) {
      const everywhere = schemas.every((other) => Object.hasOwn(other.fields, name));
      const own = bigQueryMode(field);
      const loose = !everywhere || fields.get(name)?.mode === 'NULLABLE';
      const mode = own === 'REQUIRED' && loose ? 'NULLABLE' : own;
      const description = fields.get(name)?.description ?? field.description;
      const parts = field.type === 'size' ? { fields: SIZE_FIELDS } : {};
      fields.set(name, { name, type: BIGQUERY_TYPES[field.type], mode, description, ...parts });
    }
  }
  return [...fields.values()];
}

function typeLabel(field: FieldSpec): string {
  const base = field.enum === undefined ? field.type : field.enum.map((value) => `\`${value}\``).join(', ');
  return `${base}${field.nullable === true ? ' or null' : ''}${field.optional === true ? ' (may be absent)' : ''}`;
}

/** The fields as a Markdown table for the reference. */
export function toMarkdownTable(schema: RowSchema): string {
  const toCell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const rows = Object.entries(schema.fields).map(
    ([name, field]) => `| \`${name}\` | ${toCell(typeLabel(field))} | ${toCell(field.description)} |`,
  );
  const head = [
    '| field | type | meaning |',
    '|---|---|---|',
    `| \`schema\` | \`${schema.name}\` | the row type and its version |`,
  ];
  return [...head, ...rows].join('\n');
}
