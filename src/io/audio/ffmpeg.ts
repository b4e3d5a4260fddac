/** Sound through the ffmpeg of the machine, where there is one: never required. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { InputError } from '../input-error.js';
import { ByteReader } from './byte-reader.js';
import { type SoundStream, truncatedAudio } from './sound.js';
import { readWav } from './wav.js';

export interface FfmpegContext {
  /** Its `PATH` is where ffmpeg is looked for. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

/** What ffmpeg says of the last packet of a file that was cut. */
const CUT_SHORT = /partial file|buffer exhausted|packet corrupt/i;
const LONGEST_COMPLAINT = 300;

/** First line of `ffmpeg -version`, or null where there is no ffmpeg. */
export async function ffmpegVersion({ env }: FfmpegContext): Promise<string | null> {
  const child = spawn('ffmpeg', ['-version'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  child.stdout.on('data', (bytes: Buffer) => {
    if (text.length < 4096) text += bytes.toString('latin1');
  });
  try {
    await once(child, 'close');
  } catch {
    return null;
  }
  return child.exitCode === 0 ? (text.split('\n')[0] ?? null) : null;
}

/** The first sound track of a file. Throws {@link InputError} with what ffmpeg says. */
export async function* readThroughFfmpeg(path: string, { env, signal }: FfmpegContext): SoundStream {
  // a playlist must not lead to other files or to the network
  const input = ['-protocol_whitelist', 'file', '-i', `file:${path}`];
  // silence where the sound begins after the pictures, or pauses: times are those of the file
  const clock = ['-af', 'aresample=async=1:first_pts=0'];
  const output = ['-map', '0:a:0', '-vn', ...clock, '-c:a', 'pcm_f32le', '-f', 'wav', 'pipe:1'];
  const child = spawn('ffmpeg', ['-nostdin', '-hide_banner', '-v', 'error', ...input, ...output], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal && { signal }),
  });
  let complaint = '';
  child.stderr.on('data', (bytes: Buffer) => {
    complaint = (complaint + bytes.toString('utf8')).slice(-4096);
  });
  const closed = once(child, 'close');
  closed.catch(() => undefined);
  let blocks = 0;
  let isLeft = true;
  try {
    for await (const block of readWav(new ByteReader(child.stdout), null)) {
      blocks += 1;
      yield block;
    }
    isLeft = false;
  } catch (error) {
    // no header came: what ffmpeg says tells more
    if (blocks > 0 || !(error instanceof InputError)) throw error;
    isLeft = false;
  } finally {
    // whoever stops early, or an abort, does not wait for the rest
    if (isLeft) child.kill('SIGKILL');
    await closed.catch(() => undefined);
  }
  signal?.throwIfAborted();
  if (blocks > 0 && CUT_SHORT.test(complaint)) throw truncatedAudio('its last part is cut short');
  if (blocks === 0 || child.exitCode !== 0) throw new InputError('CORRUPT_AUDIO', describe(complaint, path));
}

function describe(complaint: string, path: string): string {
  const text = complaint
    .replaceAll(`file:${path}`, 'the file')
    .replaceAll(path, 'the file')
    // an address in memory differs from run to run
    .replace(/ @ 0x[0-9a-f]+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (text.includes('matches no streams')) return 'the file has no sound track';
  return `ffmpeg cannot decode the file${text === '' ? '' : `: ${text.slice(0, LONGEST_COMPLAINT)}`}`;
}
