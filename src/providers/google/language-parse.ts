/** Takes Cloud Natural Language's answer for one text apart, v1 and v2 alike. Pure: no network, no files. */
import type { protos } from '@google-cloud/language';
import type { TextSpan } from '../../model.js';
import type { Feeling } from './language-labels.js';

/** Changes whenever the same answer would be parsed into something else; part of the engine's version. */
export const PARSER_REVISION = 1;

type V1 = protos.google.cloud.language.v1.IAnnotateTextResponse;
type V2 = protos.google.cloud.language.v2.IAnalyzeSentimentResponse;
type V1Entity = protos.google.cloud.language.v1.IEntity;

/** The fields of all the answers that are asked for. */
export type LanguageAnswer = Pick<V1, 'documentSentiment' | 'entities' | 'language'> &
  Pick<V2, 'languageCode' | 'languageSupported' | 'sentences'>;

type WireSpan = protos.google.cloud.language.v1.ITextSpan;
type WireSentiment = protos.google.cloud.language.v1.ISentiment;

export interface FeltSentence extends TextSpan {
  readonly language: string | null;
  readonly feeling: Feeling;
}

export interface PlacedMention extends TextSpan {
  readonly text: string;
  /** `PROPER`, `COMMON` or `TYPE_UNKNOWN`. */
  readonly type: string;
  /** Null where it was not asked for. */
  readonly feeling: Feeling | null;
}

export interface PlacedEntity {
  readonly name: string;
  /** Google's name of the kind, such as `CONSUMER_GOOD`. */
  readonly type: string;
  /** 0 to 1. */
  readonly salience: number;
  readonly mentions: readonly PlacedMention[];
}

/** All that an answer says, with spans of the whole text. */
export interface PartReading {
  /** Characters read. */
  readonly length: number;
  /** ISO 639-1. */
  readonly language: string | null;
  /** Null where it was not asked for. */
  readonly feeling: Feeling | null;
  readonly sentences: readonly FeltSentence[];
  readonly entities: readonly PlacedEntity[];
}

/** An answer whose offsets do not index the text that was sent. */
export class MisplacedError extends Error {
  override readonly name = 'MisplacedError';
}

/** Single-precision numbers come with digits that mean nothing. */
function within(value: number | null | undefined, low: number, high: number): number {
  return Math.round(Math.min(high, Math.max(low, value ?? 0)) * 1e4) / 1e4 || 0;
}

function feelingOf(sentiment: WireSentiment | null | undefined): Feeling {
  return {
    score: within(sentiment?.score, -1, 1),
    magnitude: within(sentiment?.magnitude, 0, Number.MAX_SAFE_INTEGER),
  };
}

/** `zh-Hant` gives `zh`; null for what is no language. */
function languageOf(code: string): string | null {
  const primary = code.split('-')[0]?.toLowerCase() ?? '';
  return primary === '' || primary === 'und' ? null : primary;
}

/** The code of an answer's language as Google gave it; empty where there is none. */
export function languageCodeOf({ languageCode, language }: LanguageAnswer): string {
  return languageCode || language || '';
}

/** Where `wanted` ends that begins at `start`, whatever white space is between its words; null where it does not. */
function endOfMatch(text: string, start: number, wanted: string): number | null {
  if (text.startsWith(wanted, start)) return start + wanted.length;
  let at = start;
  for (const character of wanted.replace(/\s+/g, '')) {
    while (/\s/.test(text.charAt(at))) at += 1;
    if (!text.startsWith(character, at)) return null;
    at += character.length;
  }
  return at;
}

/** Finds the stretches of an answer in the text that was sent. */
class Placer {
  readonly #sent: string;
  readonly #offset: number;

  constructor(sent: string, offset: number) {
    this.#sent = sent;
    this.#offset = offset;
  }

  /** Without the white space around it; null for an empty stretch. */
  place(span: WireSpan | null | undefined): TextSpan | null {
    const content = span?.content ?? '';
    const trimmed = content.trim();
    if (trimmed === '') return null;
    const at = span?.beginOffset ?? 0;
    const start = at + content.indexOf(trimmed);
    const end = at < 0 ? null : endOfMatch(this.#sent, start, trimmed);
    if (end === null) throw new MisplacedError(`"${trimmed.slice(0, 40)}" does not stand at offset ${at}`);
    return { start: this.#offset + start, end: this.#offset + end };
  }
}

function entityOf(entity: V1Entity, placer: Placer, hasFeelings: boolean): PlacedEntity {
  const mentions = (entity.mentions ?? []).flatMap((mention) => {
    const span = placer.place(mention.text);
    if (!span) return [];
    const text = (mention.text?.content ?? '').trim();
    const feeling = hasFeelings ? feelingOf(mention.sentiment) : null;
    return [{ ...span, text, type: String(mention.type ?? 'TYPE_UNKNOWN'), feeling }];
  });
  const salience = within(entity.salience, 0, 1);
  return { name: entity.name ?? '', type: String(entity.type ?? 'UNKNOWN'), salience, mentions };
}

/**
 * @param sent what was sent, standing at `offset` of the whole text
 * @param hasFeelings whether the sentiment of entities was asked for
 * @throws MisplacedError
 */
export function parseAnswer(answer: LanguageAnswer, sent: string, offset: number, hasFeelings: boolean): PartReading {
  const placer = new Placer(sent, offset);
  const language = languageOf(languageCodeOf(answer));
  const sentences = (answer.sentences ?? []).flatMap((sentence) => {
    const span = placer.place(sentence.text);
    return span ? [{ ...span, language, feeling: feelingOf(sentence.sentiment) }] : [];
  });
  return {
    length: sent.length,
    language,
    feeling: answer.documentSentiment ? feelingOf(answer.documentSentiment) : null,
    sentences: sentences.sort((a, b) => a.start - b.start),
    entities: (answer.entities ?? []).map((entity) => entityOf(entity, placer, hasFeelings)),
  };
}
