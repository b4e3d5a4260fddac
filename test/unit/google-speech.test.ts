import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SpeechOptions } from '../../src/model.js';
import { billedSpeechSeconds, usdPerSpeechSecond } from '../../src/providers/google/prices.js';
import type { AskedSpeech, SpeechAnswer } from '../../src/providers/google/speech-answer.js';
import { parseRecording, parseSpeech } from '../../src/providers/google/speech-parse.js';
import { recordingAnswerOf } from '../../src/providers/google/speech-recording.js';
import {
  endpointOf,
  planSpeech,
  remarkOnLanguages,
  toLanguageCode,
  toLinear16,
  toOperationRequest,
  toSpeechRequest,
} from '../../src/providers/google/speech-request.js';
import { cpuMilliseconds } from '../support/cpu-time.js';
import { SPEECH_OPTIONS } from '../support/speech-items.js';

const plan = (changes: Partial<SpeechOptions> = {}, env: Record<string, string> = {}) =>
  planSpeech({ ...SPEECH_OPTIONS, ...changes }, env);

describe('languages', () => {
  it.each([
    ['en', 'en-US'],
    ['es', 'es-ES'],
    ['es-MX', 'es-MX'],
    ['pt', 'pt-BR'],
    ['ca', 'ca-ES'],
    ['zh', 'cmn-Hans-CN'],
    ['he', 'iw-IL'],
  ])('%s is asked for as %s', (language, code) => expect(toLanguageCode(language, 'v2')).toBe(code));

  it('v1 has its own Chinese', () => expect(toLanguageCode('zh', 'v1')).toBe('zh'));
  it('what is none is refused', () => expect(() => toLanguageCode('-', 'v2')).toThrow(/no language code/));
  it('are asked for once', () => expect(plan({ languages: ['en', 'en-US'] }).languages).toEqual(['en-US']));
});

describe('places', () => {
  it.each([
    [{}, {}, 'https://speech.googleapis.com'],
    [{ model: 'chirp_3' }, {}, 'https://us-speech.googleapis.com'],
    [{ model: 'chirp_2' }, {}, 'https://us-central1-speech.googleapis.com'],
    [{ diarize: true }, {}, 'https://us-speech.googleapis.com'],
    [{ model: 'chirp_2' }, { UXD_GOOGLE_LOCATION: 'asia-southeast1' }, 'https://asia-southeast1-speech.googleapis.com'],
    [{ api: 'v1', diarize: true }, {}, 'https://speech.googleapis.com'],
    [{ api: 'v1' }, { UXD_GOOGLE_LOCATION: 'eu' }, 'https://eu-speech.googleapis.com'],
  ] as const)('%j %j: %s', (options, env, endpoint) => expect(endpointOf(plan(options, env))).toBe(endpoint));

  it.each(['evil.example', 'us/../x', 'US', 'us-', '-', 'a b'])('%s is none', (location) =>
    expect(() => plan({}, { UXD_GOOGLE_LOCATION: location })).toThrow(/UXD_GOOGLE_LOCATION/),
  );

  it('the flag stands above the environment', () => {
    expect(plan({ location: 'eu' }, { UXD_GOOGLE_LOCATION: 'us' }).location).toBe('eu');
    expect(() => plan({ location: 'evil.example' })).toThrow(/--location evil\.example is no location/);
  });
});

describe('several languages', () => {
  const languages = ['es', 'en'];

  it.each([
    ['long', null],
    ['chirp_3', null],
    ['chirp_3', 'eu'],
    ['telephony', 'us'],
  ])('are named to %s at %s', (model, location) =>
    expect(plan({ model, location, languages }).languages).toEqual(['es-ES', 'en-US']),
  );

  it.each([
    ['chirp', null],
    ['chirp_2', null],
    ['chirp_2', 'europe-west4'],
    ['chirp_3', 'asia-southeast1'],
  ])('are left to %s at %s, where a request may name one alone', (model, location) => {
    const options = { ...SPEECH_OPTIONS, model, location, languages };
    const open = plan(options);
    expect(open.languages).toEqual(['auto']);
    expect(remarkOnLanguages(options, open)).toMatch(`${model} in ${open.location} takes none by name`);
    expect(plan({ ...options, languages: ['es'] }).languages).toEqual(['es-ES']);
  });

  it('`auto` is for chirp models, and stands alone', () => {
    const options = { ...SPEECH_OPTIONS, model: 'chirp_2', languages: ['auto'] };
    expect(plan(options).languages).toEqual(['auto']);
    expect(remarkOnLanguages(options, plan(options))).toBeNull();
    expect(() => plan({ model: 'long', languages: ['auto'] })).toThrow(/chirp_2/);
    expect(() => plan({ model: 'chirp_2', languages: ['auto', 'es'] })).toThrow(/stands alone/);
  });
});

describe('hints', () => {
  it('go in sets of the size that v2 takes', () => {
    const hints = Array.from({ length: 2_500 }, (_, index) => `name ${index}`);
    const { config } = toSpeechRequest(plan({ hints }), Int16Array.of(1)) as {
      config: { adaptation: { phraseSets: { inlinePhraseSet: { phrases: { value: string }[] } }[] } };
    };
    const sets = config.adaptation.phraseSets.map(({ inlinePhraseSet }) => inlinePhraseSet.phrases);
    expect(sets.map(({ length }) => length)).toEqual([1_200, 1_200, 100]);
    expect(sets.flat().map(({ value }) => value)).toEqual(hints);
  });

  it('chirp_3 takes 1,000', () => {
    const hints = Array.from({ length: 1_001 }, (_, index) => `name ${index}`);
    expect(() => plan({ model: 'chirp_3', hints })).toThrow(/chirp_3 takes 1000 hints/);
    expect(plan({ model: 'chirp_2', hints }).hints).toHaveLength(1_001);
  });
});

describe('requests', () => {
  const samples = Int16Array.of(1, -2, 256);
  const content = Buffer.from([1, 0, 0xfe, 0xff, 0, 1]);

  it('v2 says how the sound is written and what is wanted', () => {
    const options = { languages: ['es', 'en'], hints: ['Trebola'], model: 'long', diarize: true };
    expect(toSpeechRequest(plan(options), samples)).toEqual({
      content,
      config: {
        explicitDecodingConfig: { encoding: 'LINEAR16', sampleRateHertz: 16_000, audioChannelCount: 1 },
        model: 'long',
        languageCodes: ['es-ES', 'en-US'],
        features: {
          enableWordTimeOffsets: true,
          enableWordConfidence: true,
          enableAutomaticPunctuation: true,
          diarizationConfig: {},
        },
        adaptation: { phraseSets: [{ inlinePhraseSet: { phrases: [{ value: 'Trebola' }] } }] },
      },
    });
  });

  it('chirp is not asked for confidences, which it refuses or makes up', () => {
    for (const model of ['chirp', 'chirp_2', 'chirp_3']) {
      expect(JSON.stringify(toSpeechRequest(plan({ model }), samples))).not.toContain('enableWordConfidence');
    }
  });

  it('v1 has other names for the same', () => {
    const options = { api: 'v1', languages: ['es', 'en'], hints: ['Trebola'], diarize: true } as const;
    expect(toSpeechRequest(plan(options), samples)).toEqual({
      audio: { content },
      config: {
        encoding: 'LINEAR16',
        sampleRateHertz: 16_000,
        audioChannelCount: 1,
        model: 'latest_long',
        languageCode: 'es-ES',
        alternativeLanguageCodes: ['en-US'],
        enableWordTimeOffsets: true,
        enableWordConfidence: true,
        enableAutomaticPunctuation: true,
        diarizationConfig: { enableSpeakerDiarization: true, minSpeakerCount: 1 },
        speechContexts: [{ phrases: ['Trebola'] }],
      },
    });
  });

  it('sends a part of a larger buffer, and no more', () => {
    expect(toLinear16(Int16Array.of(9, 1, -2, 256, 9).subarray(1, 4))).toEqual(content);
  });
});

describe('prices', () => {
  it.each([
    ['v1', 0.1, 15],
    ['v1', 15.01, 30],
    ['v2', 0.1, 1],
    ['v2', 29.5, 30],
  ] as const)('%s: %d s are billed as %d s', (api, seconds, billed) =>
    expect(billedSpeechSeconds(api, seconds)).toBe(billed),
  );
  it.each([
    ['v2', 'long', 0.016],
    ['v1', 'latest_long', 0.024],
    ['v1', 'video', 0.036],
    ['v1', 'medical_dictation', 0.078],
  ] as const)('a minute of %s %s has the listed price', (api, model, usd) =>
    expect(usdPerSpeechSecond(api, model) * 60).toBeCloseTo(usd, 10),
  );
});

const ASKED: AskedSpeech = {
  model: 'speech-v2/long',
  languages: ['en-US'],
  seconds: 10,
  diarize: false,
  hasConfidences: true,
};
const at = (seconds: number) => ({ seconds: Math.floor(seconds), nanos: Math.round((seconds % 1) * 1e9) });
const word = (text: string, start: number, end: number, speakerLabel?: string) => ({
  word: text,
  startOffset: at(start),
  endOffset: at(end),
  ...(speakerLabel !== undefined && { speakerLabel }),
});

describe('answers', () => {
  it('without words have the times of their results', () => {
    const results = [
      { alternatives: [{ transcript: 'Hello there.', confidence: 0 }], resultEndOffset: at(2.5) },
      { alternatives: [{ transcript: ' ' }], resultEndOffset: at(3) },
      { alternatives: [], resultEndOffset: at(3.5) },
      { alternatives: [{ transcript: ' Good bye.', confidence: 0.87654 }], resultEndOffset: at(4) },
      { alternatives: [{ transcript: 'End' }] },
    ];
    const { segments, language } = parseSpeech({ results }, ASKED);
    expect(language).toBe('en');
    expect(segments.map((each) => [each.text, each.startSeconds, each.endSeconds, each.confidence])).toEqual([
      ['Hello there.', 0, 2.5, null],
      ['Good bye.', 2.5, 4, 0.8765],
      ['End', 4, 10, null],
    ]);
  });

  it('words without times are left out, for there is no telling where they stand', () => {
    const words = [{ word: 'Hello' }, { word: 'there.' }];
    const results = [{ alternatives: [{ transcript: 'Hello there.', words }], resultEndOffset: at(2) }];
    expect(parseSpeech({ results }, ASKED).segments).toMatchObject([{ endSeconds: 2, words: [] }]);
  });

  it('the first word may start at nothing, which is not sent', () => {
    const words = [{ word: 'Hi', endOffset: at(0.4) }];
    const results = [{ alternatives: [{ transcript: 'Hi', words }] }];
    expect(parseSpeech({ results }, ASKED).segments).toMatchObject([
      { startSeconds: 0, endSeconds: 0.4, words: [{ startSeconds: 0, endSeconds: 0.4, confidence: null }] },
    ]);
  });

  it('the language is that of most of the text, in ISO 639-1', () => {
    const result = (transcript: string, languageCode: string) => ({ alternatives: [{ transcript }], languageCode });
    const languageOf = (...results: ReturnType<typeof result>[]) => parseSpeech({ results }, ASKED).language;
    expect(languageOf(result('yes', 'en-us'), result('muchas gracias', 'es-ES'))).toBe('es');
    expect(languageOf(result('x', 'cmn-hans-cn'))).toBe('zh');
    expect(languageOf(result('x', 'iw-IL'))).toBe('he');
    expect(languageOf(result('x', ''))).toBe('en');
    // Nobody knows which of several it was.
    const several = { ...ASKED, languages: ['en-US', 'es-ES'] };
    expect(parseSpeech({ results: [result('x', '')] }, several).language).toBeNull();
    expect(parseSpeech({ results: [result('x', '')] }, { ...ASKED, languages: ['auto'] }).language).toBeNull();
    expect(parseSpeech({}, ASKED)).toEqual({ language: null, model: ASKED.model, segments: [] });
    expect(parseSpeech({ results: null }, ASKED).segments).toEqual([]);
  });

  it('each segment has the language of its result', () => {
    const result = (transcript: string, languageCode: string) => ({ alternatives: [{ transcript }], languageCode });
    const results = [result('good morning', 'en-us'), result('hola', 'es-ES'), result('yes', '')];
    expect(parseSpeech({ results }, ASKED).segments.map(({ language }) => language)).toEqual(['en', 'es', 'en']);
  });

  it('text is on one line, without signs that do not print', () => {
    const words = [word(' He\u0000llo\n', 0, 1), word('\u0007', 1, 2), word('you\ud800', 2, 3)];
    const results = [{ alternatives: [{ transcript: '\tHello\r\n\u0000 you\ud800', words }] }];
    expect(parseSpeech({ results }, ASKED).segments).toMatchObject([
      { text: 'Hello you\ufffd', words: [{ text: 'He llo' }, { text: 'you\ufffd' }] },
    ]);
  });

  it('of which only the words are told are those words', () => {
    const results = [{ alternatives: [{ words: [word('Good', 1, 2), word('day.', 2, 3)] }] }];
    expect(parseSpeech({ results }, ASKED).segments).toMatchObject([{ text: 'Good day.', endSeconds: 3 }]);
  });

  it('a word that is said to stand beyond the piece costs the others no times', () => {
    const words = [word('one', 900, 901), word('two', 1, 2), word('three', 400, 401), word('four', 3, 99)];
    const results = [{ alternatives: [{ transcript: 'one two three four', words }] }];
    const [segment] = parseSpeech({ results }, ASKED).segments;
    expect(segment?.words.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])).toEqual([
      [0, 0],
      [1, 2],
      [2, 2],
      [3, 10],
    ]);
  });

  it('words without number are no matter', () => {
    const words = Array.from({ length: 200_000 }, (_, index) => word(`w${index}`, index / 4, index / 4 + 0.2));
    const results = [{ alternatives: [{ transcript: 'all', words }] }];
    for (const diarize of [false, true]) {
      const parse = () => parseSpeech({ results }, { ...ASKED, seconds: null, diarize }).segments;
      expect(parse()).toMatchObject([{ endSeconds: 49_999.95 }]);
      // A time that grows with the square of their number is ten times that.
      expect(cpuMilliseconds(parse)).toBeLessThan(2_500);
    }
  });

  it('speakers take turns; a word without a label is of the one before', () => {
    const words = [
      word('So', 0.1, 0.2, '1'),
      word('yes.', 0.3, 0.4),
      word('No!', 1, 1.2, '2'),
      word('Why?', 1.5, 2, '1'),
    ];
    const results = [{ alternatives: [{ transcript: 'So yes. No! Why?', words, confidence: 0.5 }] }];
    const { segments } = parseSpeech({ results }, { ...ASKED, diarize: true });
    expect(
      segments.map(({ speaker, text, startSeconds, confidence }) => [speaker, text, startSeconds, confidence]),
    ).toEqual([
      ['1', 'So yes.', 0.1, 0.5],
      ['2', 'No!', 1, 0.5],
      ['1', 'Why?', 1.5, 0.5],
    ]);
    expect(parseSpeech({ results }, ASKED).segments).toMatchObject([{ speaker: null, text: 'So yes. No! Why?' }]);
  });

  it('results that repeat all words so far are read once', () => {
    const all = [word('One', 0, 0.2, '1'), word('two.', 0.3, 0.5, '1'), word('Three.', 2, 2.5, '2')];
    const results = [
      { alternatives: [{ transcript: 'One two.', words: all.slice(0, 2) }] },
      { alternatives: [{ transcript: 'Three.', words: all }] },
    ];
    const { segments } = parseSpeech({ results }, { ...ASKED, diarize: true });
    expect(segments.map(({ speaker, text }) => [speaker, text])).toEqual([
      ['1', 'One two.'],
      ['2', 'Three.'],
    ]);
  });

  it('speakers of results without times are kept apart', () => {
    const words = ['Hello', 'there.'].map((text) => ({ word: text, speakerLabel: '1' }));
    const results = [
      { alternatives: [{ transcript: 'Hello there.', words }], resultEndOffset: at(2) },
      { alternatives: [{ transcript: 'Bye.', words: [{ word: 'Bye.', speakerLabel: '2' }] }], resultEndOffset: at(3) },
    ];
    expect(parseSpeech({ results }, { ...ASKED, diarize: true }).segments).toMatchObject([
      { speaker: '1', text: 'Hello there.', startSeconds: 0, endSeconds: 2, words: [] },
      { speaker: '2', text: 'Bye.', startSeconds: 2, endSeconds: 3, words: [] },
    ]);
  });

  it('Japanese is joined without spaces, and without readings', () => {
    const words = [word('日本|ニホン', 0, 1, '1'), word('語|ゴ', 1, 2, '1'), word('はい', 3, 4, '2')];
    const results = [{ alternatives: [{ transcript: '日本語はい', words }], languageCode: 'ja-jp' }];
    const { segments } = parseSpeech({ results }, { ...ASKED, diarize: true });
    expect(segments.map(({ text }) => text)).toEqual(['日本語', 'はい']);
  });

  it('hold together, whatever the service says', () => {
    const duration = fc.option(
      fc.record({ seconds: fc.oneof(fc.integer({ min: -5, max: 40 }), fc.constant('7')), nanos: fc.nat(999_999_999) }),
    );
    const wireWord = fc.record({
      word: fc.option(fc.constantFrom('', ' ', 'one', 'two.', '|', 'a|b')),
      startOffset: duration,
      endOffset: duration,
      confidence: fc.option(fc.float()),
      speakerLabel: fc.option(fc.constantFrom('', '1', '2')),
      speakerTag: fc.option(fc.nat(3)),
    });
    const alternative = fc.record({
      transcript: fc.option(fc.constantFrom('', ' one', 'one two.')),
      confidence: fc.option(fc.float()),
      words: fc.option(fc.array(wireWord, { maxLength: 6 })),
    });
    const result = fc.record({
      alternatives: fc.option(fc.array(alternative, { maxLength: 2 })),
      resultEndOffset: duration,
      languageCode: fc.option(fc.constantFrom('', 'en-us', '?', 'und')),
    });
    fc.assert(
      fc.property(fc.array(result, { maxLength: 5 }), fc.boolean(), (results, diarize) => {
        const { segments, language } = parseSpeech({ results } as SpeechAnswer, { ...ASKED, diarize });
        expect(language === null).toBe(segments.length === 0);
        let last = 0;
        for (const segment of segments) {
          expect(segment.text).not.toBe('');
          expect(segment.startSeconds).toBeGreaterThanOrEqual(last);
          expect(segment.endSeconds).toBeGreaterThanOrEqual(segment.startSeconds);
          expect(segment.endSeconds).toBeLessThanOrEqual(ASKED.seconds as number);
          last = segment.startSeconds;
          let before = segment.startSeconds;
          for (const { startSeconds, endSeconds, confidence } of segment.words) {
            expect(startSeconds).toBeGreaterThanOrEqual(before);
            expect(endSeconds).toBeGreaterThanOrEqual(startSeconds);
            expect(endSeconds).toBeLessThanOrEqual(segment.endSeconds);
            if (confidence !== null) expect(confidence >= 0 && confidence <= 1).toBe(true);
            before = startSeconds;
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('whole recordings', () => {
  const word = (text: string, at: number) => ({
    word: text,
    startOffset: { seconds: at },
    endOffset: { seconds: at + 1 },
  });
  const result = (text: string, at: number, more: object) => ({
    alternatives: [{ transcript: text, words: [word(text, at)] }],
    resultEndOffset: { seconds: at + 1 },
    ...more,
  });

  it('have the channel and the language of each result, in order of time', () => {
    const results = [
      result('hello', 3700, { channelTag: 1, languageCode: 'en-us' }),
      result('buenas', 3600, { channelTag: 2, languageCode: 'es-es' }),
      result('adiós', 7200, { channelTag: 2, languageCode: 'es-es' }),
    ];
    const { segments, language } = parseRecording({ results } as SpeechAnswer, ASKED, true);
    expect(language).toBe('es');
    expect(segments.map((each) => [each.startSeconds, each.channel, each.language, each.text])).toEqual([
      [3600, 2, 'es', 'buenas'],
      [3700, 1, 'en', 'hello'],
      [7200, 2, 'es', 'adiós'],
    ]);
  });

  it('end a result without times where its words end, or where it starts', () => {
    const bare = { alternatives: [{ transcript: 'hello' }] };
    const { segments } = parseRecording({ results: [result('one', 5, {}), bare] } as SpeechAnswer, ASKED, false);
    expect(segments.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])).toEqual([
      [5, 6],
      [6, 6],
    ]);
  });

  it('are found in the answer of an operation, also under another form of their name', () => {
    const file = { inlineResult: { transcript: { results: [] } }, metadata: { totalBilledDuration: { seconds: 7 } } };
    const found = { error: null, answer: { results: [] }, billedSeconds: 7 };
    expect(recordingAnswerOf({ results: { 'gs://b/a': file } }, 'v2', 'gs://b/a')).toEqual(found);
    expect(recordingAnswerOf({ results: { 'gs://b/%61': file } }, 'v2', 'gs://b/a')).toEqual(found);
    const others = { 'gs://b/b': file, 'gs://b/c': file };
    expect(recordingAnswerOf({ results: others }, 'v2', 'gs://b/a')).toMatchObject({ error: { code: 15 } });
    expect(recordingAnswerOf({ results: {} }, 'v2', 'gs://b/a')).toMatchObject({ error: { code: 15 } });
    expect(recordingAnswerOf(null, 'v1', 'gs://b/a')).toMatchObject({ error: { code: 15 } });
    const wrong = recordingAnswerOf({ results: { 'gs://b/b': file } }, 'v2', 'gs://b/a');
    expect(wrong).toMatchObject({ error: { code: 15, message: expect.stringContaining('gs://b/b') } });
    expect(recordingAnswerOf({ results: { 'gs://b/a': {} } }, 'v2', 'gs://b/a')).toMatchObject({ error: { code: 15 } });
    const elsewhere = { 'gs://b/a': { ...file, inlineResult: null, cloudStorageResult: { uri: 'gs://c/d' } } };
    expect(recordingAnswerOf({ results: elsewhere }, 'v2', 'gs://b/a')).toMatchObject({ error: { code: 15 } });
    const silence = { 'gs://b/a': { metadata: file.metadata } };
    expect(recordingAnswerOf({ results: silence }, 'v2', 'gs://b/a')).toEqual({
      error: null,
      answer: {},
      billedSeconds: 7,
    });
    expect(recordingAnswerOf({ results: { 'gs://b/%': file } }, 'v2', 'gs://b/%')).toMatchObject({ error: null });
    const forms = { results: { 'gs://b/a': { transcript: {} } }, totalBilledDuration: { seconds: 9 } };
    expect(recordingAnswerOf(forms, 'v2', 'gs://b/a')).toMatchObject({ error: null, billedSeconds: 9 });
  });

  it('are asked for with the channels that v1 and v2 each want to be told', () => {
    const stored = { uri: 'gs://b/a.opus', splitChannels: true };
    expect(toOperationRequest(plan(), stored)).toMatchObject({
      config: { autoDecodingConfig: {}, features: { multiChannelMode: 'SEPARATE_RECOGNITION_PER_CHANNEL' } },
      files: [{ uri: 'gs://b/a.opus' }],
      recognitionOutputConfig: { inlineResponseConfig: {} },
    });
    expect(toOperationRequest(plan({ api: 'v1' }), stored)).toMatchObject({
      config: { encoding: 'OGG_OPUS', audioChannelCount: 2, enableSeparateRecognitionPerChannel: true },
      audio: { uri: 'gs://b/a.opus' },
    });
    expect(toOperationRequest(plan(), { ...stored, splitChannels: false })).not.toHaveProperty(
      'config.features.multiChannelMode',
    );
  });
});
