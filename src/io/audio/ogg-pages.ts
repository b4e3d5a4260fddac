/** Pages and packets of Ogg (RFC 3533). */
import { InputError } from '../input-error.js';
import { type ByteReader, tagAt, viewOf } from './byte-reader.js';
import { damagedBetween, truncatedAudio } from './sound.js';

export interface OggPage {
  readonly isFirst: boolean;
  readonly isContinued: boolean;
  readonly serial: number;
  /** Samples until the end of the page; null where no packet ends in it. */
  readonly granule: bigint | null;
  readonly isEnd: boolean;
  readonly bytes: Uint8Array;
  /** Parts of packets; the last goes on in the next page where `isOpen`. */
  readonly parts: readonly Uint8Array[];
  readonly isOpen: boolean;
}

const HEADER_BYTES = 27;
/** Bytes that are looked through at once for the next page. */
const LOOKED_THROUGH = 1 << 16;
/** Bytes without a page that are passed over to find one. */
const MOST_LOST_BYTES = 1 << 20;
/** Of a packet of comments, which may hold a picture. */
const MOST_PACKET_BYTES = 1 << 25;

/**
 * Gives the pages; damaged bytes between them are passed over. Throws at the end where there were some, and where the
 * last page is cut short.
 */
async function* readPages(reader: ByteReader): AsyncGenerator<OggPage, void, undefined> {
  let lost = 0;
  let junk = 0;
  let lostBefore = 0;
  let places = 0;
  let head = await reader.take(HEADER_BYTES);
  while (head.length === HEADER_BYTES) {
    if (tagAt(head, 0) !== 'OggS') {
      const bytes = Buffer.concat([head, await reader.take(LOOKED_THROUGH)]);
      const next = bytes.indexOf('OggS', 1, 'latin1');
      // the mark may begin at the end of the bytes
      const passed = next === -1 ? Math.max(1, bytes.length - 3) : next;
      lost += passed;
      // Zeros fill up files, however many there are.
      if (!bytes.subarray(0, passed).every((byte) => byte === 0)) junk += passed;
      if (junk > MOST_LOST_BYTES) throw new InputError('CORRUPT_AUDIO', 'the Ogg file is damaged');
      reader.unread(bytes.subarray(passed));
      head = await reader.take(HEADER_BYTES);
      continue;
    }
    if (lost > lostBefore) places += 1;
    lostBefore = lost;
    const table = await reader.take(head[26] as number);
    const size = table.reduce((sum, length) => sum + length, 0);
    const body = await reader.take(size);
    if (table.length < (head[26] as number) || body.length < size) {
      // what is there does not reach the place that the page tells
      yield { ...toPage(head, segmentsWithin(table, body.length), body), granule: null };
      throw truncatedAudio('its last page is cut short');
    }
    yield toPage(head, table, body);
    head = await reader.take(HEADER_BYTES);
  }
  if (head.length > 0 && tagAt(head, 0) === 'OggS') throw truncatedAudio('its last page is cut short');
  if (places > 0) throw damagedBetween('Ogg', places);
}

/** The segments that are here in full. */
function segmentsWithin(table: Uint8Array, bytes: number): Uint8Array {
  let sum = 0;
  const cut = table.findIndex((length) => {
    sum += length;
    return sum > bytes;
  });
  return cut === -1 ? table : table.subarray(0, cut);
}

function toPage(head: Uint8Array, table: Uint8Array, body: Uint8Array): OggPage {
  const view = viewOf(head);
  const flags = view.getUint8(5);
  const parts: Uint8Array[] = [];
  let start = 0;
  let end = 0;
  for (const length of table) {
    end += length;
    if (length === 255) continue;
    parts.push(body.subarray(start, end));
    start = end;
  }
  const isOpen = table.at(-1) === 255;
  if (isOpen) parts.push(body.subarray(start, end));
  const granule = view.getBigInt64(6, true);
  return {
    isContinued: (flags & 1) !== 0,
    isFirst: (flags & 2) !== 0,
    isEnd: (flags & 4) !== 0,
    serial: view.getUint32(14, true),
    granule: granule < 0n ? null : granule,
    bytes: Buffer.concat([head, table, body]),
    parts,
    isOpen,
  };
}

/** Pages one after the other; one may be put back. */
export class Pages {
  readonly #pages: AsyncGenerator<OggPage, void, undefined>;
  #held: OggPage | null = null;

  constructor(reader: ByteReader) {
    this.#pages = readPages(reader);
  }

  /** Null at the end. */
  async next(): Promise<OggPage | null> {
    const held = this.#held;
    this.#held = null;
    return held ?? (await this.#pages.next()).value ?? null;
  }

  putBack(page: OggPage): void {
    this.#held = page;
  }
}

/** Joins the parts of packets over pages. */
export class PacketJoiner {
  #open: Uint8Array[] = [];
  #openBytes = 0;

  take(page: OggPage): Uint8Array[] {
    const packets: Uint8Array[] = [];
    // what a lost page began is of no use
    if (!page.isContinued || page.isFirst) this.#drop();
    const isOrphan = page.isContinued && this.#open.length === 0;
    for (const [index, part] of page.parts.entries()) {
      this.#open.push(part);
      this.#openBytes += part.length;
      if (this.#openBytes > MOST_PACKET_BYTES)
        throw new InputError('CORRUPT_AUDIO', 'a packet of the Ogg file is too long');
      if (index === page.parts.length - 1 && page.isOpen) continue;
      if (!(isOrphan && index === 0)) packets.push(Buffer.concat(this.#open));
      this.#drop();
    }
    return packets;
  }

  #drop(): void {
    this.#open = [];
    this.#openBytes = 0;
  }
}
