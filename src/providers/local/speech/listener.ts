/** What a worker does: loads models when they are first needed, finds languages, and writes down words with their times. */
import { SPEECH_RATE, type SpeechReading, type TranscriptSegment } from '../../../model.js';
import { loadOnnxRuntime, type OnnxRuntime } from '../runtime.js';
import { alignTokens } from './alignment.js';
import { type Ear, glance, type Part } from './decode.js';
import { chooseLanguage } from './language.js';
import { loadMoonshine, type Moonshine } from './moonshine.js';
import type { ListenerSettings, SpeechAnswer, SpeechJob, SpeechModel } from './protocol.js';
import { type HeardWord, toSeconds, toSegments } from './segments.js';
import { levelled, toFloats } from './sound.js';
import { spellEnclitics } from './spanish-enclitics.js';
import { type Transcription, transcribe } from './transcribe.js';
import { textOf, type WordTokens, wordsOf } from './vocabulary.js';
import { type SampleSpan, timeWords } from './word-times.js';

/** Shorter sounds that could not be understood are breaths and clicks; in samples, the silence around them included. */
const LEAST_UNCLEAR = 1.4 * SPEECH_RATE;

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
  const openEars = async (): Promise<Ear[]> => {
    const ears: Ear[] = [];
    for (const model of settings.models) {
      ears.push({ language: model.language, name: model.name, model: await load(model) });
    }
    return ears;
  };
  return {
    async listen(job) {
      const samples = toFloats(job.samples);
      const ears = await openEars();
      if (job.kind === 'language') return { ok: true, language: await findLanguage(ears, samples) };
      const expected = ears.filter(({ language }) => language === job.expected);
      const others = ears.filter(({ language }) => language !== job.expected);
      return { ok: true, reading: toReading(await transcribe([...expected, ...others], samples, job.expected)) };
    },
  };

  /** The language of the surest model, or null where none hears anything. */
  async function findLanguage(ears: readonly Ear[], samples: Float32Array): Promise<string | null> {
    const level = levelled(samples);
    const attempts = [];
    for (const ear of ears) attempts.push(await glance(ear, level));
    return chooseLanguage(attempts)?.language ?? null;
  }

  function toReading({ parts, unclear }: Transcription): SpeechReading {
    const runs: Part[][] = [];
    for (const part of parts) {
      const run = runs.at(-1);
      const before = run?.at(-1);
      if (before?.name === part.name && before.isDoubtful === part.isDoubtful) run?.push(part);
      else runs.push([part]);
    }
    const [longest] = [...parts].sort((a, b) => b.text.length - a.text.length);
    const stretches = unclear.filter(({ start, end }) => end - start >= LEAST_UNCLEAR);
    return {
      language: longest?.language ?? null,
      model: longest?.name ?? (settings.models[0] as SpeechModel).name,
      segments: runs.flatMap(segmentsOf),
      ...(stretches.length > 0 && {
        unintelligible: stretches.map(({ start, end }) => ({
          startSeconds: toSeconds(start),
          endSeconds: toSeconds(end),
        })),
      }),
    };
  }
}

/** Segments of parts that one model heard. */
function segmentsOf(parts: readonly Part[]): TranscriptSegment[] {
  const timed = parts.map(timePart);
  const segments = toSegments(
    timed.flatMap(({ words }) => words),
    timed.flatMap(({ times }) => times),
  );
  const { language, name, isDoubtful } = parts[0] as Part;
  return segments.map((segment) => ({
    ...segment,
    language,
    model: name,
    ...(isDoubtful && { flags: ['language-doubtful'] as const }),
  }));
}

/** The words of a part, with times in the piece. */
function timePart(part: Part): { readonly words: HeardWord[]; readonly times: SampleSpan[] } {
  const { tokens, logProbabilities, looks } = part.hypothesis;
  const words = spell(wordsOf(tokens), part.language);
  const times = timeWords(words, alignTokens(looks), part.samples, part.padding);
  return {
    words: words.map(({ text, first, last }) => {
      const own = tokens.slice(first, last + 1).map((token, index) => ({ token, index: first + index }));
      // Whether a comma or a full stop follows says nothing of the word.
      const spoken = own.filter(({ token }) => /[\p{L}\p{N}]/u.test(textOf([token])));
      const counted = spoken.length > 0 ? spoken : own;
      return {
        text,
        logProbabilities: counted.map(({ index }) => logProbabilities[index] as number),
        trust: part.trust,
      };
    }),
    times: times.map(({ start, end }) => ({ start: start + part.start, end: end + part.start })),
  };
}

/** As the language has it where the decoder is known to get it wrong. */
function spell(words: readonly WordTokens[], language: string): readonly WordTokens[] {
  return language === 'es' ? spellEnclitics(words) : words;
}
