/** Sound without a header, its format told by the user. */
import { UsageError } from '../../model.js';
import { bytesPerSample, PCM_ENCODINGS, type PcmEncoding, type PcmFormat } from './pcm.js';

/** What `--raw rate:channels:encoding` tells. */
export type RawFormat = PcmFormat;

/** Names that other programs use. */
const ALIASES: Readonly<Record<string, PcmEncoding>> = {
  s16: 's16le',
  s24: 's24le',
  s32: 's32le',
  f32: 'f32le',
  f64: 'f64le',
  ulaw: 'mulaw',
  'mu-law': 'mulaw',
  'a-law': 'alaw',
};

/** Reads `8000:1:mulaw`. Throws {@link UsageError}. */
export function parseRawFormat(text: string): RawFormat {
  const [rate, channels, name, ...more] = text.split(':');
  const sampleRate = Number(rate);
  const channelCount = Number(channels);
  const lower = (name ?? '').toLowerCase();
  const encoding = ALIASES[lower] ?? PCM_ENCODINGS.find((known) => known === lower);
  if (more.length > 0 || name === undefined)
    throw new UsageError(`${text} is no raw format: write rate:channels:encoding, such as 8000:1:mulaw`);
  if (!(Number.isInteger(sampleRate) && sampleRate >= 1000 && sampleRate <= 768_000))
    throw new UsageError(`${rate} is no sample rate: 1000 to 768000 a second`);
  if (!(Number.isInteger(channelCount) && channelCount >= 1 && channelCount <= 64))
    throw new UsageError(`${channels} is no number of channels: 1 to 64`);
  if (encoding === undefined)
    throw new UsageError(`${name} is no encoding of samples: one of ${PCM_ENCODINGS.join(', ')}`);
  return { sampleRate, channelCount, encoding, frameBytes: bytesPerSample(encoding) * channelCount };
}
