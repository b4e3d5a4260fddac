/**
 * Captions of what is said: SubRip and WebVTT. Cues are cut at the times of words, at ends of sentences and phrases
 * where that is possible, of two lines at most that can be read in their time.
 */
import { type CaptionSegment, type Cue, cutCues } from './caption-cues.js';
import { charactersOf, partsOf } from './caption-lines.js';

export type { CaptionSegment } from './caption-cues.js';

const NAMES = { channel: 'Channel', speaker: 'Speaker' } as const;
/** What engines call speakers; whoever has a name is called by it. */
const NUMBER = /^\d+$/;

/** Who says a segment, where a recording has several voices; else null. */
function voiceOf({ channel, speaker }: Pick<CaptionSegment, 'channel' | 'speaker'>): string | null {
  if (speaker !== null && !NUMBER.test(speaker)) return speaker.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const parts = [
    ...(channel === null ? [] : [`${NAMES.channel} ${channel}`]),
    ...(speaker === null ? [] : [`${NAMES.speaker} ${speaker}`]),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}

interface NamedCue extends Cue {
  /** Null where the recording has one voice. */
  readonly voice: string | null;
}

/** Cues of all channels by their start; the cues of one channel do not overlap. */
function namedCues(segments: readonly CaptionSegment[]): NamedCue[] {
  const voices = [...new Set(segments.map(voiceOf))];
  const isNamed = voices.length > 1;
  const channels = [...new Set(segments.map(({ channel }) => channel))];
  const cues = channels.flatMap((channel) => {
    const own = segments.filter((segment) => segment.channel === channel);
    return cutCues(own, (segment) => (isNamed ? charactersOf(srtPrefix(voiceOf(segment))) : 0)).map((cue) => ({
      ...cue,
      voice: isNamed ? voiceOf(cue) : null,
    }));
  });
  return cues.sort((a, b) => a.startMs - b.startMs || (a.channel ?? 0) - (b.channel ?? 0));
}

/** Of a name that is longer, the start stands before what is said, so that there is room for that. */
const LONGEST_NAME = 20;

function srtPrefix(voice: string | null): string {
  if (voice === null) return '';
  const [start = '', ...rest] = partsOf(voice, LONGEST_NAME);
  return `${start}${rest.length > 0 ? '…' : ''}: `;
}

function clock(ms: number, mark: ',' | '.'): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const time = [two(ms / 3_600_000), two((ms / 60_000) % 60), two((ms / 1000) % 60)].join(':');
  return `${time}${mark}${String(ms % 1000).padStart(3, '0')}`;
}

/** SubRip has no escapes: signs that its readers would take for marks are replaced by others that look alike. */
function srtText(text: string): string {
  return text.replaceAll('<', '‹').replaceAll('>', '›').replaceAll('{', '(').replaceAll('}', ')');
}

/** The captions of a recording as SubRip; empty where nothing is said. */
export function toSrt(segments: readonly CaptionSegment[]): string {
  return namedCues(segments)
    .map(({ startMs, endMs, lines, voice }, index) => {
      const text = srtText(srtPrefix(voice) + lines.join('\n'));
      return `${index + 1}\n${clock(startMs, ',')} --> ${clock(endMs, ',')}\n${text}\n`;
    })
    .join('\n');
}

/** https://www.w3.org/TR/webvtt1/#webvtt-cue-text-span; a `>` may not end in an arrow either. */
function vttText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The captions of a recording as WebVTT. */
export function toVtt(segments: readonly CaptionSegment[]): string {
  const cues = namedCues(segments).map(({ startMs, endMs, lines, voice }, index) => {
    const text = vttText(lines.join('\n'));
    const said = voice === null ? text : `<v ${vttText(voice)}>${text}</v>`;
    return `${index + 1}\n${clock(startMs, '.')} --> ${clock(endMs, '.')}\n${said}\n`;
  });
  return ['WEBVTT\n', ...cues].join('\n');
}

/** The plain text of a recording: a line a segment, with the voice where there are several. */
export function toPlainText(segments: readonly CaptionSegment[]): string {
  const isNamed = new Set(segments.map(voiceOf)).size > 1;
  const lines = segments.map((segment) => {
    const text = segment.text.replace(/\s+/gu, ' ').trim();
    const voice = voiceOf(segment);
    return `${isNamed && voice !== null ? `${voice}: ` : ''}${text}\n`;
  });
  return lines.join('');
}
