import { readFileSync } from 'node:fs';

/** Samples of a WAV file of 16 bit with the plainest header. */
export function readWav(path: string): Int16Array {
  const bytes = readFileSync(path).subarray(44);
  return Int16Array.from({ length: bytes.length >> 1 }, (_, index) => bytes.readInt16LE(2 * index));
}
