/** WAV and RF64 (Multimedia Programming Interface 1.0; EBU Tech 3306), read as a stream. */
import { InputError } from '../input-error.js';
import { isTrailingTag, tagBytes } from './audio-kind.js';
import { type ByteReader, tagAt, viewOf } from './byte-reader.js';
import { bytesPerSample, type PcmEncoding, type PcmFormat, readPcm } from './pcm.js';
import { checkSoundFormat, type SoundStream, truncatedAudio, unsupportedAudio } from './sound.js';

const FORMAT_PCM = 1;
const FORMAT_FLOAT = 3;
const FORMAT_ALAW = 6;
const FORMAT_MULAW = 7;
const FORMAT_EXTENSIBLE = 0xfffe;
const FORMAT_NAMES: Readonly<Record<number, string>> = {
  2: 'Microsoft ADPCM',
  17: 'IMA ADPCM',
  49: 'GSM 6.10',
  80: 'MPEG layer 1 or 2',
  85: 'MP3',
  255: 'AAC',
};
const FORMS = new Set(['RIFF', 'RF64', 'BW64']);
/** Bytes of a chunk other than the sound that are looked at. */
const MOST_CHUNK_BYTES = 4096;
/** From this on a size says no more than "until the end": what writers to a pipe leave behind. */
const UNKNOWN_SIZE = 0x7fff_0000;

interface WavHeader {
  readonly format: PcmFormat;
  /** What RF64 claims in a chunk of its own, which has room for more than 4 GB. */
  readonly longSize: number | null;
}

/** What follows a chunk of sound; `sound`: bytes that the header does not count, of a recorder that was stopped. */
type Following = 'form' | 'data' | 'sound' | 'end';

/** The sound of a WAV file, or of several that were put together; `fileBytes` is null for a stream. Throws {@link InputError}. */
export async function* readWav(reader: ByteReader, fileBytes: number | null): SoundStream {
  let following: Following;
  do {
    const { format, longSize } = await readHeader(reader);
    do {
      yield* readData(reader, format, longSize, fileBytes);
      following = await findFollowing(reader);
    } while (following === 'data');
    if (following === 'sound') yield* readPcm(reader, format, null);
  } while (following === 'form');
}

/** Reads up to the first chunk of sound. */
async function readHeader(reader: ByteReader): Promise<WavHeader> {
  await reader.take(12);
  let format: PcmFormat | null = null;
  let longSize: number | null = null;
  for (;;) {
    const head = await reader.take(8);
    if (head.length < 8) throw truncatedAudio('it has no chunk of sound');
    const tag = tagAt(head, 0);
    if (tag === 'data') {
      if (format === null) throw new InputError('CORRUPT_AUDIO', 'the WAV file tells no format before its sound');
      reader.unread(head);
      return { format, longSize };
    }
    const size = viewOf(head).getUint32(4, true);
    const body = await reader.take(Math.min(size, MOST_CHUNK_BYTES));
    if (tag === 'fmt ') format = readFormat(body);
    if (tag === 'ds64' && body.length >= 16) longSize = Number(viewOf(body).getBigUint64(8, true));
    const rest = size - body.length;
    if (rest > 0 && (await reader.skip(rest)) < rest) throw truncatedAudio('it has no chunk of sound');
    await skipPadding(reader, size);
  }
}

async function* readData(
  reader: ByteReader,
  format: PcmFormat,
  longSize: number | null,
  fileBytes: number | null,
): SoundStream {
  const size = viewOf(await reader.take(8)).getUint32(4, true);
  const start = reader.position;
  const bytes = soundBytes(size, longSize, fileBytes);
  yield* readPcm(reader, format, bytes);
  if (bytes === null) return;
  await reader.skip(start + bytes - reader.position);
  await skipPadding(reader, bytes);
}

/** Chunks that other programs write; behind a chunk of odd length, one of them shows that its padding was forgotten. */
const USUAL_CHUNKS = new Set(['data', 'fmt ', 'fact', 'LIST', 'JUNK', 'bext']);

/** Passes over the byte that makes a chunk even, where it is there. */
async function skipPadding(reader: ByteReader, size: number): Promise<void> {
  if (size % 2 === 0) return;
  const next = await reader.take(4);
  reader.unread(USUAL_CHUNKS.has(tagAt(next, 0)) ? next : next.subarray(1));
}

/** Bytes behind the sound that are looked at: this many zeros fill up a file. */
const LOOKED_AT = 1 << 16;

/** Passes over other chunks behind the sound. */
async function findFollowing(reader: ByteReader): Promise<Following> {
  for (;;) {
    const next = await reader.take(LOOKED_AT);
    reader.unread(next);
    const tag = tagAt(next, 0);
    if (FORMS.has(tag) && tagAt(next, 8) === 'WAVE') return 'form';
    if (next.length < 8 || isTrailingTag(next) || tagBytes(next) > 0 || next.every((byte) => byte === 0)) return 'end';
    if (tag === 'data') return 'data';
    if (!/^[\x20-\x7e]{4}$/.test(tag)) return 'sound';
    const size = viewOf(next).getUint32(4, true);
    await reader.skip(8 + size);
    await skipPadding(reader, size);
  }
}

/** Null: all that follows. Programs that write to a pipe cannot go back to set the size. */
function soundBytes(size: number, longSize: number | null, fileBytes: number | null): number | null {
  if (size === 0xffff_ffff && longSize !== null && longSize > 0) return longSize;
  if (size === 0 || fileBytes === null) return null;
  // The claim of a streaming writer; of a file that long the size would be right.
  return size >= UNKNOWN_SIZE && fileBytes < size ? null : size;
}

function readFormat(body: Uint8Array): PcmFormat {
  if (body.length < 16) throw new InputError('CORRUPT_AUDIO', 'the format chunk of the WAV file is cut short');
  const view = viewOf(body);
  const channelCount = view.getUint16(2, true);
  const sampleRate = view.getUint32(4, true);
  const bits = view.getUint16(14, true);
  const tag = view.getUint16(0, true);
  const extended = body.length >= 26 ? view.getUint16(24, true) : FORMAT_PCM;
  checkSoundFormat(sampleRate, channelCount);
  const bytesAtOnce = Math.floor(view.getUint16(12, true) / channelCount);
  const bytesBySecond = view.getUint32(8, true) / (sampleRate * channelCount);
  // of two claims that are at odds, the one that goes with the bits
  const container = bytesBySecond === Math.ceil(bits / 8) ? bytesBySecond : bytesAtOnce;
  const encoding = encodingOf(tag === FORMAT_EXTENSIBLE ? extended : tag, bits, container);
  return { sampleRate, channelCount, encoding, frameBytes: bytesPerSample(encoding) * channelCount };
}

/** `container`: bytes that a sample takes; 0 where it is not told. */
function encodingOf(kind: number, bits: number, container: number): PcmEncoding {
  if (kind === FORMAT_ALAW) return 'alaw';
  if (kind === FORMAT_MULAW) return 'mulaw';
  // 12 bits stand at the upper end of two bytes, 20 of three: what is below them is zero.
  const bytes = container >= 1 && container <= 8 && container * 8 >= bits ? container : Math.ceil(bits / 8);
  if (kind === FORMAT_FLOAT && bytes === 4) return 'f32le';
  if (kind === FORMAT_FLOAT && bytes === 8) return 'f64le';
  if (kind === FORMAT_PCM && bytes === 1) return 'u8';
  if (kind === FORMAT_PCM && bytes === 2) return 's16le';
  if (kind === FORMAT_PCM && bytes === 3) return 's24le';
  if (kind === FORMAT_PCM && bytes === 4) return 's32le';
  throw unsupportedAudio(`WAV with ${FORMAT_NAMES[kind] ?? `format ${kind} of ${bits} bits`}`);
}
