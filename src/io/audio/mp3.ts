/** MP3 files, read as a stream. */
import { InputError } from '../input-error.js';
import { type ByteReader, tagAt, viewOf } from './byte-reader.js';
import { CodecSound } from './codecs.js';
import { type MpegFrame, readMpegFrames } from './mpeg-frames.js';
import { type Mp3Header, mp3HeaderAt } from './mpeg-header.js';
import { damagedBetween, type SoundStream, truncatedAudio } from './sound.js';

/** What a first frame without sound tells of the stream. */
interface StreamFacts {
  /** Samples that the frames are claimed to have; null where nothing is said. */
  readonly claimed: number | null;
  /** Samples that the encoder and the decoder put before the sound. */
  readonly delay: number;
  /** Samples that were added to fill the last frame. */
  readonly padding: number;
}

const NO_FACTS: StreamFacts = { claimed: null, delay: 0, padding: 0 };
/** Some encoders and cutters miscount the frames by one or two, 52 ms at most each. */
const MISCOUNTED_SECONDS = 0.15;
/** Samples by which the filters of any decoder are late (LAME, "Technical FAQ"). */
const DECODER_DELAY = 529;

/** The sound of an MP3 file, without what its encoder added. Throws {@link InputError}. */
export async function* readMp3(reader: ByteReader): SoundStream {
  let facts: StreamFacts | null = null;
  let sound: CodecSound | null = null;
  let rate = 0;
  let position = 0;
  let gaps = 0;
  for await (const frame of readMpegFrames(reader, mp3HeaderAt)) {
    const { sampleRate, channelCount, sampleCount } = frame.header;
    if (facts === null) {
      facts = readFacts(frame) ?? NO_FACTS;
      rate = sampleRate;
      if (facts !== NO_FACTS) continue;
    }
    if (frame.isAfterGap) gaps += 1;
    sound ??= await CodecSound.open({ codec: 'mp3', sampleRate, channelCount });
    // files that were put together may go on with others
    sound.changeTo({ sampleRate, channelCount });
    const channels = sound.decode(frame.bytes, sampleCount);
    const [start, end] = heardPart(facts, position, sampleCount);
    position += sampleCount;
    if (start < end) yield { sampleRate, channels: channels.map((samples) => samples.subarray(start, end)) };
  }
  if (facts === null) throw new InputError('CORRUPT_AUDIO', 'the MP3 file has no frame that is whole');
  if (gaps > 0) throw damagedBetween('MP3', gaps);
  const { claimed } = facts;
  if (claimed !== null && position < claimed - MISCOUNTED_SECONDS * rate)
    throw truncatedAudio(`${(claimed / rate).toFixed(1)} s are claimed, ${(position / rate).toFixed(1)} s are there`);
  sound?.finish();
}

/** Where the sound of a frame begins and ends in it. */
function heardPart({ claimed, delay, padding }: StreamFacts, position: number, count: number): [number, number] {
  const start = Math.min(count, Math.max(0, delay - position));
  const end = claimed === null || position >= claimed ? count : claimed - padding + DECODER_DELAY - position;
  return [start, Math.min(count, end)];
}

/** Null where the frame is one of sound. */
function readFacts({ header, bytes }: MpegFrame<Mp3Header>): StreamFacts | null {
  const view = viewOf(bytes);
  const { sampleCount } = header;
  if (tagAt(bytes, 36) === 'VBRI' && bytes.length >= 54)
    return { ...NO_FACTS, claimed: view.getUint32(50, false) * sampleCount };
  for (const at of [header.sideEnd, header.sideEnd - 2]) {
    const tag = tagAt(bytes, at);
    if ((tag === 'Xing' || tag === 'Info') && bytes.length >= at + 8) return readXing(bytes, at, sampleCount);
  }
  return null;
}

/** Bytes of each part of the frame of Xing, in their order; a flag tells which are there. */
const XING_PARTS = [4, 4, 100, 4];

function readXing(bytes: Uint8Array, at: number, sampleCount: number): StreamFacts {
  const view = viewOf(bytes);
  const flags = view.getUint32(at + 4, false);
  const frames = (flags & 1) !== 0 && bytes.length >= at + 12 ? view.getUint32(at + 8, false) : 0;
  const claimed = frames === 0 ? null : frames * sampleCount;
  const encoder = at + 8 + XING_PARTS.reduce((sum, size, part) => sum + ((flags >> part) & 1) * size, 0);
  const isKnown = ['LAME', 'Lavf', 'Lavc'].includes(tagAt(bytes, encoder)) && bytes.length >= encoder + 24;
  if (!isKnown) return { ...NO_FACTS, claimed };
  const gaps = view.getUint32(encoder + 20, false) & 0xff_ffff;
  return { claimed, delay: (gaps >>> 12) + DECODER_DELAY, padding: gaps & 0xfff };
}
