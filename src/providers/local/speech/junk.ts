/** Tells words that were heard from words that the decoder made up for noise, music or silence. */

/** What was decoded of one piece. */
export interface Decoded {
  readonly text: string;
  /** Of the tokens, the end included. */
  readonly meanLogProbability: number;
  readonly seconds: number;
}

/** Quick speakers reach 25, and digits are counted generously. */
const MOST_LETTERS_A_SECOND = 40;
/** Below this a text is a guess whatever it says. */
const LEAST_LOG_PROBABILITY = -1;
/** A guess, where the text is also short for its time. */
const LOW_LOG_PROBABILITY = -0.5;
const FEW_LETTERS_A_SECOND = 3;

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

/** Letters that are said; a digit is said with about four. */
export function spokenLetters(text: string): number {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return letters + 4 * (text.match(/\p{N}/gu)?.length ?? 0);
}

/** Nothing of the kind was said. */
export function isJunk({ text, meanLogProbability, seconds }: Decoded): boolean {
  const letters = spokenLetters(text);
  if (letters === 0) return true;
  const density = letters / Math.max(0.1, seconds);
  if (meanLogProbability < LEAST_LOG_PROBABILITY || density > MOST_LETTERS_A_SECOND) return true;
  if (meanLogProbability < LOW_LOG_PROBABILITY && density < FEW_LETTERS_A_SECOND) return true;
  return isLoop(text) && meanLogProbability < -0.2;
}

/**
 * It was said although the decoder would rather have said nothing: long and dense enough. For noise it makes up a word or
 * two that it has often seen ("Thank you", "Gracias").
 */
export function isCertain({ text, meanLogProbability, seconds }: Decoded): boolean {
  const letters = spokenLetters(text);
  return letters >= 10 && letters / seconds >= 4 && meanLogProbability >= -0.6;
}
