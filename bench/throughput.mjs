// Throughput against the loopback Google server: 2,000 pictures, 16 a call, 8 calls in flight, 200 ms a call; uxd's time
// over the ideal one and over that of the bare client in a perfect sliding window.
//   node bench/throughput.mjs [--images 2000] [--bytes 20000] [--latency 200] [--in-flight 8] [--runs 3] [--write]
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startServer, withFolder, writePictures } from './support/inputs.mjs';
import { measure, measureUxd, median, root } from './support/measure.mjs';
import { report, round } from './support/report.mjs';

const { values } = parseArgs({
  options: {
    images: { type: 'string', default: '2000' },
    bytes: { type: 'string', default: '20000' },
    latency: { type: 'string', default: '200' },
    'in-flight': { type: 'string', default: '8' },
    runs: { type: 'string', default: '3' },
    write: { type: 'boolean' },
  },
});
const [images, bytes, latency, inFlight] = [values.images, values.bytes, values.latency, values['in-flight']].map(
  Number,
);
const ideal = (Math.ceil(images / 16 / inFlight) * latency) / 1000;

async function runUxd(folder, endpoint) {
  const flags = [
    '--recursive',
    '--provider',
    'google',
    '--endpoint',
    endpoint,
    '--concurrency',
    String(inFlight),
    '-o',
    join(folder, 'out.jsonl'),
  ];
  const run = await measureUxd(['ocr', join(folder, 'in'), ...flags, '--refresh'], {
    env: { UXD_CACHE_DIR: join(folder, 'cache') },
  });
  if (run.code !== 0) throw new Error(`uxd ended with ${run.code}: ${run.stderr}`);
  return run;
}

async function runBare(folder, endpoint) {
  const run = await measure(process.execPath, [
    join(root, 'bench/support/bare-client.mjs'),
    join(folder, 'in'),
    endpoint,
    String(inFlight),
  ]);
  const { answered } = JSON.parse(run.stdout);
  if (answered !== images) throw new Error(`the bare client got ${answered} answers: ${run.stderr}`);
  return run;
}

const server = await startServer({ latencyMs: latency });
try {
  await withFolder('uxd-throughput', async (folder) => {
    writePictures(join(folder, 'in'), images, bytes);
    const [uxdRuns, bareRuns] = [[], []];
    for (let run = 0; run < Number(values.runs); run++) {
      bareRuns.push(await runBare(folder, server.endpoint));
      await server.reset();
      uxdRuns.push(await runUxd(folder, server.endpoint));
    }
    const stats = await server.stats();
    const [ours, bare] = [uxdRuns, bareRuns].map((runs) => median(runs.map((run) => run.seconds)));
    report(
      'throughput',
      {
        images,
        bytes,
        idealSeconds: round(ideal),
        uxdSeconds: round(ours),
        bareSeconds: round(bare),
        overIdeal: round(ours / ideal),
        overBare: round(ours / bare),
        uxdCpuSeconds: round(median(uxdRuns.map((run) => run.cpuSeconds))),
        bareCpuSeconds: round(median(bareRuns.map((run) => run.cpuSeconds))),
        calls: stats.calls,
        maxInFlight: stats.maxInFlight,
      },
      `${images} pictures of ${bytes} bytes, ${inFlight} calls in flight, ${latency} ms a call: ideal ${ideal.toFixed(2)} s, uxd ${ours.toFixed(2)} s (${(ours / ideal).toFixed(2)}x), bare client ${bare.toFixed(2)} s; uxd over bare ${(ours / bare).toFixed(2)}x. Whole processes, start-up included; medians of ${values.runs}.`,
    );
  });
} finally {
  server.close();
}
