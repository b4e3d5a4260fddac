/** The sound track of MP4, QuickTime, Matroska and WebM: taken apart by mediabunny. */
import { type FileHandle, open } from 'node:fs/promises';
import {
  CustomSource,
  type EncodedPacket,
  EncodedPacketSink,
  Input,
  type InputAudioTrack,
  type InputFormat,
  Logging,
  LogLevel,
  MATROSKA,
  MP4,
  QTFF,
  WEBM,
} from 'mediabunny';
import { InputError, systemErrorCode } from '../input-error.js';
import { type ContainerPart, findParts } from './container-parts.js';
import { openDecoder, type PacketDecoder } from './packet-decoder.js';
import { pauseBefore, type SoundStream, silence, truncatedAudio, unsupportedAudio } from './sound.js';

const ISOBMFF = new Set<InputFormat>([MP4, QTFF]);

/** Read at once, at most: tables of packets are that long in recordings of days, beyond it a size is a false claim. */
const MOST_READ_BYTES = 1 << 26;

// what is wrong with a file is told in the rows
Logging.level = LogLevel.Silent;

/** Told what the user should know of the file. */
type Remark = ((message: string) => void) | undefined;

/**
 * The sound of the first track of a container, or of each of several that were put together; it begins at `start` in the
 * file. Throws {@link InputError}.
 */
export async function* readContainer(path: string, start: number, remark: Remark): SoundStream {
  const file = await open(path, 'r');
  try {
    const parts = await findParts(file, start, (await file.stat()).size);
    for (const part of parts) yield* readPart(file, part, part !== parts[0], remark);
  } finally {
    await file.close();
  }
}

async function* readPart(file: FileHandle, part: ContainerPart, isLater: boolean, remark: Remark): SoundStream {
  const guard = new GuardedFile(file, part);
  const input = new Input({ formats: [MP4, QTFF, MATROSKA, WEBM], source: guard.source() });
  try {
    const track = await findTrack(input, part);
    const tracks = await asInputFault(input.getTracks());
    const others = tracks.filter((other) => other.isAudioTrack() && other !== track).length;
    if (others > 0 && !isLater) remark?.(`it has ${others + 1} sound tracks; track ${track.number} is heard`);
    yield* readTrack(track, guard, isLater, tracks.length === 1);
    if (part.isCut) throw truncatedAudio('its last part is cut short');
  } catch (error) {
    const isCutThere = part.isCut && error instanceof InputError && error.code === 'CORRUPT_AUDIO';
    throw isCutThere ? truncatedAudio('its last part is cut short') : error;
  } finally {
    input.dispose();
  }
}

/** Throws {@link InputError} where there is none. */
async function findTrack(input: Input, { isCut, hasIndex }: ContainerPart): Promise<InputAudioTrack> {
  const track = await asInputFault(input.getPrimaryAudioTrack()).catch((error: unknown) => {
    if (error instanceof InputError && isCut) return null;
    throw error;
  });
  if (track !== null) return track;
  if (!hasIndex) throw truncatedAudio('it lacks the index at its end, without which nothing can be found');
  if (isCut) throw truncatedAudio('it is cut before its sound');
  throw new InputError('NO_SOUND', 'the file has no sound track');
}

/** Bytes read ahead. */
const BLOCK_BYTES = 1 << 18;
/** Reads without a packet in between, far more than any sound file needs: a damaged one leads the library in circles. */
const MOST_READS = 100_000;

/** A part of the file as the library reads it, with a guard against false sizes and endless loops. */
class GuardedFile {
  readonly #file: FileHandle;
  readonly #start: number;
  readonly #size: number;
  #block: Uint8Array = new Uint8Array(0);
  #blockStart = 0;
  #reads = 0;

  constructor(file: FileHandle, { start, end }: ContainerPart) {
    this.#file = file;
    this.#start = start;
    this.#size = end - start;
  }

  /** A packet came: the library gets on. */
  progress(): void {
    this.#reads = 0;
  }

  /** The library's own cache would hide its loops from the guard. */
  source(): CustomSource {
    return new CustomSource({
      getSize: () => this.#size,
      read: (start, end) => this.#read(start, end),
      maxCacheSize: 0,
      handleUnhandledError: () => undefined,
    });
  }

  #read(start: number, end: number): Uint8Array | Promise<Uint8Array> {
    this.#reads += 1;
    if (this.#reads > MOST_READS || end - start > MOST_READ_BYTES) throw damaged();
    const at = start - this.#blockStart;
    if (at >= 0 && end - this.#blockStart <= this.#block.length) return this.#block.slice(at, at + end - start);
    return this.#readBlock(start, end);
  }

  async #readBlock(start: number, end: number): Promise<Uint8Array> {
    const wanted = Math.min(Math.max(end - start, BLOCK_BYTES), this.#size - start);
    const bytes = new Uint8Array(Math.max(0, wanted));
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await this.#file.read(bytes, filled, bytes.length - filled, this.#start + start + filled);
      if (bytesRead === 0) throw truncatedAudio('it became shorter while it was read');
      filled += bytesRead;
    }
    this.#block = bytes;
    this.#blockStart = start;
    return bytes.slice(0, end - start);
  }
}

function damaged(cause?: unknown): InputError {
  return new InputError('CORRUPT_AUDIO', 'the container of the sound is damaged or cut short', { cause });
}

/** The library throws plain errors for what is wrong with a file. */
async function asInputFault<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof InputError || systemErrorCode(error) !== null ? error : damaged(error);
  }
}

/** @param isAlone no other track, of pictures or sound, is in the container. */
async function* readTrack(track: InputAudioTrack, guard: GuardedFile, isLater: boolean, isAlone: boolean): SoundStream {
  const codec = await asInputFault(track.getCodec());
  const config = await asInputFault(track.getDecoderConfig());
  if (codec === null || config === null) throw unknownCodec(await asInputFault(track.getInternalCodecId()));
  // What was cut out of a longer recording may keep the times of that one.
  const origin = isLater ? Math.max(0, await asInputFault(track.getFirstTimestamp())) : 0;
  const decoder = await openDecoder(codec, config, bytesOf(config.description));
  let end = origin;
  try {
    for await (const block of onClock(packetsOf(track, guard), decoder, origin)) {
      end += (block.channels[0]?.length ?? 0) / block.sampleRate;
      yield block;
    }
    decoder.finish();
  } finally {
    decoder.close();
  }
  const claimed = await asInputFault(track.getDurationFromMetadata());
  // Matroska tells the length of all tracks together: the pictures may go on after the sound.
  const isOfTrack = isAlone || ISOBMFF.has(await asInputFault(track.input.getFormat()));
  if (claimed !== null && isOfTrack && end < claimed - 1)
    throw truncatedAudio(`${claimed.toFixed(1)} s are claimed, ${end.toFixed(1)} s are there`);
}

function unknownCodec(id: unknown): InputError {
  if (id === 'enca' || id === 'drms')
    return new InputError('ENCRYPTED_AUDIO', 'the sound of the file is encrypted (DRM); only its player can open it');
  return unsupportedAudio(`sound of the kind ${typeof id === 'string' ? JSON.stringify(id) : 'of this file'}`);
}

function bytesOf(description: ArrayBuffer | SharedArrayBuffer | ArrayBufferView | undefined): Uint8Array {
  if (description === undefined) return new Uint8Array(0);
  return ArrayBuffer.isView(description)
    ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength)
    : new Uint8Array(description);
}

/** One after the other: the library's own loop reads ahead, and loses what it has where that fails. */
async function* packetsOf(track: InputAudioTrack, guard: GuardedFile): AsyncGenerator<EncodedPacket, void, undefined> {
  const packets = new EncodedPacketSink(track);
  let packet = await asInputFault(packets.getFirstPacket());
  while (packet !== null) {
    guard.progress();
    yield packet;
    packet = await asInputFault(packets.getNextPacket(packet));
  }
}

/** Blocks by the timestamps of their packets from `origin` (seconds): pauses become silence, what stands before the start is left away. */
async function* onClock(
  packets: AsyncIterable<EncodedPacket>,
  { sampleRate, delay, decode }: PacketDecoder,
  origin: number,
): SoundStream {
  let position = 0;
  let shift: number | null = null;
  for await (const { data, timestamp } of packets) {
    const time = Math.round((timestamp - origin) * sampleRate);
    // An edit list puts what the encoder added before zero; without one, the decoder knows how much that is.
    shift ??= time < 0 ? 0 : delay;
    const start = time - shift;
    const channels = decode(data);
    const length = channels[0]?.length ?? 0;
    if (length === 0) continue;
    const pause = pauseBefore(start, position, sampleRate);
    if (pause === null) throw damaged();
    yield* silence(pause, channels.length, sampleRate);
    position += pause;
    const early = start < 0 ? Math.min(length, -start) : 0;
    position += length - early;
    if (early < length) yield { sampleRate, channels: channels.map((samples) => samples.subarray(early)) };
  }
}
