/** What `uxd doctor` tells of the reading of sound. */
import { type FfmpegContext, ffmpegVersion } from './ffmpeg.js';

/** Kinds of sound with the package that each needs, where that may be missing. */
const OPTIONAL_PACKAGES = [
  ['MP3', 'mpg123-decoder'],
  ['Ogg Vorbis', '@wasm-audio-decoders/ogg-vorbis'],
  ['AAC', 'aac'],
] as const;
const BUILT_IN = 'WAV, AIFF, AU, FLAC, Opus';

/** One line of the doctor. */
export interface AudioFinding {
  readonly subject: string;
  readonly state: 'ok' | 'warning';
  readonly detail: string;
}

/** Looks for the optional decoders and for ffmpeg, and says what cannot be read without them. */
export async function describeAudio(context: FfmpegContext): Promise<AudioFinding> {
  const present = OPTIONAL_PACKAGES.filter(([, name]) => isInstalled(name));
  const missing = OPTIONAL_PACKAGES.filter(([, name]) => !isInstalled(name));
  const version = await ffmpegVersion(context);
  const kinds = [BUILT_IN, ...present.map(([kind]) => kind)].join(', ');
  const ffmpeg =
    version === null ? 'no ffmpeg: other kinds (WMA, AMR, AC-3 ...) are refused' : version.split(' Copyright')[0];
  const isPoor = version === null && missing.length > 0;
  const without =
    missing.length > 0 ? `; not installed: ${missing.map(([kind, name]) => `${kind} (${name})`).join(', ')}` : '';
  return { subject: 'sound', state: isPoor ? 'warning' : 'ok', detail: `${kinds}${without}; ${ffmpeg}` };
}

function isInstalled(name: string): boolean {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}
