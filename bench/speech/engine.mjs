/** The local speech engine, one worker, as the scripts beside this one use it. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createLocalSpeechEngine } from '../../dist/providers/local/speech/engine.js';
import { RATE } from './sound.mjs';

const settings = {
  endpoint: null,
  timeoutMs: 600_000,
  concurrency: 1,
  modelsDir: process.env.UXD_MODELS_DIR ?? join(homedir(), '.local/share/uxd/models'),
  env: process.env,
  note: (message) => console.error(message),
};

/** `hear` gives the reading of one piece of 16 kHz mono. */
export async function openEngine(languages, model = null) {
  const engine = await createLocalSpeechEngine({ languages, model, hints: [], diarize: false }, settings);
  return {
    async hear(samples) {
      const payload = {
        channel: null,
        startSeconds: 0,
        samples,
        languageProbe: samples.slice(0, 10 * RATE),
        recordingSeconds: samples.length / RATE,
        isLast: true,
      };
      const item = { index: 0, source: '-', key: '-', sizeBytes: samples.byteLength, payload };
      const [outcome] = await engine.processBatch([item], { signal: new AbortController().signal });
      if (!outcome.ok) throw new Error(outcome.error.message);
      return outcome.value;
    },
    close: () => engine.close(),
  };
}
