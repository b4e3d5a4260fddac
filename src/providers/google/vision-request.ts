/** What every request of a run asks of Cloud Vision. */
import type { Feature, OcrOptions } from '../../model.js';

/** Said in every request, so that an answer names its model. */
export const MODEL = 'builtin/stable';

/** The default is 10; the price is the same. */
const MAX_SIGHTINGS = 50;

const FEATURE_TYPES = {
  text: 'DOCUMENT_TEXT_DETECTION',
  labels: 'LABEL_DETECTION',
  objects: 'OBJECT_LOCALIZATION',
  logos: 'LOGO_DETECTION',
} as const satisfies Record<Feature, string>;

/** BCP 47 for any ISO 639 code: `spa` becomes `es`. What is no code at all goes as it is. */
function toLanguageHint(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? language;
  } catch {
    return language;
  }
}

/** What every request of a run asks for. */
export function requestParts(options: OcrOptions) {
  const features = options.features.map((feature) => ({
    type: FEATURE_TYPES[feature],
    model: MODEL,
    ...(feature !== 'text' && { maxResults: MAX_SIGHTINGS }),
  }));
  const languageHints = options.languages.map(toLanguageHint);
  return { features, ...(languageHints.length > 0 && { imageContext: { languageHints } }) };
}
