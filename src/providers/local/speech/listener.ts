/** What a worker does: loads models when they are first needed, finds languages, and writes down words with their times. */
import type { SpeechReading } from '../../../model.js';
import { loadOnnxRuntime, type OnnxRuntime } from '../runtime.js';
import { alignTokens } from './alignment.js';
import { meanLogProbability } from './beam.js';
import { spokenLetters } from './junk.js';
import { type Attempt, chooseLanguage } from './language.js';
import { loadMoonshine, type Moonshine } from './moonshine.js';
import type { ListenerSettings, SpeechAnswer, SpeechJob, SpeechModel } from './protocol.js';
import { type HeardWord, toSegments } from './segments.js';
import { levelled, toFloats } from './sound.js';
import { decodeOnce, type Part, transcribe } from './transcribe.js';
import { wordsOf } from './vocabulary.js';
import { type SampleSpan, timeWords } from './word-times.js';

/** More hypotheses than these cost time and find nothing better. */
const BEAMS = 4;
/** How a probe is heard, one after the other until some model hears something; padding in samples. */
const PROBE_TRIES = [
  { padding: 0, mustSpeak: false },
  { padding: 1600, mustSpeak: false },
  { padding: 0, mustSpeak: true },
];
const TOKENS_PER_SECOND: Readonly<Record<string, number>> = { en: 8 };
/** For languages whose words take more tokens of the vocabulary. */
const MANY_TOKENS_PER_SECOND = 12;

export interface Listener {
  listen(job: SpeechJob): Promise<SpeechAnswer>;
}

/** Loads nothing yet. */
export function createListener(settings: ListenerSettings): Listener {
  let runtime: Promise<OnnxRuntime> | undefined;
  const loaded = new Map<string, Promise<Moonshine>>();
  const load = ({ language, folder, isOurs }: SpeechModel): Promise<Moonshine> => {
    runtime ??= loadOnnxRuntime(settings.runtime);
    const model = loaded.get(language) ?? runtime.then((ready) => loadMoonshine(folder, isOurs, ready));
    loaded.set(language, model);
    return model;
  };
  return {
    async listen(job) {
      const samples = toFloats(job.samples);
      if (job.kind === 'language') return { ok: true, language: await findLanguage(settings.models, load, samples) };
      const spoken = settings.models.find(({ language }) => language === job.language);
      if (spoken === undefined) throw new Error(`there is no model for ${job.language}`);
      return { ok: true, reading: await readWords(spoken, await load(spoken), samples) };
    },
  };
}

function tokensPerSecond(language: string): number {
  return TOKENS_PER_SECOND[language] ?? MANY_TOKENS_PER_SECOND;
}

/**
 * The language that is spoken. A model of another language mostly hears nothing, which tells more than what it hears when
 * it is made to: so that is the last try.
 */
async function findLanguage(
  models: readonly SpeechModel[],
  load: (model: SpeechModel) => Promise<Moonshine>,
  samples: Float32Array,
): Promise<string | null> {
  const level = levelled(samples);
  for (const { padding, mustSpeak } of PROBE_TRIES) {
    const attempts: Attempt[] = [];
    for (const model of models) {
      const { language } = model;
      const settings = { beams: 1, tokensPerSecond: tokensPerSecond(language), mustSpeak };
      const { hypothesis, text } = await decodeOnce(await load(model), level, padding, settings);
      const letters = spokenLetters(text);
      attempts.push({ language, letters, meanLogProbability: meanLogProbability(hypothesis) });
    }
    const language = chooseLanguage(attempts);
    if (language !== null) return language;
  }
  return null;
}

async function readWords(
  { language, name }: SpeechModel,
  model: Moonshine,
  samples: Float32Array,
): Promise<SpeechReading> {
  const parts = await transcribe(model, samples, { beams: BEAMS, tokensPerSecond: tokensPerSecond(language) });
  const words: HeardWord[] = [];
  const times: SampleSpan[] = [];
  for (const part of parts) {
    const { heard, timed } = timePart(part);
    words.push(...heard);
    times.push(...timed);
  }
  const segments = toSegments(words, times);
  return { language: segments.length === 0 ? null : language, model: name, segments };
}

/** The words of a part, with times in the piece. */
function timePart(part: Part): { heard: HeardWord[]; timed: SampleSpan[] } {
  const { tokens, logProbabilities, looks } = part.hypothesis;
  const words = wordsOf(tokens);
  const spans = alignTokens(looks);
  const timed = timeWords(words, spans, part.samples, part.padding);
  return {
    heard: words.map(({ text, first, last }) => ({ text, logProbabilities: logProbabilities.slice(first, last + 1) })),
    timed: timed.map(({ start, end }) => ({ start: start + part.start, end: end + part.start })),
  };
}
