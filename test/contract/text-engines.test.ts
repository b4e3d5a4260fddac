/** What every text engine must do, whoever made it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Item,
  type Outcome,
  SENTIMENT_LABELS,
  type Sentiment,
  TERM_KINDS,
  type TextDocument,
  type TextEngine,
  type TextFeature,
  type TextOptions,
  type TextReading,
  type TextSpan,
} from '../../src/model.js';
import { startLanguageServer } from '../support/language-server.mjs';
import { TEXT_OPTIONS, textItem } from '../support/text-items.js';
import { engineSettings } from '../support/vision-items.js';

// The built engines: the local one starts its workers from built files.
const { TEXT_PROVIDERS } = (await import(
  '../../dist/providers/index.js'
)) as typeof import('../../src/providers/index.js');

const PRAISE = 'This yogurt is delicious and the texture is excellent. I love it!';
const BLAME = 'El yogur es horrible. Muy malo y muy caro, la textura es terrible.';
/** Texts that are hard to place: emoji, entities, tags, line ends, half a surrogate pair. */
const TEXTS = [
  PRAISE,
  BLAME,
  '😀 ¡El yogur de Trebola está rico &amp; cremoso!\r\nPero el precio es caro… 👎🏽',
  'Me encanta la textura&nbsp;del yogur.<br/>El servicio, <b>horrible</b>. &#128512; &eacute;l lo odia.',
  'Madrid \ud83d tarro 2 muy bueno\n\n\nLa cuchara es mala \u202e abc \u200d.',
  'Ok',
  '5',
  '!!!',
  '👍👍👍',
  'a'.repeat(3_000),
];
const ALL: readonly TextFeature[] = ['sentiment', 'aspects', 'terms'];

let server: Awaited<ReturnType<typeof startLanguageServer>>;
beforeAll(async () => {
  server = await startLanguageServer();
});
afterAll(() => server.close());

describe.each(['local', 'google'] as const)('text engine: %s', (provider) => {
  const open = new Map<string, Promise<TextEngine>>();
  const { signal } = new AbortController();
  afterAll(async () => {
    for (const engine of open.values()) await (await engine).close();
  });

  function create(options: Partial<TextOptions> = {}): Promise<TextEngine> {
    const settings = engineSettings(server.endpoint, { concurrency: 1, timeoutMs: 60_000 });
    return TEXT_PROVIDERS[provider].load({ ...TEXT_OPTIONS, ...options }, settings);
  }

  /** One engine for equal options: starting one takes longer than all that is asked of it here. */
  function load(options: Partial<TextOptions> = {}): Promise<TextEngine> {
    const name = JSON.stringify(options);
    const engine = open.get(name) ?? create(options);
    open.set(name, engine);
    return engine;
  }

  /** Within the limits that the engine states, as the pipeline does it. */
  async function readAll(engine: TextEngine, items: readonly Item<TextDocument>[]): Promise<TextReading[]> {
    const outcomes: Outcome<TextReading>[] = [];
    for (let at = 0; at < items.length; at += engine.limits.itemsPerBatch) {
      const batch = items.slice(at, at + engine.limits.itemsPerBatch);
      const answered = await engine.processBatch(batch, { signal });
      expect(answered.length).toBe(batch.length);
      outcomes.push(...answered);
    }
    return outcomes.map((outcome) => {
      if (!outcome.ok) throw new Error(outcome.error.message);
      return outcome.value;
    });
  }

  it('names itself, its version and its limits', async () => {
    const engine = await load();
    expect(engine.id).toMatch(new RegExp(`^${provider}/`));
    expect(engine.version.length).toBeGreaterThan(0);
    expect(engine.limits.itemsPerBatch).toBeGreaterThanOrEqual(1);
    expect(engine.limits.parallelBatches).toBeGreaterThanOrEqual(1);
    expect(engine.limits.bytesPerBatch).toBeGreaterThan(0);
    expect(engine.billing === undefined).toBe(!engine.isRemote);
  });

  it('gives one reading for each text, in order, that holds together', async () => {
    const engine = await load({ features: ALL });
    const items = TEXTS.map((text, index) => textItem(text, index));
    const readings = await readAll(engine, items);
    for (const [index, reading] of readings.entries()) checkReading(TEXTS[index] ?? '', reading);
    expect(readings[0]?.sentiment).toMatchObject({ label: 'positive' });
    expect(readings[1]?.sentiment).toMatchObject({ label: 'negative' });
    expect(readings.slice(0, 2).map(({ language }) => language)).toEqual(['en', 'es']);
    expect(readings[7]?.sentences).toBeDefined();
  });

  it('reads HTML and Markdown with places in the source', async () => {
    const engine = await load({ features: ALL });
    const html = `<html><head><title>x</title></head><body><p>${PRAISE}</p><script>bad()</script><ul><li>El yogur es caro</ul></body>`;
    const markdown = `# Opiniones\n\n- ${BLAME}\n- **Me encanta** la textura\n`;
    const items = [textItem(html, 0, 'html'), textItem(markdown, 1, 'markdown')];
    const [first, second] = await readAll(engine, items);
    checkReading(html, first as TextReading);
    checkReading(markdown, second as TextReading);
    expect(first?.sentences?.some(({ start, end }) => html.slice(start, end).includes('delicious'))).toBe(true);
  });

  it('gives what was asked for and nothing else', async () => {
    for (const features of [...ALL.map((feature) => [feature]), ['sentiment', 'terms']] as TextFeature[][]) {
      const [reading] = await readAll(await load({ features }), [textItem(PRAISE)]);
      const expected = features.flatMap((feature) => (feature === 'sentiment' ? [feature, 'sentences'] : [feature]));
      expect(Object.keys(reading ?? {}).sort()).toEqual(['language', 'model', ...expected].sort());
    }
  });

  it('finds what is judged, and the terms', async () => {
    const [praise, blame] = await readAll(await load({ features: ALL }), [textItem(PRAISE), textItem(BLAME, 1)]);
    const texture = praise?.aspects?.find(({ aspect }) => aspect.startsWith('textur'));
    expect(texture?.mentions[0]).toMatchObject({ label: 'positive' });
    expect(blame?.aspects?.find(({ aspect }) => aspect.startsWith('textur'))?.mentions[0]).toMatchObject({
      label: 'negative',
    });
    expect(praise?.terms?.some(({ key }) => key.includes('yogur'))).toBe(true);
  });

  it('gives the same answer twice', async () => {
    const engine = await load({ features: ALL });
    const items = TEXTS.map((text, index) => textItem(text, index));
    expect(await readAll(engine, items)).toEqual(await readAll(engine, items));
  });

  it('takes the language that the user says', async () => {
    const [reading] = await readAll(await load({ language: 'es' }), [textItem('No')]);
    expect(reading?.language).toBe('es');
  });

  it('takes no texts, and stops when it is told to', async () => {
    const engine = await load();
    expect(await engine.processBatch([], { signal })).toEqual([]);
    const aborter = new AbortController();
    aborter.abort(new Error('stopped'));
    await expect(engine.processBatch([textItem(PRAISE)], { signal: aborter.signal })).rejects.toThrow('stopped');
    expect(await readAll(engine, [textItem(PRAISE)])).toHaveLength(1);
  });

  it('can be closed, used or not', async () => {
    const used = await create();
    await readAll(used, [textItem(PRAISE)]);
    await used.close();
    await (await create()).close();
  });
});

function checkSpan(text: string, { start, end }: TextSpan): void {
  expect(Number.isInteger(start) && Number.isInteger(end)).toBe(true);
  expect(start).toBeGreaterThanOrEqual(0);
  expect(end).toBeGreaterThan(start);
  expect(end).toBeLessThanOrEqual(text.length);
  const slice = text.slice(start, end);
  expect(slice).toBe(slice.trim());
}

function checkSentiment({ label, score, magnitude, confidence }: Sentiment): void {
  expect(SENTIMENT_LABELS).toContain(label);
  checkScore(label, score);
  expect(magnitude).toBeGreaterThanOrEqual(0);
  if (confidence === null) return;
  expect(confidence).toBeGreaterThanOrEqual(0);
  expect(confidence).toBeLessThanOrEqual(1);
}

function checkScore(label: string, score: number): void {
  expect(Math.abs(score)).toBeLessThanOrEqual(1);
  if (label === 'positive') expect(score).toBeGreaterThan(0);
  if (label === 'negative') expect(score).toBeLessThan(0);
}

function checkReading(text: string, { language, model, sentiment, sentences, aspects, terms }: TextReading): void {
  if (language !== null) expect(language).toMatch(/^[a-z]{2,3}$/);
  expect(model.length).toBeGreaterThan(0);
  expect(sentiment).toBeDefined();
  if (sentiment) checkSentiment(sentiment);
  let last = 0;
  for (const sentence of sentences ?? []) {
    checkSpan(text, sentence);
    expect(sentence.start).toBeGreaterThanOrEqual(last);
    last = sentence.end;
    checkSentiment(sentence.sentiment);
  }
  for (const { aspect, mentions } of aspects ?? []) {
    expect(aspect).toBe(aspect.toLowerCase());
    expect(mentions.length).toBeGreaterThan(0);
    checkPlaces(text, mentions);
    for (const { label, score, opinion, start, end } of mentions) {
      checkScore(label, score);
      if (opinion !== null) expect(text.slice(start, end)).toContain(opinion);
    }
  }
  let best = 1;
  for (const { key, term, kind, entityType, score, mentions } of terms ?? []) {
    expect(key.length * term.length).toBeGreaterThan(0);
    expect(TERM_KINDS).toContain(kind);
    expect(entityType !== null).toBe(kind === 'entity');
    expect(score).toBeGreaterThanOrEqual(0);
    expect(score).toBeLessThanOrEqual(best);
    best = score;
    expect(mentions.length).toBeGreaterThan(0);
    checkPlaces(text, mentions);
    for (const mention of mentions) if (mention.score !== null) checkScore('', mention.score);
  }
}

/** Each within the text, and in its order. */
function checkPlaces(text: string, spans: readonly TextSpan[]): void {
  for (const [index, span] of spans.entries()) {
    checkSpan(text, span);
    expect(span.start).toBeGreaterThanOrEqual(spans[index - 1]?.start ?? 0);
  }
}
