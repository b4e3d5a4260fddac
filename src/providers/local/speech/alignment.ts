/**
 * Which frames belong to which token: dynamic time warping over the decoder's attention, as in OpenAI's Whisper
 * (`whisper/timing.py`), with a median filter along time and each frame standardised over the tokens.
 */

/** Where each token looked: a matrix tokens x frames. */
interface Attention {
  readonly tokens: number;
  readonly frames: number;
  readonly weights: Float32Array;
}

/** Frames of a token: from `first` to `last`, inclusive. */
export interface FrameSpan {
  readonly first: number;
  readonly last: number;
}

const MEDIAN_WIDTH = 5;

/**
 * Frames of each token; together they cover all frames.
 *
 * @param looks where the decoder looked when it said each token: a weight a frame
 */
export function alignTokens(looks: readonly Float32Array[]): FrameSpan[] {
  const frames = looks[0]?.length ?? 0;
  const weights = new Float32Array(looks.length * frames);
  for (const [index, look] of looks.entries()) weights.set(look, index * frames);
  return warp(smooth(standardise({ tokens: looks.length, frames, weights })));
}

/** Each frame to mean 0 and deviation 1 over the tokens. */
function standardise({ tokens, frames, weights }: Attention): Attention {
  const scaled = new Float32Array(weights.length);
  for (let frame = 0; frame < frames; frame++) {
    let sum = 0;
    let squares = 0;
    for (let token = 0; token < tokens; token++) {
      const weight = weights[token * frames + frame] as number;
      sum += weight;
      squares += weight * weight;
    }
    const mean = sum / tokens;
    const deviation = Math.sqrt(Math.max(0, squares / tokens - mean * mean)) || 1;
    for (let token = 0; token < tokens; token++) {
      scaled[token * frames + frame] = ((weights[token * frames + frame] as number) - mean) / deviation;
    }
  }
  return { tokens, frames, weights: scaled };
}

/** The median of five neighbours in time. */
function smooth({ tokens, frames, weights }: Attention): Attention {
  const smoothed = new Float32Array(weights.length);
  const half = (MEDIAN_WIDTH - 1) / 2;
  const window = new Float32Array(MEDIAN_WIDTH);
  for (let token = 0; token < tokens; token++) {
    for (let frame = 0; frame < frames; frame++) {
      for (let offset = -half; offset <= half; offset++) {
        const near = Math.min(frames - 1, Math.max(0, frame + offset));
        window[offset + half] = weights[token * frames + near] as number;
      }
      smoothed[token * frames + frame] = window.slice().sort()[half] as number;
    }
  }
  return { tokens, frames, weights: smoothed };
}

const BOTH = 0;
const NEXT_TOKEN = 1;
const NEXT_FRAME = 2;

/** The path from the first token and frame to the last with the highest sum of weights, read backwards. */
function warp({ tokens, frames, weights }: Attention): FrameSpan[] {
  const steps = bestSteps({ tokens, frames, weights });
  const spans = Array.from({ length: tokens }, () => ({ first: frames, last: -1 }));
  let token = tokens;
  let frame = frames;
  while (token > 0 && frame > 0) {
    const span = spans[token - 1] as { first: number; last: number };
    span.first = Math.min(span.first, frame - 1);
    span.last = Math.max(span.last, frame - 1);
    const step = steps[token * (frames + 1) + frame];
    if (step !== NEXT_FRAME) token -= 1;
    if (step !== NEXT_TOKEN) frame -= 1;
  }
  return spans;
}

function bestSteps({ tokens, frames, weights }: Attention): Uint8Array {
  const steps = new Uint8Array((tokens + 1) * (frames + 1));
  let before = new Float64Array(frames + 1).fill(Number.NEGATIVE_INFINITY);
  before[0] = 0;
  for (let token = 1; token <= tokens; token++) {
    const sums = new Float64Array(frames + 1).fill(Number.NEGATIVE_INFINITY);
    for (let frame = 1; frame <= frames; frame++) {
      const both = before[frame - 1] as number;
      const nextToken = before[frame] as number;
      const nextFrame = sums[frame - 1] as number;
      const best = Math.max(both, nextToken, nextFrame);
      sums[frame] = best + (weights[(token - 1) * frames + frame - 1] as number);
      steps[token * (frames + 1) + frame] = best === both ? BOTH : best === nextToken ? NEXT_TOKEN : NEXT_FRAME;
    }
    before = sums;
  }
  return steps;
}
