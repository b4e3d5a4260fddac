/** Tells what kind of sound file bytes are, by their content alone. */
import { sniffMediaType } from '../media-type.js';
import { tagAt, viewOf } from './byte-reader.js';

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
  '.wav .wave .rf64 .bwf .aif .aiff .aifc .au .snd .flac .mp3 .ogg .oga .opus .m4a .m4b .aac .webm .weba .mka',
  '.mp4 .m4v .mov .mkv .3gp .amr .wma .caf .avi .mpg .mpeg .ts .ac3',
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
  if (first.startsWith('ID3')) return tagAt(head, tagBytes(head)) === 'fLaC' ? 'flac' : 'mp3';
  return hasHeader ? null : sniffFrames(head);
}

/** Length of the ID3v2 tag that the bytes begin with; 0 where there is none (https://id3.org/id3v2.4.0-structure). */
export function tagBytes(head: Uint8Array): number {
  if (tagAt(head, 0, 3) !== 'ID3' || head.length < 10) return 0;
  const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + ((head[at] as number) & 0x7f), 0);
  return size + (((head[5] as number) & 0x10) !== 0 ? 20 : 10);
}

const BIT_RATES_V1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const BIT_RATES_V2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const SAMPLE_RATES = [44_100, 48_000, 32_000];

/** Bytes of the frame of MPEG layer 3 whose header stands here, or null (ISO/IEC 11172-3, 2.4.1.3). */
function mp3FrameBytes(head: Uint8Array, at: number): number | null {
  if (at + 4 > head.length) return null;
  const header = viewOf(head).getUint32(at, false);
  const version = (header >>> 19) & 3;
  const rate = SAMPLE_RATES[(header >>> 10) & 3];
  const isLayer3 = header >>> 21 === 0x7ff && ((header >>> 17) & 3) === 1 && version !== 1;
  const bitRate = (version === 3 ? BIT_RATES_V1 : BIT_RATES_V2)[(header >>> 12) & 15];
  if (!isLayer3 || rate === undefined || !bitRate) return null;
  const sampleRate = version === 3 ? rate : version === 2 ? rate / 2 : rate / 4;
  return Math.floor(((version === 3 ? 144_000 : 72_000) * bitRate) / sampleRate) + ((header >>> 9) & 1);
}

/** Bytes of the AAC frame with an ADTS header here, or null (ISO/IEC 13818-7, 6.2). */
function adtsFrameBytes(head: Uint8Array, at: number): number | null {
  if (at + 7 > head.length) return null;
  const view = viewOf(head);
  if ((view.getUint16(at, false) & 0xfff6) !== 0xfff0) return null;
  const bytes = (view.getUint32(at + 3, false) >>> 13) & 0x1fff;
  return bytes > 7 && ((view.getUint8(at + 2) >> 2) & 15) < 13 ? bytes : null;
}

const FRAMES_IN_A_ROW = 3;

function hasFrames(head: Uint8Array, start: number, bytesAt: typeof mp3FrameBytes): boolean {
  let at = start;
  for (let count = 0; count < FRAMES_IN_A_ROW; count++) {
    const bytes = bytesAt(head, at);
    if (bytes === null) return false;
    at += bytes;
    // a short file may end before
    if (at >= head.length && count > 0) return true;
  }
  return true;
}

function sniffFrames(head: Uint8Array): AudioKind | null {
  for (let at = head.indexOf(0xff); at !== -1; at = head.indexOf(0xff, at + 1)) {
    if (hasFrames(head, at, mp3FrameBytes)) return 'mp3';
    if (hasFrames(head, at, adtsFrameBytes)) return 'adts';
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

/** What bytes are that {@link sniffAudio} does not know, for a message. */
export function describeNoAudio(head: Uint8Array): string {
  const named = NAMES.find(([tag]) => tagAt(head, 0, tag.length) === tag);
  if (named) return `the file is ${named[1]}`;
  const picture = sniffMediaType(head);
  if (picture !== null) return `the file is a picture or document (${picture}), no recording`;
  const sample = head.subarray(0, 4096);
  const isText = !sample.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27));
  if (isText) return 'the file is text, no recording';
  return 'the content is no kind of sound that is known; it may be encrypted or damaged, or give --raw for sound without a header';
}
