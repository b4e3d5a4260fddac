import { engineFields, errorFields, originFields } from './common.js';
import { defineRow, type RowOf } from './define.js';

/** Kinds of promotions. */
export const PROMOTION_KINDS = [
  'none',
  'percent-off',
  'amount-off',
  'multi-buy',
  'nth-unit',
  'bogo',
  'bundle-price',
  'loyalty',
  'free-gift',
] as const;
export type PromotionKind = (typeof PROMOTION_KINDS)[number];

const pageField = {
  type: 'integer',
  nullable: true,
  description: 'Page number from 1; null where a whole file failed and for `--text`.',
} as const;

/** An offer of a flyer, or what one line of `--text` holds. */
export const offerSchema = defineRow({
  name: 'uxd.offer/1',
  title: 'Offer of a flyer',
  description:
    'One row an offer, in the order of the pages; of `--text` one row a line. `price`, `regularPrice` and `loyaltyPrice` are printed on the page; what is worked out of them is in the fields that say so.',
  fields: {
    ...originFields,
    page: pageField,
    line: { type: 'integer', optional: true, description: 'Line of the file, from 1 (`--text` only).' },
    box: {
      type: 'box',
      optional: true,
      description:
        '[x, y, width, height] around all that belongs to the offer, in pixels of the upright page, from its top left corner (not for `--text`).',
    },
    product: { type: 'string', nullable: true, description: 'Name of the product, its brand included.' },
    brand: { type: 'string', nullable: true, description: 'The brand, where the name tells it; null otherwise.' },
    size: {
      type: 'size',
      nullable: true,
      description: 'Pieces in a pack, and amount and unit of each: `{ "count": 12, "amount": 125, "unit": "g" }`.',
    },
    price: {
      type: 'number',
      nullable: true,
      description: 'Price for everybody as printed, in `currency`; the price with the card where there is no other.',
    },
    currency: { type: 'string', nullable: true, description: 'ISO 4217; null where unknown.' },
    regularPrice: { type: 'number', nullable: true, description: 'Former or recommended price as printed.' },
    discountPercent: {
      type: 'number',
      nullable: true,
      description: 'Per cent off, printed or (flag `derived-percent`) worked out of the two prices.',
    },
    promotion: { type: 'string', enum: PROMOTION_KINDS, nullable: true, description: 'Kind of the promotion.' },
    promotionText: { type: 'string', nullable: true, description: 'The promotion as printed.' },
    effectiveUnitPrice: {
      type: 'number',
      nullable: true,
      description: 'What one unit costs where the promotion is used once; worked out.',
    },
    pricePerBaseUnit: {
      type: 'number',
      nullable: true,
      description: 'Price of one `baseUnit`, printed or worked out of price and size.',
    },
    baseUnit: { type: 'string', nullable: true, description: 'Such as `kg`, `l` or `piece`.' },
    loyaltyRequired: {
      type: 'boolean',
      nullable: true,
      description: 'Whether `price` is for holders of the card or app of the retailer only.',
    },
    loyaltyPrice: {
      type: 'number',
      nullable: true,
      description: 'Price with the card or app as printed, where there is a price for everybody too.',
    },
    validFrom: { type: 'string', nullable: true, description: 'First day, YYYY-MM-DD; null where not told.' },
    validTo: { type: 'string', nullable: true, description: 'Last day, YYYY-MM-DD; null where not told.' },
    retailer: { type: 'string', nullable: true, description: 'The `--retailer`; null where none is named.' },
    confidence: { type: 'number', nullable: true, description: '0 to 1; null for `--text`.' },
    quote: { type: 'string', nullable: true, description: 'The words that it was read from.' },
    flags: {
      type: 'json',
      nullable: true,
      description: 'List of words on how it was read, such as `derived-percent`; mostly empty.',
    },
    watch: {
      type: 'string',
      optional: true,
      description: 'Name of the entry of the `--watch-list` that it matches.',
    },
    watchId: {
      type: 'string',
      nullable: true,
      optional: true,
      description: 'Its `id` in the list; null where it has none (`--watch-list`).',
    },
    watchRival: {
      type: 'boolean',
      nullable: true,
      optional: true,
      description: "Whether it is a rival's product; null where the list does not tell (`--watch-list`).",
    },
    watchScore: { type: 'number', optional: true, description: 'How well they match, 0 to 1 (`--watch-list`).' },
    ...engineFields,
    ...errorFields,
  },
});

export type OfferRow = RowOf<typeof offerSchema>;

/** A price of a page that is in no offer. */
export const discardSchema = defineRow({
  name: 'uxd.discard/1',
  title: 'Price that is in no offer',
  description: 'One row a price of a page that is in no offer, as `--discards` writes them.',
  fields: {
    ...originFields,
    page: { type: 'integer', description: 'Page number from 1.' },
    box: {
      type: 'box',
      optional: true,
      description: '[x, y, width, height] in pixels of the upright page, from its top left corner.',
    },
    text: { type: 'string', description: 'The price as it was read.' },
    amount: { type: 'number', description: 'The amount that it stands for.' },
    currency: { type: 'string', nullable: true, description: 'ISO 4217; null where unknown.' },
    reason: { type: 'string', description: 'Why it is in no offer, such as `unit price` or `legal text`.' },
    retailer: { type: 'string', nullable: true, description: 'The `--retailer`; null where none is named.' },
    ...engineFields,
  },
});

export type DiscardRow = RowOf<typeof discardSchema>;
