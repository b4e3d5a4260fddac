/** What `uxd doctor` tells of the reading of sound. */
import { type FfmpegContext, ffmpegVersion } from './ffmpeg.js';

const BUILT_IN = 'WAV, AIFF, AU, FLAC, MP3, AAC (M4A), Opus, Vorbis';

/** One line of the doctor. */
export interface AudioFinding {
  readonly subject: string;
  readonly state: 'ok' | 'warning';
  readonly detail: string;
}

/** Looks for ffmpeg, and says what cannot be read without it. */
export async function describeAudio(context: FfmpegContext): Promise<AudioFinding> {
  const version = await ffmpegVersion(context);
  if (version !== null)
    return { subject: 'sound', state: 'ok', detail: `${BUILT_IN}; all else through ${version.split(' Copyright')[0]}` };
  const detail = `${BUILT_IN}; no ffmpeg on the PATH: other kinds (WMA, AMR, AC-3, AVI ...) are refused`;
  return { subject: 'sound', state: 'warning', detail };
}
