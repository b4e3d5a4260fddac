import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createResampler, toInt16 } from '../../src/io/audio/resample.js';

/** The input in blocks of odd lengths, joined again. */
function resample(samples: Float32Array, rate: number, blockLength = 4099): Float32Array {
  const resampler = createResampler(rate);
  const parts: Float32Array[] = [];
  for (let at = 0; at < samples.length; at += blockLength)
    parts.push(resampler.push(samples.subarray(at, at + blockLength)));
  parts.push(resampler.flush());
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const part of parts) {
    all.set(part, filled);
    filled += part.length;
  }
  return all;
}

function tone(rate: number, hertz: number, seconds: number): Float32Array {
  return Float32Array.from({ length: Math.round(rate * seconds) }, (_, at) =>
    Math.sin((2 * Math.PI * hertz * at) / rate),
  );
}

/** Root mean square of the middle, in decibels of a full tone. */
function decibels(samples: Float32Array): number {
  const middle = samples.subarray(Math.floor(samples.length * 0.3), Math.floor(samples.length * 0.7));
  return 10 * Math.log10((2 * middle.reduce((sum, sample) => sum + sample * sample, 0)) / middle.length + 1e-30);
}

describe('the resampler', () => {
  // 44101 has no common measure with 16000
  const rates = [8000, 11_025, 12_000, 22_050, 24_000, 32_000, 44_100, 44_101, 48_000, 96_000];

  it.each(rates)('%d Hz: tones of the pass band stay as they are, in their place', (rate) => {
    const edge = 0.86 * (Math.min(rate, 16_000) / 2);
    for (const part of [0.01, 0.2, 0.5, 0.8, 1]) {
      const hertz = edge * part;
      const result = resample(tone(rate, hertz, 0.4), rate);
      const expected = tone(16_000, hertz, 0.4);
      expect(result.length).toBe(expected.length);
      const error = decibels(result.map((sample, at) => sample - (expected[at] as number)));
      expect([hertz, error < -75]).toEqual([hertz, true]);
    }
  });

  it.each(rates.filter((rate) => rate > 16_000))('%d Hz: nothing above 8 kHz folds back above -80 dB', (rate) => {
    for (let hertz = 8000; hertz < rate / 2; hertz += rate / 30)
      expect([hertz, decibels(resample(tone(rate, hertz, 0.4), rate)) < -80]).toEqual([hertz, true]);
  });

  it.each([8000, 11_025, 12_000])('%d Hz: images are below -80 dB', (rate) => {
    for (const part of [0.3, 0.6, 0.86]) {
      const hertz = (part * rate) / 2;
      const result = resample(tone(rate, hertz, 0.5), rate);
      const expected = tone(16_000, hertz, 0.5);
      expect(decibels(result.map((sample, at) => sample - (expected[at] as number)))).toBeLessThan(-75);
    }
  });

  it('gives the same however the input is cut, and no more or less than its time', () => {
    const facts = fc.record({
      rate: fc.constantFrom(...rates),
      samples: fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { maxLength: 3000 }),
      blockLength: fc.integer({ min: 1, max: 700 }),
    });
    fc.assert(
      fc.property(facts, ({ rate, samples, blockLength }) => {
        const input = Float32Array.from(samples);
        const result = resample(input, rate, blockLength);
        expect(result.length).toBe(Math.round((input.length * 16_000) / rate));
        expect(result).toEqual(resample(input, rate, 100_000));
      }),
      { numRuns: 40 },
    );
  });

  it('keeps the clock to a sample', () => {
    const resampler = createResampler(44_100);
    const block = new Float32Array(441_000);
    const click = new Float32Array(441_000);
    click[220_500] = 1;
    let count = 0;
    for (let index = 0; index < 29; index++) count += resampler.push(block).length;
    const last = resampler.push(click);
    const peak = last.reduce((best, sample, at) => (sample > (last[best] as number) ? at : best), 0);
    expect(count + peak).toBe(295 * 16_000);
    expect(count + last.length + resampler.flush().length).toBe(300 * 16_000);
  });

  it('rounds and clips', () => {
    expect([...toInt16(Float32Array.of(0, 0.5, -1, 1, 2, -2, 1 / 32_768))]).toEqual([
      0, 16_384, -32_768, 32_767, 32_767, -32_768, 1,
    ]);
  });
});
