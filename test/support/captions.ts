/** Validators of captions: our own, written from the specifications, and those of others. They throw at any fault. */
import { validator as srtFaults } from 'srt-validator';
// @ts-expect-error: the W3C's own parser has no types
import webvtt from 'webvtt-parser';

interface VttAnswer {
  readonly cues: readonly { readonly startTime: number; readonly endTime: number }[];
  readonly errors: readonly { readonly message: string; readonly line: number }[];
}

const { WebVTTParser } = webvtt as { WebVTTParser: new () => { parse(text: string): VttAnswer } };

export interface ParsedCue {
  readonly startMs: number;
  readonly endMs: number;
  readonly lines: readonly string[];
  /** WebVTT: what the voice span names; null without one. */
  readonly voice: string | null;
}

function check(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

const clockMs = ([h, m, s, ms]: readonly (string | undefined)[]): number => {
  check(Number(m) < 60 && Number(s) < 60, `minutes and seconds below 60: ${m}:${s}`);
  return ((Number(h) * 60 + Number(m)) * 60 + Number(s)) * 1000 + Number(ms);
};

function parseTimings(line: string | undefined, mark: string): { startMs: number; endMs: number } {
  const clock = `(\\d{2,}):(\\d\\d):(\\d\\d)${mark}(\\d{3})`;
  const match = new RegExp(`^${clock} --> ${clock}$`).exec(line ?? '');
  check(match !== null, `no timings: ${line}`);
  const [startMs, endMs] = [clockMs(match.slice(1, 5)), clockMs(match.slice(5, 9))];
  check(startMs < endMs, `ends before it starts: ${line}`);
  return { startMs, endMs };
}

/** Blocks that are parted by one blank line, the file ending in one line end. */
function blocksOf(text: string): string[][] {
  check(!/\r|\0|\uFEFF/.test(text), 'no signs that readers stumble on');
  if (text === '') return [];
  check(text.endsWith('\n') && !text.endsWith('\n\n'), 'one line end at the end');
  const blocks = text.slice(0, -1).split('\n\n');
  for (const block of blocks) check(block !== '' && !block.startsWith('\n'), 'one blank line between blocks');
  return blocks.map((block) => block.split('\n'));
}

function inOrder(cues: readonly ParsedCue[]): ParsedCue[] {
  for (const [index, cue] of cues.entries())
    check(index === 0 || cue.startMs >= (cues[index - 1] as ParsedCue).startMs, 'cues in the order of their start');
  return [...cues];
}

/** An empty file has no cues, for which this validator has no word. */
function checkSrtAsOthersDo(text: string, mayOverlap: boolean): void {
  if (text === '') return;
  const faults = srtFaults(text).filter(({ errorCode }) => !(mayOverlap && errorCode === 'validatorErrorEndTime'));
  check(faults.length === 0, `srt-validator: ${faults.map(({ message, lineNumber }) => `${lineNumber} ${message}`)}`);
}

/**
 * SubRip as its readers take it: number from 1, `HH:MM:SS,mmm --> HH:MM:SS,mmm`, lines, a blank line.
 *
 * @param mayOverlap there are several channels, and people who speak at the same time
 */
export function parseSrt(text: string, mayOverlap = false): ParsedCue[] {
  checkSrtAsOthersDo(text, mayOverlap);
  const cues = blocksOf(text).map(([number, timings, ...lines], index) => {
    check(number === String(index + 1), `cue ${index + 1} has the number ${number}`);
    check(lines.length > 0 && lines.every((line) => line.trim() !== ''), 'lines that are not blank');
    check(!lines.some((line) => /[<>{}]|-->/.test(line)), `a sign that begins a mark: ${lines}`);
    return { ...parseTimings(timings, ','), lines, voice: null };
  });
  return inOrder(cues);
}

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

function decode(text: string): string {
  check(!/[<>]|&(?!amp;|lt;|gt;)/.test(text), `what must be escaped: ${text}`);
  return text.replace(/&\w+;/g, (entity) => ENTITIES[entity] as string);
}

/** https://www.w3.org/TR/webvtt1/#syntax, as far as files of cues with voice spans go. */
export function parseVtt(text: string): ParsedCue[] {
  const { cues: known, errors } = new WebVTTParser().parse(text);
  check(errors.length === 0, `webvtt-parser: ${errors.map(({ message, line }) => `${line} ${message}`)}`);
  const [header, ...blocks] = blocksOf(text);
  check(header?.length === 1 && header[0] === 'WEBVTT', 'the signature');
  const cues = blocks.map(([id, timings, ...lines]) => {
    check(id !== undefined && !id.includes('-->'), 'an identifier');
    check(lines.length > 0 && !lines.some((line) => line.includes('-->')), 'no arrow in the text');
    const span = /^<v ([^<>\n]+)>([\s\S]*)<\/v>$/.exec(lines.join('\n'));
    const content = decode(span?.[2] ?? lines.join('\n'));
    check(content.trim() !== '', 'a text');
    return { ...parseTimings(timings, '\\.'), lines: content.split('\n'), voice: span ? decode(span[1] ?? '') : null };
  });
  check(known.length === cues.length, `webvtt-parser finds ${known.length} cues of ${cues.length}`);
  return inOrder(cues);
}
