/** WAV and RF64 (Multimedia Programming Interface 1.0; EBU Tech 3306), read as a stream. */
import { InputError } from '../input-error.js';
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

/** The sound of a WAV file, or of several that were put together; `fileBytes` is null for a stream. Throws {@link InputError}. */
export async function* readWav(reader: ByteReader, fileBytes: number | null): SoundStream {
  do yield* readForm(reader, fileBytes);
  while (await findForm(reader));
}

/** Passes over what follows the sound and tells whether another WAV file does. */
async function findForm(reader: ByteReader): Promise<boolean> {
  for (;;) {
    const head = await reader.take(12);
    reader.unread(head);
    if (FORMS.has(tagAt(head, 0)) && tagAt(head, 8) === 'WAVE') return true;
    if (head.length < 12 || !/^[\x20-\x7e]{4}$/.test(tagAt(head, 0))) return false;
    const size = viewOf(head).getUint32(4, true);
    await reader.skip(8 + size + (size % 2));
  }
}

async function* readForm(reader: ByteReader, fileBytes: number | null): SoundStream {
  await reader.take(12);
  let format: PcmFormat | null = null;
  let longSize: number | null = null;
  for (;;) {
    const head = await reader.take(8);
    if (head.length < 8) throw truncatedAudio('it has no chunk of sound');
    const tag = tagAt(head, 0);
    const size = viewOf(head).getUint32(4, true);
    if (tag === 'data') {
      if (format === null) throw new InputError('CORRUPT_AUDIO', 'the WAV file tells no format before its sound');
      const start = reader.position;
      const bytes = soundBytes(size, longSize, fileBytes);
      yield* readPcm(reader, format, bytes);
      if (bytes !== null) await reader.skip(start + bytes + (bytes % 2) - reader.position);
      return;
    }
    const body = await reader.take(Math.min(size, MOST_CHUNK_BYTES));
    if (tag === 'fmt ') format = readFormat(body);
    if (tag === 'ds64' && body.length >= 16) longSize = Number(viewOf(body).getBigUint64(8, true));
    const rest = size + (size % 2) - body.length;
    if (rest > 0 && (await reader.skip(rest)) < rest) throw truncatedAudio('it has no chunk of sound');
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
  const blockAlign = view.getUint16(12, true);
  const bits = view.getUint16(14, true);
  const tag = view.getUint16(0, true);
  const kind = tag === FORMAT_EXTENSIBLE && body.length >= 26 ? view.getUint16(24, true) : tag;
  checkSoundFormat(sampleRate, channelCount);
  const encoding = encodingOf(kind, bits, Math.floor(blockAlign / channelCount));
  return { sampleRate, channelCount, encoding, frameBytes: bytesPerSample(encoding) * channelCount };
}

/** `container`: bytes that a sample takes, by the size of a frame; 0 where it is not told. */
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
