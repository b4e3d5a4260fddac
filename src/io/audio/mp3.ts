/** What an MP3 file says of its length; ffmpeg decodes it. */
import { tagBytes } from './audio-kind.js';
import { tagAt, viewOf } from './byte-reader.js';

const SAMPLE_RATES = [44_100, 48_000, 32_000];

/**
 * Seconds that the first frame claims, where it is one of Xing or LAME; null where the file does not tell.
 * @param head the first bytes of the file.
 */
export function claimedMp3Seconds(head: Uint8Array): number | null {
  const sync = head.indexOf(0xff, tagBytes(head));
  if (sync === -1 || sync + 60 > head.length) return null;
  const version = ((head[sync + 1] as number) >> 3) & 3;
  const isVersion1 = version === 3;
  const rate = SAMPLE_RATES[((head[sync + 2] as number) >> 2) & 3];
  const isMono = (head[sync + 3] as number) >> 6 === 3;
  const at = sync + 4 + (isVersion1 ? (isMono ? 17 : 32) : isMono ? 9 : 17);
  const tag = tagAt(head, at);
  const view = viewOf(head);
  const hasCount = (tag === 'Xing' || tag === 'Info') && (view.getUint32(at + 4, false) & 1) !== 0;
  if (!hasCount || rate === undefined) return null;
  const sampleRate = isVersion1 ? rate : version === 2 ? rate / 2 : rate / 4;
  return (view.getUint32(at + 8, false) * (isVersion1 ? 1152 : 576)) / sampleRate;
}
