// What the loopback Speech-to-Text hears in a sound: every burst of sound is a word, a number by its place, made of the
// samples alone, so that a test can tell whose answer it holds and where each word stands.
import { createHash } from 'node:crypto';

const RATE = 16_000;
const FRAME = RATE / 100;
/** Root mean square of a frame that is sound. */
const LOUD = 300;
/** Silence that parts words, and results, in seconds. */
const WORD_GAP = 0.08;
const RESULT_GAP = 0.7;
/** Hertz: above it the other speaker, or the last language that was asked for. */
const HIGH_VOICE = 600;
const OTHER_LANGUAGE = 1200;

const NUMBERS = {
  en: ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
  es: ['uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez'],
};

/** @param {Buffer} bytes */
export function hashOf(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

/** @param {Buffer} bytes little-endian samples */
function samplesOf(bytes) {
  return Array.from({ length: bytes.length >> 1 }, (_, index) => bytes.readInt16LE(index * 2));
}

/**
 * Bursts of sound, at least 80 ms apart.
 * @param {number[]} samples
 */
function burstsOf(samples) {
  /** @type {{ start: number, end: number }[]} */
  const bursts = [];
  for (let start = 0; start < samples.length; start += FRAME) {
    const end = Math.min(samples.length, start + FRAME);
    let energy = 0;
    for (let at = start; at < end; at += 1) energy += samples[at] ** 2;
    if (Math.sqrt(energy / (end - start)) < LOUD) continue;
    const last = bursts.at(-1);
    if (last && start - last.end < WORD_GAP * RATE) last.end = end;
    else bursts.push({ start, end });
  }
  return bursts;
}

/** By the crossings of zero. */
function frequencyOf(samples, { start, end }) {
  let crossings = 0;
  for (let at = start + 1; at < end; at += 1) if (samples[at - 1] < 0 !== samples[at] < 0) crossings += 1;
  return (crossings * RATE) / (2 * (end - start));
}

/**
 * Words in groups, as the service would give them in results, and the language they are in.
 * @param {Buffer} bytes little-endian samples, 16 kHz
 * @param {string[]} languages BCP 47, likeliest first
 */
export function hear(bytes, languages) {
  const samples = samplesOf(bytes);
  const bursts = burstsOf(samples).map((burst) => ({ ...burst, frequency: frequencyOf(samples, burst) }));
  const isOther = (bursts[0]?.frequency ?? 0) > OTHER_LANGUAGE;
  // Of any language, the same two are known.
  const known = languages[0] === 'auto' ? ['en-US', 'es-ES'] : languages;
  const language = (isOther ? known.at(-1) : known[0]) ?? 'en-US';
  const numbers = NUMBERS[language.slice(0, 2)] ?? NUMBERS.en;
  /** @type {{ text: string, start: number, end: number, speaker: number, confidence: number }[][]} */
  const groups = [];
  for (const [index, { start, end, frequency }] of bursts.entries()) {
    const word = {
      text: numbers[index % numbers.length],
      start: start / RATE,
      end: end / RATE,
      speaker: frequency > HIGH_VOICE ? 2 : 1,
      confidence: 0.9 - (index % 5) / 10,
    };
    const last = groups.at(-1)?.at(-1);
    if (last && word.start - last.end < RESULT_GAP) groups.at(-1).push(word);
    else groups.push([word]);
  }
  return { language, groups };
}
