// Decoded sound against ffmpeg's, sample by sample, on files that ffmpeg makes; then the speed on long ones. Needs ffmpeg.
//   node bench/audio/compare.mjs [--minutes 60]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { decodeFile } from '../../dist/io/audio/decode.js';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' } } });
const folder = mkdtempSync(join(tmpdir(), 'uxd-compare-'));

const ffmpeg = (...args) => execFileSync('ffmpeg', ['-v', 'error', '-y', ...args], { maxBuffer: 2 ** 30 });
const left = '0.4*sin(2*PI*(200+60*t)*t)*(0.5+0.5*sin(6*PI*t))+0.1*random(0)*gt(sin(2.6*PI*t),0.6)';
const right = '0.3*sin(2*PI*(1500-90*t)*t)+0.2*random(1)*gt(sin(4.2*PI*t),0.9)';
const source = join(folder, 'source.wav');
const expression = `${left}|${right}`.replaceAll(',', '\\,');
ffmpeg('-f', 'lavfi', '-i', `aevalsrc=${expression}:channel_layout=stereo:sample_rate=48000:duration=12`, source);

/** [name, arguments of ffmpeg] */
function* kinds() {
  const rates = [8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000];
  for (const rate of rates) {
    for (const channels of [1, 2]) {
      const form = ['-ac', `${channels}`, '-ar', `${rate}`];
      yield [`${rate}-${channels}.mp3`, [...form, '-c:a', 'libmp3lame', '-b:a', '64k']];
      yield [`${rate}-${channels}.m4a`, [...form, '-c:a', 'aac', '-b:a', '48k']];
      if (![11_025, 12_000, 24_000].includes(rate)) yield [`${rate}-${channels}.ogg`, [...form, '-c:a', 'libvorbis']];
    }
  }
  for (const quality of [0, 4, 9]) yield [`vbr-${quality}.mp3`, ['-c:a', 'libmp3lame', '-q:a', `${quality}`]];
  yield ['320.mp3', ['-c:a', 'libmp3lame', '-b:a', '320k']];
  yield ['not-joint.mp3', ['-c:a', 'libmp3lame', '-joint_stereo', '0', '-b:a', '128k']];
  yield ['no-lame.mp3', ['-c:a', 'libmp3lame', '-write_xing', '0', '-b:a', '64k']];
  yield ['shine.mp3', ['-ar', '44100', '-c:a', 'libshine', '-b:a', '128k']];
  yield ['mp3.mp4', ['-c:a', 'libmp3lame']];
  yield ['mp3.mkv', ['-c:a', 'libmp3lame']];
  yield ['adts.aac', ['-c:a', 'aac', '-b:a', '64k']];
  yield ['256.m4a', ['-c:a', 'aac', '-b:a', '256k']];
  yield ['mid-side.m4a', ['-c:a', 'aac', '-aac_ms', '1', '-b:a', '96k']];
  yield ['aac.mov', ['-c:a', 'aac', '-b:a', '64k']];
  yield ['aac.mkv', ['-c:a', 'aac', '-b:a', '64k']];
  yield ['fragments.mp4', ['-c:a', 'aac', '-b:a', '64k', '-movflags', 'frag_keyframe+empty_moov']];
  yield ['q9.ogg', ['-c:a', 'libvorbis', '-q:a', '9']];
  yield ['vorbis.webm', ['-c:a', 'libvorbis']];
}

async function decode(file) {
  const channels = [];
  for await (const block of decodeFile(file, { raw: null, env: { PATH: '' } })) {
    for (const [index, samples] of block.channels.entries()) {
      channels[index] ??= [];
      channels[index].push(samples.slice());
    }
  }
  return channels.map((parts) => Float32Array.from(parts.flatMap((part) => [...part])));
}

/** Decibels by which the difference lies below the sound. */
function likeness(samples, interleaved, channel, count) {
  let error = 0;
  let power = 0;
  for (let at = 0; at < samples.length && at * count + channel < interleaved.length; at++) {
    const wanted = interleaved[at * count + channel];
    error += (samples[at] - wanted) ** 2;
    power += wanted ** 2;
  }
  return 10 * Math.log10(power / error);
}

let files = 0;
const odd = [];
const all = [];
for (const [name, args] of kinds()) {
  const file = join(folder, name);
  ffmpeg('-i', source, ...args, file);
  const bytes = ffmpeg('-i', file, '-map', '0:a:0', '-f', 'f32le', '-');
  const wanted = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const channels = await decode(file);
  const decibels = channels.map((samples, index) => likeness(samples, wanted, index, channels.length));
  const longer = channels[0].length - wanted.length / channels.length;
  files += 1;
  all.push(...decibels);
  if (longer !== 0 || Math.min(...decibels) < 100)
    odd.push(`${name}: ${decibels.map(Math.round).join(', ')} dB, ${longer} samples longer`);
}
all.sort((a, b) => a - b);
console.log(
  `${files} files; median ${Math.round(all[all.length >> 1])} dB, best ${Math.round(all.at(-1))} dB; odd ones:`,
);
for (const line of odd) console.log(`  ${line}`);

for (const [name, codec, channels] of [
  ['long.mp3', 'libmp3lame', '1'],
  ['long.m4a', 'aac', '1'],
  ['long.ogg', 'libvorbis', '2'],
]) {
  const file = join(folder, name);
  const loops = String(Math.ceil(Number(values.minutes) * 5));
  ffmpeg('-stream_loop', loops, '-i', source, '-ac', channels, '-ar', '44100', '-c:a', codec, '-b:a', '64k', file);
  const start = process.cpuUsage();
  let seconds = 0;
  for await (const block of decodeFile(file, { raw: null, env: { PATH: '' } }))
    seconds += block.channels[0].length / block.sampleRate;
  const { user, system } = process.cpuUsage(start);
  console.log(`${name}: ${seconds.toFixed(0)} s at ${Math.round((seconds * 1e6) / (user + system))} times real time`);
}
rmSync(folder, { recursive: true });
