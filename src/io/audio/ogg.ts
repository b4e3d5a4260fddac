/** Ogg (RFC 3533) with Opus (RFC 7845), Vorbis or FLAC, read as a stream. */
import { ByteReader, tagAt } from './byte-reader.js';
import { readFlac } from './flac.js';
import { type OggPage, PacketJoiner, Pages } from './ogg-pages.js';
import { OpusSound } from './opus.js';
import { type SoundStream, truncatedAudio, unsupportedAudio } from './sound.js';
import { VorbisSound } from './vorbis.js';

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

/** The sound of an Ogg file: of the first stream of a known kind, and of those that follow it. Throws {@link InputError}. */
export async function* readOgg(reader: ByteReader): SoundStream {
  const pages = new Pages(reader);
  let isHeard = false;
  for (let page = await pages.next(); page?.isFirst; page = await pages.next()) {
    const codec = codecOf(page);
    if (codec === null) continue;
    isHeard = true;
    if (codec === 'opus') yield* readOpusPages(page, pages);
    else if (codec === 'vorbis') yield* readVorbisPages(page, pages);
    else yield* readFlacPages(page, pages);
  }
  if (!isHeard) throw unsupportedAudio('Ogg without Opus, Vorbis or FLAC');
}

/** Pages of the stream that `first` begins, and of streams of its kind that follow it; one of another kind is put back. */
async function* pagesOfStream(first: OggPage, pages: Pages): AsyncGenerator<OggPage> {
  let { serial } = first;
  // Streams that are heard at the same time all begin before any of them goes on (RFC 3533, section 4).
  let hasBegun = first.isEnd;
  yield first;
  for (let page = await pages.next(); page !== null; page = await pages.next()) {
    if (hasBegun && beginsStream(page)) {
      if (codecOf(page) !== codecOf(first)) return pages.putBack(page);
      serial = page.serial;
      hasBegun = page.isEnd;
    } else if (page.serial === serial) hasBegun = true;
    if (page.serial === serial) yield page;
  }
}

function granuleOf({ granule }: OggPage): number | null {
  return granule === null ? null : Number(granule);
}

async function* readOpusPages(first: OggPage, pages: Pages): SoundStream {
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
      yield* sound.decodePage(heard, { granule: granuleOf(page), isLast: page.isEnd });
    }
    sound?.finish();
  } finally {
    sound?.close();
  }
}

async function* readVorbisPages(first: OggPage, pages: Pages): SoundStream {
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
    if (sound !== null && packets.length > 0) yield* sound.decode(packets, granuleOf(page), page.isEnd);
  }
  if (sound === null) throw truncatedAudio('its header is cut short');
  sound.finish();
}

async function* readFlacPages(first: OggPage, pages: Pages): SoundStream {
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
async function* flacBytes(first: OggPage, pages: Pages): AsyncGenerator<Uint8Array> {
  const joiner = new PacketJoiner();
  for await (const page of pagesOfStream(first, pages)) {
    const packets = joiner.take(page);
    if (beginsStream(page)) yield packets.shift()?.subarray(9) ?? new Uint8Array(0);
    yield* packets;
  }
}
