/** Language codes: what users write, and what Tesseract's data is called. */
import { UsageError } from '../../../model.js';

/** ISO 639-1 to Tesseract's names, which are mostly ISO 639-3. */
const TESSERACT_CODES: Readonly<Record<string, string>> = {
  af: 'afr',
  ar: 'ara',
  az: 'aze',
  be: 'bel',
  bg: 'bul',
  bn: 'ben',
  br: 'bre',
  bs: 'bos',
  ca: 'cat',
  cs: 'ces',
  cy: 'cym',
  da: 'dan',
  de: 'deu',
  el: 'ell',
  en: 'eng',
  eo: 'epo',
  es: 'spa',
  et: 'est',
  eu: 'eus',
  fa: 'fas',
  fi: 'fin',
  fo: 'fao',
  fr: 'fra',
  fy: 'fry',
  ga: 'gle',
  gd: 'gla',
  gl: 'glg',
  he: 'heb',
  hi: 'hin',
  hr: 'hrv',
  hu: 'hun',
  hy: 'hye',
  id: 'ind',
  is: 'isl',
  it: 'ita',
  ja: 'jpn',
  ka: 'kat',
  kk: 'kaz',
  ko: 'kor',
  la: 'lat',
  lb: 'ltz',
  lt: 'lit',
  lv: 'lav',
  mi: 'mri',
  mk: 'mkd',
  ms: 'msa',
  mt: 'mlt',
  nb: 'nor',
  nl: 'nld',
  nn: 'nor',
  no: 'nor',
  oc: 'oci',
  pl: 'pol',
  pt: 'por',
  qu: 'que',
  ro: 'ron',
  ru: 'rus',
  sk: 'slk',
  sl: 'slv',
  sq: 'sqi',
  sr: 'srp',
  sv: 'swe',
  sw: 'swa',
  ta: 'tam',
  te: 'tel',
  th: 'tha',
  tr: 'tur',
  uk: 'ukr',
  ur: 'urd',
  uz: 'uzb',
  vi: 'vie',
  yi: 'yid',
  zh: 'chi_sim',
};

/** A language to read: Tesseract's code, and the short BCP 47 code that rows show. */
export interface ReadLanguage {
  readonly code: string;
  readonly tag: string;
}

/**
 * Finds Tesseract's data for codes such as `es`, `es-MX`, `spa` or `chi_sim`. Throws {@link UsageError} for what is no
 * language code.
 */
export function toReadLanguages(codes: readonly string[]): ReadLanguage[] {
  const found = new Map<string, ReadLanguage>();
  for (const given of codes) {
    const language = toReadLanguage(given);
    if (!found.has(language.code)) found.set(language.code, language);
  }
  return [...found.values()];
}

function toReadLanguage(given: string): ReadLanguage {
  const base = given.trim().toLowerCase().split('-')[0] ?? '';
  const code = TESSERACT_CODES[base];
  if (code !== undefined) return { code, tag: base };
  if (!/^[a-z]{3}(_[a-z]+)*$/.test(base)) {
    throw new UsageError(`${JSON.stringify(given)} is not a language code; give codes such as es, en or deu`);
  }
  const tag = Object.keys(TESSERACT_CODES).find((short) => TESSERACT_CODES[short] === base);
  return { code: base, tag: tag ?? base };
}
