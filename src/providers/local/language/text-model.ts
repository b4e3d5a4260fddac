/** What wrote a reading; changes with the rules and the lexicon. */
export const TEXT_MODEL = 'uxd-rules-1';
