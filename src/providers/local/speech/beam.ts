/** Beam search over the tokens of a decoder. */
import { END_TOKEN } from './vocabulary.js';

/** What a decoder says of the next token of one hypothesis. */
export interface TokenStep {
  /** The likeliest tokens, likeliest first; more than {@link SearchSettings.beams}, as {@link choicesFor} tells. */
  readonly candidates: readonly Candidate[];
  /** Where it looked: a weight for each frame of the sound. */
  readonly look: Float32Array;
}

interface Candidate {
  readonly token: number;
  readonly logProbability: number;
}

/** A decoder that keeps the state of some hypotheses. */
export interface TokenSource {
  /** The first token. */
  begin(): Promise<TokenStep>;
  /**
   * Takes up hypotheses: each goes on from one of those of the last call (`parents`) by one token. Gives the token after
   * it for each.
   */
  advance(parents: readonly number[], tokens: readonly number[]): Promise<readonly TokenStep[]>;
}

export interface SearchSettings {
  /** Hypotheses that are followed at the same time; 1 takes the likeliest token every time. */
  readonly beams: number;
  readonly maxTokens: number;
  /** The end may not come first: something is said for certain. */
  readonly mustSpeak?: boolean;
}

export interface Hypothesis {
  /** Without start and end. */
  readonly tokens: readonly number[];
  /** Of each token, and of the end where it was reached. */
  readonly logProbabilities: readonly number[];
  /** Where the decoder looked for each of these. */
  readonly looks: readonly Float32Array[];
  /** False where it was cut off at the most tokens. */
  readonly isEnded: boolean;
}

interface Open {
  readonly tokens: readonly number[];
  readonly logProbabilities: readonly number[];
  readonly looks: readonly Float32Array[];
  readonly sum: number;
}

interface Choice {
  readonly parent: number;
  readonly token: number;
  readonly logProbability: number;
  readonly sum: number;
}

/** Mean log-probability of a hypothesis: how sure the decoder is, whatever its length. */
export function meanLogProbability({ logProbabilities }: Hypothesis): number {
  return logProbabilities.reduce((sum, each) => sum + each, 0) / Math.max(1, logProbabilities.length);
}

/** The hypotheses that ended, highest mean log-probability first; where none did, those that were cut off. At least one. */
export async function search(source: TokenSource, settings: SearchSettings): Promise<readonly Hypothesis[]> {
  const { beams, maxTokens, mustSpeak = false } = settings;
  let open: readonly Open[] = [{ tokens: [], logProbabilities: [], looks: [], sum: 0 }];
  const first = await source.begin();
  let steps: readonly TokenStep[] = [mustSpeak ? withoutEnd(first) : first];
  const ended: Hypothesis[] = [];
  for (let length = 0; length < maxTokens; length++) {
    const choices = likeliestChoices(open, steps, beams);
    const going: Choice[] = [];
    for (const choice of choices) {
      if (going.length === beams) break;
      const extended = extend(open, steps, choice);
      if (choice.token !== END_TOKEN) going.push(choice);
      else ended.push({ ...extended, tokens: extended.tokens.slice(0, -1), isEnded: true });
      // Greedy: the end is as good as any token.
      if (beams === 1) break;
    }
    if (going.length === 0 || ended.length >= beams || isSettled(ended, going, length)) break;
    open = going.map((choice) => extend(open, steps, choice));
    steps = await source.advance(
      going.map(({ parent }) => parent),
      going.map(({ token }) => token),
    );
  }
  const found = ended.length > 0 ? ended : open.map((one): Hypothesis => ({ ...one, isEnded: false }));
  return found.toSorted((a, b) => meanLogProbability(b) - meanLogProbability(a));
}

function extend(open: readonly Open[], steps: readonly TokenStep[], choice: Choice): Open {
  const { parent, token, logProbability, sum } = choice;
  const from = open[parent] as Open;
  return {
    tokens: [...from.tokens, token],
    logProbabilities: [...from.logProbabilities, logProbability],
    looks: [...from.looks, (steps[parent] as TokenStep).look],
    sum,
  };
}

/** What goes on is already so much less likely than what ended that no ending will make up for it. */
function isSettled(ended: readonly Hypothesis[], going: readonly Choice[], length: number): boolean {
  if (ended.length === 0) return false;
  const best = Math.max(...ended.map(meanLogProbability));
  return (going[0] as Choice).sum / (length + 1) < best - 0.3;
}

/** How far behind the likeliest hypothesis one may be and still be followed: few of those that are further catch up. */
const WORTH_FOLLOWING = 4;

/** Choices of the next token of all hypotheses, likeliest first; more than can go on, should some of them be ends. */
function likeliestChoices(open: readonly Open[], steps: readonly TokenStep[], beams: number): Choice[] {
  const choices = open.flatMap(({ sum }, parent) =>
    (steps[parent] as TokenStep).candidates
      .slice(0, beams + 1)
      .map(({ token, logProbability }): Choice => ({ parent, token, logProbability, sum: sum + logProbability })),
  );
  choices.sort((a, b) => b.sum - a.sum);
  const least = (choices[0]?.sum ?? 0) - WORTH_FOLLOWING;
  return choices.filter(({ sum }) => sum >= least);
}

/** Tokens that a search needs at each step: one of them may be an end, and the first end may be ruled out. */
export function choicesFor(beams: number): number {
  return beams + 2;
}

/** The end is ruled out: what it had goes to the others. */
function withoutEnd({ candidates, look }: TokenStep): TokenStep {
  const end = candidates.find(({ token }) => token === END_TOKEN);
  if (end === undefined) return { candidates, look };
  const left = Math.log1p(-Math.exp(end.logProbability));
  const others = candidates.filter((each) => each !== end);
  return {
    candidates: others.map(({ token, logProbability }) => ({ token, logProbability: logProbability - left })),
    look,
  };
}
