import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { VoicedStretch } from '../../src/io/audio/voice.js';
import { alignTokens } from '../../src/providers/local/speech/alignment.js';
import { meanLogProbability, search, type TokenSource, type TokenStep } from '../../src/providers/local/speech/beam.js';
import type { Ear } from '../../src/providers/local/speech/decode.js';
import { isCertain, isJunk, isLoop } from '../../src/providers/local/speech/junk.js';
import { chooseLanguage, isForeign } from '../../src/providers/local/speech/language.js';
import { toSegments } from '../../src/providers/local/speech/segments.js';
import { energies, levelled, padded, toFloats } from '../../src/providers/local/speech/sound.js';
import { createStretchFinder, FRAME } from '../../src/providers/local/speech/stretches.js';
import { transcribe } from '../../src/providers/local/speech/transcribe.js';
import { END_TOKEN, textOf, wordsOf } from '../../src/providers/local/speech/vocabulary.js';
import { timeWords } from '../../src/providers/local/speech/word-times.js';

/** The first token with this text. */
const token = (text: string): number => {
  for (let id = 259; id < 32_000; id++) if (textOf([id]) === text) return id;
  throw new Error(`no token for ${text}`);
};

describe('vocabulary', () => {
  test('words begin at spaces and keep their punctuation', () => {
    const tokens = [' You', ' who', ',', ' were', 's'].map(token);
    expect(textOf(tokens)).toBe(' You who, weres');
    expect(wordsOf(tokens)).toEqual([
      { text: 'You', first: 0, last: 0 },
      { text: 'who,', first: 1, last: 2 },
      { text: 'weres', first: 3, last: 4 },
    ]);
  });

  test('characters of several byte tokens are put together', () => {
    const bytes = [...Buffer.from('\u00bf', 'utf8')].map((byte) => byte + 3);
    expect(textOf([...bytes, token('que')])).toBe('\u00bfque');
  });

  test('a dash goes to the word before it, an opening mark to the word after it', () => {
    expect(wordsOf([' one', ' -', ' two'].map(token)).map(({ text }) => text)).toEqual(['one-', 'two']);
    expect(wordsOf([' (', ' two'].map(token)).map(({ text }) => text)).toEqual(['(two']);
  });

  test('control tokens are no text', () => {
    expect(textOf([0, 1, 2])).toBe('');
    expect(wordsOf([])).toEqual([]);
  });
});

/** What may follow, by its probability; likeliest first. */
function candidatesOf(probabilities: Readonly<Record<number, number>>): TokenStep['candidates'] {
  return Object.entries(probabilities)
    .map(([token, probability]) => ({ token: Number(token), logProbability: Math.log(probability || 1e-9) }))
    .sort((a, b) => b.logProbability - a.logProbability);
}

/** A decoder over the tokens 2 (end), 3, 4: probabilities by what was said so far. */
function decoder(table: Readonly<Record<string, readonly [number, number, number]>>): TokenSource {
  let said: string[] = [''];
  const step = (text: string) => {
    const [end, three, four] = table[text] ?? [1, 0, 0];
    return { candidates: candidatesOf({ 2: end, 3: three, 4: four }), look: Float32Array.of(text.length) };
  };
  return {
    begin: async () => step(''),
    async advance(parents, tokens) {
      said = parents.map((parent, index) => `${said[parent]}${tokens[index]}`);
      return said.map(step);
    },
  };
}

describe('beam search', () => {
  // The likeliest first token leads to nothing likely.
  const garden = { '': [0, 0.6, 0.4], '3': [0.4, 0.3, 0.3], '4': [0.02, 0.98, 0], '43': [1, 0, 0] } as const;

  test('one hypothesis takes the likeliest token, several find the likelier text', async () => {
    const [greedy] = await search(decoder(garden), { beams: 1, maxTokens: 9 });
    expect(greedy?.tokens).toEqual([3]);
    const [wide, other] = await search(decoder(garden), { beams: 3, maxTokens: 9 });
    expect(wide).toMatchObject({ tokens: [4, 3], isEnded: true });
    expect(meanLogProbability(wide!)).toBeCloseTo(Math.log(0.4 * 0.98) / 3, 3);
    expect(wide?.looks.map(([length]) => length)).toEqual([0, 1, 2]);
    expect(wide?.logProbabilities).toHaveLength(3);
    expect(other?.tokens).toEqual([3, 3]);
  });

  test.each([1, 4])('stops at the most tokens (%i)', async (beams) => {
    const endless = { '': [0, 1, 0], '3': [0, 1, 0], '33': [0, 1, 0], '333': [0, 1, 0] } as const;
    const found = await search(decoder(endless), { beams, maxTokens: 3 });
    expect(found[0]).toMatchObject({ tokens: [3, 3, 3], isEnded: false });
  });

  test('must say something where it is told to', async () => {
    const shy = { '': [0.9, 0.1, 0], '3': [1, 0, 0] } as const;
    expect((await search(decoder(shy), { beams: 2, maxTokens: 3 }))[0]).toMatchObject({ tokens: [] });
    expect((await search(decoder(shy), { beams: 2, maxTokens: 3, mustSpeak: true }))[0]).toMatchObject({ tokens: [3] });
  });

  test('says nothing where the end is likeliest', async () => {
    expect((await search(decoder({ '': [1, 0, 0] }), { beams: 2, maxTokens: 3 }))[0]).toMatchObject({
      tokens: [],
      isEnded: true,
    });
  });

  test('what the end had goes to the others where something must be said', async () => {
    const shy = { '': [0.9, 0.06, 0.04], '3': [1, 0, 0] } as const;
    const [found] = await search(decoder(shy), { beams: 2, maxTokens: 3, mustSpeak: true });
    expect(found?.logProbabilities[0]).toBeCloseTo(Math.log(0.6), 4);
  });

  test('the end token is what the models end with', () => expect(END_TOKEN).toBe(2));
});

describe('alignment', () => {
  test('finds the frames that each token looked at', () => {
    const looks = [0, 10, 20].map((from) =>
      Float32Array.from({ length: 30 }, (_, frame) => (frame >= from && frame < from + 10 ? 0.1 : 0)),
    );
    const spans = alignTokens(looks);
    expect(spans.map(({ first }) => first)).toEqual([0, 10, 20]);
    expect(spans.at(-1)?.last).toBe(29);
  });

  test('covers all frames in order, whatever it is given', () => {
    const matrix = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 40 })).chain(([tokens, frames]) =>
      fc.array(fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: frames, maxLength: frames }), {
        minLength: tokens,
        maxLength: tokens,
      }),
    );
    fc.assert(
      fc.property(matrix, (rows) => {
        const spans = alignTokens(rows.map((row) => Float32Array.from(row)));
        expect(spans).toHaveLength(rows.length);
        for (const [index, span] of spans.entries()) {
          expect(span.last).toBeGreaterThanOrEqual(span.first);
          expect(span.first).toBeGreaterThanOrEqual(spans[index - 1]?.first ?? 0);
        }
        expect(spans.at(-1)?.last).toBe(rows[0]!.length - 1);
      }),
    );
  });
});

describe('times of words', () => {
  /** Half a second of silence, a tone, silence, a tone, silence. */
  const sound = Float32Array.from({ length: 40_000 }, (_, index) =>
    (index >= 8000 && index < 16_000) || (index >= 24_000 && index < 32_000) ? 0.3 * Math.sin(index / 5) : 0,
  );
  const words = [
    { text: 'one', first: 0, last: 0 },
    { text: 'two', first: 1, last: 1 },
  ];

  test('are moved to where the sound begins and ends', () => {
    const spans = [
      { first: 24, last: 46 },
      { first: 65, last: 86 },
    ];
    const times = timeWords(words, spans, sound, 0).map(({ start, end }) => [start / 16_000, end / 16_000]);
    for (const [index, [start, end]] of [
      [0.5, 1],
      [1.5, 2],
    ].entries()) {
      expect(Math.abs(times[index]![0]! - start!)).toBeLessThan(0.04);
      expect(Math.abs(times[index]![1]! - end!)).toBeLessThan(0.04);
    }
  });

  test('begin after the silence that the decoder counted to them', () => {
    const spans = [
      { first: 0, last: 42 },
      { first: 43, last: 104 },
    ];
    const starts = timeWords(words, spans, sound, 0).map(({ start }) => start / 16_000);
    for (const [index, start] of [0.5, 1.5].entries()) expect(Math.abs(starts[index]! - start)).toBeLessThan(0.04);
  });

  test('end with the soft sound at their end', () => {
    const hiss = sound.slice();
    for (let at = 32_000; at < 35_200; at++) hiss[at] = at % 2 === 0 ? 0.012 : -0.012;
    const spans = [
      { first: 24, last: 42 },
      { first: 65, last: 90 },
    ];
    const end = timeWords(words, spans, hiss, 0)[1]!.end / 16_000;
    expect(Math.abs(end - 2.2)).toBeLessThan(0.04);
  });

  test('do not overlap and stay within the piece', () => {
    const span = fc.tuple(fc.nat(110), fc.nat(60)).map(([first, length]) => ({ first, last: first + length }));
    fc.assert(
      fc.property(span, span, fc.nat(9600), (a, b, padding) => {
        const times = timeWords(words, [a, b], sound, padding);
        let before = 0;
        for (const { start, end } of times) {
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(sound.length);
          before = end;
        }
      }),
    );
  });
});

describe('segments', () => {
  const word = (text: string, trust = 1) => ({ text, logProbabilities: [Math.log(0.5), Math.log(0.5)], trust });
  const at = (start: number, end: number) => ({ start: start * 16_000, end: end * 16_000 });

  test('end at pauses, sooner after a sentence', () => {
    const times = [at(0, 0.5), at(1.1, 1.5), at(2.1, 2.5), at(3.6, 4)];
    const segments = toSegments([word('Hello.'), word('how'), word('are'), word('you?')], times);
    expect(segments.map(({ text }) => text)).toEqual(['Hello.', 'how are', 'you?']);
    expect(segments[1]).toMatchObject({ startSeconds: 1.1, endSeconds: 2.5, confidence: 0.5, speaker: null });
    expect(toSegments([word('how', 0.5)], times.slice(0, 1))[0]?.confidence).toBe(0.25);
    expect(segments[1]?.words[1]).toEqual({ text: 'are', startSeconds: 2.1, endSeconds: 2.5, confidence: 0.5 });
  });

  test('of no words are none', () => expect(toSegments([], [])).toEqual([]));
});

describe('junk', () => {
  test.each([
    ['thank you thank you thank you thank you', true],
    ['no no no no no', true],
    ['one zero zero zero one nine', false],
    ['thou also thou also', false],
  ])('%s is a loop: %s', (text, expected) => expect(isLoop(text)).toBe(expected));

  test.each([
    ['Hello there', -0.1, 1, false],
    ['', 0, 1, true],
    ['...', -0.1, 1, true],
    ['Hello there', -1.4, 1, true],
    ['You', -0.7, 12, true],
    ['a text that nobody could say in a tenth of a second', -0.1, 0.5, true],
  ])('%s at %d in %d s: %s', (text, meanLogProbability_, seconds, expected) =>
    expect(isJunk({ text, meanLogProbability: meanLogProbability_, seconds })).toBe(expected),
  );
});

describe('speech that the decoder took for silence', () => {
  test.each([
    ['10001 90210 01803', -0.1, 8.3, true],
    ['Thou also, thou also.', -0.53, 3, true],
    ['Gracias.', -0.14, 1, false],
    ['Thank you.', -0.2, 2, false],
    ['Thank you for watching', -0.2, 12, false],
    ['words that nobody heard', -0.9, 3, false],
  ])('%s at %d in %d s: %s', (text, meanLogProbability_, seconds, expected) =>
    expect(isCertain({ text, meanLogProbability: meanLogProbability_, seconds })).toBe(expected),
  );
});

describe('language', () => {
  const attempt = (language: string, text: string, meanLogProbability_: number) => ({
    language,
    text,
    meanLogProbability: meanLogProbability_,
  });
  const long = 'x'.repeat(50);
  const chosen = (attempts: readonly ReturnType<typeof attempt>[], expected: string | null = null) =>
    chooseLanguage(attempts, expected)?.language ?? null;

  test('is that of the surest model, but for one that gave up', () => {
    expect(chosen([attempt('en', long, -0.4), attempt('es', long, -0.1)])).toBe('es');
    expect(chosen([attempt('en', long, -0.4), attempt('es', 'x'.repeat(10), -0.01)])).toBe('en');
    expect(chosen([attempt('en', long, -0.2), attempt('es', long, -0.2)])).toBe('en');
  });

  test('changes within a recording where another is clearly surer', () => {
    const attempts = [attempt('en', long, -0.2), attempt('es', long, -0.15)];
    expect(chosen(attempts, 'en')).toBe('en');
    expect(chosen(attempts, 'es')).toBe('es');
    expect(chosen([attempt('en', long, -0.1), attempt('es', long, -0.4)], 'es')).toBe('en');
  });

  test('is not that of a model that writes the words of another', () => {
    expect(chosen([attempt('en', long, -0.5), attempt('es', 'with the walking and the watching', -0.3)])).toBe('en');
  });

  test('is unknown where nothing was heard', () => {
    expect(chosen([attempt('en', '', 0), attempt('es', '', 0)])).toBeNull();
    expect(chooseLanguage([])).toBeNull();
  });

  test.each([
    ['es', 'Está on the way. Thank you very much.', true],
    ['es', 'Gracias por ver el video.', false],
    ['es', 'no', false],
    ['en', 'Sus cabezas rubias y los arcos de sus violines', true],
    ['en', 'What is the tempo?', false],
    ['xx', 'this is the way', false],
  ])('of a text in %s: %s is foreign: %s', (language, text, expected) => {
    expect(isForeign(text, language)).toBe(expected);
  });
});

describe('a piece', () => {
  type Script = (
    sound: 'en' | 'es' | 'both' | 'none',
  ) => { readonly text: string; readonly probability: number } | null;
  /** Positive samples are English, negative ones Spanish. */
  const ear = (language: string, script: Script): Ear => {
    const tokensOf = (heard: unknown): TokenSource => {
      const samples = (heard as { samples: Float32Array }).samples;
      const has = (sign: number): boolean => samples.some((sample) => sample * sign > 0.01);
      const sound = has(1) ? (has(-1) ? 'both' : 'en') : has(-1) ? 'es' : 'none';
      const said = script(sound);
      const tokens = said === null ? [] : said.text.split(' ').map((text) => token(` ${text}`));
      const step = (length: number): TokenStep => {
        const next = tokens[length] ?? END_TOKEN;
        const probability = said?.probability ?? 0.99;
        const candidates = candidatesOf({ [next]: probability, [token(' no')]: 1 - probability });
        return { candidates, look: Float32Array.of(0.5, 0.5) };
      };
      let lengths = [0];
      return {
        begin: async () => step(0),
        async advance(parents) {
          lengths = parents.map((parent) => (lengths[parent] as number) + 1);
          return lengths.map(step);
        },
      };
    };
    const recite = async (_: unknown, texts: readonly (readonly number[])[]) =>
      texts.map((tokens) => ({ tokens, logProbabilities: [-9], looks: [], isEnded: true }));
    const model = { hear: async (samples: Float32Array) => ({ samples }), tokensOf, recite } as unknown as Ear['model'];
    return { language, name: `model-${language}`, model };
  };
  const say = (text: string, probability: number) => ({ text, probability });
  const english = ear('en', (sound) => {
    if (sound === 'none') return null;
    return sound === 'en' ? say('this is the sound of the day', 0.9) : say('there was some other thing here', 0.6);
  });
  const spanish = ear('es', (sound) => {
    if (sound === 'es' || sound === 'both') return say('los tres con una casa grande', sound === 'es' ? 0.97 : 0.7);
    return null;
  });
  const sound = (...parts: readonly (readonly [number, number])[]): Float32Array =>
    Float32Array.from(parts.flatMap(([value, seconds]) => Array<number>(seconds * 16_000).fill(value)));

  test('decides for itself in which language it is', async () => {
    for (const expected of ['en', 'es', null]) {
      for (const ears of [
        [english, spanish],
        [spanish, english],
      ]) {
        const heard = await transcribe(ears, sound([-0.1, 3]), expected);
        expect(heard.parts.map(({ language, text }) => [language, text])).toEqual([
          ['es', 'los tres con una casa grande'],
        ]);
        expect((await transcribe(ears, sound([0.1, 3]), expected)).parts.map(({ name }) => name)).toEqual(['model-en']);
      }
    }
  });

  test('in two languages is cut where it is quietest, and times count from its start', async () => {
    const { parts, unclear } = await transcribe([english, spanish], sound([0.1, 4], [0, 0.4], [-0.1, 4]), 'en');
    expect(parts.map(({ language }) => language)).toEqual(['en', 'es']);
    expect(parts[1]?.start).toBeGreaterThan(3.9 * 16_000);
    expect(parts[1]?.start).toBeLessThan(4.5 * 16_000);
    expect(unclear).toEqual([]);
  });

  test('that is heard as nothing in one go is cut in two', async () => {
    const shy = ear('en', () => null);
    const lengths: number[] = [];
    const bold: Ear = {
      ...english,
      model: {
        hear: (samples) => {
          lengths.push(samples.length);
          return samples.length < 5 * 16_000 ? english.model.hear(samples) : shy.model.hear(samples);
        },
        recite: english.model.recite,
        tokensOf: (heard, choices) =>
          (heard as unknown as { samples: Float32Array }).samples.length < 5 * 16_000
            ? english.model.tokensOf(heard, choices)
            : shy.model.tokensOf(heard, choices),
      },
    };
    const { parts, unclear } = await transcribe([bold], sound([0.1, 3], [0, 0.4], [0.1, 3]), null);
    expect(parts).toHaveLength(2);
    expect(unclear).toEqual([]);
    expect(Math.max(...lengths)).toBeGreaterThan(6 * 16_000);
  });

  test('of which nothing can be made is told as such', async () => {
    const deaf = [ear('en', () => null), ear('es', () => null)];
    const heard = await transcribe(deaf, sound([0.1, 3]), 'en');
    expect(heard).toEqual({ parts: [], unclear: [{ start: 0, end: 48_000 }] });
  });

  test('is not made to speak where the model is sure of silence', async () => {
    // As the model does for which the end comes first, unless it may not.
    const invents = (silence: number): Ear => {
      const stock = ear('es', () => say('los tres con una casa grande', 0.9));
      const end = (step: TokenStep): TokenStep => {
        const others = step.candidates.map((each) => [each.token, Math.exp(each.logProbability) * (1 - silence)]);
        return { ...step, candidates: candidatesOf({ ...Object.fromEntries(others), [END_TOKEN]: silence }) };
      };
      const tokensOf: Ear['model']['tokensOf'] = (heard, choices) => {
        const source = stock.model.tokensOf(heard, choices);
        return { ...source, begin: async () => end(await source.begin()) };
      };
      return { ...stock, model: { ...stock.model, tokensOf } };
    };
    expect((await transcribe([invents(0.99)], sound([0.1, 3]), null)).parts).toEqual([]);
    const unsure = await transcribe([invents(0.85)], sound([0.1, 3]), null);
    expect(unsure.parts).toMatchObject([{ text: 'los tres con una casa grande', isForced: true, trust: 0.5 }]);
  });

  test('heard by one model alone is doubted where its words are of another language', async () => {
    const lone = ear('es', () => say('this is the sound of the day', 0.9));
    const { parts } = await transcribe([lone], sound([0.1, 3]), null);
    expect(parts).toMatchObject([{ language: 'es', isDoubtful: true, trust: 0.5 }]);
  });
});

describe('sound', () => {
  test('loud parts come to one loudness, silence stays silence', () => {
    const tone = (gain: number) => Float32Array.from({ length: 16_000 }, (_, index) => gain * Math.sin(index / 7));
    const loudness = (samples: Float32Array) => Math.max(...energies(samples));
    expect(loudness(levelled(tone(0.9)))).toBeCloseTo(loudness(levelled(tone(0.01))), 2);
    expect(levelled(new Float32Array(1000)).every((sample) => sample === 0)).toBe(true);
    expect(levelled(new Float32Array(0))).toHaveLength(0);
  });

  test('samples become floats, with silence around them', () => {
    expect([...padded(toFloats(Int16Array.of(-32_768, 16_384)), 1, 2)]).toEqual([0, -1, 0.5, 0, 0]);
  });
});

describe('stretches of speech', () => {
  const run = (probabilities: readonly number[]): VoicedStretch[] => {
    const finder = createStretchFinder();
    const found: VoicedStretch[] = [];
    let settled = 0;
    for (const probability of probabilities) {
      finder.push(probability);
      const { stretches, settledUntil } = finder.take();
      for (const { start } of stretches) expect(start).toBeGreaterThanOrEqual(settled);
      expect(settledUntil).toBeGreaterThanOrEqual(settled);
      settled = settledUntil;
      found.push(...stretches);
    }
    const last = finder.end(probabilities.length * FRAME);
    return [...found, ...last.stretches];
  };
  const frames = (count: number, probability: number): number[] => Array.from({ length: count }, () => probability);

  test('begin at 0.5, end after 0.3 s below 0.35, and keep a margin', () => {
    const found = run([
      ...frames(20, 0.1),
      ...frames(30, 0.9),
      ...frames(5, 0.2),
      ...frames(10, 0.4),
      ...frames(20, 0),
    ]);
    expect(found).toEqual([{ start: 20 * FRAME - 6400, end: 65 * FRAME + 6400 }]);
  });

  test('what is shorter than 0.2 s is no speech', () => {
    expect(run([...frames(20, 0), ...frames(4, 0.9), ...frames(20, 0)])).toEqual([]);
    expect(run(frames(40, 0.45))).toEqual([]);
    expect(run([])).toEqual([]);
  });

  test('long speech is cut where it is least like speech', () => {
    const found = run([...frames(400, 0.9), 0.6, ...frames(600, 0.9)]);
    expect(found).toEqual([
      { start: 0, end: 400 * FRAME },
      { start: 400 * FRAME, end: 1001 * FRAME },
    ]);
  });

  test('never overlap, never exceed 25 s and a margin, and lie within the recording', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(900), fc.constantFrom(0, 0.4, 0.6, 1)), { maxLength: 12 }), (runs) => {
        const probabilities = runs.flatMap(([count, probability]) => frames(count, probability));
        let before = 0;
        for (const { start, end } of run(probabilities)) {
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end - start).toBeGreaterThan(0);
          expect(end - start).toBeLessThanOrEqual(26 * 16_000);
          expect(end).toBeLessThanOrEqual(probabilities.length * FRAME);
          before = end;
        }
      }),
      { numRuns: 50 },
    );
  });
});
