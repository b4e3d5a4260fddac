/** FLAC (RFC 9639), read as a stream. */
import { InputError } from '../input-error.js';
import { isTrailingTag, tagBytes } from './audio-kind.js';
import { type ByteReader, tagAt, viewOf } from './byte-reader.js';
import type { FlacDefaults, FlacFrame } from './flac-frame.js';
import { FlacFrames } from './flac-frames.js';
import {
  checkSoundFormat,
  damagedBetween,
  pauseBefore,
  type SoundBlock,
  type SoundStream,
  silence,
  truncatedAudio,
} from './sound.js';

export interface FlacInfo extends FlacDefaults {
  /** Samples of all frames but the last, where they are alike. */
  readonly blockSize: number;
  /** Samples of a channel, or null where the encoder did not know. */
  readonly totalSamples: number | null;
}

/** The sound of a FLAC file, or of several that were put together. Throws {@link InputError}. */
export async function* readFlac(reader: ByteReader): SoundStream {
  let fault: InputError | null = null;
  await findStream(reader);
  do fault = (yield* readStream(reader)) ?? fault;
  while (await findStream(reader));
  if (fault !== null) throw fault;
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

/**
 * The sound of one stream. After damaged bytes it goes on with the next whole frame; what is missing becomes silence, by
 * the numbers of the frames. Gives what is wrong with the stream.
 */
async function* readStream(reader: ByteReader): AsyncGenerator<SoundBlock, InputError | null, undefined> {
  const info = await readStreamInfo(reader);
  const { totalSamples } = info;
  const frames = new FlacFrames(reader, info);
  let [origin, samples, places]: [number | null, number, number] = [null, 0, 0];
  let isLost = false;
  for (;;) {
    const next = await frames.next();
    if (typeof next !== 'string') {
      const start = startOf(next, info);
      origin ??= start;
      const pause = isLost ? (pauseBefore(start - origin, samples, next.sampleRate) ?? 0) : 0;
      yield* silence(pause, next.channels.length, next.sampleRate);
      yield toBlock(next);
      samples += pause + (next.channels[0]?.length ?? 0);
      isLost = false;
      continue;
    }
    const isWhole = totalSamples !== null && samples >= totalSamples;
    if (next === 'end' || isWhole || endsStream(frames.rest)) break;
    if (next === 'cut' && !isLost) return truncatedAudio('its last frame is cut in two');
    if (!isLost) places += 1;
    isLost = true;
    const found = await frames.findNext();
    if (found === 'nothing') return damaged(samples, info);
    if (found === 'zeros') break;
  }
  frames.putBack();
  if (places > 0) return damagedBetween('FLAC', places);
  if (totalSamples === null || samples >= totalSamples) return null;
  return truncatedAudio(`${totalSamples} samples are claimed, ${samples} are there`);
}

/** Whether another stream begins here, or the tags that programs put at the end. */
function endsStream(bytes: Uint8Array): boolean {
  return isStart(bytes) || tagBytes(bytes) > 0 || isTrailingTag(bytes);
}

function startOf({ number, isNumberOfSample }: FlacFrame, { blockSize }: FlacInfo): number {
  return isNumberOfSample ? number : number * blockSize;
}

function damaged(samples: number, { sampleRate }: FlacDefaults): InputError {
  return new InputError('CORRUPT_AUDIO', `the FLAC file is damaged after ${(samples / sampleRate).toFixed(1)} s`);
}

/** The frame as floats. */
export function toBlock({ sampleRate, bitsPerSample, channels }: FlacFrame): SoundBlock {
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
export async function readStreamInfo(reader: ByteReader): Promise<FlacInfo> {
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
    blockSize: view.getUint16(2, false),
    totalSamples: totalSamples === 0 ? null : totalSamples,
  };
}

function blockBytes(head: Uint8Array): number {
  return viewOf(head).getUint32(0, false) & 0xff_ffff;
}
