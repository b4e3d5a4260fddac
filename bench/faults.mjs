// One call in five fails in one of seven ways: every input must get exactly one row, in order, and only pictures that
// can never be read may be errors.
//   node bench/faults.mjs [--images 1600] [--rate 0.2] [--seed 7] [--write]
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startServer, tinyPng, withFolder, writePictures } from './support/inputs.mjs';
import { measureUxd } from './support/measure.mjs';
import { report, round } from './support/report.mjs';

const { values } = parseArgs({
  options: {
    images: { type: 'string', default: '1600' },
    rate: { type: 'string', default: '0.2' },
    seed: { type: 'string', default: '7' },
    write: { type: 'boolean' },
  },
});
const faultKinds = [
  'UNAVAILABLE',
  'INTERNAL',
  'RESOURCE_EXHAUSTED',
  'DEADLINE_EXCEEDED',
  'HANG',
  'RESET',
  'RST_STREAM',
  'IMAGE_ERRORS',
];

const server = await startServer({
  latencyMs: 20,
  seed: Number(values.seed),
  faultRate: Number(values.rate),
  faultKinds,
  retryAfterMs: 200,
});
try {
  await withFolder('uxd-faults', async (folder) => {
    const paths = writePictures(join(folder, 'in'), Number(values.images), 300);
    // what can never succeed: a picture the service refuses, one that spoils its whole batch, and no picture at all
    const hopeless = [paths[100], paths[777], paths[1200]].filter(Boolean);
    const spoils = ['UXD-TEST-BAD-IMAGE', 'UXD-TEST-POISONS-THE-BATCH', null];
    for (const [index, path] of hopeless.entries()) {
      writeFileSync(
        path,
        spoils[index] === null ? 'no picture' : Buffer.concat([tinyPng(900_000 + index), Buffer.from(spoils[index])]),
      );
    }
    const out = join(folder, 'out.jsonl');
    const flags = ['--recursive', '--provider', 'google', '--endpoint', server.endpoint, '--timeout', '2', '-o', out];
    const run = await measureUxd(['ocr', join(folder, 'in'), ...flags], {
      env: { UXD_CACHE_DIR: join(folder, 'cache') },
    });
    const rows = readFileSync(out, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const failed = rows.filter((row) => row.status === 'error');
    const figures = {
      exitCode: run.code,
      inputs: paths.length,
      rows: rows.length,
      inOrder: rows.every((row, index) => row.source === paths[index]),
      errors: failed.length,
      errorsExpected: hopeless.length,
      wrongErrors: failed.filter((row) => !hopeless.includes(row.source)).length,
      seconds: round(run.seconds, 1),
    };
    const stats = await server.stats();
    report(
      'faults',
      {
        ...figures,
        calls: stats.calls,
        callsFailed: stats.failed + stats.hung,
        ...(figures.wrongErrors && { sample: failed.slice(0, 4) }),
      },
      `${figures.inputs} pictures, ${Math.round(100 * values.rate)}% of calls failing (${stats.failed + stats.hung} of ${stats.calls}): ${figures.rows} rows, ${figures.inOrder ? 'in order' : 'NOT in order'}, ${figures.errors} errors of ${figures.errorsExpected} expected, ${figures.wrongErrors} wrong; exit ${run.code}, ${figures.seconds} s.`,
    );
    const isRight =
      figures.inOrder &&
      figures.rows === figures.inputs &&
      figures.errors === figures.errorsExpected &&
      figures.wrongErrors === 0 &&
      run.code === 3;
    process.exitCode = isRight ? 0 : 1;
  });
} finally {
  server.close();
}
