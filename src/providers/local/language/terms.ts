/** Key phrases, names and hashtags of a text, best first. */
import type { EntityType, TermKind, TermReading, TextOptions, TextSpan } from '../../../model.js';
import { withoutAccents } from '../../../text/fold.js';
import { createEntityReader, type EntityMention } from './entities.js';
import { findPatterns } from './entities-patterns.js';
import { findHashtags } from './hashtags.js';
import { findPhrases } from './phrases.js';
import { scorePhrases } from './phrases-scores.js';
import type { PhraseMention } from './phrases-words.js';
import { tagEnglish } from './pos-english.js';
import { tagSpanish } from './pos-spanish.js';
import type { ReadableSentence, ReadableText } from './readable.js';
import { languageOfSentence } from './terms-language.js';

/**
 * Terms of one text; spans are of the view. `scoreAt` gives the sentiment of the clause at a span, -1 to 1, or null.
 * A text has at most {@link MOST_TERMS} terms of a kind.
 */
export type TermReader = (text: ReadableText, scoreAt: (span: TextSpan) => number | null) => TermReading[];

const MOST_TERMS = 500;
const MOST_MENTIONS = 1000;
/** Tokens that are tagged at once: memory does not grow with the text. */
const TOKENS_AT_ONCE = 4000;

interface Draft {
  readonly key: string;
  readonly term: string;
  readonly kind: TermKind;
  readonly entityType: EntityType | null;
  readonly weight: number;
  readonly spans: readonly TextSpan[];
}

const languageOf = (sentence: ReadableSentence, text: ReadableText): 'en' | 'es' => {
  const language = languageOfSentence(sentence, text.language);
  return language === 'es' || language === 'ca' || language === 'gl' || language === 'pt' ? 'es' : 'en';
};

function phrasesOf(text: ReadableText): Map<'en' | 'es', PhraseMention[]> {
  const found = new Map<'en' | 'es', PhraseMention[]>();
  let pending: ReadableSentence['tokens'][number][] = [];
  let language: 'en' | 'es' = 'en';
  const flush = (): void => {
    if (pending.length === 0) return;
    const list = found.get(language) ?? [];
    found.set(language, list);
    for (let at = 0; at < pending.length; at += TOKENS_AT_ONCE) {
      const tokens = pending.slice(at, at + TOKENS_AT_ONCE);
      for (const mention of findPhrases(language === 'es' ? tagSpanish(tokens) : tagEnglish(tokens), language))
        list.push(mention);
    }
    pending = [];
  };
  for (const sentence of text.sentences) {
    const next = languageOf(sentence, text);
    if (next !== language || pending.length > TOKENS_AT_ONCE) flush();
    language = next;
    for (const token of sentence.tokens) pending.push(token);
    const last = sentence.tokens.at(-1);
    // A sentence without a full stop must not run into the next.
    if (last && last.kind !== 'punctuation')
      pending.push({ kind: 'punctuation', text: '.', start: last.end, end: last.end });
  }
  flush();
  return found;
}

/** The form that stands most often, the first of equals. */
function mostFrequent(forms: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const form of forms) counts.set(form, (counts.get(form) ?? 0) + 1);
  let best = forms[0] ?? '';
  for (const [form, count] of counts) if (count > (counts.get(best) ?? 0)) best = form;
  return best;
}

/** A capital at the start of a sentence, or a text in capitals, is no part of the phrase. */
function phraseForm(text: string, mention: PhraseMention): string {
  const raw = text.slice(mention.start, mention.end).replace(/\s+/g, ' ');
  const isStart = /(?:^|[.!?…:\n"“«¡¿(•-])\s*$/.test(text.slice(Math.max(0, mention.start - 4), mention.start));
  const hasName = mention.words.some(
    ({ tag, text: word }, at) => (tag === 'name' && !(isStart && at === 0)) || /^\p{Lu}.*[\p{Lu}\d]/u.test(word),
  );
  return hasName && !/^\p{Lu}[\p{Lu} ]{7,}$/u.test(raw) ? raw : raw.toLowerCase();
}

/** Leaves out what is a name, or lies in one: `España` of `Banco de España`. Both lists are in text order. */
function withoutNames(mentions: readonly PhraseMention[], entities: readonly EntityMention[]): PhraseMention[] {
  const ordered = [...mentions].sort((left, right) => left.start - right.start);
  const names = [...entities].sort((left, right) => left.start - right.start);
  let at = 0;
  return ordered.filter(({ start, end }) => {
    while (at < names.length && (names[at]?.end ?? 0) <= start) at += 1;
    const name = names[at];
    return !name || name.start > start || name.end < end;
  });
}

function phraseDrafts(text: ReadableText, entities: readonly EntityMention[]): Draft[] {
  const drafts: Draft[] = [];
  for (const [language, mentions] of phrasesOf(text)) {
    const kept = withoutNames(mentions, entities);
    for (const { key, mentions: places, weight } of scorePhrases(kept, language, text.view.text.length).slice(
      0,
      MOST_TERMS,
    )) {
      const term = mostFrequent(places.map((place) => phraseForm(text.view.text, place)));
      drafts.push({ key, term, kind: 'phrase', entityType: null, weight, spans: places });
    }
  }
  return drafts;
}

/** Names weigh by how often and how early they stand; figures and dates less than any name. */
function entityDrafts(text: ReadableText, entities: readonly EntityMention[]): Draft[] {
  const groups = new Map<string, EntityMention[]>();
  for (const entity of entities) {
    const name = text.view.text.slice(entity.start, entity.end).replace(/\s+/g, ' ');
    const key = `${entity.type} ${withoutAccents(name).toLowerCase()}`;
    const group = groups.get(key);
    if (group) group.push(entity);
    else groups.set(key, [entity]);
  }
  return [...groups].map(([key, places]) => {
    const [first] = places as [EntityMention];
    const early = 1 + 0.4 * (1 - first.start / Math.max(text.view.text.length, 1));
    const isFigure = /^(?:date|price|phone|number|address)$/.test(first.type);
    const sure = places.some(({ certainty }) => certainty > 1) ? 1.1 : 0.6;
    const weight = early * (1 + 0.5 * Math.log(places.length)) * (isFigure ? 0.2 : sure);
    const term = mostFrequent(places.map(({ start, end }) => text.view.text.slice(start, end).replace(/\s+/g, ' ')));
    return {
      key: key.slice(first.type.length + 1),
      term,
      kind: 'entity',
      entityType: first.type,
      weight,
      spans: places,
    };
  });
}

function toReadings(drafts: readonly Draft[], scoreAt: (span: TextSpan) => number | null): TermReading[] {
  const most = drafts.reduce((best, { weight }) => Math.max(best, weight), 0);
  const ordered = [...drafts].sort((left, right) => right.weight - left.weight || (left.key < right.key ? -1 : 1));
  const counts = new Map<TermKind, number>();
  return ordered.flatMap(({ key, term, kind, entityType, weight, spans }) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    if (count > MOST_TERMS) return [];
    const mentions = spans
      .slice(0, MOST_MENTIONS)
      .map(({ start, end }) => ({ start, end, score: scoreAt({ start, end }) }));
    return [{ key, term, kind, entityType, score: most > 0 ? Math.round((1000 * weight) / most) / 1000 : 0, mentions }];
  });
}

/** Loads the lists of names and words; wink is loaded by the first English text. */
export async function createTermReader(options: TextOptions): Promise<TermReader> {
  const readEntities = createEntityReader(options.brands);
  return (text, scoreAt) => {
    const names = readEntities(text);
    const entities = [...names, ...findPatterns(text.view.text, names)];
    const hashtags = findHashtags(text);
    return toReadings([...phraseDrafts(text, entities), ...entityDrafts(text, entities), ...hashtags], scoreAt);
  };
}
