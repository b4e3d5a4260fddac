// Memory and the number of inputs: peak of 1,000 small pictures against 20,000, read by the loopback Google server.
//   node bench/memory.mjs [--few 1000] [--many 20000] [--no-cache] [--write]
import { parseArgs } from 'node:util';
import { startServer, withFolder, writePictures } from './support/inputs.mjs';
import { measureUxd } from './support/measure.mjs';
import { report, round } from './support/report.mjs';

const { values } = parseArgs({
  options: {
    few: { type: 'string', default: '1000' },
    many: { type: 'string', default: '20000' },
    'no-cache': { type: 'boolean', default: false },
    write: { type: 'boolean' },
  },
});

async function peakOf(count, folder, endpoint) {
  writePictures(`${folder}/in-${count}`, count, 300);
  const flags = ['--recursive', '--provider', 'google', '--endpoint', endpoint, '-o', `${folder}/out.jsonl`];
  if (values['no-cache']) flags.push('--no-cache');
  const run = await measureUxd(['ocr', `${folder}/in-${count}`, ...flags], {
    env: { UXD_CACHE_DIR: `${folder}/cache-${count}` },
  });
  if (run.code !== 0) throw new Error(`uxd ended with ${run.code}: ${run.stderr}`);
  return run;
}

const server = await startServer({ latencyMs: 5 });
try {
  await withFolder('uxd-memory', async (folder) => {
    const [few, many] = [Number(values.few), Number(values.many)];
    const small = await peakOf(few, folder, server.endpoint);
    const large = await peakOf(many, folder, server.endpoint);
    const ratio = large.peakMb / small.peakMb;
    report(
      'memory',
      {
        few,
        many,
        fewMb: round(small.peakMb, 1),
        manyMb: round(large.peakMb, 1),
        ratio: round(ratio),
        manySeconds: round(large.seconds, 1),
      },
      `Peak memory: ${small.peakMb.toFixed(0)} MB with ${few} inputs, ${large.peakMb.toFixed(0)} MB with ${many} (${ratio.toFixed(2)}x; ${large.seconds.toFixed(1)} s).`,
    );
  });
} finally {
  server.close();
}
