/** Tells words that were heard from words that the decoder made up for noise, music or silence. */

/** What was decoded of one piece. */
export interface Decoded {
  readonly text: string;
  /** Of the tokens, the end included. */
  readonly meanLogProbability: number;
  readonly seconds: number;
}

/** Letters and digits a second; quick speakers reach 25. */
const MOST_CHARACTERS_A_SECOND = 30;
/** Below this a text is a guess whatever it says. */
const LEAST_LOG_PROBABILITY = -1;
/** A guess, where the text is also short for its time. */
const LOW_LOG_PROBABILITY = -0.5;
const FEW_CHARACTERS_A_SECOND = 3;

/** The text repeats itself without end, as decoders do that have lost the thread. */
export function isLoop(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
  for (let size = 1; size <= 8; size++) {
    const least = size === 1 ? 5 : size <= 3 ? 4 : 3;
    let run = 0;
    for (let index = size; index < words.length; index++) {
      run = words[index] === words[index - size] ? run + 1 : 0;
      if (run >= size * (least - 1) && run >= 4) return true;
    }
  }
  return false;
}

/** Nothing of the kind was said. */
export function isJunk({ text, meanLogProbability, seconds }: Decoded): boolean {
  const characters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  if (characters === 0) return true;
  const density = characters / Math.max(0.1, seconds);
  if (meanLogProbability < LEAST_LOG_PROBABILITY || density > MOST_CHARACTERS_A_SECOND) return true;
  if (meanLogProbability < LOW_LOG_PROBABILITY && density < FEW_CHARACTERS_A_SECOND) return true;
  return isLoop(text) && meanLogProbability < -0.2;
}
