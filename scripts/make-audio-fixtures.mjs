// Makes the small recordings that the tests of decoding read. Needs ffmpeg; run once, the files are kept.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'test', 'fixtures', 'audio');

/** Two channels that a test can write down too: tones that swell, 440 and 660 Hz. */
const sound =
  'aevalsrc=0.5*sin(2*PI*440*t)*sin(2*PI*1.5*t)|0.3*sin(2*PI*660*t)*sin(2*PI*1.5*t):channel_layout=stereo:sample_rate=';

/** Name -> sample rate and arguments of ffmpeg. */
const files = {
  'tones.flac': [22_050, '-c:a', 'flac'],
  'tones-24.flac': [48_000, '-ac', '1', '-sample_fmt', 's32', '-c:a', 'flac'],
  'tones.oga': [16_000, '-c:a', 'flac', '-f', 'ogg'],
  'tones.mp3': [44_100, '-c:a', 'libmp3lame', '-b:a', '96k'],
  'tones-22.mp3': [22_050, '-ac', '1', '-c:a', 'libmp3lame', '-q:a', '4'],
  'tones.ogg': [44_100, '-c:a', 'libvorbis', '-q:a', '4'],
  'tones.opus': [48_000, '-c:a', 'libopus', '-b:a', '64k'],
  'tones.m4a': [44_100, '-c:a', 'aac', '-b:a', '96k'],
  'tones.aac': [44_100, '-c:a', 'aac', '-b:a', '96k', '-f', 'adts'],
  'tones-fragments.mp4': [48_000, '-c:a', 'aac', '-b:a', '96k', '-movflags', 'frag_keyframe+empty_moov'],
  'tones.webm': [48_000, '-c:a', 'libopus', '-b:a', '64k'],
  'tones.mkv': [22_050, '-c:a', 'flac'],
  'tones.mov': [8000, '-c:a', 'pcm_s16be'],
  'tones-adpcm.wav': [16_000, '-c:a', 'adpcm_ima_wav'],
};

mkdirSync(folder, { recursive: true });
for (const [name, [rate, ...options]] of Object.entries(files)) {
  // what is not compressed much is shorter, to keep the files small
  const seconds = options.includes('flac') || options.includes('pcm_s16be') ? 0.6 : 1.5;
  const input = ['-f', 'lavfi', '-i', `${sound}${rate}:duration=${seconds}`];
  const exact = ['-fflags', '+bitexact', '-flags:a', '+bitexact', '-map_metadata', '-1'];
  const { status } = spawnSync('ffmpeg', ['-v', 'error', '-y', ...input, ...options, ...exact, join(folder, name)], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(1);
}
