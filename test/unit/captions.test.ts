import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CaptionSegment, toPlainText, toSrt, toVtt } from '../../src/io/captions.js';
import { type ParsedCue, parseSrt, parseVtt } from '../support/captions.js';

/** A segment whose words take `pace` seconds for each character. */
function said(text: string, startSeconds: number, more: Partial<CaptionSegment> = {}, pace = 0.06): CaptionSegment {
  let at = startSeconds;
  const words = text.split(' ').map((word) => {
    const start = at;
    at = start + word.length * pace;
    const timed = { text: word, startSeconds: start, endSeconds: at };
    at += pace;
    return timed;
  });
  return { text, startSeconds, endSeconds: at - pace, channel: null, speaker: null, words, ...more };
}

const TALK =
  'Buenos días, quería hablar del yogur que compré ayer en su tienda del centro. Está muy líquido, y además la tapa ' +
  'venía rota, así que no me lo he podido comer; mi hija tampoco lo quiere. ¿Me pueden devolver el dinero?';

const joined = (cues: readonly ParsedCue[]): string => cues.map(({ lines }) => lines.join(' ')).join(' ');

describe('captions', () => {
  it('are cut at ends of sentences and phrases, in lines that can be read', () => {
    const cues = parseSrt(toSrt([said(TALK, 1)]));
    expect(joined(cues)).toBe(TALK);
    const texts = cues.map(({ lines }) => lines.join(' '));
    expect(texts.filter((text) => /[.,;?]$/.test(text)).length).toBeGreaterThanOrEqual(texts.length - 1);
    expect(texts.some((text) => text.endsWith('centro.'))).toBe(true);
    for (const { lines, startMs, endMs } of cues) {
      expect(lines.length).toBeLessThanOrEqual(2);
      for (const line of lines) expect([...line].length).toBeLessThanOrEqual(42);
      expect(endMs - startMs).toBeGreaterThanOrEqual(1000);
      expect(endMs - startMs).toBeLessThanOrEqual(7000);
    }
  });

  it('begin with a word and end with one', () => {
    const segment = said(TALK, 3661.5);
    const starts = new Set(segment.words.map((word) => Math.round(word.startSeconds * 1000)));
    const ends = new Set(segment.words.map((word) => Math.round(word.endSeconds * 1000)));
    const cues = parseVtt(toVtt([segment]));
    expect(cues.length).toBeGreaterThan(2);
    for (const { startMs, endMs } of cues) {
      expect(starts.has(startMs)).toBe(true);
      expect(ends.has(endMs)).toBe(true);
    }
    expect(toVtt([segment])).toContain('01:01:01.500 --> ');
    expect(toSrt([segment])).toContain('01:01:01,500 --> ');
  });

  it('show a short word for a second, where nothing follows', () => {
    const [cue] = parseSrt(toSrt([{ ...said('Sí.', 2), endSeconds: 2.2 }]));
    expect(cue).toMatchObject({ startMs: 2000, endMs: 3000, lines: ['Sí.'] });
  });

  it('join a short answer with what follows at once', () => {
    const cues = parseSrt(toSrt([said('Sí.', 2), said('Claro que sí.', 2.4)]));
    expect(joined(cues)).toBe('Sí. Claro que sí.');
    for (const { startMs, endMs } of cues) expect(endMs - startMs).toBeGreaterThanOrEqual(1000);
  });

  it('name the voices where there are several, and keep overlaps of channels', () => {
    const segments = [
      said('Atención al cliente, buenos días, ¿en qué le puedo ayudar?', 0, { channel: 1 }),
      said('Hola, el yogur está líquido.', 1.5, { channel: 2 }),
    ];
    const vtt = parseVtt(toVtt(segments));
    expect(new Set(vtt.map(({ voice }) => voice))).toEqual(new Set(['Channel 1', 'Channel 2']));
    expect(vtt[1]?.startMs).toBe(1500);
    const srt = parseSrt(toSrt(segments), true);
    expect(srt[0]?.lines[0]).toMatch(/^Channel 1: Atención/);
    for (const line of srt.flatMap(({ lines }) => lines)) expect([...line].length).toBeLessThanOrEqual(42);
    expect(toPlainText(segments)).toBe(
      'Channel 1: Atención al cliente, buenos días, ¿en qué le puedo ayudar?\nChannel 2: Hola, el yogur está líquido.\n',
    );
  });

  it('do not put two speakers into one cue', () => {
    const cues = parseVtt(toVtt([said('Yes.', 0, { speaker: '1' }), said('No.', 0.3, { speaker: '2' })]));
    expect(cues.map(({ voice, lines }) => [voice, ...lines])).toEqual([
      ['Speaker 1', 'Yes.'],
      ['Speaker 2', 'No.'],
    ]);
  });

  it('call a speaker who has a name by it', () => {
    const segments = [said('Yes.', 0, { channel: 1, speaker: 'agent' }), said('No.', 3, { channel: 2 })];
    expect(toPlainText(segments)).toBe('agent: Yes.\nChannel 2: No.\n');
  });

  it('escape what their readers would take for marks', () => {
    const segment = said('a<b> & c --> {d} <v x>', 0);
    expect(joined(parseVtt(toVtt([segment])))).toBe('a<b> & c --> {d} <v x>');
    parseSrt(toSrt([segment]));
  });

  it('estimate times where the engine gave none', () => {
    const cues = parseSrt(toSrt([{ ...said(TALK, 0), words: [] }]));
    expect(joined(cues)).toBe(TALK);
    expect(cues.at(-1)?.endMs).toBe(Math.round(said(TALK, 0).endSeconds * 1000));
  });

  it('of silence are empty files of their kind', () => {
    expect(toSrt([])).toBe('');
    expect(toVtt([])).toBe('WEBVTT\n');
    expect(toPlainText([])).toBe('');
  });

  const word = fc.record({
    text: fc.oneof(
      fc.string({ minLength: 1, maxLength: 12 }),
      fc.lorem({ maxCount: 1 }),
      fc.string({ maxLength: 90, unit: 'grapheme' }),
    ),
    gap: fc.double({ min: 0, max: 3, noNaN: true }),
    length: fc.double({ min: 0, max: 9, noNaN: true }),
  });
  const segment = fc.record({
    words: fc.array(word, { maxLength: 40 }),
    gap: fc.double({ min: -1, max: 20, noNaN: true }),
    channel: fc.constantFrom(null, 1, 2),
    speaker: fc.constantFrom(null, '1', '2'),
  });

  it('are valid whatever is said, and lose nothing of it', () => {
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 6 }), (parts) => {
        let at = 0;
        const segments = parts.map(({ words, gap, channel, speaker }): CaptionSegment => {
          at = Math.max(0, at + gap);
          const startSeconds = at;
          const timed = words.map(({ text, gap: before, length }) => {
            const start = at + before;
            at = start + length;
            return { text, startSeconds: start, endSeconds: at };
          });
          const text = words.map(({ text: each }) => each).join(' ');
          return { text, startSeconds, endSeconds: at, channel, speaker, words: timed };
        });
        const cues = parseVtt(toVtt(segments));
        const srt = parseSrt(toSrt(segments), true);
        expect(srt.length).toBe(cues.length);
        for (const line of srt.flatMap(({ lines }) => lines)) expect([...line].length).toBeLessThanOrEqual(42);
        for (const { lines } of cues) {
          expect(lines.length).toBeLessThanOrEqual(2);
          for (const line of lines) expect([...line].length).toBeLessThanOrEqual(42);
        }
        const letters = (text: string): string => [...text.replace(/\s+/gu, '')].sort().join('');
        expect(letters(joined(cues))).toBe(letters(segments.map(({ text }) => text).join(' ')));
      }),
      { numRuns: 200 },
    );
  });

  it('of one channel never overlap', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        let at = 0;
        const timed = words.map(({ text, gap, length }) => {
          const start = at + gap;
          at = start + length / 20;
          return { text, startSeconds: start, endSeconds: at };
        });
        const whole = { text: '', startSeconds: 0, endSeconds: at, channel: 1, speaker: null, words: timed };
        const cues = parseSrt(toSrt([whole]));
        for (const [index, { startMs }] of cues.entries())
          if (index > 0) expect(startMs).toBeGreaterThanOrEqual((cues[index - 1] as ParsedCue).endMs);
        for (const { startMs, endMs } of cues) expect(endMs - startMs).toBeLessThanOrEqual(7000);
      }),
      { numRuns: 200 },
    );
  });
});

describe('captions of long names and wide characters', () => {
  const said = (text: string, speaker: string | null = null): CaptionSegment => ({
    text,
    startSeconds: 1,
    endSeconds: 9,
    channel: null,
    speaker,
    words: [],
  });

  it('leave room for what is said, whatever the name', () => {
    const name = 'Customer service representative number twelve\nof the north';
    const segments = [said('Good morning, how may I help you today?', name), said('Hello.', 'Ann')];
    const cues = parseSrt(toSrt(segments));
    expect(cues.length).toBeLessThanOrEqual(4);
    for (const line of cues.flatMap(({ lines }) => lines)) expect(line.length).toBeLessThanOrEqual(42);
    expect(toSrt(segments)).toContain('Customer service rep…: Good morning');
    expect(toVtt(segments)).toContain('<v Customer service representative number twelve of the north>');
    expect(toPlainText([...segments, said('Who?')])).toMatch(/of the north: Good.*\nAnn: Hello.\nWho\?\n$/);
  });

  it('have lines of 21 characters where those are wide, and cut none in two', () => {
    const family = '👩‍👩‍👧‍👦';
    const lines = parseSrt(
      toSrt([said('日本語の長い文章がここに続きます'.repeat(4)), said(family.repeat(30))]),
    ).flatMap((cue) => cue.lines);
    expect(Math.max(...lines.filter((line) => line.startsWith('日')).map((line) => line.length))).toBeLessThanOrEqual(
      21,
    );
    const families = lines.filter((line) => line.includes('👩'));
    expect(families.length).toBeGreaterThan(1);
    for (const line of families) expect(line.replaceAll(family, '').replaceAll(' ', '')).toBe('');
  });
});
