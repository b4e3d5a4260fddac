/** MPEG layer 3, decoded by mpg123 in WebAssembly, which finds its way back into step after damage. */
import { InputError } from '../input-error.js';
import { tagBytes } from './audio-kind.js';
import { type ByteReader, tagAt, viewOf } from './byte-reader.js';
import { loadOptional } from './packages.js';
import { checkSoundFormat, type SoundStream, truncatedAudio } from './sound.js';

const CHUNK_BYTES = 1 << 14;
/** Some encoders and cutters miscount the frames by one or two. */
const MISCOUNTED_FRAMES = 3;

/** The sound of an MP3 file, or of frames that a container holds. Throws {@link InputError}. */
export async function* readMp3(reader: ByteReader): SoundStream {
  const { MPEGDecoder } = await loadOptional(() => import('mpg123-decoder'), 'MP3');
  const decoder = new MPEGDecoder({ enableGapless: true });
  await decoder.ready;
  try {
    let bytes = await skipTag(reader);
    const claimed = claimedSamples(bytes);
    let samples = 0;
    while (bytes.length > 0) {
      const { channelData, samplesDecoded, sampleRate } = decoder.decode(bytes);
      if (samplesDecoded > 0) {
        checkSoundFormat(sampleRate, channelData.length);
        samples += samplesDecoded;
        yield { sampleRate, channels: channelData };
      }
      bytes = await reader.takeSome(CHUNK_BYTES);
    }
    if (samples === 0)
      throw new InputError('CORRUPT_AUDIO', 'no frame of the MP3 file could be decoded; is it damaged?');
    if (claimed !== null && samples < claimed.samples - MISCOUNTED_FRAMES * claimed.frameSamples)
      throw truncatedAudio(`${claimed.samples} samples are claimed, ${samples} are there`);
  } finally {
    decoder.free();
  }
}

async function skipTag(reader: ByteReader): Promise<Uint8Array> {
  const head = await reader.take(10);
  const tag = tagBytes(head);
  if (tag > 0) await reader.skip(tag - head.length);
  const start = await reader.take(4096);
  return tag > 0 ? start : Buffer.concat([head, start]);
}

/** What the first frame says of the length, where it is one of Xing or LAME. */
function claimedSamples(bytes: Uint8Array): { readonly samples: number; readonly frameSamples: number } | null {
  const sync = bytes.indexOf(0xff);
  if (sync === -1 || sync + 60 > bytes.length) return null;
  const isVersion1 = (((bytes[sync + 1] as number) >> 3) & 3) === 3;
  const isMono = (bytes[sync + 3] as number) >> 6 === 3;
  const at = sync + 4 + (isVersion1 ? (isMono ? 17 : 32) : isMono ? 9 : 17);
  const tag = tagAt(bytes, at);
  const view = viewOf(bytes);
  if ((tag !== 'Xing' && tag !== 'Info') || (view.getUint32(at + 4, false) & 1) === 0) return null;
  const frameSamples = isVersion1 ? 1152 : 576;
  return { samples: view.getUint32(at + 8, false) * frameSamples, frameSamples };
}
