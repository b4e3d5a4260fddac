import { describe, expect, it } from 'vitest';
import { Recordings, type SettledSpeech, talliesOf } from '../../src/commands/recordings.js';
import type { FailedInput, Item, SpeechInput } from '../../src/model.js';

const RATE = 16_000;

function pieceOf(source: string, startSeconds: number, recordingSeconds: number | null = null): Item<SpeechInput> {
  const samples = new Int16Array(5 * RATE);
  const isLast = recordingSeconds !== null;
  const payload = { channel: null, startSeconds, samples, languageProbe: samples, recordingSeconds, isLast };
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
