/** Reads files of text piece by piece. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createDecoder } from './encoding.js';

/** Records of a few hundred bytes come a few hundred at once; strings of this size are cheap to cut and soon freed. */
const PIECE_BYTES = 1 << 17;
/** First bytes that a file is judged by. */
const HEAD_BYTES = 1 << 16;

export interface FileHead {
  readonly head: Buffer;
  readonly sizeBytes: number;
}

/** The first bytes of a file. Errors are those of files. */
export async function readHead(path: string): Promise<FileHead> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const buffer = Buffer.alloc(Math.min(HEAD_BYTES, size));
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return { head: buffer.subarray(0, filled), sizeBytes: size };
  } finally {
    await file.close();
  }
}

/** The text at the start of a file, without a character that is cut by the end of `head`. */
export function decodeHead({ head }: FileHead, encoding: string): string {
  return createDecoder(encoding).decode(head);
}

/** A file as pieces of text; the last has `isLast`, and may be empty. */
export async function* textPieces(path: string, encoding: string): AsyncGenerator<{ text: string; isLast: boolean }> {
  const decoder = createDecoder(encoding);
  for await (const bytes of createReadStream(path, { highWaterMark: PIECE_BYTES })) {
    yield { text: decoder.decode(bytes as Buffer), isLast: false };
  }
  yield { text: decoder.end(), isLast: true };
}

/** A line without its end; `text` is null where it is longer than any line may be. */
export interface TextLine {
  /** From 1. */
  readonly line: number;
  readonly text: string | null;
}

/** Longer lines are given up. */
export const MAX_LINE_CHARACTERS = 1 << 26;

/** Cuts pieces of text into lines; the end of the last line makes no further one. */
export class LineSplitter {
  readonly #lineEnd: '\n' | '\r';
  readonly #maxCharacters: number;
  #parts: string[] = [];
  #length = 0;
  #line = 1;

  constructor(lineEnd: '\n' | '\r', maxCharacters = MAX_LINE_CHARACTERS) {
    this.#lineEnd = lineEnd;
    this.#maxCharacters = maxCharacters;
  }

  push(piece: string, isLast: boolean): TextLine[] {
    const lines: TextLine[] = [];
    let from = 0;
    for (let end = piece.indexOf(this.#lineEnd); end !== -1; end = piece.indexOf(this.#lineEnd, from)) {
      lines.push(this.#finish(piece.slice(from, end), true));
      from = end + 1;
    }
    this.#add(piece.slice(from));
    if (isLast && this.#length > 0) lines.push(this.#finish('', false));
    return lines;
  }

  #add(part: string): void {
    if (part === '') return;
    this.#length += part.length;
    if (this.#length <= this.#maxCharacters) this.#parts.push(part);
    else this.#parts = [];
  }

  #finish(part: string, isEnded: boolean): TextLine {
    this.#add(part);
    const isLong = this.#length > this.#maxCharacters;
    const text = this.#parts.length > 1 ? this.#parts.join('') : (this.#parts[0] ?? '');
    this.#parts = [];
    this.#length = 0;
    let end = text.length;
    if (isEnded && this.#lineEnd === '\n') while (text[end - 1] === '\r') end -= 1;
    return { line: this.#line++, text: isLong ? null : text.slice(0, end) };
  }
}
