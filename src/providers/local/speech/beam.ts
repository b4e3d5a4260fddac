/** Beam search over the tokens of a decoder. */
import { END_TOKEN } from './vocabulary.js';

/** A decoder that keeps the state of some hypotheses. */
export interface TokenSource {
  /** Logits of the first token. */
  begin(): Promise<Float32Array>;
  /**
   * Takes up hypotheses: each goes on from one of those of the last call (`parents`) by one token. Gives the logits of
   * the token after it for each.
   */
  advance(parents: readonly number[], tokens: readonly number[]): Promise<readonly Float32Array[]>;
}

export interface SearchSettings {
  /** Hypotheses that are followed at the same time; 1 takes the likeliest token every time. */
  readonly beams: number;
  readonly maxTokens: number;
}

export interface Hypothesis {
  /** Without start and end. */
  readonly tokens: readonly number[];
  /** Of each token, and of the end where it was reached. */
  readonly logProbabilities: readonly number[];
  /** False where it was cut off at the most tokens. */
  readonly isEnded: boolean;
}

interface Open {
  readonly tokens: readonly number[];
  readonly logProbabilities: readonly number[];
  readonly sum: number;
}

interface Step {
  readonly parent: number;
  readonly token: number;
  readonly logProbability: number;
  readonly sum: number;
}

/** Mean log-probability of a hypothesis: how sure the decoder is, whatever its length. */
export function meanLogProbability({ logProbabilities }: Hypothesis): number {
  return logProbabilities.reduce((sum, each) => sum + each, 0) / Math.max(1, logProbabilities.length);
}

/** The hypothesis with the highest mean log-probability of those that ended. */
export async function search(source: TokenSource, { beams, maxTokens }: SearchSettings): Promise<Hypothesis> {
  let open: readonly Open[] = [{ tokens: [], logProbabilities: [], sum: 0 }];
  let logits: readonly Float32Array[] = [await source.begin()];
  const ended: Hypothesis[] = [];
  for (let length = 0; length < maxTokens; length++) {
    const steps = likeliestSteps(open, logits, beams);
    const going: Step[] = [];
    for (const step of steps) {
      if (going.length === beams) break;
      if (step.token !== END_TOKEN) going.push(step);
      else ended.push({ ...extend(open, step), tokens: (open[step.parent] as Open).tokens, isEnded: true });
      // Greedy: the end is as good as any token.
      if (beams === 1) break;
    }
    if (going.length === 0 || ended.length >= beams || isSettled(ended, going, length)) break;
    open = going.map((step) => extend(open, step));
    logits = await source.advance(
      going.map(({ parent }) => parent),
      going.map(({ token }) => token),
    );
  }
  const found = ended.length > 0 ? ended : open.map((one): Hypothesis => ({ ...one, isEnded: false }));
  return found.reduce((best, one) => (meanLogProbability(one) > meanLogProbability(best) ? one : best));
}

function extend(open: readonly Open[], { parent, token, logProbability, sum }: Step): Open {
  const from = open[parent] as Open;
  return {
    tokens: [...from.tokens, token],
    logProbabilities: [...from.logProbabilities, logProbability],
    sum,
  };
}

/** What goes on is already so much less likely than what ended that no ending will make up for it. */
function isSettled(ended: readonly Hypothesis[], going: readonly Step[], length: number): boolean {
  if (ended.length === 0) return false;
  const best = Math.max(...ended.map(meanLogProbability));
  return (going[0] as Step).sum / (length + 1) < best - 0.3;
}

/** The steps of all hypotheses, likeliest first; one more than can go on, should one of them be an end. */
function likeliestSteps(open: readonly Open[], logits: readonly Float32Array[], beams: number): Step[] {
  const steps = open.flatMap(({ sum }, parent) =>
    likeliestTokens(logits[parent] as Float32Array, beams + 1).map(
      ({ token, logProbability }): Step => ({ parent, token, logProbability, sum: sum + logProbability }),
    ),
  );
  return steps.sort((a, b) => b.sum - a.sum);
}

interface Candidate {
  readonly token: number;
  readonly logProbability: number;
}

/** The `count` likeliest tokens, likeliest first. */
export function likeliestTokens(logits: Float32Array, count: number): Candidate[] {
  const best: { token: number; logit: number }[] = [];
  let least = Number.NEGATIVE_INFINITY;
  for (let token = 0; token < logits.length; token++) {
    const logit = logits[token] as number;
    if (logit <= least && best.length === count) continue;
    best.push({ token, logit });
    best.sort((a, b) => b.logit - a.logit);
    if (best.length > count) best.pop();
    least = (best.at(-1) as { logit: number }).logit;
  }
  const highest = best[0]?.logit ?? 0;
  let sum = 0;
  for (let token = 0; token < logits.length; token++) sum += Math.exp((logits[token] as number) - highest);
  const logSum = highest + Math.log(sum);
  return best.map(({ token, logit }) => ({ token, logProbability: logit - logSum }));
}
