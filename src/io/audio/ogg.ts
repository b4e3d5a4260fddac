/** Ogg (RFC 3533) with Opus (RFC 7845), Vorbis or FLAC, read as a stream. */
import { InputError } from '../input-error.js';
import { ByteReader, tagAt, viewOf } from './byte-reader.js';
import { readFlac } from './flac.js';
import { OpusSound } from './opus.js';
import { damagedBetween, type SoundStream, truncatedAudio, unsupportedAudio } from './sound.js';
import { VorbisSound } from './vorbis.js';

interface OggPage {
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
      const next = head.indexOf(0x4f, 1);
      const kept = next === -1 ? new Uint8Array(0) : head.subarray(next);
      lost += head.length - kept.length;
      // Zeros fill up files, however many there are.
      if (!head.every((byte) => byte === 0)) junk += head.length - kept.length;
      if (junk > MOST_LOST_BYTES) throw new InputError('CORRUPT_AUDIO', 'the Ogg file is damaged');
      head = Buffer.concat([kept, await reader.take(HEADER_BYTES - kept.length)]);
      continue;
    }
    if (lost > lostBefore) places += 1;
    lostBefore = lost;
    const table = await reader.take(head[26] as number);
    const size = table.reduce((sum, length) => sum + length, 0);
    const body = await reader.take(size);
    if (table.length < (head[26] as number) || body.length < size) {
      yield toPage(head, segmentsWithin(table, body.length), body);
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

type Codec = 'opus' | 'vorbis' | 'flac';

function codecOf(page: OggPage): Codec | null {
  const first = page.parts[0] ?? new Uint8Array(0);
  if (tagAt(first, 0, 8) === 'OpusHead') return 'opus';
  if (tagAt(first, 0, 7) === '\x01vorbis') return 'vorbis';
  if (tagAt(first, 0, 5) === '\x7fFLAC') return 'flac';
  return null;
}

/** Whether the headers of a stream follow; a damaged page may claim so too. */
function beginsStream(page: OggPage): boolean {
  return page.isFirst && codecOf(page) !== null;
}

/** The sound of an Ogg file: of its first stream of a known kind. Throws {@link InputError}. */
export async function* readOgg(reader: ByteReader): SoundStream {
  const pages = readPages(reader);
  for await (const page of keepOpen(pages)) {
    if (!page.isFirst) break;
    const codec = codecOf(page);
    if (codec === 'opus') return yield* readOpusPages(page, pages);
    if (codec === 'vorbis') return yield* readVorbisPages(page, pages);
    if (codec === 'flac') return yield* readFlacPages(page, pages);
  }
  throw unsupportedAudio('Ogg without Opus, Vorbis or FLAC');
}

/** A loop over some pages that leaves the rest to be read. */
function keepOpen(pages: AsyncGenerator<OggPage>): AsyncIterable<OggPage> {
  return { [Symbol.asyncIterator]: () => ({ next: () => pages.next() }) };
}

/** Pages of the stream that `first` begins, and of streams that follow it when it has ended. */
async function* pagesOfStream(first: OggPage, pages: AsyncGenerator<OggPage>): AsyncGenerator<OggPage> {
  let { serial } = first;
  let hasEnded = first.isEnd;
  yield first;
  for await (const page of keepOpen(pages)) {
    if (hasEnded && page.isFirst && codecOf(page) === codecOf(first)) {
      serial = page.serial;
      hasEnded = false;
    }
    if (page.serial !== serial) continue;
    hasEnded ||= page.isEnd;
    yield page;
  }
}

/** Joins the parts of packets over pages. */
class PacketJoiner {
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

async function* readOpusPages(first: OggPage, pages: AsyncGenerator<OggPage>): SoundStream {
  const joiner = new PacketJoiner();
  let sound: OpusSound | null = null;
  try {
    for await (const page of pagesOfStream(first, pages)) {
      const packets = joiner.take(page);
      if (beginsStream(page)) {
        sound?.close();
        sound = await OpusSound.open(packets.shift() ?? new Uint8Array(0));
      }
      const heard = packets.filter((packet) => tagAt(packet, 0, 8) !== 'OpusTags');
      if (sound === null || heard.length === 0) continue;
      const end = page.isEnd && page.granule !== null ? Number(page.granule) : null;
      yield* sound.decode(heard, end);
    }
    sound?.finish();
  } finally {
    sound?.close();
  }
}

async function* readVorbisPages(first: OggPage, pages: AsyncGenerator<OggPage>): SoundStream {
  const joiner = new PacketJoiner();
  let headers: Uint8Array[] = [];
  let sound: VorbisSound | null = null;
  for await (const page of pagesOfStream(first, pages)) {
    const packets = joiner.take(page);
    if (beginsStream(page)) {
      sound?.finish();
      sound = null;
      headers = [];
    }
    if (sound === null) {
      headers.push(...packets.splice(0, 3 - headers.length));
      if (headers.length === 3) sound = await VorbisSound.open(headers);
    }
    const granule = page.granule === null ? null : Number(page.granule);
    if (sound !== null && packets.length > 0) yield* sound.decode(packets, granule, page.isEnd);
  }
  if (sound === null) throw truncatedAudio('its header is cut short');
  sound.finish();
}

async function* readFlacPages(first: OggPage, pages: AsyncGenerator<OggPage>): SoundStream {
  let fault: { readonly error: unknown } | null = null;
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* flacBytes(first, pages);
    } catch (error) {
      // what came before the damage is decoded first
      fault = { error };
    }
  };
  yield* readFlac(new ByteReader(bytes()));
  if (fault !== null) throw (fault as { error: unknown }).error;
}

/** The file of FLAC that an Ogg stream holds (RFC 9639, section 10.1). */
async function* flacBytes(first: OggPage, pages: AsyncGenerator<OggPage>): AsyncGenerator<Uint8Array> {
  const joiner = new PacketJoiner();
  for await (const page of pagesOfStream(first, pages)) {
    const packets = joiner.take(page);
    if (beginsStream(page)) yield packets.shift()?.subarray(9) ?? new Uint8Array(0);
    yield* packets;
  }
}
