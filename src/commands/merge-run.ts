import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Invocation } from '../cli/command.js';
import { EXIT, type ExitCode } from '../cli/exit-codes.js';
import { RowOutput } from '../cli/output.js';
import type { Terminal } from '../cli/terminal.js';
import { RunError, UsageError } from '../model.js';
import { type AnyRow, type FieldSpec, type FieldSpecs, type RowSchema, withFields } from '../rows/define.js';
import { ROW_SCHEMAS } from '../rows/index.js';
import { type ShardRow, shardSchema } from '../rows/shard.js';
import type { mergeFlags } from './merge.js';

interface Part {
  readonly name: string;
  readonly file: string;
  readonly end: ShardRow;
}

/** Longest last row that is looked for. */
const TAIL_BYTES = 64 * 1024;

/** Joins parts by their inputs' order; rows of one input always stand in one part. */
export async function runMerge({ args, flags }: Invocation<typeof mergeFlags>, terminal: Terminal): Promise<ExitCode> {
  const parts = await Promise.all(args.map((name) => readPart(name, path.resolve(terminal.cwd, name))));
  checkParts(parts);
  const schemas = schemasOf(parts);
  const output = await RowOutput.open(flags, schemas, terminal);
  let failed = 0;
  await output.writeAll(mergeRows(parts, schemas), ({ status }) => {
    if (status === 'error') failed += 1;
  });
  return failed > 0 && !output.isClosedByReader ? EXIT.someRowsFailed : EXIT.ok;
}

/** Reads the row that ends a part. */
async function readPart(name: string, file: string): Promise<Part> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${name}: cannot be read (${error.code ?? error.message})`);
  });
  try {
    const facts = await handle.stat();
    if (!facts.isFile()) throw new UsageError(`${name}: is no file; name the parts that --shard wrote`);
    const { size } = facts;
    const length = Math.min(size, TAIL_BYTES);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    const lastLine = buffer.toString('utf8').trimEnd().split('\n').at(-1) ?? '';
    return { name, file, end: parseEnd(name, lastLine) };
  } finally {
    await handle.close();
  }
}

function parseEnd(name: string, line: string): ShardRow {
  try {
    const row = JSON.parse(line) as ShardRow;
    if (row.schema === shardSchema.name && isShardEnd(row)) return row;
  } catch {
    // The same advice serves for a line cut off and for a file of another kind.
  }
  throw new UsageError(
    `${name}: does not end as a part does; it was not written with --shard, or its run did not finish`,
  );
}

/** The types that columns carried along have. */
function isColumnType(type: unknown): boolean {
  return type === 'string' || type === 'number' || type === 'scalar';
}

const MAX_SHARDS = 1_000_000;

function isShardEnd({ shard, shards, rows, schemas, listing, columns = {} }: ShardRow): boolean {
  const isCount = [shard, shards, rows].every((value) => Number.isSafeInteger(value) && value >= 0);
  const isText = typeof schemas === 'string' && typeof listing === 'string';
  const areColumns = typeof columns === 'object' && columns !== null && Object.values(columns).every(isColumnType);
  return isCount && isText && areColumns && shards >= 1 && shards <= MAX_SHARDS && shard < shards;
}

function checkParts(parts: readonly Part[]): void {
  const [first] = parts;
  if (!first) throw new UsageError('no parts given');
  const { shards, listing, schemas } = first.end;
  const columns = JSON.stringify(first.end.columns);
  const byNumber = new Map<number, Part>();
  for (const part of parts) {
    if (
      part.end.shards !== shards ||
      part.end.listing !== listing ||
      part.end.schemas !== schemas ||
      JSON.stringify(part.end.columns) !== columns
    ) {
      throw new UsageError(
        `${part.name} and ${first.name} are parts of different runs: their inputs or features differ`,
      );
    }
    const twin = byNumber.get(part.end.shard);
    if (twin) throw new UsageError(`${part.name} and ${twin.name} are both part ${part.end.shard} of ${shards}`);
    byNumber.set(part.end.shard, part);
  }
  const missing = Array.from({ length: shards }, (_, number) => number).filter((number) => !byNumber.has(number));
  if (missing.length > 0) throw new UsageError(`missing part ${missing.join(', ')} of ${shards} (numbers from 0)`);
}

/** The row types of the run, so that a table has the columns that one machine would have given it. */
function schemasOf(parts: readonly Part[]): readonly RowSchema[] {
  const end = parts[0]?.end;
  const names = new Set(end?.schemas.split(' '));
  const carried = carriedFields(end);
  return Object.values(ROW_SCHEMAS)
    .flat()
    .filter(({ name }) => names.has(name))
    .map((schema: RowSchema) => (schema.carriesColumns ? withFields(schema, carried) : schema));
}

/** The columns of the input that the rows of the run carry. */
function carriedFields(end: ShardRow | undefined): FieldSpecs {
  const columns = Object.entries((end?.columns ?? {}) as Readonly<Record<string, FieldSpec['type']>>);
  return Object.fromEntries(
    columns.map(([name, type]) => [name, { type, nullable: true, optional: true, description: 'Of the input.' }]),
  );
}

async function* mergeRows(parts: readonly Part[], schemas: readonly RowSchema[]): AsyncIterable<AnyRow> {
  const readers = parts.map((part) => rowsOf(part, schemas));
  const heads = await Promise.all(readers.map((reader) => reader.next()));
  let [lastSource, lastPart]: [unknown, number] = [null, -1];
  for (;;) {
    let least = -1;
    for (const [i, head] of heads.entries()) {
      if (head.done) continue;
      const best = heads[least];
      if (!best || best.done || compareSources(head.value, best.value) < 0) least = i;
    }
    const [reader, head] = [readers[least], heads[least]];
    if (!reader || !head || head.done) return;
    const { source } = head.value;
    if (least !== lastPart && source === lastSource) {
      throw new RunError(
        `${source} has rows in ${parts[lastPart]?.name} and in ${parts[least]?.name}; are they of one run?`,
      );
    }
    [lastSource, lastPart] = [source, least];
    yield head.value;
    heads[least] = await reader.next();
  }
}

/** Code point order of the sources, which is the order of a run's inputs. */
function compareSources(a: AnyRow, b: AnyRow): number {
  return Buffer.compare(Buffer.from(String(a.source)), Buffer.from(String(b.source)));
}

async function* rowsOf({ name, file, end }: Part, schemas: readonly RowSchema[]): AsyncGenerator<AnyRow, void> {
  const known = new Map([...schemas, shardSchema].map((schema) => [schema.name, schema]));
  let rows = 0;
  let previous: AnyRow | null = null;
  let hasEnded = false;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    const row = parseRow(name, rows + 1, line, known);
    if (row.schema === shardSchema.name) {
      hasEnded = true;
      continue;
    }
    if (hasEnded) throw new RunError(`${name}: goes on after its last row; is it more than one part?`);
    if (previous && compareSources(previous, row) > 0) {
      throw new RunError(`${name}: rows are not in input order; parts cannot be written with --unordered`);
    }
    previous = row;
    rows += 1;
    yield row;
  }
  if (rows !== end.rows)
    throw new RunError(`${name}: has ${rows} rows, and ${end.rows} were written; copy the part again`);
}

function parseRow(name: string, number: number, line: string, known: ReadonlyMap<string, RowSchema>): AnyRow {
  let row: AnyRow | null = null;
  try {
    row = JSON.parse(line) as AnyRow | null;
  } catch {
    // Told below, with the other ways of being no row.
  }
  const schema = known.get(String(row?.schema));
  const hasOwnFields =
    schema && Object.keys(row ?? {}).every((key) => key === 'schema' || Object.hasOwn(schema.fields, key));
  if (row && hasOwnFields) return row;
  throw new RunError(`${name}: line ${number} is no row of the run; copy the part again`);
}
