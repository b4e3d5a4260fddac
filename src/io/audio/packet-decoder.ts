/** Decoders of the packets that containers hold. */
import { Readable } from 'node:stream';
import { readAacConfig } from './aac.js';
import { ByteReader } from './byte-reader.js';
import { CodecSound, type CodecStream } from './codecs.js';
import { type FlacInfo, readStreamInfo, toBlock } from './flac.js';
import { OUT_OF_BITS } from './flac-bits.js';
import { FlacDamage, readFlacFrame } from './flac-frame.js';
import { AAC_FRAME_SAMPLES } from './mpeg-header.js';
import { OpusSound } from './opus.js';
import { bytesPerSample, decodePcm, type PcmEncoding } from './pcm.js';
import { checkSoundFormat, damagedBetween, unsupportedAudio } from './sound.js';

const PCM_CODECS: Readonly<Record<string, PcmEncoding>> = {
  'pcm-u8': 'u8',
  'pcm-s8': 's8',
  'pcm-s16': 's16le',
  'pcm-s16be': 's16be',
  'pcm-s24': 's24le',
  'pcm-s24be': 's24be',
  'pcm-s32': 's32le',
  'pcm-s32be': 's32be',
  'pcm-f32': 'f32le',
  'pcm-f32be': 'f32be',
  'pcm-f64': 'f64le',
  'pcm-f64be': 'f64be',
  ulaw: 'mulaw',
  alaw: 'alaw',
};

/** Turns the packets of a track into samples. */
export interface PacketDecoder {
  readonly sampleRate: number;
  /** Samples that the encoder put before the sound, where only the head of the stream tells of them. */
  readonly delay: number;
  decode(data: Uint8Array): readonly Float32Array[];
  /** Nothing more comes. Throws {@link InputError} where something was lost. */
  finish(): void;
  close(): void;
}

interface TrackFacts {
  readonly sampleRate: number;
  readonly numberOfChannels: number;
}

/** Throws {@link InputError} where the sound is of a kind that is not known here. */
export async function openDecoder(
  codec: string,
  { sampleRate, numberOfChannels: channelCount }: TrackFacts,
  description: Uint8Array,
): Promise<PacketDecoder> {
  checkSoundFormat(sampleRate, channelCount);
  const encoding = PCM_CODECS[codec];
  if (encoding !== undefined) {
    const format = { sampleRate, channelCount, encoding, frameBytes: bytesPerSample(encoding) * channelCount };
    return {
      sampleRate,
      delay: 0,
      decode: (data) => decodePcm(data, format),
      finish: () => undefined,
      close: () => undefined,
    };
  }
  if (codec === 'opus') {
    const sound = await OpusSound.open(description);
    return {
      sampleRate: 48_000,
      delay: sound.preSkip,
      decode: (data) => sound.decode([data]),
      finish: () => sound.finish(),
      close: () => sound.close(),
    };
  }
  if (codec === 'flac') return flacPackets(await readStreamInfo(new ByteReader(Readable.from([description]))));
  if (codec === 'aac') return packetSound({ codec, ...readAacConfig(description) }, AAC_FRAME_SAMPLES);
  const stream = { sampleRate, channelCount, head: description };
  if (codec === 'mp3') return packetSound({ codec, ...stream }, sampleRate < 32_000 ? 576 : 1152);
  if (codec === 'vorbis') return packetSound({ codec, ...stream }, 0);
  throw unsupportedAudio(`${codec.toUpperCase()} in a container`);
}

/** @param missing samples that a damaged packet stands for. */
async function packetSound(stream: CodecStream, missing: number): Promise<PacketDecoder> {
  const sound = await CodecSound.open(stream);
  return {
    sampleRate: stream.sampleRate,
    delay: 0,
    decode: (data) => sound.decode(data, missing),
    finish: () => sound.finish(),
    close: () => undefined,
  };
}

/** Each packet is a frame. */
function flacPackets(info: FlacInfo): PacketDecoder {
  let lost = 0;
  const decode = (data: Uint8Array): readonly Float32Array[] => {
    try {
      return toBlock(readFlacFrame(data, info)).channels;
    } catch (error) {
      if (error !== OUT_OF_BITS && !(error instanceof FlacDamage)) throw error;
      lost += 1;
      return [];
    }
  };
  const finish = (): void => {
    if (lost > 0) throw damagedBetween('FLAC', lost);
  };
  return { sampleRate: info.sampleRate, delay: 0, decode, finish, close: () => undefined };
}
