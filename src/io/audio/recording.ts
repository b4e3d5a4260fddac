/** The channels of one recording, cut, their pieces in order of time. */
import { SPEECH_RATE, type SpeechPiece } from '../../model.js';
import { Channel, type ChannelPiece } from './channel.js';
import { Loudness } from './loudness.js';
import { Mixer } from './mix.js';
import type { SoundBlock, SoundStream } from './sound.js';
import type { VoiceFinderFactory } from './voice.js';

export interface RecordingOptions {
  /** Each channel on its own, or all mixed to one. */
  readonly splitChannels: boolean;
  readonly findVoice: VoiceFinderFactory;
  readonly maxPieceSeconds: number;
  /** Names given to the channels. */
  readonly namedChannels?: number;
  /** Told what the user should know of the recording. */
  remark?(message: string): void;
}

/**
 * Cuts the sound into pieces, handed on as they are cut. The last one `isLast`; where the sound ends with an error, the
 * pieces before it are given first, none of them the last. Throws what the sound throws.
 */
export async function* cutRecording(
  sound: SoundStream,
  options: RecordingOptions,
): AsyncGenerator<SpeechPiece, void, undefined> {
  const channels: Channel[] = [];
  const toSpeechPiece = (piece: ChannelPiece, seconds: number | null): SpeechPiece =>
    speechPiece(piece, seconds, options.splitChannels ? channels.length : null);
  const listening = { mixer: new Mixer(), loudness: new Loudness(), options };
  let areEqual = options.splitChannels;
  let held: ChannelPiece | null = null;
  let fault: { readonly error: unknown } | null = null;
  try {
    for await (const block of faultAtEnd(sound, (error) => {
      fault = { error };
    })) {
      areEqual &&= haveSameSound(block);
      await hear(channels, block, listening);
      for (const piece of readyPieces(channels)) {
        if (held !== null) yield toSpeechPiece(held, null);
        held = piece;
      }
    }
  } finally {
    await sound.return();
  }
  for (const channel of channels) await channel.finish();
  for (const piece of readyPieces(channels)) {
    if (held !== null) yield toSpeechPiece(held, null);
    held = piece;
  }
  if (fault !== null) {
    if (held !== null) yield toSpeechPiece(held, null);
    throw (fault as { error: unknown }).error;
  }
  if (areEqual && channels.length > 1)
    options.remark?.('all its channels hold the same sound; without --split-channels it is heard once');
  if (held !== null) remarkOnNames(channels.length, options);
  const seconds = Math.max(0, ...channels.map((channel) => channel.seconds));
  yield toSpeechPiece(held ?? silence(options.splitChannels && channels.length > 1 ? 1 : null), seconds);
}

/** Who speaks where cannot be told of a recording that has fewer channels than names. */
function remarkOnNames(channels: number, { splitChannels, namedChannels = 0, remark }: RecordingOptions): void {
  if (!splitChannels || channels === 0 || namedChannels <= channels) return;
  const has = channels === 1 ? 'it has one channel' : `it has ${channels} channels`;
  remark?.(`${has}, and --channel-names tells of ${namedChannels}: who speaks is left open`);
}

function haveSameSound({ channels: [first, ...others] }: SoundBlock): boolean {
  return first !== undefined && others.every((other) => other.every((sample, index) => sample === first[index]));
}

/** Ends where the sound fails, and tells why. */
async function* faultAtEnd(sound: SoundStream, onFault: (error: unknown) => void): SoundStream {
  try {
    yield* sound;
  } catch (error) {
    onFault(error);
  }
}

/** What is known of a recording as a whole. */
interface Listening {
  readonly mixer: Mixer;
  readonly loudness: Loudness;
  readonly options: RecordingOptions;
}

async function hear(channels: Channel[], block: SoundBlock, { mixer, loudness, options }: Listening): Promise<void> {
  const { splitChannels, findVoice } = options;
  loudness.add(block);
  if (channels.length === 0) {
    const count = splitChannels ? block.channels.length : 1;
    for (let index = 0; index < count; index++)
      channels.push(new Channel(splitChannels ? index + 1 : null, findVoice(), loudness, options));
  }
  for (const [index, channel] of channels.entries()) {
    // a stream that goes on with fewer channels has the same sound on all of them
    const samples = splitChannels ? (block.channels[index] ?? mixer.mix(block)) : mixer.mix(block);
    await channel.push(samples, block.sampleRate);
  }
}

/** Pieces that no other channel can come before any more, by start and then by channel. */
function* readyPieces(channels: readonly Channel[]): Generator<ChannelPiece> {
  for (;;) {
    let next: Channel | null = null;
    for (const channel of channels) {
      const { head } = channel;
      if (head !== undefined && (next?.head === undefined || head.start < next.head.start)) next = channel;
    }
    const start = next?.head?.start;
    if (next === null || start === undefined) return;
    const mayComeBefore = channels.some((other) => other.head === undefined && other.settledUntil <= start);
    if (mayComeBefore) return;
    const piece = next.takeHead();
    if (piece !== undefined) yield piece;
  }
}

function speechPiece(piece: ChannelPiece, recordingSeconds: number | null, channelCount: number | null): SpeechPiece {
  const { channel, start, samples, languageProbe } = piece;
  return {
    channel,
    ...(channelCount !== null && { channelCount }),
    startSeconds: start / SPEECH_RATE,
    samples,
    languageProbe,
    recordingSeconds,
    isLast: recordingSeconds !== null,
  };
}

/** Stands for a recording in which nobody speaks. */
function silence(channel: number | null): ChannelPiece {
  return { channel, start: 0, samples: new Int16Array(0), voiced: [], languageProbe: new Int16Array(0) };
}
