import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type EngineSettings,
  type Outcome,
  ProviderError,
  type TextEngine,
  type TextFormat,
  type TextOptions,
  type TextReading,
  UsageError,
} from '../../src/model.js';
import { createGoogleTextEngine } from '../../src/providers/google/language.js';
import { toSendable } from '../../src/providers/google/language-request.js';
import { plainView } from '../../src/text/plain-view.js';
import { documentFeelingOf, sentencesOf } from '../support/language-answers.mjs';
import { startLanguageServer } from '../support/language-server.mjs';
import { TEXT_OPTIONS, textItem } from '../support/text-items.js';
import { engineSettings } from '../support/vision-items.js';

type Server = Awaited<ReturnType<typeof startLanguageServer>>;

let server: Server;
let engine: TextEngine;
const never = new AbortController().signal;

const REVIEW = 'El yogur de Trebola es delicioso. Pero el precio es caro, Ana! Son 2 tarros en Madrid.';

async function start(
  serverOptions: Parameters<typeof startLanguageServer>[0] = {},
  options: Partial<TextOptions> = {},
  settings: Partial<EngineSettings> = {},
): Promise<void> {
  server = await startLanguageServer(serverOptions);
  engine = await createGoogleTextEngine({ ...TEXT_OPTIONS, ...options }, engineSettings(server.endpoint, settings));
}

async function read(text: string, format: TextFormat = 'plain'): Promise<Outcome<TextReading> | undefined> {
  const [outcome] = await engine.processBatch([textItem(text, 0, format)], { signal: never });
  return outcome;
}

function readingOf(outcome: Outcome<TextReading> | undefined): TextReading {
  if (!outcome?.ok) throw new Error(`no value: ${JSON.stringify(outcome)}`);
  return outcome.value;
}

async function failureOf(text: string, signal = never): Promise<unknown> {
  return engine.processBatch([textItem(text)], { signal }).then(
    (outcomes) => expect.fail(`answered ${JSON.stringify(outcomes)}`),
    (error: unknown) => error,
  );
}

afterEach(async () => {
  await engine?.close();
  await server?.close();
});

describe('which call is made', () => {
  it.each([
    [['sentiment'], 'v2/AnalyzeSentiment', 1, 0.001],
    [['aspects'], 'v1/AnalyzeEntitySentiment', 1, 0.002],
    [['terms'], 'v1/AnalyzeEntitySentiment', 1, 0.002],
    [['aspects', 'terms'], 'v1/AnalyzeEntitySentiment', 1, 0.002],
    [['sentiment', 'aspects'], 'v1/AnnotateText', 2, 0.003],
    [['sentiment', 'terms'], 'v1/AnnotateText', 2, 0.002],
    [['sentiment', 'aspects', 'terms'], 'v1/AnnotateText', 2, 0.003],
  ] as const)('%j is one %s of %i units', async (features, method, units, usd) => {
    await start({}, { features });
    const reading = readingOf(await read(REVIEW));
    expect(server.stats.answersByMethod).toEqual({ [method]: 1 });
    expect(server.stats.encodings).toEqual(['UTF16']);
    expect(server.stats.units).toBe(units);
    expect(engine.billing?.unitsOf(textItem(REVIEW))).toBe(units);
    expect(engine.billing?.priceUsdOf(textItem(REVIEW))).toBeCloseTo(usd, 10);
    const expected = new Set<string>(features.flatMap((name) => (name === 'sentiment' ? [name, 'sentences'] : [name])));
    expect(new Set(Object.keys(reading))).toEqual(new Set(['language', 'model', ...expected]));
    expect(reading.model).toBe(`language/${method.slice(0, 2)}`);
  });

  it('the language is said where the user says it', async () => {
    await start({}, { language: 'es' });
    expect(readingOf(await read('Yes')).language).toBe('es');
    await engine.close();
    engine = await createGoogleTextEngine(
      { ...TEXT_OPTIONS, features: ['aspects'], language: 'ja' },
      engineSettings(server.endpoint),
    );
    expect(readingOf(await read('Yes')).language).toBe('ja');
    expect(server.stats.languages).toEqual(['es', 'ja']);
  });
});

describe('what is read', () => {
  it('gives the sentiment of the text and its sentences', async () => {
    await start();
    const { sentiment, sentences, language } = readingOf(await read(REVIEW));
    const { score, magnitude } = documentFeelingOf(REVIEW);
    expect(language).toBe('es');
    expect(sentiment).toEqual({
      label: 'mixed',
      score: expect.closeTo(score, 3),
      magnitude: expect.closeTo(magnitude, 3),
      confidence: null,
    });
    expect(sentences?.map(({ start, end, sentiment: { label } }) => [REVIEW.slice(start, end), label])).toEqual([
      ['El yogur de Trebola es delicioso.', 'positive'],
      ['Pero el precio es caro, Ana!', 'negative'],
      ['Son 2 tarros en Madrid.', 'neutral'],
    ]);
  });

  it('gives what is judged, with the sentence that judges it', async () => {
    await start({}, { features: ['aspects'] });
    const text = 'The Vallecremosa was great. The YOGURT tastes awful! Delicious yogurt? The spoon is a spoon.';
    const { aspects } = readingOf(await read(text));
    const shown = aspects?.map(({ aspect, category, mentions }) => [
      aspect,
      category,
      ...mentions.map(({ start, end, label, opinion }) => [text.slice(start, end), label, opinion]),
    ]);
    expect(shown).toEqual([
      ['vallecremosa', null, ['The Vallecremosa was great.', 'positive', null]],
      ['yogurt', null, ['The YOGURT tastes awful!', 'negative', null], ['Delicious yogurt?', 'positive', null]],
    ]);
  });

  it('gives terms with kind, weight and the sentiment of their mentions', async () => {
    await start({}, { features: ['sentiment', 'terms'], brands: ['yogur'] });
    const { terms } = readingOf(await read(`${REVIEW} TREBOLA. Precio horrible.`));
    expect(
      terms?.map(({ key, term, kind, entityType, mentions }) => [key, term, kind, entityType, mentions.length]),
    ).toEqual([
      ['precio', 'precio', 'phrase', null, 2],
      ['yogur', 'yogur', 'entity', 'product', 1],
      ['trebola', 'Trebola', 'entity', 'organization', 1],
      ['ana', 'Ana', 'entity', 'person', 1],
      ['2', '2', 'entity', 'number', 1],
      ['madrid', 'Madrid', 'entity', 'location', 1],
    ]);
    expect(terms?.[0]?.mentions.map(({ score }) => (score ?? 0) < 0)).toEqual([true, true]);
    expect(terms?.[5]?.mentions[0]?.score).toBe(0);
  });

  it.each(['', ' \n ', '<p>&nbsp;</p>', '...', '-- (?)'])('sends nothing for %j', async (text) => {
    await start({}, { features: ['sentiment', 'aspects', 'terms'] });
    expect(readingOf(await read(text, 'html'))).toMatchObject({
      language: null,
      sentiment: null,
      sentences: [],
      aspects: [],
      terms: [],
    });
    expect(engine.billing?.unitsOf(textItem(text, 0, 'html'))).toBe(0);
    expect(server.stats.calls).toBe(0);
  });

  it.each(['👍', ':)', '5', '¡Bien!'])('sends %j', async (text) => {
    await start();
    expect(readingOf(await read(text)).sentiment).toMatchObject({ label: 'neutral' });
    expect(server.stats.texts).toEqual([text]);
  });

  it('places everything in the text as it stands, before any decoding', async () => {
    await start({}, { features: ['sentiment', 'aspects', 'terms'] });
    const piece = fc.oneof(
      fc.constantFrom(
        'yogur ',
        'Madrid',
        ' caro',
        '. ',
        '!\r\n',
        '\n\n',
        '😀',
        '👩‍👩‍👧',
        '&amp;',
        '&eacute;',
        '&#128512;',
      ),
      fc.constantFrom(
        '<br>',
        '<b>rico</b>',
        '&nbsp;',
        '\ud83d',
        '\ude00',
        '\u202e',
        '\u200d',
        ' Ana ',
        '&unknown;',
        '<3',
      ),
      fc.string({ maxLength: 3, unit: 'binary' }),
    );
    const texts = fc.array(piece, { minLength: 1, maxLength: 25 }).map((pieces) => `Ñ ${pieces.join('')} delicioso`);
    await fc.assert(
      fc.asyncProperty(texts, fc.constantFrom<TextFormat>('plain', 'html'), async (text, format) => {
        const { sentences = [], aspects = [], terms = [] } = readingOf(await read(text, format));
        const sent = toSendable(plainView(text, format).text);
        expect(sentences.map((span) => decoded(text, span))).toEqual(
          sentencesOf(sent).map(({ content }) => squeezed(content)),
        );
        for (const { term, mentions } of terms)
          for (const mention of mentions) expect(decoded(text, mention).toLowerCase()).toBe(term.toLowerCase());
        for (const { mentions } of aspects)
          for (const { start, end } of mentions)
            expect(sentences).toContainEqual(expect.objectContaining({ start, end }));
      }),
      { numRuns: 300 },
    );
  });

  const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();
  const decoded = (text: string, { start, end }: { start: number; end: number }): string =>
    squeezed(toSendable(plainView(text.slice(start, end), 'html').text));
});

describe('languages that are not supported', () => {
  it.each([
    [['aspects'], 'C’est [[fr]]', 'fr', 'the sentiment of entities'],
    [['sentiment'], 'tlhIngan Hol [[tlh]]', 'tlh', 'sentiment'],
    [['sentiment'], 'Lorem ipsum [[la]]', 'la', 'sentiment'],
    [['sentiment', 'terms'], 'Dobry [[pl]]', 'pl', 'sentiment and entities'],
  ] as const)('%j of %j is an error of the text', async (features, text, language, what) => {
    await start({}, { features });
    const outcomes = await engine.processBatch([textItem(text, 0), textItem('Rico', 1)], { signal: never });
    expect(outcomes).toMatchObject([
      {
        ok: false,
        error: {
          code: 'UNSUPPORTED_LANGUAGE',
          isRetryable: false,
          message: `Cloud Natural Language: the language ${language} is not supported for ${what}; where the text is in another language, say which (such as --language es), else use --provider local`,
        },
      },
      { ok: true },
    ]);
  });
});

describe('texts that are too large for a call', () => {
  const sentence = (index: number): string =>
    index % 3 === 0
      ? `El yogur ${index} está delicioso y rico, niño. `
      : `El precio nº ${index} parece caro en Madrid. `;
  const large = Array.from({ length: 28_000 }, (_, index) => sentence(index)).join('');

  it('are cut at sentences and joined', async () => {
    await start();
    expect(Buffer.byteLength(large)).toBeGreaterThan(1_200_000);
    const { sentiment, sentences = [] } = readingOf(await read(large));
    expect(sentences.map(({ start, end }) => large.slice(start, end))).toEqual(
      Array.from({ length: 28_000 }, (_, index) => sentence(index).trim()),
    );
    const { texts, units, calls, maxContentBytes } = server.stats;
    expect(calls).toBe(texts.length);
    expect(maxContentBytes).toBeLessThanOrEqual(1_000_000);
    expect(engine.billing?.unitsOf(textItem(large))).toBe(units);
    const length = texts.reduce((sum, text) => sum + text.length, 0);
    const parts = texts.map((text) => ({ ...documentFeelingOf(text), weight: text.length / length }));
    expect(sentiment?.score).toBeCloseTo(
      parts.reduce((sum, { score, weight }) => sum + score * weight, 0),
      3,
    );
    expect(sentiment?.magnitude).toBeCloseTo(
      parts.reduce((sum, { magnitude }) => sum + magnitude, 0),
      0,
    );
  });

  it('have their entities merged by name', async () => {
    await start({}, { features: ['aspects', 'terms'] });
    const { terms = [], aspects = [] } = readingOf(await read(large));
    expect(server.stats.calls).toBeGreaterThan(2);
    expect(terms.slice(0, 3).map(({ key, mentions }) => [key, mentions.length])).toEqual([
      ['precio', 18_666],
      ['madrid', 18_666],
      ['yogur', 9_334],
    ]);
    expect(aspects.map(({ aspect, mentions }) => [aspect, mentions.length])).toEqual([
      ['yogur', 9_334],
      ['precio', 18_666],
    ]);
    expect(terms.reduce((sum, { score }) => sum + score, 0)).toBeLessThanOrEqual(1.001);
  });

  it('pay no part again that was answered before another failed', async () => {
    await start();
    const item = textItem(large);
    const first = readingOf(await read(large));
    const parts = server.stats.calls;
    server.resetStats();
    server.configure({ latencyMs: 300 });
    const aborter = new AbortController();
    const reason = new Error('stop');
    const stopped = engine.processBatch([item], { signal: aborter.signal }).catch((error: unknown) => error);
    await expect.poll(() => server.stats.answered, { interval: 5 }).toBe(1);
    await expect.poll(() => server.stats.calls, { interval: 5 }).toBe(2);
    aborter.abort(reason);
    expect(await stopped).toBe(reason);
    await expect.poll(() => server.stats.inFlight, { interval: 5 }).toBe(0);
    server.configure({ latencyMs: 0, script: ['UNAVAILABLE', 'RESOURCE_EXHAUSTED'] });
    expect(await failureOf(large)).toMatchObject({ code: 'UNAVAILABLE', isRetryable: true });
    expect(await failureOf(large)).toMatchObject({ code: 'RESOURCE_EXHAUSTED', isQuota: true });
    const before = server.stats.answered;
    expect(readingOf(await read(large))).toEqual(first);
    expect(server.stats.answered - before).toBe(parts - 1);
  });

  it.each([
    ['a megabyte without a space', 'ñandú'.repeat(200_000)],
    ['emoji', '😀'.repeat(300_000)],
    ['one sentence', 'pero el yogur '.repeat(90_000)],
  ])('%s', async (_, text) => {
    await start();
    const { sentences = [] } = readingOf(await read(text));
    const { texts, maxContentBytes } = server.stats;
    expect(texts.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    expect(maxContentBytes).toBeLessThanOrEqual(1_000_000);
    expect(sentences.map(({ start, end }) => text.slice(start, end))).toEqual(texts.map((part) => part.trim()));
  });
});

describe('answers that do not hold together', () => {
  it('offsets that do not index the text are an error of the text, and are never taken', async () => {
    await start({ script: ['WRONG_OFFSETS'] });
    expect(await read(`Niño. ${REVIEW}`)).toMatchObject({
      ok: false,
      error: {
        code: 'INVALID_RESPONSE',
        isRetryable: false,
        message: expect.stringContaining('does not stand at offset'),
      },
    });
  });

  it('an empty answer is worth another try', async () => {
    await start({ script: ['EMPTY'] });
    expect(await read(REVIEW)).toMatchObject({ ok: false, error: { code: 'MISSING_RESPONSE', isRetryable: true } });
    expect(await read(REVIEW)).toMatchObject({ ok: true });
  });
});

describe('calls that fail as a whole', () => {
  it.each([
    ['UNAVAILABLE', 'UNAVAILABLE'],
    ['INTERNAL', 'INTERNAL'],
    ['DEADLINE_EXCEEDED', 'DEADLINE_EXCEEDED'],
    ['ABORTED', 'ABORTED'],
    ['RST_STREAM', 'INTERNAL'],
    ['RESET', 'UNAVAILABLE'],
  ] as const)('%s may be tried again', async (fault, code) => {
    await start({ script: [fault] });
    const error = await failureOf(REVIEW);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ code, isRetryable: true, scope: 'call', isQuota: false });
    expect(await read(REVIEW)).toMatchObject({ ok: true });
  });

  it('a refusal for quota tells how long to wait', async () => {
    await start({ quota: { calls: 1, windowMs: 60_000 }, retryAfterMs: 1_250 }, { features: ['terms'] });
    expect(await read(REVIEW)).toMatchObject({ ok: true });
    expect(await failureOf(REVIEW)).toMatchObject({ code: 'RESOURCE_EXHAUSTED', isQuota: true, retryAfterMs: 1_250 });
  });

  it('a call without an answer ends at the time limit', async () => {
    await start({ script: ['HANG'] }, {}, { timeoutMs: 200 });
    expect(await failureOf(REVIEW)).toMatchObject({ code: 'DEADLINE_EXCEEDED', isRetryable: true });
  });

  it('a call is cancelled with the reason of its signal', async () => {
    await start({ script: ['HANG'] });
    const controller = new AbortController();
    const failure = failureOf(REVIEW, controller.signal);
    await expect.poll(() => server.stats.hung).toBe(1);
    const reason = new Error('stop');
    controller.abort(reason);
    expect(await failure).toBe(reason);
  });

  it.each([
    [{ code: 'UNAUTHENTICATED', message: 'No.' }, /gcloud auth application-default login/],
    [
      { code: 'PERMISSION_DENIED', message: 'off', reason: 'SERVICE_DISABLED', consumer: 'projects/12' },
      /the Cloud Natural Language API is not enabled in project 12; run `gcloud services enable language.googleapis.com --project=12`/,
    ],
    [{ code: 'UNIMPLEMENTED', message: 'no such method' }, /does not serve Cloud Natural Language/],
  ] as const)('%j ends the run', async (always, message) => {
    await start({ always });
    expect(await failureOf(REVIEW)).toMatchObject({
      scope: 'run',
      isRetryable: false,
      message: expect.stringMatching(message),
    });
  });

  it('missing credentials are told, and nothing is sent', async () => {
    server = await startLanguageServer();
    const env = { GOOGLE_APPLICATION_CREDENTIALS: join(tmpdir(), 'no-such-key.json') };
    engine = await createGoogleTextEngine(TEXT_OPTIONS, engineSettings(null, { env }));
    expect(await failureOf(REVIEW)).toMatchObject({ code: 'UNAUTHENTICATED', scope: 'run' });
  });

  it('an endpoint that is none is a mistake in the command line', async () => {
    await expect(createGoogleTextEngine(TEXT_OPTIONS, engineSettings('ftp://x'))).rejects.toThrow(UsageError);
  });
});

describe('what the pipeline asks', () => {
  it('knows limits and counts characters as Google does', async () => {
    await start();
    expect(engine.limits).toMatchObject({ itemsPerBatch: 1, parallelBatches: 16, requestsPerMinute: null });
    const units = (text: string) => engine.billing?.unitsOf(textItem(text));
    expect([1, 999, 1000, 1001, 2000, 2001].map((length) => units('x'.repeat(length)))).toEqual([1, 1, 1, 2, 2, 3]);
    expect(units('😀'.repeat(1000))).toBe(1);
    expect(units(`x&amp;${'y '.repeat(499)}`)).toBe(1);
    const real = await createGoogleTextEngine(TEXT_OPTIONS, engineSettings(null));
    expect(real.limits.requestsPerMinute).toBe(600);
  });
});
