/** Turns what Google read in a text into uxd's own words. Pure. */
import type {
  AspectReading,
  EntityType,
  TermMention,
  TermReading,
  TextOptions,
  TextReading,
  TextSpan,
} from '../../model.js';
import type { PlainView } from '../../text/plain-view.js';
import { splitSentences } from '../../text/sentences.js';
import { foldName } from './language-join.js';
import { labelOf, toSentiment } from './language-labels.js';
import type { FeltSentence, PartReading, PlacedEntity, PlacedMention } from './language-parse.js';

/** Google's kinds that have a name of ours; all others are `other`. */
const ENTITY_TYPES: Readonly<Record<string, EntityType>> = {
  PERSON: 'person',
  LOCATION: 'location',
  ORGANIZATION: 'organization',
  CONSUMER_GOOD: 'product',
  EVENT: 'event',
  WORK_OF_ART: 'work',
  ADDRESS: 'address',
  DATE: 'date',
  NUMBER: 'number',
  PHONE_NUMBER: 'phone',
  PRICE: 'price',
};

const NO_LENGTH = { start: 0, end: 0 };

/** The stretch that holds an offset, else the last one before it. Stretches are in text order. */
function holderOf<S extends TextSpan>(spans: readonly S[], offset: number): S | undefined {
  let [low, high] = [0, spans.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((spans[middle] ?? NO_LENGTH).start <= offset) low = middle;
    else high = middle - 1;
  }
  return spans[low];
}

function inTextOrder<S extends TextSpan>(spans: readonly S[]): S[] {
  return [...spans].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** What is said of a thing or a product; people, places and numbers by name are not judged by themselves. */
function isAspect({ type, mentions }: PlacedEntity): boolean {
  return type === 'CONSUMER_GOOD' || mentions.some((mention) => mention.type === 'COMMON');
}

function isJudged({ feeling }: PlacedMention): boolean {
  return feeling !== null && (feeling.score !== 0 || feeling.magnitude !== 0);
}

function aspectsOf(entities: readonly PlacedEntity[], sentences: readonly TextSpan[], view: PlainView) {
  const byName = new Map<string, PlacedMention[]>();
  for (const entity of entities.filter(isAspect)) {
    const name = foldName(entity.name);
    const mentions = [...(byName.get(name) ?? []), ...entity.mentions.filter(isJudged)];
    if (mentions.length > 0) byName.set(name, mentions);
  }
  return [...byName].map(([aspect, mentions]): AspectReading => {
    const places = inTextOrder(mentions).map((mention) => {
      const sentence = holderOf(sentences, mention.start);
      const isWhole = sentence && sentence.start <= mention.start && sentence.end >= mention.end;
      const feeling = mention.feeling ?? { score: 0, magnitude: 0 };
      const quote = view.toOriginal(isWhole ? sentence : mention);
      return { start: quote.start, end: quote.end, opinion: null, label: labelOf(feeling), score: feeling.score };
    });
    return { aspect, category: null, mentions: places };
  });
}

/** The form seen most often; of several the first. */
function commonForm(mentions: readonly PlacedMention[]): string {
  const counts = new Map<string, number>();
  for (const { text } of mentions) counts.set(text, (counts.get(text) ?? 0) + 1);
  let [form, best] = ['', 0];
  for (const [text, count] of counts) if (count > best) [form, best] = [text, count];
  return form;
}

function termOf(
  key: string,
  entity: PlacedEntity,
  sentences: readonly FeltSentence[],
  brands: ReadonlySet<string>,
  view: PlainView,
): TermReading {
  const mentions = inTextOrder(entity.mentions);
  const isBrand = brands.has(key);
  const kind = !isBrand && mentions.every(({ type }) => type === 'COMMON') ? 'phrase' : 'entity';
  const type = ENTITY_TYPES[entity.type] ?? (isBrand ? 'product' : 'other');
  const toMention = (mention: PlacedMention): TermMention => {
    const { start, end } = view.toOriginal(mention);
    return { start, end, score: (mention.feeling ?? holderOf(sentences, mention.start)?.feeling)?.score ?? null };
  };
  return {
    key,
    term: commonForm(mentions),
    kind,
    entityType: kind === 'entity' ? type : null,
    score: Math.round(Math.min(1, entity.salience) * 1e4) / 1e4,
    mentions: mentions.map(toMention),
  };
}

function termsOf(reading: PartReading, brands: readonly string[], view: PlainView): TermReading[] {
  const known = new Set(brands.map(foldName));
  const byKey = new Map<string, PlacedEntity>();
  for (const entity of reading.entities) {
    if (entity.mentions.length === 0) continue;
    const key = foldName(entity.name);
    const twin = byKey.get(key);
    const salience = entity.salience + (twin?.salience ?? 0);
    byKey.set(key, { ...(twin ?? entity), salience, mentions: [...(twin?.mentions ?? []), ...entity.mentions] });
  }
  const terms = [...byKey].map(([key, entity]) => termOf(key, entity, reading.sentences, known, view));
  return terms.sort((a, b) => b.score - a.score || (a.mentions[0]?.start ?? 0) - (b.mentions[0]?.start ?? 0));
}

/** All that was asked for, with spans of the text as it stands in the cell or file. */
export function toReading(
  reading: PartReading,
  view: PlainView,
  { features, brands }: Pick<TextOptions, 'features' | 'brands'>,
  model: string,
): TextReading {
  const sentences = reading.sentences.map(({ language, feeling, ...span }) => ({
    ...view.toOriginal(span),
    language,
    sentiment: toSentiment(feeling),
  }));
  const feeling = reading.feeling ?? { score: 0, magnitude: 0 };
  const quotable = () => (reading.sentences.length > 0 ? reading.sentences : splitSentences(view.text));
  return {
    language: reading.language,
    model,
    ...(features.includes('sentiment') && { sentiment: toSentiment(feeling, sentences.length), sentences }),
    ...(features.includes('aspects') && { aspects: aspectsOf(reading.entities, quotable(), view) }),
    ...(features.includes('terms') && { terms: termsOf(reading, brands, view) }),
  };
}

/** The reading of a text without words: nothing is sent for it. */
export function emptyReading({ features }: Pick<TextOptions, 'features'>, model: string): TextReading {
  return {
    language: null,
    model,
    ...(features.includes('sentiment') && { sentiment: null, sentences: [] }),
    ...(features.includes('aspects') && { aspects: [] }),
    ...(features.includes('terms') && { terms: [] }),
  };
}
