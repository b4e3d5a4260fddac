/**
 * Long recordings through `uxd transcribe --provider google`: time of finding voices and sending, and memory of an hour
 * against three.
 *
 *   node bench/speech/google.mjs [--clips FOLDER] [--minutes 60] [--long-minutes 180] [--latency 300] [--write]
 *
 * FOLDER is one of those that score.mjs reads; without it the clips are the synthetic ones of samples/calls. They are
 * joined with pauses of about 2 s. The service is the loopback one, which answers each piece after `--latency` ms.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startServer, withFolder } from '../support/inputs.mjs';
import { measureUxd } from '../support/measure.mjs';
import { report, round } from '../support/report.mjs';
import { clipsByLanguage, writeRecording } from './recordings.mjs';

const { values } = parseArgs({
  options: {
    clips: { type: 'string', default: '../shared/dev/speech' },
    minutes: { type: 'string', default: '60' },
    'long-minutes': { type: 'string', default: '180' },
    latency: { type: 'string', default: '300' },
    write: { type: 'boolean' },
  },
});
const PAUSE = 2;

async function measure(folder, clips, minutes, server) {
  const path = join(folder, `${minutes}.wav`);
  writeRecording(path, clips, 60 * minutes, PAUSE);
  const flags = ['--provider', 'google', '--endpoint', server.endpoint, '--language', 'en', '-o', `${path}.jsonl`];
  const run = await measureUxd(['transcribe', path, ...flags], {
    sampleMs: 200,
    env: { UXD_CACHE_DIR: join(folder, `cache-${minutes}`) },
  });
  if (run.code !== 0) throw new Error(`exit ${run.code}: ${run.stderr}`);
  const { answered, maxInFlight } = await server.stats();
  await server.reset();
  return {
    minutes,
    peakMb: round(run.mainMb, 1),
    seconds: round(run.seconds, 1),
    cpuSeconds: round(run.cpuSeconds, 1),
    calls: answered,
    maxInFlight,
  };
}

const server = await startServer({ latencyMs: Number(values.latency) }, 'speech');
try {
  await withFolder('uxd-google-speech', async (folder) => {
    const { name, clips } = await clipsByLanguage(values.clips);
    const one = await measure(folder, clips.en, Number(values.minutes), server);
    const long = await measure(folder, clips.en, Number(values['long-minutes']), server);
    const line = ({ minutes, calls, cpuSeconds, seconds, maxInFlight, peakMb }) =>
      `| ${minutes} minutes | ${calls} | ${maxInFlight} | ${cpuSeconds} s | ${seconds} s | ${peakMb} MB |`;
    const text = [
      `A recording joined from ${name}, ${values.latency} ms a call:`,
      '',
      '| recording | calls | in flight, at most | CPU time | time | memory, at its peak |',
      '| --- | --- | --- | --- | --- | --- |',
      line(one),
      line(long),
    ];
    report('google-speech', { one, long, ratio: round(long.peakMb / one.peakMb) }, text.join('\n'));
  });
} finally {
  server.close();
}
