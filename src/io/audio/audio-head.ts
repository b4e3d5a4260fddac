/** Finds where the sound of a file begins: behind the tags, or the zeros, that other programs put before it. */
import { type FileHandle, open } from 'node:fs/promises';
import { AUDIO_HEAD_BYTES, tagBytes } from './audio-kind.js';

export interface AudioHead {
  /** The first bytes of what is to be read, at most {@link AUDIO_HEAD_BYTES}. */
  readonly head: Uint8Array;
  /** Where they stand in the file. */
  readonly start: number;
  /** Of the whole file. */
  readonly fileBytes: number;
  /** An ID3 tag stands before them. */
  readonly isTagged: boolean;
}

/** Other formats may begin with some zeros of their own. */
const FEWEST_ZEROS = 64;
const MOST_ZEROS = 1 << 24;

/** @param skipsZeros false for sound without a header, in which zeros are silence. */
export async function readAudioHead(path: string, skipsZeros: boolean): Promise<AudioHead> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    let zerosLeft = skipsZeros ? MOST_ZEROS : 0;
    let isTagged = false;
    for (let start = 0; ; ) {
      const head = await readAt(file, start);
      const fileBytes = Math.max(size, start + head.length);
      const tag = tagBytes(head);
      const zeros = tag > 0 ? 0 : zerosBefore(head);
      const skipped = zeros >= FEWEST_ZEROS && zeros <= zerosLeft ? zeros : tag;
      // A tag that claims more than there is leads nowhere.
      if (skipped === 0 || start + skipped >= fileBytes) return { head, start, fileBytes, isTagged };
      isTagged ||= tag > 0;
      zerosLeft -= zeros;
      start += skipped;
    }
  } finally {
    await file.close();
  }
}

async function readAt(file: FileHandle, start: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(AUDIO_HEAD_BYTES);
  const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
  return buffer.subarray(0, bytesRead);
}

function zerosBefore(bytes: Uint8Array): number {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first === -1 ? bytes.length : first;
}
