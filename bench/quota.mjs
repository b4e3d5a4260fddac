// A quota of N requests a minute: which share of N uxd reaches, and which share of its calls is refused, when it is told
// the quota (--rpm) and when it has to find it.
//   node bench/quota.mjs [--rpm 600] [--seconds 75] [--quota bucket|window] [--retry-after MS] [--write]
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startServer, withFolder, writePictures } from './support/inputs.mjs';
import { measureUxd } from './support/measure.mjs';
import { report, round } from './support/report.mjs';

const { values } = parseArgs({
  options: {
    rpm: { type: 'string', default: '600' },
    seconds: { type: 'string', default: '75' },
    quota: { type: 'string', default: 'bucket' },
    'retry-after': { type: 'string' },
    write: { type: 'boolean' },
  },
});
const rpm = Number(values.rpm);
// a bucket that holds one second's calls is the strict case; a window counts whole minutes, as Google's quotas do
const quota =
  values.quota === 'window'
    ? { calls: rpm, windowMs: 60_000, kind: 'window' }
    : { calls: Math.ceil(rpm / 60), windowMs: 1000, kind: 'bucket' };
const calls = Math.ceil((rpm * Number(values.seconds)) / 60);

async function runOnce(folder, isTold) {
  const server = await startServer({
    latencyMs: 50,
    quota,
    ...(values['retry-after'] && { retryAfterMs: Number(values['retry-after']) }),
  });
  try {
    const flags = [
      '--recursive',
      '--provider',
      'google',
      '--endpoint',
      server.endpoint,
      '--no-cache',
      '-o',
      join(folder, 'out.jsonl'),
    ];
    const run = await measureUxd(['ocr', join(folder, 'in'), ...flags, ...(isTold ? ['--rpm', String(rpm)] : [])]);
    const stats = await server.stats();
    const minutes = (stats.lastCallAt - stats.firstCallAt) / 60_000;
    return {
      exitCode: run.code,
      seconds: round(run.seconds, 1),
      callsAnswered: stats.answered,
      callsRefused: stats.refused,
      reached: round(stats.answered / minutes / rpm, 3),
      refused: round(stats.refused / stats.calls, 3),
    };
  } finally {
    server.close();
  }
}

await withFolder('uxd-quota', async (folder) => {
  writePictures(join(folder, 'in'), calls * 16, 200);
  const told = await runOnce(folder, true);
  const found = await runOnce(folder, false);
  const say = (run) =>
    `${(100 * run.reached).toFixed(1)}% of the quota, ${(100 * run.refused).toFixed(1)}% of the calls refused (exit ${run.exitCode}, ${run.seconds} s)`;
  report(
    'quota',
    { rpm, quota, told, found },
    `${rpm} requests a minute, ${calls} calls: with --rpm ${say(told)}; without ${say(found)}.`,
  );
});
