/**
 * Cost of `uxd transcribe` on this machine: CPU time, two cores against one, memory, and the loading of models.
 *
 *   node bench/speech/speed.mjs [--clips FOLDER] [--minutes 5] [--dense-minutes 60] [--long-minutes 180] [--write]
 *
 * FOLDER is one of those that score.mjs reads; without it the clips are the synthetic ones of samples/calls. Recordings
 * are joined from them: one of each language for the speed, of `--minutes`; for the memory one of `--dense-minutes`, and
 * one of `--long-minutes` with pauses of about 20 s. The language is found, among Spanish and English.
 */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadOnnxRuntime } from '../../dist/providers/local/runtime.js';
import { loadMoonshine } from '../../dist/providers/local/speech/moonshine.js';
import { withFolder } from '../support/inputs.mjs';
import { measure, measureUxd, uxd } from '../support/measure.mjs';
import { report, round } from '../support/report.mjs';
import { clipsByLanguage, writeRecording } from './recordings.mjs';

const { values } = parseArgs({
  options: {
    clips: { type: 'string', default: '../shared/dev/speech' },
    minutes: { type: 'string', default: '5' },
    'dense-minutes': { type: 'string', default: '60' },
    'long-minutes': { type: 'string', default: '180' },
    write: { type: 'boolean' },
  },
});
const DENSE_PAUSE = 0.6;
const LONG_PAUSE = 20;

/** One run; what is heard is the same for any number of workers. All its processes may share one core (Linux). */
async function transcribe(files, workers, hasOneCore = false) {
  const args = ['transcribe', '--no-cache', '--quiet', '--concurrency', String(workers), ...files];
  const run = hasOneCore
    ? await measure('taskset', ['-c', '0', process.execPath, uxd, ...args], { sampleMs: 200 })
    : await measureUxd(args, { sampleMs: 200 });
  if (run.code !== 0) throw new Error(`exit ${run.code}: ${run.stderr}`);
  const rows = run.stdout.trim().split('\n');
  const languages = new Set(rows.map((row) => JSON.parse(row).language));
  return { ...run, rows: rows.length, languages };
}

/** Milliseconds until the models of a language can be used. */
async function loadTimes() {
  const runtime = await loadOnnxRuntime('auto');
  const models = process.env.UXD_MODELS_DIR ?? join(homedir(), '.local/share/uxd/models');
  const times = [];
  for (const name of ['base', 'base-es']) {
    const started = performance.now();
    await loadMoonshine(join(models, 'moonshine', name), true, runtime);
    times.push(performance.now() - started);
  }
  return times;
}

async function bench(folder) {
  const { name, clips } = await clipsByLanguage(values.clips);
  const seconds = 60 * Number(values.minutes);
  const short = ['en', 'es'].map((language) => {
    const path = join(folder, `${language}.wav`);
    writeRecording(path, clips[language], seconds, DENSE_PAUSE);
    return path;
  });
  const loads = await loadTimes();
  const core = await transcribe(short, 1, true);
  const one = await transcribe(short, 1);
  const two = await transcribe(short, 2);
  if (one.stdout !== two.stdout) throw new Error('two workers hear something else than one');
  const both = short.length * seconds;
  const lines = [
    `Recordings joined from ${name}, ${short.length} of ${values.minutes} minutes, English and Spanish: ` +
      `real-time factor of a core ${(one.cpuSeconds / both).toFixed(3)} (CPU time of all processes). ` +
      `All on one core ${core.seconds.toFixed(1)} s, on two ${two.seconds.toFixed(1)} s (${(core.seconds / two.seconds).toFixed(2)}x). ` +
      `One worker ${one.seconds.toFixed(1)} s, two ${two.seconds.toFixed(1)} s (${(one.seconds / two.seconds).toFixed(2)}x, ` +
      `${(two.cpuSeconds / two.seconds).toFixed(2)} cores busy against ${(one.cpuSeconds / one.seconds).toFixed(2)}), rows the same. ` +
      `Models load in ${loads.map((time) => (time / 1000).toFixed(1)).join(' and ')} s, once a worker.`,
    '',
    '| recordings | language | main process | worker (VmHWM) |',
    '| --- | --- | --- | --- |',
    rowOf(`2 of ${values.minutes} minutes, one worker`, one),
    rowOf(`2 of ${values.minutes} minutes, two workers`, two),
  ];
  const figures = {
    cpuPerSecond: round(one.cpuSeconds / both, 4),
    coreRatio: round(core.seconds / two.seconds),
    wallRatio: round(one.seconds / two.seconds),
    loadSeconds: loads.map((time) => round(time / 1000)),
    memory: [one, two].map(memoryOf),
  };
  for (const [minutes, pause, set] of [
    [Number(values['dense-minutes']), DENSE_PAUSE, [...clips.en, ...clips.es]],
    [Number(values['long-minutes']), LONG_PAUSE, clips.es],
  ]) {
    if (minutes === 0) continue;
    const path = join(folder, 'long.wav');
    const voiced = writeRecording(path, set, minutes * 60, pause);
    const run = await transcribe([path], 1);
    const share = `${Math.round((100 * voiced) / (minutes * 60))} % speech`;
    lines.push(rowOf(`1 of ${minutes} minutes, ${share}, ${run.rows} rows`, run));
    figures.memory.push({ minutes, cpuPerSecond: round(run.cpuSeconds / (minutes * 60), 4), ...memoryOf(run) });
  }
  report('speech-speed', figures, lines.join('\n'));
}

const memoryOf = ({ mainMb, workerMb }) => ({ mainMb: Math.round(mainMb), workerMb: Math.round(workerMb) });

function rowOf(label, { languages, mainMb, workerMb }) {
  return `| ${label} | ${[...languages].join(', ')} | ${mainMb.toFixed(0)} MB | ${workerMb.toFixed(0)} MB |`;
}

await withFolder('uxd-speech', bench);
