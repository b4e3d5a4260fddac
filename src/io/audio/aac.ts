/** AAC: what its configuration tells, and files of frames with ADTS headers, read as a stream. */
import { InputError } from '../input-error.js';
import type { ByteReader } from './byte-reader.js';
import { CodecSound } from './codecs.js';
import { readMpegFrames } from './mpeg-frames.js';
import { AAC_RATES, adtsHeaderAt } from './mpeg-header.js';
import { damagedBetween, type SoundStream, unsupportedAudio } from './sound.js';

/** The sound of an ADTS file, with the delay of its encoder, which it does not tell. Throws {@link InputError}. */
export async function* readAdts(reader: ByteReader): SoundStream {
  let sound: CodecSound | null = null;
  let gaps = 0;
  for await (const { header, bytes, isAfterGap } of readMpegFrames(reader, adtsHeaderAt)) {
    const { sampleRate, channelCount, sampleCount, headerBytes, isPlain } = header;
    if (!isPlain) throw unsupportedAudio('AAC of this kind');
    sound ??= await CodecSound.open({ codec: 'aac', sampleRate, channelCount });
    sound.changeTo({ sampleRate, channelCount });
    if (isAfterGap) gaps += 1;
    yield { sampleRate, channels: sound.decode(bytes.subarray(headerBytes), sampleCount) };
  }
  if (sound === null) throw new InputError('CORRUPT_AUDIO', 'the AAC file has no frame that is whole');
  if (gaps > 0) throw damagedBetween('AAC', gaps);
  sound.finish();
}

const LOW_COMPLEXITY = 2;
/** High efficiency, version 1 and 2: low complexity at half the rate, and what makes a whole of it. */
const HIGH_EFFICIENCY = [5, 29];

/**
 * Rate and channels of the low-complexity stream that a configuration describes (AudioSpecificConfig, ISO/IEC 14496-3,
 * 1.6.2.1). Of high-efficiency AAC that is the core, which holds the lower half of the frequencies: all of speech that
 * counts here. Throws {@link InputError} for other kinds.
 */
export function readAacConfig(config: Uint8Array): { sampleRate: number; channelCount: number } {
  let at = 0;
  const take = (count: number): number => {
    let value = 0;
    for (let bit = 0; bit < count; bit++, at++) value = value * 2 + (((config[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
    return value;
  };
  const takeType = (): number => {
    const type = take(5);
    return type === 31 ? 32 + take(6) : type;
  };
  const takeRate = (): number => {
    const index = take(4);
    return index === 15 ? take(24) : (AAC_RATES[index] ?? 0);
  };
  let type = takeType();
  const sampleRate = takeRate();
  const channelCount = take(4);
  if (HIGH_EFFICIENCY.includes(type)) {
    takeRate();
    type = takeType();
  }
  const hasShortFrames = take(1) === 1;
  const isPlain = type === LOW_COMPLEXITY && !hasShortFrames && (channelCount === 1 || channelCount === 2);
  if (!isPlain || sampleRate === 0) throw unsupportedAudio('AAC of this kind');
  return { sampleRate, channelCount };
}
