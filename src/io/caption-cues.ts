/** Cuts what one channel says into cues: where each begins and ends, and its lines. */
import { breakLines, charactersOf, fitsCue, LINE_CHARACTERS, partsOf } from './caption-lines.js';

/** Something said, on the clock of its recording. */
export interface CaptionSegment {
  readonly text: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly channel: number | null;
  readonly speaker: string | null;
  /** May be empty: times within the segment are then estimated by the length of its text. */
  readonly words: readonly { readonly text: string; readonly startSeconds: number; readonly endSeconds: number }[];
}

export interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  /** One or two. */
  readonly lines: readonly string[];
  readonly channel: number | null;
  readonly speaker: string | null;
}

const MIN_CUE_MS = 1000;
const MAX_CUE_MS = 7000;

/** What parts words, and signs that no reader of captions takes. */
const BLANKS = /[\s\p{Cc}]+/gu;

interface TimedWord {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly segment: CaptionSegment;
}

/**
 * The cues of the segments of one channel, in the order of time; none overlaps another, each is shown for 1 to 7
 * seconds (less than 1 only where more than two lines are said in a second), and begins with a word.
 * `prefixOf`: characters that stand before the text of a segment.
 */
export function cutCues(
  segments: readonly CaptionSegment[],
  prefixOf: (segment: CaptionSegment) => number = () => 0,
): Cue[] {
  const ordered = [...segments].sort((a, b) => a.startSeconds - b.startSeconds);
  const words = inOrder(ordered.flatMap(timedWords).flatMap((word) => cutLongWord(word, prefixOf(word.segment))));
  return timed(bestCuts(words, prefixOf), prefixOf);
}

function toMs(seconds: number): number {
  return Math.max(0, Math.round(seconds * 1000));
}

function timedWords(segment: CaptionSegment): TimedWord[] {
  const words = segment.words.flatMap(({ text, startSeconds, endSeconds }) => {
    const clean = text.replace(BLANKS, ' ').trim();
    return clean === '' ? [] : [{ text: clean, startMs: toMs(startSeconds), endMs: toMs(endSeconds), segment }];
  });
  if (words.length > 0) return words;
  const whole = { text: segment.text, startMs: toMs(segment.startSeconds), endMs: toMs(segment.endSeconds), segment };
  return spread(whole, segment.text.split(BLANKS).filter(Boolean));
}

/** Parts of a text share its time by their length. */
function spread({ startMs, endMs, segment }: TimedWord, parts: readonly string[]): TimedWord[] {
  const lengths = parts.map((part) => charactersOf(part) + 1);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  let before = 0;
  return parts.map((text, index) => {
    const at = (characters: number): number => Math.round(startMs + ((endMs - startMs) * characters) / total);
    const start = before;
    before += lengths[index] as number;
    return { text, startMs: at(start), endMs: at(before), segment };
  });
}

/** What is longer than a line (an address of a page) is cut wherever the line ends. */
function cutLongWord(word: TimedWord, prefix: number): TimedWord[] {
  const room = LINE_CHARACTERS - prefix;
  return charactersOf(word.text) <= room ? [word] : spread(word, partsOf(word.text, room));
}

/** Times that never go back, whatever the engine says. */
function inOrder(words: readonly TimedWord[]): TimedWord[] {
  let latest = 0;
  return words.map((word) => {
    const startMs = Math.max(word.startMs, latest);
    latest = startMs;
    return { ...word, startMs, endMs: Math.max(startMs, word.endMs) };
  });
}

/** The words of each cue: of all ways to cut, the one that reads best. */
function bestCuts(words: readonly TimedWord[], prefixOf: (segment: CaptionSegment) => number): TimedWord[][] {
  const costs = [0];
  const cutBefore = [0];
  for (let end = 1; end <= words.length; end++) {
    let [best, bestStart] = [Number.POSITIVE_INFINITY, end - 1];
    const breaking = breakCost(words, end);
    for (let start = end - 1; start >= 0; start--) {
      const inside = words.slice(start, end);
      if (start < end - 1 && !mayStandTogether(inside, prefixOf)) break;
      const cost = (costs[start] as number) + breaking + cueCost(words, start, end);
      if (cost < best) [best, bestStart] = [cost, start];
    }
    costs.push(best);
    cutBefore.push(bestStart);
  }
  const cues: TimedWord[][] = [];
  for (let end = words.length; end > 0; end = cutBefore[end] as number)
    cues.unshift(words.slice(cutBefore[end] as number, end));
  return cues;
}

function mayStandTogether(inside: readonly TimedWord[], prefixOf: (segment: CaptionSegment) => number): boolean {
  const [first, last] = [inside[0] as TimedWord, inside.at(-1) as TimedWord];
  if (last.endMs - first.startMs > MAX_CUE_MS) return false;
  if (inside.some(({ segment }) => segment.speaker !== first.segment.speaker)) return false;
  return fitsCue(
    inside.map(({ text }) => text),
    prefixOf(first.segment),
  );
}

const SENTENCE_END = /[.!?…]["'”’»)\]]*$/u;
const PHRASE_END = /[,;:–—]["'”’»)\]]*$/u;
/** A cue had better not end in one of these, nor in what belongs to the next word. */
const CLINGING =
  /^(?:a|al|ante|con|de|del|desde|e|el|en|entre|la|las|los|lo|mi|muy|ni|no|o|para|pero|por|que|se|si|sin|sobre|su|sus|tu|un|una|y|an|and|as|at|but|by|for|from|her|his|i|in|is|it|its|my|not|of|on|or|our|so|that|the|their|to|very|we|with|you|your)$/iu;
/** A cue may well begin with one of these. */
const BEGINNING =
  /^(?:aunque|como|cuando|donde|o|para|pero|por|porque|pues|que|si|y|although|and|because|but|for|if|or|so|that|when|where|which|who|with)$/iu;
const PAUSE_MS = 350;

/** How badly a cue ends before the word at `end`; 0 is best. */
function breakCost(words: readonly TimedWord[], end: number): number {
  const [last, next] = [words[end - 1] as TimedWord, words[end]];
  if (next === undefined || SENTENCE_END.test(last.text)) return 0;
  const isPause = next.startMs - last.endMs >= PAUSE_MS || next.segment !== last.segment;
  if (PHRASE_END.test(last.text)) return isPause ? 1 : 3;
  if (isPause) return 3;
  if (CLINGING.test(last.text)) return 16;
  return BEGINNING.test(next.text) ? 7 : 11;
}

/** How badly the words from `start` to `end` make a cue. */
function cueCost(words: readonly TimedWord[], start: number, end: number): number {
  const [first, last, next, before] = [
    words[start] as TimedWord,
    words[end - 1] as TimedWord,
    words[end],
    words[start - 1],
  ];
  let cost = 4;
  for (let at = start + 1; at < end; at++) {
    const gap = (words[at] as TimedWord).startMs - (words[at - 1] as TimedWord).endMs;
    if (gap >= MIN_CUE_MS) cost += (12 * gap) / 1000;
  }
  const spoken = last.endMs - first.startMs;
  if (spoken < MIN_CUE_MS) cost += 3;
  const room = (next?.startMs ?? Number.POSITIVE_INFINITY) - (before?.endMs ?? 0);
  if (room < MIN_CUE_MS) cost += 1000;
  else if (next !== undefined && next.startMs - first.startMs < MIN_CUE_MS) cost += 20;
  return cost;
}

/** Gives the cues their times: those of their words, longer where they would be gone too soon. */
function timed(groups: readonly TimedWord[][], prefixOf: (segment: CaptionSegment) => number): Cue[] {
  const cues: Cue[] = [];
  let free = 0;
  for (const [index, group] of groups.entries()) {
    const [first, last] = [group[0] as TimedWord, group.at(-1) as TimedWord];
    const nextMs = groups[index + 1]?.[0]?.startMs ?? Number.POSITIVE_INFINITY;
    let startMs = Math.max(first.startMs, free);
    const wanted = Math.max(startMs + MIN_CUE_MS, Math.min(last.endMs, startMs + MAX_CUE_MS));
    const endMs = Math.max(Math.min(wanted, nextMs), startMs + 1);
    // what cannot be shown longer is shown sooner
    if (endMs - startMs < MIN_CUE_MS) startMs = Math.max(free, endMs - MIN_CUE_MS);
    free = endMs;
    const { channel, speaker } = first.segment;
    const lines = breakLines(
      group.map(({ text }) => text),
      prefixOf(first.segment),
    );
    cues.push({ startMs, endMs, lines, channel, speaker });
  }
  return cues;
}
