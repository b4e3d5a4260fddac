/** Which models the speech engine works with: uxd's own by language, or a folder of the user's. */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type EngineSettings, type SpeechOptions, UsageError } from '../../../model.js';
import { ensureModels, ensureOptions } from '../../../models/store.js';
import type { SpeechModel } from './protocol.js';
import { VOICE_MODEL } from './voice.js';

/** Names in the catalog by language and size. There is no small model for Spanish. */
const MODELS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: { base: 'moonshine/base', tiny: 'moonshine/tiny' },
  es: { base: 'moonshine/base-es', tiny: 'moonshine/base-es' },
};

/** Languages that the engine hears without a model of the user's own. */
export const SPEECH_LANGUAGES: readonly string[] = Object.keys(MODELS);

const FILES = ['encoder_model.onnx', 'decoder_model_merged.onnx'];

/** Models, and what tells them from others in the cache. */
export interface ChosenModels {
  readonly models: readonly SpeechModel[];
  readonly version: string;
}

/**
 * The models for the languages that may be spoken; those of uxd's own are fetched where they are not here.
 *
 * @throws UsageError for a language or a folder without a model, RunError where a model cannot be fetched
 */
export async function chooseModels(options: SpeechOptions, settings: EngineSettings): Promise<ChosenModels> {
  const wanted = options.model ?? (settings.env.UXD_STT_MODEL || null) ?? 'base';
  const languages = [...new Set(options.languages.map(primarySubtag))];
  if (languages.length === 0) throw new UsageError('no language is given that may be spoken');
  if (wanted !== 'base' && wanted !== 'tiny') return ownModel(wanted, languages[0] as string);
  const names = languages.map((language) => catalogName(language, wanted));
  // What finds the voices comes along, so that all that is missing is told at once.
  const folders = await ensureModels([...names, VOICE_MODEL], ensureOptions(settings));
  const models = languages.map((language, index) => ({
    language,
    name: (names[index] as string).replace('/', '-'),
    folder: folders[index] as string,
    isOurs: true,
  }));
  return { models, version: models.map(({ name }) => name).join('+') };
}

function primarySubtag(language: string): string {
  return language.toLowerCase().split('-')[0] as string;
}

function catalogName(language: string, size: string): string {
  const name = MODELS[language]?.[size];
  if (name !== undefined) return name;
  throw new UsageError(
    `the local speech engine hears ${SPEECH_LANGUAGES.join(' and ')}; for ${language} give the folder of a Moonshine ` +
      'model of that language with --model, or use --provider google',
  );
}

/** A model of the user's own hears one language, the likeliest. */
async function ownModel(path: string, language: string): Promise<ChosenModels> {
  const folder = resolve(path);
  const marks: string[] = [];
  for (const file of FILES) {
    const facts = await stat(join(folder, file)).catch(() => null);
    if (facts?.isFile() !== true) {
      throw new UsageError(`${path} is no speech model: give base, tiny, or a folder with ${FILES.join(' and ')}`);
    }
    marks.push(`${file} ${facts.size} ${facts.mtimeMs}`);
  }
  const mark = createHash('sha256').update(marks.join('\n')).digest('hex').slice(0, 12);
  const model = { language, name: `moonshine-${basename(folder)}`, folder, isOurs: false };
  return { models: [model], version: `${model.name}-${mark}` };
}
