import { describe, expect, test } from 'vitest';
import type { Hypothesis } from '../../src/providers/local/speech/beam.js';
import { type Decoding, decode, type Ear } from '../../src/providers/local/speech/decode.js';
import type { Heard } from '../../src/providers/local/speech/moonshine.js';
import { reconsider, surestTexts } from '../../src/providers/local/speech/reconsider.js';
import { brighter, quicker, slower } from '../../src/providers/local/speech/views.js';
import { textOf } from '../../src/providers/local/speech/vocabulary.js';

/** The first token with this text. */
const token = (text: string): number => {
  for (let id = 259; id < 32_000; id++) if (textOf([id]) === text) return id;
  throw new Error(`no token for ${text}`);
};

const hypothesis = (text: string, logProbability: number, isEnded = true): Hypothesis => {
  const tokens = text.split(' ').map((word) => token(` ${word}`));
  const all = [...tokens, 2];
  return { tokens, logProbabilities: all.map(() => logProbability), looks: all.map(() => Float32Array.of(1)), isEnded };
};

describe('other views', () => {
  const tone = (hertz: number) =>
    Float32Array.from({ length: 16_000 }, (_, index) => 0.1 * Math.sin((2 * Math.PI * hertz * index) / 16_000));
  const power = (samples: Float32Array) => samples.reduce((sum, each) => sum + each * each, 0) / samples.length;
  const crossings = (samples: Float32Array) =>
    samples.reduce((count, each, index) => count + (each >= 0 !== (samples[index - 1] ?? -1) >= 0 ? 1 : 0), 0);

  test('are a twentieth slower and lower, quicker and higher', () => {
    expect(slower(tone(400))).toHaveLength(Math.round(16_000 / 0.95));
    expect(quicker(tone(400))).toHaveLength(Math.round(16_000 / 1.05));
    for (const view of [slower, quicker]) expect(Math.abs(crossings(view(tone(400))) - 800)).toBeLessThanOrEqual(2);
  });

  test('are brighter, at one loudness', () => {
    const high = tone(3000);
    const both = tone(300).map((sample, index) => sample + (high[index] as number));
    expect(power(brighter(tone(300)))).toBeCloseTo(power(brighter(high)), 2);
    expect(crossings(brighter(both))).toBeGreaterThan(crossings(both));
  });
});

describe('the surest texts', () => {
  test('differ in their words, are whole, and are few', () => {
    const found = [
      hypothesis('the day', -0.4),
      hypothesis('The day', -0.2),
      hypothesis('the night', -0.3),
      hypothesis('the house', -0.1, false),
      hypothesis('day day day day day day', -0.1),
    ];
    expect(surestTexts([{ found }]).map(({ tokens }) => textOf(tokens).trim())).toEqual(['The day', 'the night']);
    const many = ['one', 'two', 'three', 'four', 'five'].map((text, index) => hypothesis(text, -index));
    expect(surestTexts([{ found: many }])).toHaveLength(4);
  });
});

describe('a second opinion', () => {
  const samples = Float32Array.from({ length: 16_000 }, (_, index) => 0.1 * Math.sin(index / 9));
  /** Hears the length of the sound; searches come to what is said, or end at once; each text has its log-probability for each length. */
  const earOf = (weights: (length: number, text: string) => number, calls: number[] = [], said = ''): Ear => {
    const tokens = said === '' ? [] : hypothesis(said, 0).tokens;
    const model: Ear['model'] = {
      hear: async (sound) => {
        calls.push(sound.length);
        return sound.length as unknown as Heard;
      },
      tokensOf: () => {
        let length = 0;
        const step = () => {
          const candidates = [{ token: tokens[length] ?? 2, logProbability: 0 }];
          length += 1;
          return { candidates, look: Float32Array.of(1) };
        };
        return { begin: async () => step(), advance: async (parents) => parents.map(step) };
      },
      recite: async (heard, texts) =>
        texts.map((recited) => {
          const text = textOf(recited).trim();
          return hypothesis(text, weights(heard as unknown as number, text));
        }),
    };
    return { language: 'en', name: 'model', model };
  };
  const decoding = (mean: number, changes: Partial<Decoding> = {}): Decoding => ({
    language: 'en',
    name: 'model',
    heard: samples.length as unknown as Heard,
    hypothesis: hypothesis('the day', mean),
    others: [hypothesis('the night', mean - 0.01)],
    meanLogProbability: mean,
    padding: 0,
    seconds: 1,
    text: 'the day',
    isWhole: true,
    isForced: false,
    ...changes,
  });
  const night = (length: number, text: string) => (text === 'the night' && length !== samples.length ? -0.2 : -0.3);

  test('is the text that is likeliest over all ways of hearing, with the probabilities of the plain sound', async () => {
    const decided = await reconsider(earOf(night), samples, decoding(-0.3));
    expect(decided).toMatchObject({ text: 'the night', meanLogProbability: -0.3, padding: 0 });
    expect(decided.hypothesis.looks).toHaveLength(3);
  });

  test('is the first where that is likeliest', async () => {
    const first = decoding(-0.3);
    expect(
      await reconsider(
        earOf((_, text) => (text === 'the day' ? -0.2 : -0.3)),
        samples,
        first,
      ),
    ).toBe(first);
  });

  test.each([
    ['sure', decoding(-0.05)],
    ['forced', decoding(-0.3, { isForced: true })],
    ['not whole', decoding(-0.3, { isWhole: false })],
  ])('is not asked of a text that is %s', async (_, first) => {
    const calls: number[] = [];
    expect(await reconsider(earOf(night, calls), samples, first)).toBe(first);
    expect(calls).toEqual([]);
  });

  test('is not weighed where all ways of hearing come to the same words', async () => {
    const calls: number[] = [];
    const first = decoding(-0.3);
    expect(await reconsider(earOf(night, calls, 'the day'), samples, first)).toBe(first);
    expect(calls).toHaveLength(2);
  });

  test('weighs nothing where no other text came up', async () => {
    const calls: number[] = [];
    const first = decoding(-0.3, { others: [] });
    expect(await reconsider(earOf(night, calls), samples, first)).toBe(first);
    expect(calls).toHaveLength(2);
  });
});

describe('what is heard as nothing', () => {
  const samples = new Float32Array(16_000).fill(0.1);
  const word = token(' yes');
  /** Says a word to sounds of some lengths, to others nothing with a probability. */
  const earOf = (hears: (length: number) => boolean, silence: number): Ear => {
    const tokensOf = (heard: Heard) => {
      const step = (end: number) => {
        const candidates = [
          { token: 2, logProbability: Math.log(end) },
          { token: word, logProbability: Math.log(1 - end) },
        ];
        return { candidates: end > 0.5 ? candidates : candidates.toReversed(), look: Float32Array.of(1) };
      };
      const first = step(hears(heard as unknown as number) ? 0.1 : silence);
      return { begin: async () => first, advance: async (parents: readonly number[]) => parents.map(() => step(0.99)) };
    };
    const recite = async (heard: Heard, texts: readonly (readonly number[])[]) =>
      texts.map(() => ({ ...hypothesis('yes', -0.7), looks: [Float32Array.of(heard as unknown as number)] }));
    const hear = async (sound: Float32Array) => sound.length as unknown as Heard;
    return { language: 'en', name: 'model', model: { hear, tokensOf, recite } };
  };

  test('is heard in another view, with the times of the sound as it is', async () => {
    const heard = await decode(
      earOf((length) => length < samples.length, 0.8),
      samples,
    );
    expect(heard).toMatchObject({ text: 'yes', isWhole: true, padding: 0, seconds: 1, isForced: false });
    expect(heard.meanLogProbability).toBeGreaterThan(-0.1);
    expect(heard.hypothesis.looks).toEqual([Float32Array.of(samples.length)]);
  });

  test.each([
    ['the model is sure of it', (length: number) => length < samples.length, 0.95],
    ['no view tells more', () => false, 0.8],
  ])('stays nothing where %s', async (_, hears, silence) => {
    expect((await decode(earOf(hears, silence), samples)).text).toBe('');
  });
});
