/** Finds how the characters of a file are encoded, and decodes them as they come. */
import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { UsageError } from '../../model.js';

/** Decodes a file piece by piece; a byte order mark is taken off. */
export interface PieceDecoder {
  decode(bytes: Buffer): string;
  /** What is left of a character that was cut short. */
  end(): string;
}

const CHUNK_BYTES = 1 << 20;
const BYTE_ORDER_MARK = '\ufeff';

/** Characters of windows-1252 from 0x80 to 0x9F; some versions of Node decode them as Latin-1. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** The name of an encoding that the user gave. Throws {@link UsageError} for one that nobody knows. */
export function encodingOf(label: string): string {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    const examples = 'utf-8, utf-16le, utf-16be, windows-1252, iso-8859-15, macintosh, shift_jis, gb18030';
    throw new UsageError(`unknown encoding ${JSON.stringify(label)}; known are, among others, ${examples}`);
  }
}

function bareDecoder(encoding: string): PieceDecoder {
  if (encoding === 'utf-8') {
    const decoder = new StringDecoder('utf8');
    return { decode: (bytes) => decoder.write(bytes), end: () => decoder.end() };
  }
  if (encoding === 'windows-1252') {
    const decode = (bytes: Buffer): string =>
      bytes.toString('latin1').replace(/[\x80-\x9f]/g, (sign) => WINDOWS_1252[sign.charCodeAt(0) - 0x80] ?? sign);
    return { decode, end: () => '' };
  }
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  return { decode: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}

/** @param encoding as {@link findEncoding} gives it */
export function createDecoder(encoding: string): PieceDecoder {
  const decoder = bareDecoder(encoding);
  let isStart = true;
  return {
    decode(bytes) {
      const text = decoder.decode(bytes);
      if (!isStart || text === '') return text;
      isStart = false;
      return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
    },
    end: () => decoder.end(),
  };
}

/** UTF-16 without a mark shows by the zeros of its Latin letters, all on one side. */
function guessUtf16(head: Uint8Array): string | null {
  const zeros: [number, number] = [0, 0];
  for (const [at, byte] of head.entries()) if (byte === 0) zeros[(at % 2) as 0 | 1] += 1;
  const [even, odd] = zeros;
  const many = head.length * 0.2;
  if (odd > many && even < odd / 20) return 'utf-16le';
  return even > many && odd < even / 20 ? 'utf-16be' : null;
}

/** The encoding that the first bytes show, or null. */
export function sniffEncoding(head: Uint8Array): string | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return guessUtf16(head);
}

/** Bytes at the end that begin a character of UTF-8 without ending it. */
function openBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

/** Counts what of a piece is UTF-8 beyond ASCII and what is not. */
class Utf8Tally {
  #valid = 0;
  #broken = 0;

  add(bytes: Buffer): void {
    if (isUtf8(bytes)) return;
    const text = bytes.toString('utf8');
    const broken = text.split('\ufffd').length - 1;
    this.#broken += broken;
    this.#valid += (text.match(/[^\x00-\x7f]/gu)?.length ?? 0) - broken;
  }

  /** A few broken characters among many whole ones are damage; no other encoding looks like UTF-8 so often. */
  get isUtf8(): boolean {
    return this.#broken * 20 <= this.#valid;
  }

  get isDecided(): boolean {
    return this.#broken > 64;
  }
}

/** Reads the whole file, because the first letter with an accent may be its last. */
async function isUtf8File(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    const tally = new Utf8Tally();
    let kept = 0;
    while (!tally.isDecided) {
      const { bytesRead } = await file.read(buffer, kept, buffer.length - kept, null);
      if (bytesRead === 0) {
        if (kept > 0) tally.add(buffer.subarray(0, kept));
        break;
      }
      const bytes = buffer.subarray(0, kept + bytesRead);
      const left = openBytes(bytes);
      tally.add(bytes.subarray(0, bytes.length - left));
      bytes.copy(buffer, 0, bytes.length - left);
      kept = left;
    }
    return tally.isUtf8;
  } finally {
    await file.close();
  }
}

/** What a web page says of itself, where it is needed. */
function declaredInHtml(head: Buffer): string | null {
  const label = /<meta[^<>]{0,200}?charset\s*=\s*["']?\s*([\w-]{1,40})/i.exec(head.toString('latin1', 0, 4096))?.[1];
  try {
    const encoding = label === undefined ? null : encodingOf(label);
    return encoding === 'utf-8' ? null : encoding;
  } catch {
    return null;
  }
}

/**
 * The encoding of a file: by its mark, as the user says, by the zeros of UTF-16, as UTF-8 where it is that throughout,
 * else windows-1252 or what a web page declares. Errors are those of files.
 */
export async function findEncoding(
  path: string,
  head: Buffer,
  { given, isHtml }: { readonly given: string | null; readonly isHtml: boolean },
): Promise<string> {
  const marked = sniffEncoding(head) ?? (given === null ? null : encodingOf(given));
  if (marked !== null) return marked;
  if (await isUtf8File(path)) return 'utf-8';
  return (isHtml ? declaredInHtml(head) : null) ?? 'windows-1252';
}
