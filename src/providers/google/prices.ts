/** List prices of Cloud Vision. */
import type { Feature } from '../../model.js';
import prices from './prices.json' with { type: 'json' };

/** Day on which the price list was looked up, `YYYY-MM-DD`. */
export const PRICES_AS_OF: string = prices.checkedOn;

/** List price of one page in US dollars: each feature on a page is a billed unit. */
export function usdPerPage(features: readonly Feature[]): number {
  return features.reduce((sum, feature) => sum + prices.usdPerThousandUnits[feature] / 1000, 0);
}
