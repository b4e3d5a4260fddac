/** Sounds to measure with: 16-bit mono WAV in, a telephone line, and what is no speech. */
import { readFileSync, writeFileSync } from 'node:fs';

export const RATE = 16_000;

/** Samples of a WAV file of 16 kHz, 16 bit, mono. */
export function readWav(path) {
  const bytes = readFileSync(path);
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4);
    if (bytes.toString('latin1', at, at + 4) === 'data') {
      const count = Math.min(size, bytes.length - at - 8) >> 1;
      return Int16Array.from({ length: count }, (_, index) => bytes.readInt16LE(at + 8 + 2 * index));
    }
    at += 8 + size + (size & 1);
  }
  throw new Error(`${path} has no samples`);
}

/** The head of a WAV file of 16 kHz, 16 bit, mono, of so many samples. */
export function wavHeader(count) {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + count * 2, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(count * 2, 40);
  return header;
}

export const bytesOf = (samples) => new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);

export function writeWav(path, samples) {
  writeFileSync(path, Buffer.concat([wavHeader(samples.length), bytesOf(samples)]));
}

/** A low-pass filter: a sinc under a Blackman window. */
function lowPass(cutoff, taps) {
  const middle = (taps - 1) / 2;
  const kernel = Float64Array.from({ length: taps }, (_, index) => {
    const at = index - middle;
    const sinc = at === 0 ? (2 * cutoff) / RATE : Math.sin((2 * Math.PI * cutoff * at) / RATE) / (Math.PI * at);
    const phase = (2 * Math.PI * index) / (taps - 1);
    return sinc * (0.42 - 0.5 * Math.cos(phase) + 0.08 * Math.cos(2 * phase));
  });
  const sum = kernel.reduce((total, each) => total + each, 0);
  return kernel.map((each) => each / sum);
}

function filter(samples, kernel) {
  const middle = (kernel.length - 1) / 2;
  return Float64Array.from(samples, (_, index) => {
    let sum = 0;
    for (let tap = 0; tap < kernel.length; tap++) sum += (samples[index + tap - middle] ?? 0) * kernel[tap];
    return sum;
  });
}

/** As a telephone carries it: 250 to 3500 Hz, 8 kHz, 8-bit \u00b5-law; and up to 16 kHz again. */
export function telephone(samples) {
  const narrow = filter(samples, lowPass(3500, 401));
  const rumble = filter(narrow, lowPass(250, 801));
  const line = Float64Array.from(samples, (_, index) => {
    if (index % 2 === 1) return 0;
    const value = (narrow[index] - rumble[index]) / 32_768;
    const coded = Math.round((Math.sign(value) * Math.log1p(255 * Math.min(1, Math.abs(value))) * 127) / Math.log(256));
    return (2 * Math.sign(coded) * (256 ** (Math.abs(coded) / 127) - 1)) / 255;
  });
  const up = filter(line, lowPass(3800, 201));
  return Int16Array.from(up, (value) => Math.max(-32_768, Math.min(32_767, Math.round(value * 32_768))));
}

/** Twelve seconds each of what nobody says. */
export function notSpeech() {
  let seed = 7;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648 - 0.5;
  };
  const make = (value) =>
    Int16Array.from({ length: 12 * RATE }, (_, index) => Math.round(value(index / RATE) * 32_767));
  const tone = (pitch, time) => Math.sin(2 * Math.PI * pitch * time);
  const melody = [262, 330, 392, 523, 392, 330, 294, 349];
  return {
    silence: make(() => 0),
    'white noise': make(() => 0.2 * random()),
    'faint noise': make(() => 0.002 * random()),
    tone: make((time) => 0.3 * tone(440, time)),
    ringing: make((time) => (time % 3 < 1 ? 0.15 * (tone(440, time) + tone(480, time)) : 0)),
    hum: make((time) => 0.1 * tone(50, time) + 0.05 * tone(150, time) + 0.01 * random()),
    music: make((time) => {
      const pitch = melody[Math.floor(time * 3) % melody.length];
      const decay = Math.exp(-3 * ((time * 3) % 1));
      return 0.2 * decay * (tone(pitch, time) + 0.5 * tone(2 * pitch, time) + 0.25 * tone(3 * pitch, time));
    }),
  };
}
