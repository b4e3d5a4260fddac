import { describe, expect, it } from 'vitest';
import { measuresOf, Recordings, type SettledSpeech, talliesOf } from '../../src/commands/recordings.js';
import type { EngineBilling, FailedInput, Item, SpeechInput, SpeechReading } from '../../src/model.js';

const RATE = 16_000;

function pieceOf(
  source: string,
  startSeconds: number,
  recordingSeconds: number | null = null,
  channel: number | null = null,
): Item<SpeechInput> {
  const samples = new Int16Array(5 * RATE);
  const isLast = recordingSeconds !== null;
  const payload = { channel, startSeconds, samples, languageProbe: samples, recordingSeconds, isLast };
  return { index: 0, source, key: `${source}${startSeconds}`, sizeBytes: samples.byteLength, payload };
}

async function* inOrder(
  entries: readonly (Item<SpeechInput> | FailedInput)[],
): AsyncGenerator<Item<SpeechInput> | FailedInput, void, undefined> {
  yield* entries;
}

function settledOf(item: Item<SpeechInput>): SettledSpeech {
  const value = { language: null, model: 'm', segments: [] };
  return { source: item.source, item, outcome: { ok: true, value }, attempts: 1 } as unknown as SettledSpeech;
}

describe('recordings', () => {
  it('know how much sound was read and heard, in files that are not at their end too', async () => {
    const recordings = new Recordings(false);
    const pieces = [pieceOf('a', 10), pieceOf('a', 70, 100), pieceOf('b', 20)];
    const read: (Item<SpeechInput> | FailedInput)[] = [];
    for await (const entry of recordings.watch(inOrder(pieces))) read.push(entry);
    expect(read).toEqual(pieces);
    expect([recordings.recordingSeconds, recordings.speechSeconds, recordings.heardSeconds]).toEqual([125, 15, 0]);
    const [first, last, other] = pieces as [Item<SpeechInput>, Item<SpeechInput>, Item<SpeechInput>];
    expect(recordings.settle(settledOf(first)).finished).toBeNull();
    expect([recordings.heardSeconds, recordings.unfinished]).toEqual([15, 1]);
    expect(recordings.settle(settledOf(last)).finished).toMatchObject({ seconds: 100 });
    expect([recordings.heardSeconds, recordings.unfinished]).toEqual([100, 0]);
    recordings.settle(settledOf(other));
    expect([recordings.heardSeconds, recordings.unfinished]).toEqual([125, 1]);
  });

  it('tell what was not understood, and where nobody speaks', async () => {
    const recordings = new Recordings(false);
    expect(talliesOf(recordings, ['es', 'en'])).toEqual([]);
    const pieces = [pieceOf('a', 0), pieceOf('a', 10, 15), pieceOf('b', 0, 5)];
    for await (const _ of recordings.watch(inOrder(pieces)));
    const [first, last, other] = pieces as [Item<SpeechInput>, Item<SpeechInput>, Item<SpeechInput>];
    const words = { text: 'Muy bueno.', startSeconds: 0, endSeconds: 2, confidence: 0.3, speaker: null, words: [] };
    const heard = (item: Item<SpeechInput>, value: object): SettledSpeech =>
      ({
        ...settledOf(item),
        outcome: { ok: true, value: { language: 'es', model: 'm', segments: [], ...value } },
      }) as SettledSpeech;
    recordings.settle(heard(first, { unintelligible: [{ startSeconds: 0, endSeconds: 4 }] }));
    recordings.settle(heard(last, { segments: [{ ...words, flags: ['language-doubtful'] }] }));
    recordings.settle(heard(other, {}));
    const told = 'nobody speaks in 1 recording, 1 stretch of speech not understood, 1 segment in a doubtful language';
    expect(talliesOf(recordings, ['es', 'en'])).toEqual([told]);
    expect(talliesOf(recordings, ['es'])).toEqual([`${told}; only es was listened for (--language)`]);
  });
});

describe('silence that is not sent', () => {
  /** Every piece is billed as so many seconds, at a cent each. */
  const billing = (units: number): EngineBilling<SpeechInput, SpeechReading> => ({
    unitsOf: () => units,
    priceUsdOf: () => units / 100,
  });
  const textOf = async (pieces: Item<SpeechInput>[], given?: EngineBilling<SpeechInput, SpeechReading>) => {
    const recordings = new Recordings(false);
    for await (const _ of recordings.watch(inOrder(pieces), given));
    return measuresOf(recordings, false).text;
  };

  it('is told with what it saves, rounding up counted', async () => {
    const pieces = [pieceOf('a', 10), pieceOf('a', 70, 100)];
    expect(await textOf(pieces, billing(6))).toBe(
      '10.0 s of speech in 1 min 40 s of recordings · 1 min 28 s of silence not sent, which saves $0.88',
    );
  });

  it('counts on each channel that speaks', async () => {
    const pieces = [pieceOf('a', 10, null, 1), pieceOf('a', 70, 100, 2), pieceOf('b', 20, 25)];
    expect(await textOf(pieces, billing(5))).toContain('3 min 30 s of silence not sent, which saves $2.10');
  });

  it('is not told of where nothing is billed, or rounding takes it all', async () => {
    const pieces = [pieceOf('a', 10), pieceOf('a', 70, 100)];
    expect(await textOf(pieces)).toBe('10.0 s of speech in 1 min 40 s of recordings');
    expect(await textOf(pieces, billing(50))).toBe('10.0 s of speech in 1 min 40 s of recordings');
  });
});
