import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { EXIT, type ExitCode } from '../cli/exit-codes.js';
import { directoriesOf, type Terminal } from '../cli/terminal.js';
import { describeAudio } from '../io/audio/read-speech.js';
import { downloadSize, groupByPackage, listModels } from '../models/store.js';
import { describeProviders, type Finding } from '../providers/index.js';

const MARKS = { ok: 'ok  ', warning: 'warn', missing: 'MISS' } as const;

export async function runDoctor(terminal: Terminal): Promise<ExitCode> {
  const { cache, models } = directoriesOf(terminal);
  const findings: readonly Finding[] = [
    ...(await describeProviders(terminal.env)),
    await describeAudio({ env: terminal.env }),
    await describeSpeechModels(models),
    await writable('cache', cache, 'set UXD_CACHE_DIR to a place that can be written to'),
    await writable('models', models, 'set UXD_MODELS_DIR to a place that can be written to'),
  ];
  for (const { subject, state, detail } of findings) {
    terminal.stdout.write(`${MARKS[state]}  ${subject.padEnd(20)} ${detail}\n`);
  }
  return findings.some(({ state }) => state === 'missing') ? EXIT.failed : EXIT.ok;
}

/** What `uxd transcribe` needs unless it is told otherwise. */
const USUAL_MODELS = new Set(['moonshine/base', 'moonshine/base-es', 'silero/vad-v5']);

async function describeSpeechModels(directory: string): Promise<Finding> {
  const all = (await listModels(directory)).filter(({ model }) => model.kind !== 'ocr-language');
  const here = all.filter(({ isInstalled }) => isInstalled).map(({ model }) => model.name);
  const missing = all.flatMap(({ model, isInstalled }) =>
    isInstalled || !USUAL_MODELS.has(model.name) ? [] : [model],
  );
  const fetched = groupByPackage(missing).map(
    (group) => `${group.map(({ name }) => name).join(' and ')} (${downloadSize(group)})`,
  );
  const known = here.length > 0 ? `here: ${here.join(', ')}` : 'none here';
  const detail = fetched.length > 0 ? `${known}; fetched when first needed: ${fetched.join(', ')}` : known;
  return { subject: 'speech models', state: fetched.length > 0 ? 'warning' : 'ok', detail };
}

/** Whether the directory, or the nearest one above it that is there, can be written to. */
async function writable(subject: string, directory: string, advice: string): Promise<Finding> {
  for (let folder = directory; ; folder = path.dirname(folder)) {
    try {
      await access(folder, constants.W_OK);
      return { subject, state: 'ok', detail: directory };
    } catch (error) {
      const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      if (isMissing && path.dirname(folder) !== folder) continue;
      return { subject, state: 'missing', detail: `${directory} cannot be written to; ${advice}` };
    }
  }
}
