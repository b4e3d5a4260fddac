/** Streams of frames that each begin with a header of their own: MP3 and AAC with ADTS. */
import { isTrailingTag, tagBytes } from './audio-kind.js';
import type { ByteReader } from './byte-reader.js';
import type { FrameHeader } from './mpeg-header.js';
import { truncatedAudio } from './sound.js';

export interface MpegFrame<Header extends FrameHeader> {
  readonly header: Header;
  readonly bytes: Uint8Array;
  /** Bytes that are no frame came before it, after another frame. */
  readonly isAfterGap: boolean;
}

/** Four frames of the longest of either kind: more than is looked at at once. */
const MOST_RUN_BYTES = 4 * 8192;
const CHUNK_BYTES = 1 << 16;

/** Bytes at hand with their reader behind them. */
class Window {
  readonly #reader: ByteReader;
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;

  constructor(reader: ByteReader) {
    this.#reader = reader;
  }

  /** Sees to it that `count` bytes are at hand; false where the stream has fewer. */
  async has(count: number): Promise<boolean> {
    while (this.bytes.length - this.at < count) {
      const more = await this.#reader.takeSome(CHUNK_BYTES);
      if (more.length === 0) return false;
      this.bytes = Buffer.concat([this.bytes.subarray(this.at), more]);
      this.at = 0;
    }
    return true;
  }

  /** Passes over bytes, whatever their number. */
  async skip(count: number): Promise<void> {
    const here = Math.min(count, this.bytes.length - this.at);
    this.at += here;
    if (here < count) await this.#reader.skip(count - here);
  }
}

/** Frames that must stand in a row where the stream is found again, and where another kind of frame begins. */
const RUN_AGAIN = 2;
const RUN_OF_OTHER_KIND = 4;

/**
 * The frames of a stream; tags and damaged bytes between them are passed over. After bytes that are no frame, one counts
 * only where others of its kind follow it. Throws {@link InputError} where the last one is cut short.
 */
export async function* readMpegFrames<Header extends FrameHeader>(
  reader: ByteReader,
  headerAt: (bytes: Uint8Array, at: number) => Header | null,
): AsyncGenerator<MpegFrame<Header>, void, undefined> {
  const window = new Window(reader);
  let kind: string | null = null;
  let lost = 0;
  while (await window.has(4)) {
    await window.has(MOST_RUN_BYTES);
    const { bytes, at } = window;
    const tag = tagBytes(bytes.subarray(at));
    if (tag > 0) {
      await window.skip(tag);
      continue;
    }
    const header = headerAt(bytes, at);
    const isNext = header !== null && header.kind === kind && lost === 0;
    const run = kind === null || header?.kind === kind ? RUN_AGAIN : RUN_OF_OTHER_KIND;
    if (header === null || !(isNext || hasRun(bytes, at, headerAt, run))) {
      if (kind !== null && lost === 0 && isTrailingTag(bytes.subarray(at))) return;
      const next = bytes.indexOf(0xff, at + 1);
      window.at = next === -1 ? bytes.length : next;
      lost += window.at - at;
      continue;
    }
    const end = at + header.byteLength;
    if (end > bytes.length) throw truncatedAudio('its last frame is cut short');
    yield { header, bytes: bytes.subarray(at, end), isAfterGap: kind !== null && lost > 0 };
    kind = header.kind;
    lost = 0;
    window.at = end;
  }
}

/** Whether frames of one kind stand in a row here, `count` of them or all until the end of the bytes. */
function hasRun<Header extends FrameHeader>(
  bytes: Uint8Array,
  start: number,
  headerAt: (bytes: Uint8Array, at: number) => Header | null,
  count: number,
): boolean {
  let at = start;
  let kind: string | null = null;
  for (let found = 0; found < count && at !== bytes.length; found++) {
    const header = headerAt(bytes, at);
    if (header === null || (kind !== null && header.kind !== kind)) return false;
    kind = header.kind;
    at += header.byteLength;
  }
  return true;
}
