/** List prices of Google's services. */
import type { Feature } from '../../model.js';
import prices from './prices.json' with { type: 'json' };

/** Day on which the price list of Cloud Vision was looked up, `YYYY-MM-DD`. */
export const PRICES_AS_OF: string = prices.vision.checkedOn;

/** Day on which the price list of Cloud Natural Language was looked up, `YYYY-MM-DD`. */
export const LANGUAGE_PRICES_AS_OF: string = prices.language.checkedOn;

/** Day on which the price list of Cloud Speech-to-Text was looked up, `YYYY-MM-DD`. */
export const SPEECH_PRICES_AS_OF: string = prices.speech.checkedOn;

/** What Cloud Natural Language bills by itself. */
export type LanguageFeature = keyof typeof prices.language.usdPerThousandUnits;

/** List price of one page in US dollars: each feature on a page is a billed unit. */
export function usdPerPage(features: readonly Feature[]): number {
  return features.reduce((sum, feature) => sum + prices.vision.usdPerThousandUnits[feature] / 1000, 0);
}

/** List price in US dollars of one unit of text (1,000 characters begun) for all of these features together. */
export function usdPerTextUnit(features: readonly LanguageFeature[]): number {
  return features.reduce((sum, feature) => sum + prices.language.usdPerThousandUnits[feature] / 1000, 0);
}

/** Seconds that a request with so many seconds of sound is billed as: it is rounded up by itself. */
export function billedSpeechSeconds(api: 'v1' | 'v2', seconds: number): number {
  const step = prices.speech[api].billedSeconds;
  return Math.max(1, Math.ceil(seconds / step)) * step;
}

/** List price in US dollars of one billed second of sound; some models have one of their own. */
export function usdPerSpeechSecond(api: 'v1' | 'v2', model: string): number {
  const ofModels: Readonly<Record<string, number>> = prices.speech.usdPerMinuteOfModels;
  return (ofModels[model] ?? prices.speech[api].usdPerMinute) / 60;
}
