/** FLAC (RFC 9639), read as a stream. */
import { InputError } from '../input-error.js';
import { isTrailingTag, tagBytes } from './audio-kind.js';
import { type ByteReader, tagAt, viewOf } from './byte-reader.js';
import { OUT_OF_BITS } from './flac-bits.js';
import { FlacDamage, type FlacDefaults, type FlacFrame, readFlacFrame } from './flac-frame.js';
import { checkSoundFormat, type SoundBlock, type SoundStream, truncatedAudio } from './sound.js';

/** Frames are decoded from this much at hand; a larger one is given more, up to {@link MOST_FRAME_BYTES}. */
const WINDOW_BYTES = 1 << 18;
const MOST_FRAME_BYTES = 1 << 22;

interface StreamInfo extends FlacDefaults {
  /** Samples of a channel, or null where the encoder did not know. */
  readonly totalSamples: number | null;
}

/** The sound of a FLAC file, or of several that were put together. Throws {@link InputError}. */
export async function* readFlac(reader: ByteReader): SoundStream {
  await findStream(reader);
  do yield* readStream(reader);
  while (await findStream(reader));
}

/** Passes over tags and tells whether a stream begins behind them. */
async function findStream(reader: ByteReader): Promise<boolean> {
  for (;;) {
    const head = await reader.take(10);
    const tag = tagBytes(head);
    if (tag > 0) await reader.skip(tag - head.length);
    else {
      reader.unread(head);
      return isStart(head);
    }
  }
}

function isStart(bytes: Uint8Array): boolean {
  return tagAt(bytes, 0) === 'fLaC';
}

async function* readStream(reader: ByteReader): SoundStream {
  const info = await readStreamInfo(reader);
  let window: Uint8Array = new Uint8Array(0);
  let wanted = WINDOW_BYTES;
  let isAtEnd = false;
  let samples = 0;
  while (!isAtEnd) {
    const more = await reader.take(wanted - window.length);
    isAtEnd = more.length < wanted - window.length;
    const { blocks, rest, isDamaged } = decodeWindow(Buffer.concat([window, more]), info);
    for (const block of blocks) {
      samples += block.channels[0]?.length ?? 0;
      yield block;
    }
    window = rest;
    const isKnownEnd = info.totalSamples !== null && samples >= info.totalSamples;
    if (isKnownEnd || (info.totalSamples === null && isDamaged && (isStart(rest) || tagBytes(rest) > 0))) {
      reader.unread(rest);
      return;
    }
    wanted = blocks.length === 0 ? wanted * 2 : WINDOW_BYTES;
    if (isDamaged && isTrailer(rest)) window = new Uint8Array(0);
    else if (isDamaged || wanted > MOST_FRAME_BYTES) throw damaged(samples, info);
    if (isDamaged) break;
  }
  if (window.length > 0) throw truncatedAudio('its last frame is cut in two');
  if (info.totalSamples !== null)
    throw truncatedAudio(`${info.totalSamples} samples are claimed, ${samples} are there`);
}

function damaged(samples: number, { sampleRate }: FlacDefaults): InputError {
  return new InputError('CORRUPT_AUDIO', `the FLAC file is damaged after ${(samples / sampleRate).toFixed(1)} s`);
}

/** Tags that other programs append, or zeros. */
function isTrailer(bytes: Uint8Array): boolean {
  return isTrailingTag(bytes) || bytes.every((byte) => byte === 0);
}

/** All whole frames that the window begins with. */
function decodeWindow(
  window: Uint8Array,
  info: StreamInfo,
): { readonly blocks: readonly SoundBlock[]; readonly rest: Uint8Array; readonly isDamaged: boolean } {
  const blocks: SoundBlock[] = [];
  let at = 0;
  try {
    while (at < window.length) {
      const frame = readFlacFrame(window.subarray(at), info);
      checkSoundFormat(frame.sampleRate, frame.channels.length);
      blocks.push(toBlock(frame));
      at += frame.byteLength;
    }
    return { blocks, rest: window.subarray(at), isDamaged: false };
  } catch (error) {
    const isKnown = error === OUT_OF_BITS || error instanceof FlacDamage || error instanceof InputError;
    if (!isKnown) throw error;
    return { blocks, rest: window.subarray(at), isDamaged: error !== OUT_OF_BITS };
  }
}

function toBlock({ sampleRate, bitsPerSample, channels }: FlacFrame): SoundBlock {
  const scale = 2 ** (1 - bitsPerSample);
  return {
    sampleRate,
    channels: channels.map((samples) => {
      const floats = new Float32Array(samples.length);
      for (let index = 0; index < floats.length; index++) floats[index] = (samples[index] as number) * scale;
      return floats;
    }),
  };
}

/** Passes over the metadata; only the first block of it matters here. */
async function readStreamInfo(reader: ByteReader): Promise<StreamInfo> {
  let blockHead = (await reader.take(8)).subarray(4);
  if (blockHead.length < 4) throw truncatedAudio('its header is cut short');
  if (((blockHead[0] as number) & 0x7f) !== 0)
    throw new InputError('CORRUPT_AUDIO', 'the FLAC file does not begin with the facts of its stream');
  const body = await reader.take(34);
  if (body.length < 34) throw truncatedAudio('its header is cut short');
  await reader.skip(Math.max(0, blockBytes(blockHead) - 34));
  while (((blockHead[0] as number) & 0x80) === 0) {
    blockHead = await reader.take(4);
    if (blockHead.length < 4) throw truncatedAudio('its header is cut short');
    await reader.skip(blockBytes(blockHead));
  }
  const view = viewOf(body);
  const facts = view.getUint32(10, false);
  const totalSamples = (view.getUint8(13) & 15) * 2 ** 32 + view.getUint32(14, false);
  checkSoundFormat(facts >>> 12, ((facts >>> 9) & 7) + 1);
  return {
    sampleRate: facts >>> 12,
    bitsPerSample: ((facts >>> 4) & 31) + 1,
    totalSamples: totalSamples === 0 ? null : totalSamples,
  };
}

function blockBytes(head: Uint8Array): number {
  return viewOf(head).getUint32(0, false) & 0xff_ffff;
}
