/** From pages that were read to offers, and all that is made of them. */
import { discardRow, type OfferOrigin, offerRow } from '../analysis/offers/offer-rows.js';
import { findOffers } from '../analysis/offers/offers.js';
import type { DiscardedPrice, Offer, OfferPage, PageOffers, PageWord } from '../analysis/offers/page.js';
import type { WatchList, WatchMatch } from '../analysis/offers/watch-list.js';
import { withLooks } from '../io/page-looks.js';
import { type PagePicture, PagePictures } from '../io/page-pictures.js';
import { findTiles } from '../io/page-tiles.js';
import type { OcrWord, PageMediaType, PageReading } from '../model.js';
import type { OfferRow } from '../rows/offer.js';
import type { OfferContexts } from './offer-context.js';
import type { DrawnOffers } from './offer-drawing.js';
import type { AnnotatedPages, DiscardFile } from './offer-files.js';
import type { OfferTally } from './offer-tally.js';

/** A page with where it came from. */
export interface ReadOfferPage {
  readonly source: string;
  readonly reading: PageReading;
  readonly provider: string | null;
  /** Its file; null media type where only its name is known. */
  readonly path: string;
  readonly mediaType: PageMediaType | null;
}

export interface OfferPagesSettings {
  readonly contexts: OfferContexts;
  readonly watchList: WatchList | null;
  readonly minConfidence: number;
  readonly maxPixels: number;
  readonly discards: DiscardFile;
  readonly tally: OfferTally;
  warn(message: string): void;
}

/** An offer that is written, and what it matches. */
interface Written {
  readonly offer: Offer;
  readonly watch: WatchMatch | null;
}

/** Reads the offers of one page after the other. */
export class OfferPages {
  readonly #settings: OfferPagesSettings;
  readonly #pictures: PagePictures;
  /** Set before the first page where pictures are wanted. */
  annotated: AnnotatedPages | null = null;

  constructor(settings: OfferPagesSettings) {
    this.#settings = settings;
    this.#pictures = new PagePictures(settings.maxPixels);
  }

  /** The rows of a page; its discards and its picture are written, and it is counted. */
  async rowsOf(page: ReadOfferPage): Promise<readonly OfferRow[]> {
    const { source, reading, provider } = page;
    const { contexts, minConfidence, tally, discards } = this.#settings;
    const picture = await this.#pictures.open({ ...page, ...reading });
    const words = wordsOf(reading)
      .map(({ text }) => text)
      .join(' ');
    const language = contexts.languageOf(words) ?? reading.text?.language ?? null;
    const offerPage = { ...toOfferPage(reading, picture), language };
    const found = findOffers(offerPage, contexts.ofPage(source, language));
    const sure = withoutDoubtful(found, minConfidence);
    const { written, leftOut } = this.#watched(sure.offers);
    tally.add({
      name: nameOf(source, reading.page, isOfMany(page)),
      prices: found.priceCount,
      discards: sure.discards,
      offers: sure.offers.length,
      matches: written.flatMap(({ watch }) => watch ?? []),
    });
    const origin = { source, page: reading.page, retailer: contexts.retailer, provider, model: reading.model };
    await discards.write(sure.discards.map((discard) => discardRow(discard, reading.page, origin)));
    await this.#annotate(page, picture, {
      offers: written.map(({ offer }) => offer),
      leftOut,
      discards: sure.discards,
      words: wordsOf(reading).map(({ box }) => box),
    });
    return written.map(({ offer, watch }) => offerRow(offer, origin satisfies OfferOrigin, watch));
  }

  close(): void {
    this.#pictures.close();
  }

  /** Without a watch list all offers, with one those that match. */
  #watched(offers: readonly Offer[]): { readonly written: Written[]; readonly leftOut: Offer[] } {
    const { watchList } = this.#settings;
    const matched = offers.map((offer) => ({ offer, watch: watchList?.match(offer) ?? null }));
    if (watchList === null) return { written: matched, leftOut: [] };
    return {
      written: matched.filter(({ watch }) => watch !== null),
      leftOut: matched.flatMap(({ offer, watch }) => (watch === null ? [offer] : [])),
    };
  }

  async #annotate(page: ReadOfferPage, picture: PagePicture | null, drawn: DrawnOffers): Promise<void> {
    if (this.annotated === null) return;
    const { source, path, reading } = page;
    if (picture === null) {
      const what = source === '-' ? 'standard input' : nameOf(source, reading.page, isOfMany(page));
      this.#settings.warn(`${what}: there is no picture of it to draw on (--annotate)`);
      return;
    }
    const { drawOffers } = await import('./offer-drawing.js');
    const png = await drawOffers(picture, drawn);
    await this.annotated.write({ source, path, page: reading.page, isOfMany: isOfMany(page) }, png);
  }
}

/** Whether files of its kind have several pages. */
function isOfMany({ mediaType, reading, source }: ReadOfferPage): boolean {
  if (mediaType === null) return reading.page > 1 || /\.(?:pdf|tiff?)$/i.test(source);
  return mediaType === 'application/pdf' || mediaType === 'image/tiff';
}

function nameOf(source: string, page: number, isOfManyPages: boolean): string {
  return isOfManyPages ? `${source} page ${page}` : source;
}

function linesOf({ text }: PageReading): readonly (readonly OcrWord[])[] {
  return text?.blocks.flatMap(({ lines }) => lines.map(({ words }) => words)) ?? [];
}

const wordsOf = (reading: PageReading): readonly OcrWord[] => linesOf(reading).flat();

/**
 * The words, as they look where there is a picture. Words without a place, such as hidden text of a PDF, are left out.
 * Confidences are those of rows, so that both ways give the same.
 */
function toOfferPage(reading: PageReading, picture: PagePicture | null): OfferPage {
  const { width, height, text } = reading;
  const words = linesOf(reading).flatMap((read, line) =>
    read
      .filter(({ box }) => box[2] > 0 && box[3] > 0)
      .map(
        ({ text: word, confidence, box }): PageWord => ({
          text: word,
          confidence: Math.round(confidence * 1e4) / 1e4,
          box,
          line,
        }),
      ),
  );
  const page = { width, height, language: text?.language ?? null };
  if (picture === null) return { ...page, words };
  return { ...page, words: withLooks(words, picture, picture.scale), tiles: findTiles(picture, picture.scale) };
}

/** Offers that are less sure become discards, a price each. */
function withoutDoubtful(
  { offers, discards }: PageOffers,
  minConfidence: number,
): Pick<PageOffers, 'offers' | 'discards'> {
  const doubtful = offers.filter(({ confidence }) => confidence < minConfidence);
  if (doubtful.length === 0) return { offers, discards };
  const sure = offers.filter(({ confidence }) => confidence >= minConfidence);
  return { offers: sure, discards: [...discards, ...doubtful.flatMap(toDiscards)] };
}

function toDiscards({ currency, prices }: Offer): DiscardedPrice[] {
  return prices.map(({ amount, box }) => ({ text: String(amount), amount, currency, box, reason: 'low confidence' }));
}
