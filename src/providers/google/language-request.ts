/** What every request of a run asks of Cloud Natural Language. */
import type { TextFeature } from '../../model.js';
import type { GoogleService } from './errors.js';
import type { LanguageFeature } from './prices.js';

export const LANGUAGE: GoogleService = { title: 'Cloud Natural Language', host: 'language.googleapis.com', role: null };

/** One kind of call that answers all that a run asks about a text. */
export interface RequestPlan {
  /** v2 wherever it can answer; v1 for salience and the sentiment of entities, which v2 does not have. */
  readonly version: 'v1' | 'v2';
  readonly method: 'analyzeSentiment' | 'analyzeEntitySentiment' | 'annotateText';
  /** With `annotateText`: what is switched on. */
  readonly switches: Readonly<Record<string, true>> | null;
  /** What is billed, a unit each for every 1,000 characters begun. */
  readonly billed: readonly LanguageFeature[];
}

/**
 * The cheapest call for the features. Several features cost the same in one `annotateText` as apart, and take one call
 * of the quota. Beside the sentiment of the sentences, terms need no sentiment of their own: plain entities are half
 * the price.
 */
export function planRequest(features: readonly TextFeature[]): RequestPlan {
  const hasAspects = features.includes('aspects');
  const hasEntities = hasAspects || features.includes('terms');
  if (!hasEntities) return { version: 'v2', method: 'analyzeSentiment', switches: null, billed: ['sentiment'] };
  if (!features.includes('sentiment')) {
    return { version: 'v1', method: 'analyzeEntitySentiment', switches: null, billed: ['entitySentiment'] };
  }
  const switches = hasAspects
    ? ({ extractDocumentSentiment: true, extractEntitySentiment: true } as const)
    : ({ extractDocumentSentiment: true, extractEntities: true } as const);
  return {
    version: 'v1',
    method: 'annotateText',
    switches,
    billed: ['sentiment', hasAspects ? 'entitySentiment' : 'entities'],
  };
}

/** The text as it can be sent: half a surrogate pair has no UTF-8. As long as the text it is made of. */
export function toSendable(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** The request for one text; without an encoding Google would answer no offsets. */
export function toRequest({ version, switches }: RequestPlan, content: string, language: string | null): object {
  const languageField = version === 'v2' ? 'languageCode' : 'language';
  return {
    document: { type: 'PLAIN_TEXT', content, ...(language !== null && { [languageField]: language }) },
    ...(switches && { features: switches }),
    encodingType: 'UTF16',
  };
}
