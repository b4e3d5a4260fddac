/** AIFF and AIFF-C (Apple, 1989 and 1991), and the AU files of Sun and NeXT, read as streams. */
import { InputError } from '../input-error.js';
import { type ByteReader, tagAt, viewOf } from './byte-reader.js';
import { bytesPerSample, type PcmEncoding, type PcmFormat, readPcm } from './pcm.js';
import { checkSoundFormat, type SoundStream, truncatedAudio, unsupportedAudio } from './sound.js';

const MOST_CHUNK_BYTES = 4096;
const UNKNOWN_SIZE = 0x7fff_0000;

/** The sound of an AIFF file; `fileBytes` is null for a stream. Throws {@link InputError}. */
export async function* readAiff(reader: ByteReader, fileBytes: number | null): SoundStream {
  await reader.take(12);
  let format: PcmFormat | null = null;
  for (;;) {
    const head = await reader.take(8);
    if (head.length < 8) throw truncatedAudio('it has no chunk of sound');
    const size = viewOf(head).getUint32(4, false);
    if (tagAt(head, 0) === 'SSND') {
      if (format === null) throw new InputError('CORRUPT_AUDIO', 'the AIFF file tells no format before its sound');
      const offset = await reader.take(8);
      const skipped = offset.length < 8 ? 0 : viewOf(offset).getUint32(0, false);
      await reader.skip(Math.min(skipped, Math.max(0, size - 8)));
      const isUnknown = size <= 8 || fileBytes === null || (size >= UNKNOWN_SIZE && fileBytes < size);
      return yield* readPcm(reader, format, isUnknown ? null : Math.max(0, size - 8 - skipped));
    }
    const body = await reader.take(Math.min(size, MOST_CHUNK_BYTES));
    if (tagAt(head, 0) === 'COMM') format = readCommon(body);
    const rest = size + (size % 2) - body.length;
    if (rest > 0 && (await reader.skip(rest)) < rest) throw truncatedAudio('it has no chunk of sound');
  }
}

function readCommon(body: Uint8Array): PcmFormat {
  if (body.length < 18) throw new InputError('CORRUPT_AUDIO', 'the format chunk of the AIFF file is cut short');
  const view = viewOf(body);
  const channelCount = view.getUint16(0, false);
  const sampleRate = Math.round(extendedFloat(view, 8));
  checkSoundFormat(sampleRate, channelCount);
  const compression = body.length >= 22 ? tagAt(body, 18) : 'NONE';
  const encoding = encodingOf(compression, view.getUint16(6, false));
  return { sampleRate, channelCount, encoding, frameBytes: bytesPerSample(encoding) * channelCount };
}

/** IEEE 754 extended precision, 80 bits. */
function extendedFloat(view: DataView, at: number): number {
  const exponent = (view.getUint16(at, false) & 0x7fff) - 16_383;
  return (view.getUint32(at + 2, false) * 2 ** -31 + view.getUint32(at + 6, false) * 2 ** -63) * 2 ** exponent;
}

const INTEGERS_BE: readonly PcmEncoding[] = ['s8', 's16be', 's24be', 's32be'];
const INTEGERS_LE: readonly PcmEncoding[] = ['s8', 's16le', 's24le', 's32le'];

function encodingOf(compression: string, bits: number): PcmEncoding {
  const integers = (encodings: readonly PcmEncoding[]): PcmEncoding | undefined => encodings[Math.ceil(bits / 8) - 1];
  const encodings: Readonly<Record<string, PcmEncoding | undefined>> = {
    NONE: integers(INTEGERS_BE),
    twos: integers(INTEGERS_BE),
    sowt: integers(INTEGERS_LE),
    'raw ': bits <= 8 ? 'u8' : undefined,
    in24: 's24be',
    in32: 's32be',
    fl32: 'f32be',
    FL32: 'f32be',
    fl64: 'f64be',
    FL64: 'f64be',
    ulaw: 'mulaw',
    ULAW: 'mulaw',
    alaw: 'alaw',
    ALAW: 'alaw',
  };
  const encoding = encodings[compression];
  if (encoding === undefined)
    throw unsupportedAudio(`AIFF with compression ${JSON.stringify(compression)} of ${bits} bits`);
  return encoding;
}

const AU_ENCODINGS: Readonly<Record<number, PcmEncoding>> = {
  1: 'mulaw',
  2: 's8',
  3: 's16be',
  4: 's24be',
  5: 's32be',
  6: 'f32be',
  7: 'f64be',
  27: 'alaw',
};

/** The sound of an AU file; `fileBytes` is null for a stream. Throws {@link InputError}. */
export async function* readAu(reader: ByteReader, fileBytes: number | null): SoundStream {
  const head = await reader.take(24);
  if (head.length < 24) throw truncatedAudio('its header is cut short');
  const view = viewOf(head);
  const [offset, size, kind] = [4, 8, 12].map((at) => view.getUint32(at, false)) as [number, number, number];
  const encoding = AU_ENCODINGS[kind];
  if (encoding === undefined) throw unsupportedAudio(`AU with encoding ${kind}`);
  const channelCount = view.getUint32(20, false);
  const sampleRate = view.getUint32(16, false);
  checkSoundFormat(sampleRate, channelCount);
  if (offset > 24 && (await reader.skip(offset - 24)) < offset - 24) throw truncatedAudio('its sound is not there');
  const isUnknown = fileBytes === null || size === 0 || (size >= UNKNOWN_SIZE && fileBytes < size);
  const format = { sampleRate, channelCount, encoding, frameBytes: bytesPerSample(encoding) * channelCount };
  yield* readPcm(reader, format, isUnknown ? null : size);
}
