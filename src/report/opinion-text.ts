/** What groups of texts feel, as lines to read and as JSON. */
import type { AspectOpinion } from '../analysis/aspect-table.js';
import type { OpinionGroup } from '../analysis/opinion-summary.js';
import type { StarAgreement } from '../analysis/star-agreement.js';
import type { JsonValue } from '../rows/define.js';

/** Narrower terminals wrap the lines themselves. */
const MIN_WIDTH = 40;
const LABEL_WIDTH = 10;

/** Lines for a terminal of so many columns: plain text, no colour, nothing that a terminal would obey. */
export function opinionLines(groups: readonly OpinionGroup[], columns: number): readonly string[] {
  const width = Math.max(MIN_WIDTH, columns - 1);
  return groups.flatMap((group, i) => [...(i > 0 ? [''] : []), ...groupLines(group, groups.length, width)]);
}

/** The same figures for a machine, with four decimals. */
export function opinionJson(groups: readonly OpinionGroup[]): JsonValue {
  return rounded(groups as unknown as JsonValue);
}

function rounded(value: JsonValue): JsonValue {
  if (typeof value === 'number') return Math.round(value * 1e4) / 1e4;
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, rounded(part as JsonValue)]));
}

function groupLines(group: OpinionGroup, groups: number, width: number): string[] {
  const name = group.group ?? (groups > 1 ? '(no group)' : 'all texts');
  const lines = fold(`${plain(name)}: ${meanOf(group)}`, 0, width);
  if (group.meanScore === null) return lines;
  lines.push(...labelLines(group));
  for (const aspect of group.praised) lines.push(...aspectLines('praised', aspect, aspect.praisedBy, width));
  for (const aspect of group.blamed) lines.push(...aspectLines('blamed', aspect, aspect.blamedBy, width));
  if (group.stars) lines.push(...starLines(group.stars, width));
  return lines;
}

function meanOf({ documents, emptyDocuments, meanScore, meanScoreInterval }: OpinionGroup): string {
  const texts = `${count(documents, 'text')}${emptyDocuments > 0 ? ` (${emptyDocuments} empty)` : ''}`;
  if (meanScore === null) return texts;
  const interval = meanScoreInterval
    ? ` (95%: ${signed(meanScoreInterval[0])} to ${signed(meanScoreInterval[1])})`
    : '';
  return `${texts}, mean score ${signed(meanScore)}${interval}`;
}

/** Short enough for every terminal. */
function labelLines({ labels, ...group }: OpinionGroup): string[] {
  const share = (value: number | null, interval: readonly [number, number] | null) =>
    interval ? `, ${percent(value ?? 0)}% (95%: ${percent(interval[0])} to ${percent(interval[1])})` : '';
  return [
    `${pad('positive')}${labels.positive}${share(group.positiveShare, group.positiveShareInterval)}`,
    `${pad('negative')}${labels.negative}${share(group.negativeShare, group.negativeShareInterval)}`,
    `${pad('neither')}${labels.neutral} neutral, ${labels.mixed} mixed`,
  ];
}

function aspectLines(label: string, aspect: AspectOpinion, by: number, width: number): string[] {
  const { documents, meanScore, examples, quote } = aspect;
  const figures = `by ${by} of ${count(documents, 'text')}, mean ${signed(meanScore)}`;
  const ids = examples.length > 0 ? `; see ${examples.map(plain).join(', ')}` : '';
  return [
    ...fold(`${pad(label)}${plain(aspect.aspect)}: ${figures}${ids}`, LABEL_WIDTH + 2, width),
    ...quoteLine(quote, width),
  ];
}

function starLines(stars: StarAgreement, width: number): string[] {
  const { documents, agreement, correlation, contradicting, contradictions, meanStars, unreadable } = stars;
  const left = unreadable > 0 ? `; ${unreadable} could not be used` : '';
  const rank = correlation === null ? '' : `, rank correlation ${signed(correlation)}`;
  const said =
    documents === 0
      ? 'none'
      : `mean ${meanStars.toFixed(2)}; ${percent(agreement)}% of ${documents} agree with the text`;
  const lines = fold(`${pad('stars')}${said}${rank}${left}`, LABEL_WIDTH + 2, width);
  if (contradicting === 0) return lines;
  const verb = contradicting === 1 ? 'contradicts its' : 'contradict their';
  lines.push(...fold(`${pad('')}${count(contradicting, 'text')} ${verb} stars:`, LABEL_WIDTH + 2, width));
  for (const { id, stars: given, score, quote } of contradictions.slice(0, 5)) {
    lines.push(
      ...fold(`${pad('')}${plain(id)}: ${count(given, 'star')}, text ${signed(score)}`, LABEL_WIDTH + 2, width),
    );
    lines.push(...quoteLine(quote, width));
  }
  return lines;
}

function quoteLine(quote: string, width: number): string[] {
  if (quote === '') return [];
  const room = width - LABEL_WIDTH - 4;
  return [`${' '.repeat(LABEL_WIDTH + 2)}"${cutTo(plain(quote), room)}"`];
}

function pad(label: string): string {
  return `  ${label.padEnd(LABEL_WIDTH)}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function percent(share: number): string {
  return String(Math.round(share * 100));
}

/** `+0.31`, `-0.05`, `0.00`. */
function signed(value: number): string {
  const text = value.toFixed(2);
  if (Number(text) === 0) return '0.00';
  return value > 0 ? `+${text}` : text;
}

/** Without line breaks, control characters and marks that turn the direction of a line. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu, ' ');
}

const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;
const DOUBLE_WIDTH =
  /\p{Emoji_Presentation}|[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]/u;

/** Columns that a text takes in a terminal. */
function columnsOf(text: string): number {
  let columns = 0;
  for (const sign of text) if (!NO_WIDTH.test(sign)) columns += DOUBLE_WIDTH.test(sign) ? 2 : 1;
  return columns;
}

function cutTo(text: string, room: number): string {
  if (columnsOf(text) <= room) return text;
  let cut = '';
  let columns = 0;
  for (const sign of text) {
    columns += columnsOf(sign);
    if (columns > room - 1) break;
    cut += sign;
  }
  return `${cut.trimEnd()}…`;
}

/** Breaks a line at spaces; what follows is indented. A word longer than the line is cut. */
function fold(line: string, indent: number, width: number): string[] {
  const lines: string[] = [];
  let current = /^\s*/.exec(line)?.[0] ?? '';
  let isEmpty = true;
  for (const [word] of line.matchAll(/\S+\s*/g)) {
    const text = cutTo(word.trimEnd(), width - indent);
    if (!isEmpty && columnsOf(current) + columnsOf(text) > width) {
      lines.push(current.trimEnd());
      current = ' '.repeat(indent);
    }
    current += text + word.slice(word.trimEnd().length);
    isEmpty = false;
  }
  return [...lines, current.trimEnd()];
}
