import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type TextEngine, type TextOptions, UsageError } from '../../src/model.js';
import { loadClassifier } from '../../src/providers/local/language/classifier.js';
import { withClassifier } from '../../src/providers/local/language/classifier-engine.js';
import { classified, labelMeanings } from '../../src/providers/local/language/classifier-labels.js';
import { createTextReader } from '../../src/providers/local/language/read-text.js';
import { writeTinyClassifier } from '../support/tiny-classifier.js';

const root = mkdtempSync(join(tmpdir(), 'uxd-classifier-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let folders = 0;
function write(facts: Partial<Parameters<typeof writeTinyClassifier>[1]> = {}): string {
  const directory = join(root, `model-${folders++}`);
  const words = { good: [0, 0, 3], bad: [3, 0, 0], table: [0, 2, 0] };
  writeTinyClassifier(directory, { labels: ['NEG', 'NEU', 'POS'], words, ...facts });
  return directory;
}

describe('a classifier of the user', () => {
  it('answers for each text, whatever else is in its batch', async () => {
    const classifier = await loadClassifier(write());
    const texts = [
      'good',
      'a table',
      'Bad, bad, BAD, but good',
      '',
      ...Array.from({ length: 40 }, (_, at) => 'good '.repeat(at)),
    ];
    const answers = await classifier.classify(texts);
    expect(answers.slice(0, 3).map(({ label }) => label)).toEqual(['positive', 'neutral', 'negative']);
    // softmax of 0, 0, 3
    const [none, all] = [1, Math.exp(3)];
    expect(answers[0]?.confidence).toBeCloseTo(all / (2 * none + all), 5);
    expect(answers[0]?.score).toBeCloseTo((all - none) / (2 * none + all), 5);
    expect(answers[3]?.score).toBeCloseTo(0, 5);
    for (const [at, text] of texts.entries()) {
      const [alone] = await classifier.classify([text]);
      expect(alone?.score).toBeCloseTo(answers[at]?.score ?? Number.NaN, 5);
    }
    await classifier.close();
  });

  it('reads a text as far as the model can', async () => {
    const classifier = await loadClassifier(write({ maxTokens: 6 }));
    const [short, long, huge] = await classifier.classify([
      'good good good good',
      'good good good good bad bad bad bad bad bad',
      `good ${'x'.repeat(1 << 20)}`,
    ]);
    expect(long).toEqual(short);
    expect(huge?.label).toBe('positive');
    await classifier.close();
  });

  it('may give stars', async () => {
    const labels = ['1 star', '2 stars', '3 stars', '4 stars', '5 stars'];
    const classifier = await loadClassifier(write({ labels, words: { meh: [0, 0, 5, 0, 0], top: [0, 0, 0, 2, 3] } }));
    const [meh, top] = await classifier.classify(['meh', 'top']);
    expect(meh).toMatchObject({ label: 'neutral', score: expect.closeTo(0, 5) });
    expect(top?.label).toBe('positive');
    expect(top?.score).toBeGreaterThan(0.5);
    expect(top?.confidence).toBeGreaterThan(0.8);
    await classifier.close();
  });

  it('has another version where its files differ', async () => {
    const [a, b, c] = await Promise.all(
      [write(), write(), write({ words: { good: [0, 0, 4] } })].map((directory) => loadClassifier(directory)),
    );
    expect(a?.version).toBe(b?.version);
    expect(a?.version).not.toBe(c?.version);
    await Promise.all([a, b, c].map((classifier) => classifier?.close()));
  });

  it.each([
    ['tokenizer.json', null, /there is no tokenizer\.json in .*such a folder holds/],
    ['config.json', null, /there is no config\.json/],
    ['onnx/model.onnx', null, /there is no onnx\/model\.onnx/],
    ['config.json', '{', /config\.json is no JSON/],
    ['config.json', '{}', /no id2label/],
    ['config.json', '{"id2label":{"0":"joy","1":"anger"}}', /labels are joy, anger, not those of sentiment/],
    ['tokenizer.json', '{}', /tokenizer\.json cannot be used/],
    ['onnx/model.onnx', 'no model', /cannot be loaded/],
  ])('without a sound %s is refused (%j)', async (name, content, message) => {
    const directory = write();
    if (content === null) rmSync(join(directory, name));
    else writeFileSync(join(directory, name), content);
    const loading = loadClassifier(directory);
    await expect(loading).rejects.toThrow(UsageError);
    await expect(loading).rejects.toThrow(message);
  });

  it('whose labels are not as many as its answers is refused', async () => {
    const directory = write({ config: { id2label: { 0: 'NEG', 1: 'POS' } } });
    const classifier = await loadClassifier(directory);
    await expect(classifier.classify(['good'])).rejects.toThrow(/answers 1 x 3 .*where 2 labels/);
    await classifier.close();
  });
});

describe('an engine with the classifier of the user', () => {
  /** The rules, without their threads. */
  async function rulesEngine(options: TextOptions): Promise<TextEngine> {
    const read = await createTextReader(options);
    return {
      id: 'local/language',
      version: '1',
      limits: { itemsPerBatch: 8, bytesPerBatch: 1e6, parallelBatches: 1, requestsPerMinute: null },
      isRemote: false,
      isQuick: true,
      processBatch: async (items) => items.map(({ payload }) => ({ ok: true, value: read(payload) })),
      close: async () => undefined,
    };
  }

  it('takes its sentiments, and the places of the rules', async () => {
    const directory = write();
    const options: TextOptions = {
      features: ['sentiment', 'aspects'],
      language: 'en',
      brands: [],
      modelDirectory: directory,
    };
    const engine = await withClassifier(await rulesEngine(options), directory);
    expect(engine).toMatchObject({ id: 'local/language', isQuick: false, version: expect.stringMatching(/^1\+onnx-/) });
    const text = 'The <b>table</b> is good &amp; good. The texture is bad.';
    const item = { index: 0, source: 's', key: 'k', sizeBytes: 1 };
    const texts = [text, '***'].map((value) => ({
      ...item,
      payload: { id: '1', text: value, format: 'plain' as const, columns: {} },
    }));
    const [reading, empty] = await engine.processBatch(texts, { signal: new AbortController().signal });
    expect(reading).toMatchObject({ ok: true, value: { model: expect.stringMatching(/^onnx-/), language: 'en' } });
    const value = reading?.ok ? reading.value : undefined;
    expect(value?.sentences?.map(({ sentiment }) => sentiment.label)).toEqual(['positive', 'negative']);
    expect(value?.sentences?.map(({ start, end }) => text.slice(start, end).includes('good'))).toEqual([true, false]);
    expect(value?.sentiment?.label).toBe('positive');
    expect(value?.sentiment?.confidence).toBeGreaterThan(0.5);
    expect(empty?.ok).toBe(true);
    await engine.close();
  });
});

describe('labels', () => {
  const scores = (...labels: string[]) => labelMeanings(labels).map(({ score }) => score);

  it('are known by their names, or by their number', () => {
    expect(scores('LABEL_0', 'LABEL_1')).toEqual([-1, 1]);
    expect(scores('LABEL_0', 'LABEL_1', 'LABEL_2')).toEqual([-1, 0, 1]);
    expect(scores('NEGATIVE', 'POSITIVE')).toEqual([-1, 1]);
    expect(scores('Very Negative', 'Negative', 'Neutral', 'Positive', 'Very Positive')).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(scores('1 estrella', '5 estrellas')).toEqual([-1, 1]);
    expect(() => labelMeanings(['LABEL_0', 'LABEL_1', 'LABEL_2', 'LABEL_3'])).toThrow(UsageError);
  });

  it('add up where they mean the same', () => {
    const meanings = labelMeanings(['1 star', '2 stars', '3 stars', '4 stars', '5 stars']);
    const answer = classified([0.3, 0.25, 0.4, 0.05, 0], meanings);
    expect(answer).toMatchObject({ label: 'negative', confidence: 0.55 });
    expect(answer.score).toBeCloseTo(-0.4, 5);
  });
});
