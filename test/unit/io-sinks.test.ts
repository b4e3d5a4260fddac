import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { asyncBufferFromFile, parquetMetadata, parquetReadObjects } from 'hyparquet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFileOutput } from '../../src/io/sinks/byte-output.js';
import { ClosedPipeError, openSink, type SinkFormat, sinkFormat } from '../../src/io/sinks/open-sink.js';
import { makeDirectory } from '../../src/io/whole-file.js';
import { RunError, UsageError } from '../../src/model.js';
import { type AnyRow, defineRow } from '../../src/rows/define.js';

const page = defineRow({
  name: 'uxd.page/1',
  title: 'A page',
  description: 'A page.',
  fields: {
    source: { type: 'string', description: 'The path.' },
    text: { type: 'string', nullable: true, description: 'The text.' },
    confidence: { type: 'number', nullable: true, description: '0 to 1.' },
    page: { type: 'integer', optional: true, description: 'The page.' },
    isLast: { type: 'boolean', optional: true, description: 'Whether it is the last one.' },
    box: { type: 'box', optional: true, description: 'Where.' },
  },
});
const label = defineRow({
  name: 'uxd.label/1',
  title: 'A label',
  description: 'A label.',
  fields: { source: { type: 'string', description: 'The path.' }, score: { type: 'number', description: '0 to 1.' } },
});
const schemas = [page, label];

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'uxd-sinks-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

function pageRow(more: Record<string, unknown> = {}): AnyRow {
  return { schema: 'uxd.page/1', source: 'a', text: 't', confidence: 0.5, ...more };
}

async function write(path: string, rows: readonly AnyRow[], options: { format?: SinkFormat; bom?: boolean } = {}) {
  const { format = null, bom = false } = options;
  const sink = await openSink({ format, target: { path }, schemas, bom });
  for (const row of rows) await sink.write(row);
  await sink.close();
  return readFile(path, 'utf8');
}

describe('formats', () => {
  it('come from --format or from the ending', () => {
    expect(sinkFormat('csv', 'a.parquet')).toBe('csv');
    expect(sinkFormat(null, '/x/A.CSV')).toBe('csv');
    expect(sinkFormat(null, 'a.ndjson')).toBe('jsonl');
    expect(sinkFormat(null, null)).toBe('jsonl');
  });

  it('are refused where they cannot be', async () => {
    const screen = Object.assign(new PassThrough(), { isTTY: true });
    const parquet = { format: 'parquet', target: { stream: screen }, schemas, bom: false } as const;
    await expect(openSink(parquet)).rejects.toThrow(/screen/);
    await expect(openSink({ ...parquet, format: 'jsonl', bom: true })).rejects.toThrow(UsageError);
  });
});

describe('JSON Lines', () => {
  it('hold any text, one row a line, keys in order', async () => {
    const text = fc.string({
      unit: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\ud800', '\udc00', '\\ud800')),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(text), async (texts) => {
        const written = await write(
          join(directory, 'a.jsonl'),
          texts.map((value) => pageRow({ text: value })),
        );
        const lines = written.split('\n').slice(0, -1);
        expect(written === '' || written.endsWith('\n')).toBe(true);
        const wellFormed = texts.map((value) => value.replace(/\p{Surrogate}/gu, '\uFFFD'));
        expect(lines.map((line) => JSON.parse(line).text)).toEqual(wellFormed);
        expect(written).not.toMatch(/(?<!\\)(\\\\)*\\ud[89a-f]/);
      }),
      { numRuns: 40 },
    );
    const [first] = (await write(join(directory, 'a.jsonl'), [{ ...pageRow({ box: [1, 2, 3, 4] }) }])).split('\n');
    expect(first).toBe('{"schema":"uxd.page/1","source":"a","text":"t","confidence":0.5,"box":[1,2,3,4]}');
  });
});

describe('CSV', () => {
  it('round-trips any text, and guards strings against formulas', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '"', ',', '\n', '\r', '=', '-', '+', '@', "'", ' ', '\t', 'ñ', '€', '😀'),
    });
    const value = fc.record({ text, confidence: fc.double({ noNaN: true, noDefaultInfinity: true }) });
    await fc.assert(
      fc.asyncProperty(fc.array(value), fc.boolean(), async (values, bom) => {
        const written = await write(join(directory, 'a.csv'), values.map(pageRow), { bom });
        // Spreadsheets and Python end a record at any line end outside of quotes.
        const options = { bom: true, columns: true as const, record_delimiter: ['\r\n', '\n', '\r'] };
        const records = parse<Record<string, string>>(Buffer.from(written), options);
        expect(written.startsWith('\uFEFF')).toBe(bom);
        const guarded = values.map((v) => (/^[=+\-@\t\r]/.test(v.text) ? `'${v.text}` : v.text));
        expect(records.map((record) => record.text)).toEqual(guarded);
        expect(records.map((record) => Number(record.confidence))).toEqual(values.map((v) => v.confidence + 0));
      }),
      { numRuns: 40 },
    );
  });

  it('has the columns of all schemas and CRLF', async () => {
    const rows = [pageRow({ box: [1, 2, 3, -4.5], isLast: false }), { schema: 'uxd.label/1', source: 'b', score: -1 }];
    expect(await write(join(directory, 'a.csv'), rows)).toBe(
      'schema,source,text,confidence,page,isLast,boxX,boxY,boxWidth,boxHeight,score\r\n' +
        'uxd.page/1,a,t,0.5,,false,1,2,3,-4.5,\r\n' +
        'uxd.label/1,b,,,,,,,,,-1\r\n',
    );
  });

  it('has its header even without rows', async () => {
    expect(await write(join(directory, 'a.csv'), [], { bom: true })).toMatch(/^\uFEFFschema,.*\r\n$/);
  });
});

describe('Parquet', () => {
  it('holds types and nulls, group by group', async () => {
    const path = join(directory, 'a.parquet');
    const rows = Array.from({ length: 25_000 }, (_, i) =>
      i % 2 === 0
        ? pageRow({ page: i, text: i === 0 ? null : `ñ${i}`, isLast: i === 4 })
        : { schema: 'uxd.label/1', source: 'b', score: i },
    );
    await write(path, rows);
    const file = await asyncBufferFromFile(path);
    const metadata = parquetMetadata(await file.slice(0, file.byteLength));
    expect(metadata.row_groups.length).toBe(5);
    const read = await parquetReadObjects({ file });
    expect(read.length).toBe(25_000);
    expect(read[0]).toMatchObject({
      schema: 'uxd.page/1',
      page: 0n,
      text: null,
      isLast: false,
      score: null,
      boxX: null,
    });
    expect(read[4]).toMatchObject({ text: 'ñ4', isLast: true, confidence: 0.5 });
    expect(read[24_999]).toMatchObject({ schema: 'uxd.label/1', score: 24_999, text: null });
  });

  it('can be empty', async () => {
    await write(join(directory, 'a.parquet'), []);
    expect(await parquetReadObjects({ file: await asyncBufferFromFile(join(directory, 'a.parquet')) })).toEqual([]);
  });
});

describe('output files', () => {
  it('appear when they are whole', async () => {
    const path = join(directory, 'a.jsonl');
    const sink = await openSink({ format: null, target: { path }, schemas, bom: false });
    await sink.write(pageRow());
    expect((await readdir(directory)).some((name) => name === 'a.jsonl')).toBe(false);
    await sink.close();
    expect(await readdir(directory)).toEqual(['a.jsonl']);
    await writeFile(join(directory, 'plain'), '');
    expect((await stat(path)).mode).toBe((await stat(join(directory, 'plain'))).mode);
  });

  it('are left alone when aborted', async () => {
    const path = join(directory, 'a.jsonl');
    await writeFile(path, 'old');
    const sink = await openSink({ format: null, target: { path }, schemas, bom: false });
    await sink.write(pageRow());
    await sink.abort();
    expect(await readdir(directory)).toEqual(['a.jsonl']);
    expect(await readFile(path, 'utf8')).toBe('old');
  });

  it('take the place of the part that a stopped run left beside them', async () => {
    const path = join(directory, 'a.jsonl');
    for (const isWhole of [false, true]) {
      const sink = await openSink({ format: null, target: { path }, schemas, bom: false });
      await sink.write(pageRow());
      await sink.close(isWhole);
      expect(await readdir(directory)).toEqual([isWhole ? 'a.jsonl' : 'a.jsonl.partial']);
    }
  });

  it('keep their mode and the link that leads to them', async () => {
    await writeFile(join(directory, 'real'), 'old');
    await chmod(join(directory, 'real'), 0o640);
    await symlink('real', join(directory, 'link.jsonl'));
    await write(join(directory, 'link.jsonl'), [pageRow()]);
    expect(await readFile(join(directory, 'real'), 'utf8')).toContain('uxd.page/1');
    expect((await stat(join(directory, 'real'))).mode & 0o777).toBe(0o640);
  });

  it.skipIf(process.platform !== 'linux')('need directories that can be made, told at once', async () => {
    await expect(makeDirectory('/proc/none/deeper')).rejects.toThrow(UsageError);
    await symlink('nowhere', join(directory, 'link'));
    await expect(makeDirectory(join(directory, 'link'))).rejects.toThrow('a link that leads nowhere');
    await makeDirectory(join(directory, 'a/b/c'));
    await makeDirectory(join(directory, 'a/b/c'));
    expect((await stat(join(directory, 'a/b/c'))).isDirectory()).toBe(true);
  });

  it('need a directory that is there', async () => {
    await expect(openFileOutput(join(directory, 'no/a.csv'))).rejects.toThrow(/create it first/);
    await mkdir(join(directory, 'd'));
    await expect(openFileOutput(join(directory, 'd'))).rejects.toThrow(/is a directory/);
  });

  it('that are devices are written to as they are; a full one ends the run', async () => {
    const full = await openFileOutput('/dev/full');
    const writing = (async () => {
      for (let i = 0; i < 50; i++) await full.write(Buffer.alloc(10_000));
      await full.close();
    })();
    await expect(writing).rejects.toThrow(RunError);
    const small = await openFileOutput('/dev/full');
    await expect(small.write(Buffer.from('x')).then(() => small.close())).rejects.toThrow(RunError);
    const nowhere = await openFileOutput('/dev/null');
    await nowhere.write(Buffer.from('x'));
    await nowhere.close();
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
  });
});

describe('temporary files', () => {
  it('of killed runs are removed by the next run with the same output, and no others', async () => {
    const path = join(directory, 'a.jsonl');
    const output = await openFileOutput(path, true);
    const [own] = (await readdir(directory)) as [string];
    const pid = spawnSync('true').pid;
    const dead = own.replace(/\.\d+\.(?=[0-9a-f]{12}\.tmp$)/, `.${pid}.`);
    const deadOfOther = dead.replace('.a.jsonl', '.b.jsonl');
    const elsewhere = own.replace(/\.[0-9a-f]{8}\./, '.00000000.');
    for (const name of [dead, deadOfOther, elsewhere]) await writeFile(join(directory, name), 'x');
    await (await openFileOutput(path, true)).abort();
    expect((await readdir(directory)).sort()).toEqual([own, deadOfOther, elsewhere].sort());
    await utimes(join(directory, elsewhere), 0, 0);
    await (await openFileOutput(path, true)).abort();
    expect((await readdir(directory)).sort()).toEqual([own, deadOfOther].sort());
    await output.close();
    expect(await readFile(path, 'utf8')).toBe('');
  });

  it('fit beside a name that is as long as it may be', async () => {
    const name = `${'ñ'.repeat(124)}.jsonl`;
    await write(join(directory, name), [pageRow()]);
    expect(await readdir(directory)).toEqual([name]);
  });
});

describe('streams', () => {
  it('are waited for', async () => {
    const chunks: string[] = [];
    const slow = new Writable({
      highWaterMark: 10,
      write: (chunk, _encoding, done) => {
        setImmediate(() => {
          chunks.push(String(chunk));
          done();
        });
      },
    });
    const sink = await openSink({ format: 'jsonl', target: { stream: slow }, schemas, bom: false });
    for (let i = 0; i < 50; i++) {
      await sink.write(pageRow({ page: i }));
      expect(slow.writableLength).toBeLessThan(200);
    }
    await sink.close();
    expect(chunks.filter((chunk) => chunk !== '').length).toBe(50);
    expect(slow.writableEnded).toBe(false);
  });

  it('tell when their reader is gone', async () => {
    const gone = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
    });
    const sink = await openSink({ format: 'jsonl', target: { stream: gone }, schemas, bom: false });
    const writing = (async () => {
      for (let i = 0; i < 5; i++) {
        await sink.write(pageRow());
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    await expect(writing).rejects.toThrow(ClosedPipeError);
    await expect(sink.close()).rejects.toThrow(ClosedPipeError);
    await sink.abort();
  });

  it('that are pipes tell of a reader that has gone while a Parquet group is gathered', async () => {
    const fifo = join(directory, 'pipe');
    execFileSync('mkfifo', [fifo]);
    const reader = spawn('head', ['-c', '3', fifo], { stdio: ['ignore', 'pipe', 'ignore'] });
    const ended = new Promise((resolve) => reader.on('close', resolve));
    const sink = await openSink({ format: 'parquet', target: { path: fifo }, schemas, bom: false });
    await ended;
    await expect(sink.write(pageRow())).rejects.toThrow(ClosedPipeError);
    await sink.abort();
  });

  it('that are pipes get Parquet that can be read', async () => {
    const fifo = join(directory, 'pipe');
    execFileSync('mkfifo', [fifo]);
    const copy = join(directory, 'copy.parquet');
    const reader = spawn('cp', [fifo, copy]);
    const ended = new Promise((resolve) => reader.on('close', resolve));
    const sink = await openSink({ format: 'parquet', target: { path: fifo }, schemas, bom: false });
    for (let i = 0; i < 5_010; i++) await sink.write(pageRow({ page: i }));
    await sink.close();
    await ended;
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(copy) });
    expect(rows.map(({ page: number }) => Number(number))).toEqual(Array.from({ length: 5_010 }, (_, i) => i));
  });

  it('tell when there is no room', async () => {
    const full = new Writable({
      highWaterMark: 1,
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('no space'), { code: 'ENOSPC' })),
    });
    const sink = await openSink({ format: 'csv', target: { stream: full }, schemas, bom: false });
    await expect(sink.write(pageRow())).rejects.toThrow(/no room left/);
  });
});
