/** Colours of offers in pictures: dark enough for white text and told apart with any kind of colour vision. */

/** What tells an offer by its colour. */
export const TONES = ['price', 'promotion', 'card'] as const;
export type Tone = (typeof TONES)[number];

export const COLOURS: Readonly<Record<Tone, string>> = { price: '#1f5fa8', promotion: '#b3460a', card: '#7a2a86' };
export const TONE_NAMES: Readonly<Record<Tone, string>> = {
  price: 'price',
  promotion: 'promotion',
  card: 'with card',
};
export const BLACK = '#111111';
/** Prices in no offer. */
export const GREY = '#5a5a5a';
/** Offers that are found but not written. */
export const LEFT_OUT = '#8a8a8a';
