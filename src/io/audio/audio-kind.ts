/** Tells what kind of sound file bytes are, by their content alone. */
import { sniffMediaType } from '../media-type.js';
import { tagAt } from './byte-reader.js';
import { adtsHeaderAt, type FrameHeader, hasOtherMpegFrames, mp3HeaderAt } from './mpeg-header.js';

export type AudioKind =
  | 'wav'
  | 'aiff'
  | 'au'
  | 'flac'
  | 'mp3'
  | 'ogg'
  | 'mp4'
  | 'matroska'
  | 'adts'
  /** Sound, or video with sound, that only ffmpeg reads here. */
  | 'other';

/** Bytes of a file that are enough for {@link sniffAudio}. */
export const AUDIO_HEAD_BYTES = 1 << 16;

/** Endings of files to take from directories. */
export const AUDIO_FILE_EXTENSIONS = [
  '.wav .wave .rf64 .bwf .aif .aiff .aifc .au .snd .flac .mp3 .mpga .mp2 .ogg .oga .opus .m4a .m4b .m4r .aac .adts .webm .weba .mka',
  '.mp4 .m4v .mov .mkv .mk3d .3gp .3g2 .amr .awb .flv .w64 .gsm .wma .caf .avi .mpg .mpeg .ts .ac3',
]
  .join(' ')
  .split(' ');

const MP4_BOXES = new Set(['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot', 'styp']);
const OTHER_TAGS: readonly (readonly [offset: number, tag: string])[] = [
  [0, '\x30\x26\xb2\x75'],
  [0, 'caff'],
  [0, 'wvpk'],
  [0, 'MAC '],
  [0, 'TTA1'],
  [0, '#!AMR'],
  [0, 'FLV\x01'],
  [0, '\x00\x00\x01\xba'],
  [0, '.RMF'],
  [0, '\x0b\x77'],
  [0, 'DSD '],
  [0, 'riff\x2e\x91\xcf\x11'],
  [0, '\x7f\xfe\x80\x01'],
];

/** Null where the bytes are not known as sound. `hasHeader`: only kinds that begin with a mark of their own. */
export function sniffAudio(head: Uint8Array, { hasHeader = false } = {}): AudioKind | null {
  const first = tagAt(head, 0);
  const form = tagAt(head, 8);
  if ((first === 'RIFF' || first === 'RF64' || first === 'BW64') && form === 'WAVE') return 'wav';
  if (first === 'RIFF' && form === 'AVI ') return 'other';
  if (first === 'FORM' && (form === 'AIFF' || form === 'AIFC')) return 'aiff';
  if (first === '.snd') return 'au';
  if (first === 'fLaC') return 'flac';
  if (first === 'OggS') return 'ogg';
  if (first === '\x1a\x45\xdf\xa3') return 'matroska';
  if (MP4_BOXES.has(tagAt(head, 4))) return 'mp4';
  if (OTHER_TAGS.some(([offset, tag]) => tagAt(head, offset, tag.length) === tag)) return 'other';
  if (head[0] === 0x47 && head[188] === 0x47 && head[376] === 0x47) return 'other';
  // Where no more than a tag is there; what stands behind one is looked at by itself.
  if (first.startsWith('ID3')) return 'mp3';
  return hasHeader ? null : sniffFrames(head);
}

/** Length of the ID3v2 tag that the bytes begin with; 0 where there is none (https://id3.org/id3v2.4.0-structure). */
export function tagBytes(head: Uint8Array): number {
  if (tagAt(head, 0, 3) !== 'ID3' || head.length < 10) return 0;
  const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + ((head[at] as number) & 0x7f), 0);
  return size + (((head[5] as number) & 0x10) !== 0 ? 20 : 10);
}

/** Whether a tag stands here that programs put at the end of files (ID3v1, APE, Lyrics3): nothing comes after it. */
export function isTrailingTag(bytes: Uint8Array): boolean {
  return ['TAG', 'APETAGEX', 'LYRICSBE'].some((tag) => tagAt(bytes, 0, tag.length) === tag);
}

const FRAMES_IN_A_ROW = 3;

function hasFrames(
  head: Uint8Array,
  start: number,
  headerAt: (bytes: Uint8Array, at: number) => FrameHeader | null,
): boolean {
  let at = start;
  for (let count = 0; count < FRAMES_IN_A_ROW; count++) {
    const bytes = headerAt(head, at)?.byteLength ?? null;
    if (bytes === null) return false;
    at += bytes;
    // a short file may end before
    if (at >= head.length && count > 0) return true;
  }
  return true;
}

function sniffFrames(head: Uint8Array): AudioKind | null {
  for (let at = head.indexOf(0xff); at !== -1; at = head.indexOf(0xff, at + 1)) {
    if (hasFrames(head, at, mp3HeaderAt)) return 'mp3';
    if (hasFrames(head, at, adtsHeaderAt)) return 'adts';
    if (hasOtherMpegFrames(head, at)) return 'other';
  }
  return null;
}

const NAMES: readonly (readonly [tag: string, name: string])[] = [
  ['PK\x03\x04', 'a ZIP archive; unpack it first'],
  ['\x1f\x8b', 'compressed with gzip; unpack it first'],
  ['7z\xbc\xaf', 'a 7z archive; unpack it first'],
  ['Rar!', 'a RAR archive; unpack it first'],
  ['Salted__', 'encrypted (OpenSSL); decrypt it first'],
  ['-----BEGIN PGP', 'encrypted (PGP); decrypt it first'],
  ['age-encryption', 'encrypted (age); decrypt it first'],
  ['MThd', 'MIDI: notes without sound'],
  ['%PDF', 'a PDF document'],
  ['<', 'HTML or XML; was a page of an error downloaded in its place?'],
];

/** No header of a sound file is shorter. */
const FEWEST_BYTES = 8;

/** What bytes are that {@link sniffAudio} does not know, for a message. */
export function describeNoAudio(head: Uint8Array): string {
  const named = NAMES.find(([tag]) => tagAt(head, 0, tag.length) === tag);
  if (named) return `the file is ${named[1]}`;
  const picture = sniffMediaType(head);
  if (picture !== null) return `the file is a picture or document (${picture}), no recording`;
  const sample = head.subarray(0, 4096);
  if (head.length < FEWEST_BYTES) return `the file is too short for any sound (size in bytes: ${head.length})`;
  if (isText(sample)) return 'the file is text, no recording';
  return 'the content is no kind of sound that is known; it may be encrypted or damaged, or give --raw for sound without a header';
}

/** Samples of eight bits may have no control characters either, but they are no UTF-8 and mostly beyond ASCII. */
function isText(bytes: Uint8Array): boolean {
  if (bytes.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27))) return false;
  const beyond = bytes.filter((byte) => byte >= 128).length;
  if (beyond < bytes.length * 0.3) return true;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
