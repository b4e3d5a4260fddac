import { describe, expect, it } from 'vitest';
import { Recordings, type SettledSpeech } from '../../src/commands/recordings.js';
import type { FailedInput, Item, ItemError, SpeechPiece, SpeechReading } from '../../src/model.js';
import { withEmptySpeech } from '../../src/providers/empty-speech.js';
import { orderRow } from '../../src/rows/define.js';
import { transcriptSchema } from '../../src/rows/transcript.js';
import { failedTranscriptRow, placeSegments, recordingRows, segmentRows } from '../../src/rows/transcript-rows.js';

const ORIGIN = { source: 'calls/a.wav', provider: 'local', channelNames: [] };
const ERROR: ItemError = { code: 'BROKEN', message: 'broken', isRetryable: false };

function piece(startSeconds: number, more: Partial<SpeechPiece> = {}): SpeechPiece {
  const samples = new Int16Array(16_000);
  const probe = new Int16Array(0);
  return { channel: null, startSeconds, samples, languageProbe: probe, recordingSeconds: null, isLast: false, ...more };
}

function reading(text: string, language = 'es'): SpeechReading {
  const words = text.split(' ').map((word, index) => ({
    text: word,
    startSeconds: index * 0.25 + 0.10049,
    endSeconds: index * 0.25 + 0.3,
    confidence: 0.987654,
  }));
  const segment = {
    text,
    startSeconds: 0.10049,
    endSeconds: words.length * 0.25 + 0.05,
    confidence: 0.5,
    speaker: null,
  };
  return { language, model: 'test', segments: [{ ...segment, words }] };
}

const NOTHING: SpeechReading = { language: null, model: 'none', segments: [] };

function itemOf(payload: SpeechPiece, index: number, source = ORIGIN.source): Item<SpeechPiece> {
  return { index, source, key: String(index), sizeBytes: 0, payload };
}

function settled(entry: Item<SpeechPiece> | FailedInput, value: SpeechReading = NOTHING): SettledSpeech {
  const { index, source } = entry;
  const base = { index, source, page: null, line: null, attempts: 1 };
  if ('error' in entry) return { ...base, item: null, outcome: { ok: false, error: entry.error } };
  return { ...base, item: entry, outcome: { ok: true, value } };
}

async function watched(recordings: Recordings, entries: readonly (Item<SpeechPiece> | FailedInput)[]): Promise<void> {
  async function* source() {
    yield* entries;
  }
  for await (const _ of recordings.watch(source()));
}

/** A piece in which somebody speaks for so many seconds, but nothing could be understood. */
function unclear(endSeconds: number): SpeechReading {
  return { ...NOTHING, model: 'test', unintelligible: [{ startSeconds: 0, endSeconds }] };
}

describe('what could not be understood', () => {
  const base = { text: '', confidence: null, language: null, flags: ['unintelligible'] };
  /** Settles the pieces in order: the rows of segments, and the recording. */
  async function heard(readings: readonly SpeechReading[]) {
    const recordings = new Recordings(true);
    const items = readings.map((_, index) =>
      itemOf(piece(10 * index, index + 1 < readings.length ? {} : { isLast: true, recordingSeconds: 99 }), index),
    );
    await watched(recordings, items);
    const all = items.map((item, index) => recordings.settle(settled(item, readings[index])));
    return { segments: all.flatMap(({ segments }) => segments), last: all.at(-1)! };
  }

  it('has a row of its own between what was, joined as long as no words follow', async () => {
    const { segments, last } = await heard([reading('Hola.'), unclear(1), unclear(2), reading('Buenas.'), unclear(1)]);
    const rows = segmentRows(segments, 'segment', ORIGIN);
    expect(rows.map(({ text, startSeconds }) => [text, startSeconds])).toEqual([
      ['Hola.', 0.1],
      ['', 10],
      ['Buenas.', 30.1],
      ['', 40],
    ]);
    expect(rows[1]).toMatchObject({ ...base, status: 'ok', endSeconds: 22, words: [] });
    expect(segmentRows(segments, 'word', ORIGIN)[1]).toMatchObject({ ...base, level: 'word' });
    const [row] = recordingRows(last.finished!, 'file', ORIGIN);
    expect(row).toMatchObject({ text: 'Hola. Buenas.', language: 'es', confidence: 0.5, flags: ['unintelligible'] });
  });

  it('is no silence: a recording of it alone has one row that says so', async () => {
    const { segments, last } = await heard([unclear(1.5), NOTHING, unclear(1.5)]);
    expect(segmentRows(segments, 'segment', ORIGIN)).toMatchObject([{ ...base, startSeconds: 0, endSeconds: 21.5 }]);
    expect(last.hasSpeech).toBe(true);
    expect(recordingRows(last.finished!, 'file', ORIGIN)).toMatchObject([{ ...base, endSeconds: 99 }]);
  });

  it('is noise where it is short and nothing else is said', async () => {
    const { segments, last } = await heard([unclear(1.5)]);
    expect([segments, last.hasSpeech]).toEqual([[], false]);
    expect(recordingRows(last.finished!, 'segment', ORIGIN)).toMatchObject([{ text: '', flags: ['no-speech'] }]);
  });

  it('is not what was understood in a language that is doubtful', () => {
    const doubtful = reading('on the way');
    const segments = doubtful.segments.map((each) => ({
      ...each,
      flags: ['language-doubtful'] as const,
      model: 'other',
    }));
    const placed = placeSegments(piece(1), { ...doubtful, segments });
    for (const level of ['segment', 'word'] as const) {
      for (const row of segmentRows(placed, level, ORIGIN)) {
        expect(row).toMatchObject({ flags: ['language-doubtful'], model: 'other' });
      }
    }
  });
});

describe('rows of a transcript', () => {
  it('have times on the clock of the recording, to the millisecond', () => {
    const segments = placeSegments(piece(10.0004, { channel: 2 }), reading('Hola, buenas.'));
    const [row] = segmentRows(segments, 'segment', ORIGIN);
    expect(row).toMatchObject({ channel: 2, startSeconds: 10.101, endSeconds: 10.55, text: 'Hola, buenas.' });
    expect(row?.words).toEqual([
      { text: 'Hola,', startSeconds: 10.101, endSeconds: 10.3, confidence: 0.9877 },
      { text: 'buenas.', startSeconds: 10.351, endSeconds: 10.55, confidence: 0.9877 },
    ]);
    expect(() => orderRow(transcriptSchema, row!)).not.toThrow();
  });

  it('are one a word at the level of words', () => {
    const rows = segmentRows(placeSegments(piece(1), reading('Hola, buenas.')), 'word', ORIGIN);
    expect(rows.map(({ level, text, startSeconds, words }) => [level, text, startSeconds, words])).toEqual([
      ['word', 'Hola,', 1.1, undefined],
      ['word', 'buenas.', 1.35, undefined],
    ]);
  });

  it('say where there are no times of words', () => {
    const { segments, ...rest } = reading('Hola, buenas.');
    const without = { ...rest, segments: segments.map((segment) => ({ ...segment, words: [] })) };
    const rows = segmentRows(placeSegments(piece(1), without), 'word', ORIGIN);
    expect(rows).toMatchObject([{ text: 'Hola, buenas.', flags: ['no-word-times'] }]);
  });

  it('of a recording in which nothing is said are one with an empty text', () => {
    const silent = { segments: [], seconds: 4.5, isIncomplete: false, model: 'none' };
    for (const level of ['segment', 'word', 'file'] as const) {
      const rows = recordingRows(silent, level, ORIGIN);
      expect(rows).toMatchObject([
        { status: 'ok', level, text: '', startSeconds: 0, endSeconds: 4.5, language: null, flags: ['no-speech'] },
      ]);
    }
    expect(recordingRows({ ...silent, isIncomplete: true }, 'file', ORIGIN)).toEqual([]);
  });

  it('of a file are one a channel', () => {
    const segments = [
      ...placeSegments(piece(0, { channel: 2 }), reading('I am here.', 'en')),
      ...placeSegments(piece(3, { channel: 1 }), reading('Hola.')),
      ...placeSegments(piece(5, { channel: 2 }), reading('Good bye.', 'en')),
    ];
    const rows = recordingRows({ segments, seconds: 9, isIncomplete: false, model: 'test' }, 'file', ORIGIN);
    expect(rows).toMatchObject([
      { channel: 1, text: 'Hola.', language: 'es', startSeconds: 0, endSeconds: 9 },
      { channel: 2, text: 'I am here. Good bye.', language: 'en', confidence: 0.5 },
    ]);
    expect(rows[1]?.words).toHaveLength(5);
  });

  it('call the speakers by the names of their channels, and no others', () => {
    const names = ['agent'];
    const segments = [1, 2, null].flatMap((channel) => placeSegments(piece(0, { channel }), reading('Hola.'), names));
    const origin = { ...ORIGIN, channelNames: names };
    const speakers = ['agent', null, null];
    expect(segmentRows(segments, 'segment', origin).map(({ speaker }) => speaker)).toEqual(speakers);
    const files = recordingRows({ segments, seconds: 9, isIncomplete: false, model: 'test' }, 'file', origin);
    expect(files.map(({ channel, speaker }) => [channel, speaker])).toEqual([
      [null, null],
      [1, 'agent'],
      [2, null],
    ]);
    expect(failedTranscriptRow(piece(0, { channel: 1 }), ERROR, 1, origin, 'segment').speaker).toBe('agent');
  });

  it('of a recording without any sound say so', () => {
    const empty = { segments: [], isIncomplete: false, model: null };
    const flagsOf = (seconds: number) => recordingRows({ ...empty, seconds }, 'segment', ORIGIN)[0]?.flags;
    expect([flagsOf(0), flagsOf(1)]).toEqual([['no-speech', 'empty-file'], ['no-speech']]);
  });

  it('of a piece that failed say where it is', () => {
    const row = failedTranscriptRow(piece(12.5, { channel: 1 }), ERROR, 3, ORIGIN, 'segment');
    expect(row).toMatchObject({ status: 'error', channel: 1, startSeconds: 12.5, endSeconds: 13.5, attempts: 3 });
    expect(failedTranscriptRow(null, ERROR, 0, ORIGIN, 'file')).toMatchObject({ startSeconds: null, endSeconds: null });
  });
});

describe('recordings', () => {
  it('end when their last piece has settled, in whatever order', async () => {
    const recordings = new Recordings(true);
    const entries = [piece(0), piece(2), piece(4, { isLast: true, recordingSeconds: 6 })].map((each, index) =>
      itemOf(each, index),
    );
    await watched(recordings, entries);
    const order = [2, 0, 1].map((at) => settled(entries[at]!, reading(`number ${at}`)));
    const [last, first, middle] = order.map((each) => recordings.settle(each));
    expect([last?.finished, first?.finished]).toEqual([null, null]);
    expect(middle?.finished?.segments.map(({ text }) => text)).toEqual(['number 0', 'number 1', 'number 2']);
    expect(middle?.finished).toMatchObject({ seconds: 6, isIncomplete: false });
    expect(recordings).toMatchObject({ speechSeconds: 3, recordingSeconds: 6 });
    expect(recordings.settle(order[2]!)).toBe(middle);
  });

  it('are not over before all of them has been read', async () => {
    const recordings = new Recordings(false);
    const entries = [itemOf(piece(0), 0), itemOf(piece(2), 1)];
    await watched(recordings, entries);
    expect(recordings.settle(settled(entries[0]!)).finished).toBeNull();
    expect(recordings.settle(settled(entries[1]!)).finished).toBeNull();
  });

  it('that break off are incomplete', async () => {
    const recordings = new Recordings(true);
    const end: FailedInput = { index: 1, source: ORIGIN.source, page: null, error: ERROR };
    const first = itemOf(piece(0), 0);
    await watched(recordings, [first, end]);
    recordings.settle(settled(first, reading('hola')));
    expect(recordings.settle(settled(end)).finished).toMatchObject({ isIncomplete: true, seconds: null });
  });

  it('without speech are answered without a call', () => {
    const engine = withEmptySpeech({
      id: 'test',
      version: '1',
      limits: { itemsPerBatch: 1, bytesPerBatch: 1, parallelBatches: 1, requestsPerMinute: null },
      isRemote: false,
      processBatch: async () => {
        throw new Error('not to be called');
      },
      close: async () => undefined,
    });
    const silent = piece(0, { samples: new Int16Array(0), isLast: true });
    expect(engine.answerAtOnce?.(itemOf(silent, 0))).toMatchObject({ segments: [] });
    expect(engine.answerAtOnce?.(itemOf(piece(0), 0))).toBeNull();
  });
});
