/** The files that a container is made of: one, or several that were put together (`cat a.m4a b.m4a`). */
import type { FileHandle } from 'node:fs/promises';
import { isTrailingTag } from './audio-kind.js';
import { tagAt, viewOf } from './byte-reader.js';

export interface ContainerPart {
  readonly start: number;
  readonly end: number;
  /** It claims to go on beyond the end of the file. */
  readonly isCut: boolean;
  /** What is needed to find anything in it is there. */
  readonly hasIndex: boolean;
}

/** A box or an element at the outermost level. */
interface Chunk {
  readonly at: number;
  /** With its header; null where it goes on to the end of the file. */
  readonly byteLength: number | null;
  /** A file begins with it. */
  readonly isFirst: boolean;
  /** Sound, or what leads to it. */
  readonly isBody: boolean;
  readonly isIndex: boolean;
}

type ChunkReader = (head: Uint8Array, at: number) => Chunk | null;

const MOST_CHUNKS = 100_000;
const HEAD_BYTES = 16;

/** At least one, from byte `from` of the file on; of what is damaged, all that follows belongs to the part before. */
export async function findParts(file: FileHandle, from: number, size: number): Promise<readonly ContainerPart[]> {
  const buffer = new Uint8Array(HEAD_BYTES);
  let readChunk: ChunkReader | null = null;
  const starts = [from];
  const indexed: boolean[] = [false];
  let hasBody = false;
  let at = from;
  for (let count = 0; count < MOST_CHUNKS && at + 8 <= size; count++) {
    const { bytesRead } = await file.read(buffer, 0, HEAD_BYTES, at);
    readChunk ??= viewOf(buffer).getUint32(0) === EBML ? readElement : readBox;
    const chunk: Chunk | null = isTrailingTag(buffer) ? null : readChunk(buffer.subarray(0, bytesRead), at);
    if (chunk === null) break;
    if (chunk.isFirst && hasBody) {
      starts.push(at);
      indexed.push(false);
      hasBody = false;
    }
    hasBody ||= chunk.isBody;
    if (chunk.isIndex) indexed[indexed.length - 1] = true;
    if (chunk.byteLength === null) break;
    at += chunk.byteLength;
  }
  return starts.map((start, index) => {
    const isLast = index === starts.length - 1;
    const end = isLast ? size : (starts[index + 1] as number);
    return { start, end, isCut: isLast && at > size, hasIndex: indexed[index] === true };
  });
}

const BODY_BOXES = new Set(['moov', 'mdat', 'moof']);

/** A box of MP4 or QuickTime (ISO/IEC 14496-12, 4.2); null for what is none. */
function readBox(head: Uint8Array, at: number): Chunk | null {
  const type = tagAt(head, 4);
  if (!/^[\x20-\x7e\xa9]{4}$/.test(type)) return null;
  const short = viewOf(head).getUint32(0);
  const byteLength = short === 1 && head.length === HEAD_BYTES ? Number(viewOf(head).getBigUint64(8)) : short;
  if (byteLength !== 0 && byteLength < 8) return null;
  const facts = { isFirst: type === 'ftyp', isBody: BODY_BOXES.has(type), isIndex: type === 'moov' };
  return { at, byteLength: byteLength === 0 ? null : byteLength, ...facts };
}

const EBML = 0x1a45dfa3;
const SEGMENT = 0x18538067n;

/** An element of Matroska or WebM (RFC 8794, section 5 and 6); null for what is none. */
function readElement(head: Uint8Array, at: number): Chunk | null {
  const idBytes = Math.clz32(head[0] as number) - 23;
  const sizeBytes = Math.clz32(head[idBytes] ?? 0) - 23;
  if (idBytes > 4 || sizeBytes > 8 || idBytes + sizeBytes > head.length) return null;
  const id = numberOf(head.subarray(0, idBytes));
  const size = numberOf(head.subarray(idBytes, idBytes + sizeBytes)) - 2n ** BigInt(7 * sizeBytes);
  // All bits set: it is not known.
  const isKnown = size !== 2n ** BigInt(7 * sizeBytes) - 1n;
  const isSegment = id === SEGMENT;
  const byteLength = isKnown ? idBytes + sizeBytes + Number(size) : null;
  return { at, byteLength, isFirst: id === BigInt(EBML), isBody: isSegment, isIndex: isSegment };
}

function numberOf(bytes: Uint8Array): bigint {
  return bytes.reduce((value, byte) => value * 256n + BigInt(byte), 0n);
}
