/** What a text is sent as, and what that costs. Pure. */
import type { EngineBilling, TextDocument, TextSpan } from '../../model.js';
import { type PlainView, plainView } from '../../text/plain-view.js';
import { charactersOf, type PartLimits, partsOf } from './language-parts.js';
import { type RequestPlan, toSendable } from './language-request.js';
import { usdPerTextUnit } from './prices.js';

/** Characters of a unit: https://cloud.google.com/natural-language/pricing */
const UNIT_CHARACTERS = 1000;

export interface PreparedText {
  readonly view: PlainView;
  /** What is sent: the view, as long as it. */
  readonly sendable: string;
  /** A call each; none where there is nothing to read. */
  readonly parts: readonly TextSpan[];
  /** Of all parts, for one feature. */
  readonly units: number;
  readonly characters: number;
}

/** Nothing to read: no letter, digit, emoji or emoticon. */
function isWordless(text: string): boolean {
  return !/[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]|[:;=][-'o^]?[()[\]|/\\*]|<\/?3/u.test(text);
}

/** Makes texts ready to be sent, once each: billing, budget and the call ask for the same. */
export class TextPreparation {
  readonly #limits: PartLimits;
  readonly #known = new WeakMap<TextDocument, PreparedText>();

  constructor(limits: PartLimits) {
    this.#limits = limits;
  }

  of(document: TextDocument): PreparedText {
    const known = this.#known.get(document);
    if (known) return known;
    const prepared = this.#prepare(document);
    this.#known.set(document, prepared);
    return prepared;
  }

  #prepare({ text, format }: TextDocument): PreparedText {
    const view = plainView(text, format);
    const sendable = toSendable(view.text);
    const parts = isWordless(sendable) ? [] : partsOf(sendable, this.#limits);
    const lengths = parts.map(({ start, end }) => charactersOf(sendable.slice(start, end)));
    const units = lengths.reduce((sum, length) => sum + Math.ceil(length / UNIT_CHARACTERS), 0);
    return { view, sendable, parts, units, characters: lengths.reduce((sum, length) => sum + length, 0) };
  }
}

/** Units are counted for each feature: https://cloud.google.com/natural-language/pricing */
export function languageBilling({ billed }: RequestPlan, preparation: TextPreparation): EngineBilling<TextDocument> {
  const price = usdPerTextUnit(billed);
  return {
    unitsOf: ({ payload }) => preparation.of(payload).units * billed.length,
    priceUsdOf: ({ payload }) => preparation.of(payload).units * price,
    unitShareOf: ({ payload }) => {
      const { units, characters } = preparation.of(payload);
      return units === 0 ? null : characters / (units * UNIT_CHARACTERS);
    },
  };
}
