import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TimeLeft, timeLeftText } from '../../src/commands/time-left.js';
import type { Item, SpeechInput } from '../../src/model.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'uxd-left-'));
});
afterEach(() => rm(folder, { recursive: true }));

let now = 0;
const clock = { now: () => now, sleep: async () => undefined };

async function measured(sizes: Readonly<Record<string, number>>): Promise<TimeLeft> {
  now = 0;
  const left = new TimeLeft(clock);
  const files = Object.keys(sizes).map((source) => ({ source, path: path.join(folder, source) }));
  for (const { source, path: file } of files) await writeFile(file, Buffer.alloc(sizes[source] as number));
  await left.measure(files);
  return left;
}

let index = 0;
function hear(left: TimeLeft, source: string, endSeconds: number, isLast: boolean, attempts = 1): void {
  const samples = new Int16Array(16_000);
  const recordingSeconds = isLast ? endSeconds : null;
  const payload: SpeechInput = {
    channel: null,
    startSeconds: endSeconds - 1,
    samples,
    languageProbe: samples,
    recordingSeconds,
    isLast,
  };
  const item: Item<SpeechInput> = { index: index++, source, key: 'x', sizeBytes: 1, payload };
  left.read(item);
  left.settled({ ...item, attempts });
}

describe('the time that is left', () => {
  it('follows from the sound of the same kind of files, not from their bytes alone', async () => {
    const left = await measured({ 'a.mp3': 1000, 'b.mp3': 2000, 'c.wav': 40_000, 'd.wav': 40_000 });
    hear(left, 'a.mp3', 100, true);
    now = 10_000;
    // 200 s in b, and 100 s each in the two of which nothing is known, ten times as fast as they play
    expect(left.seconds).toBeCloseTo(40);
    hear(left, 'b.mp3', 200, true);
    hear(left, 'c.wav', 600, true);
    now = 90_000;
    expect(left.seconds).toBeCloseTo(60);
    expect(left.text).toBe('about 1 min left');
    hear(left, 'd.wav', 600, true);
    expect(left.seconds).toBe(0);
  });

  it('is told within one long recording', async () => {
    const left = await measured({ 'long.wav': 1_000_000 });
    left.opened('long.wav', () => 250_000);
    hear(left, 'long.wav', 900, false);
    now = 60_000;
    expect(left.seconds).toBeCloseTo(180);
    expect(left.text).toBe('about 3 min left');
  });

  it('does not take what was known for fast work', async () => {
    const left = await measured({ 'a.wav': 1000, 'b.wav': 1000, 'c.wav': 1000 });
    hear(left, 'a.wav', 100, true, 0);
    now = 10_000;
    expect(left.text).toBeNull();
    hear(left, 'b.wav', 100, true);
    expect(left.seconds).toBeCloseTo(10);
  });

  it('is told coarsely', () => {
    const told = [1, 33, 57, 58, 200, 3590, 5400, 86_000].map(timeLeftText);
    const words = ['5 s', '35 s', '55 s', '1 min', '3 min', '1 h 0 min', '1 h 30 min', '23 h 50 min'];
    expect(told).toEqual(words.map((word) => `about ${word} left`));
  });
});
