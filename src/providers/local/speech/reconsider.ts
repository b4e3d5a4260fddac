/**
 * A second opinion on an unsure text: the sound is heard in some other ways as well, and of all texts that come up the one
 * wins that is likeliest over all of them.
 */
import { type Hypothesis, meanLogProbability } from './beam.js';
import { type Decoding, decodeOnce, type Ear, heardSamples } from './decode.js';
import { isLoop } from './junk.js';
import type { Heard } from './moonshine.js';
import { brighter, quicker, slower, type View } from './views.js';
import { textOf } from './vocabulary.js';

/** Mean log-probability from which a text is left as it is: a fifth of clear, noisy and telephone speech is below. */
const SURE = -0.25;
/** Ways in which texts are looked for, and one more in which they are only weighed. */
const SEARCHED: readonly View[] = [slower, quicker];
const WEIGHED: readonly View[] = [brighter];
/** Texts that are weighed. */
const MOST_TEXTS = 4;

/** A way of hearing, and what a search in it came to. */
interface Hearing {
  readonly heard: Heard;
  readonly found: readonly Hypothesis[];
}

/**
 * The decoding with the text that is likeliest over all ways of hearing; the one given where that is sure, or no other text
 * is likelier.
 *
 * @param samples what `first` was decoded from
 */
export async function reconsider(ear: Ear, samples: Float32Array, first: Decoding): Promise<Decoding> {
  if (!first.isWhole || first.isForced || first.meanLogProbability >= SURE) return first;
  const plain = heardSamples(samples, first.padding);
  const hearings: Hearing[] = [hearingOf(first)];
  for (const view of SEARCHED) hearings.push(hearingOf(await decodeOnce(ear, view(plain))));
  const texts = surestTexts(hearings);
  if (texts.length < 2 || areUnanimous(hearings)) return first;
  for (const view of WEIGHED) hearings.push({ heard: await ear.model.hear(view(plain)), found: [] });
  const best = await likeliest(ear, hearings, texts);
  if (wordsIn(best) === wordsIn(first.hypothesis)) return first;
  // Its times and probabilities are those of the sound as it is.
  const [hypothesis] = (await ear.model.recite(first.heard, [best.tokens])) as [Hypothesis];
  const text = textOf(hypothesis.tokens).trim();
  return { ...first, hypothesis, text, meanLogProbability: meanLogProbability(hypothesis) };
}

function hearingOf({ heard, hypothesis, others }: Decoding): Hearing {
  return { heard, found: [hypothesis, ...others] };
}

/** The surest texts of all hearings have the same words. */
function areUnanimous(hearings: readonly Hearing[]): boolean {
  return new Set(hearings.map(({ found: [surest] }) => wordsIn(surest as Hypothesis))).size === 1;
}

/** Whole texts of different words, surest first. */
export function surestTexts(hearings: readonly Pick<Hearing, 'found'>[]): Hypothesis[] {
  const texts = new Map<string, Hypothesis>();
  const found = hearings.flatMap((hearing) => hearing.found).filter(isWhole);
  for (const one of found.toSorted((a, b) => meanLogProbability(b) - meanLogProbability(a))) {
    const words = wordsIn(one);
    if (!texts.has(words)) texts.set(words, one);
  }
  return [...texts.values()].slice(0, MOST_TEXTS);
}

/** The text with the highest mean, over the ways of hearing, of its mean log-probability. */
async function likeliest(ear: Ear, hearings: readonly Hearing[], texts: readonly Hypothesis[]): Promise<Hypothesis> {
  const sums = texts.map(() => 0);
  for (const { heard, found } of hearings) {
    const known = texts.map((text) => found.find((one) => isSame(one, text)));
    const recited = await ear.model.recite(
      heard,
      texts.filter((_, index) => known[index] === undefined).map(({ tokens }) => tokens),
    );
    for (const [index, own] of known.entries()) {
      sums[index] = (sums[index] as number) + meanLogProbability(own ?? (recited.shift() as Hypothesis));
    }
  }
  return texts[sums.indexOf(Math.max(...sums))] as Hypothesis;
}

function isSame(one: Hypothesis, other: Hypothesis): boolean {
  return one.tokens.length === other.tokens.length && one.tokens.every((token, at) => token === other.tokens[at]);
}

function isWhole(one: Hypothesis): boolean {
  const text = textOf(one.tokens);
  return one.isEnded && /[\p{L}\p{N}]/u.test(text) && !isLoop(text);
}

/** Without marks and capitals. */
function wordsIn({ tokens }: Hypothesis): string {
  return (
    textOf(tokens)
      .toLowerCase()
      .match(/[\p{L}\p{N}']+/gu) ?? []
  ).join(' ');
}
