/** Reads texts in this process: language, sentiment, aspects and terms, offsets in the text as it was given. */
import type {
  AspectReading,
  SentenceReading,
  Sentiment,
  TermReading,
  TextDocument,
  TextOptions,
  TextReading,
  TextSpan,
} from '../../../model.js';
import { plainView } from '../../../text/plain-view.js';
import { splitSentences } from '../../../text/sentences.js';
import { type Token, tokenize } from '../../../text/tokens.js';
import { AspectCollector } from './aspects.js';
import { clauseScores } from './clause-scores.js';
import { createLanguageFinder, type LanguageFinder } from './language-finder.js';
import { LEXICON_LANGUAGES, type Lexicon, loadLexicon } from './lexicon.js';
import { readEmoji } from './lexicon-files.js';
import type { ReadableSentence, ReadableText } from './readable.js';
import { readSentence, type SentenceSentiment } from './sentiment.js';
import { type Extent, judge, type Sums } from './sentiment-labels.js';
import type { TermReader } from './terms.js';
import { TEXT_MODEL } from './text-model.js';

export type TextReader = (document: Pick<TextDocument, 'text' | 'format'>) => TextReading;

/** Reads one text after another. Throws a RunError where the lexicon's data is bad. */
export async function createTextReader(options: TextOptions): Promise<TextReader> {
  const lexicons = new Map<string, Lexicon>(LEXICON_LANGUAGES.map((language) => [language, loadLexicon(language)]));
  const emoji = readEmoji();
  const finder = createLanguageFinder(
    (language, norm) => (lexicons.get(language)?.infoOf(norm).readings.length ?? 0) > 0,
  );
  const readTerms = options.features.includes('terms')
    ? await (await import('./terms.js')).createTermReader(options)
    : null;
  return ({ text, format }) => {
    const readable = toReadable(text, format, options.language, finder);
    const sentiments = readable.sentences.map(({ tokens, language }) => sentimentOf(tokens, language, lexicons, emoji));
    const features = options.features;
    return {
      language: readable.language,
      model: TEXT_MODEL,
      ...(features.includes('sentiment') && {
        sentiment: documentSentiment(readable, sentiments),
        ...(options.countsSentences
          ? { sentenceCounts: countSentences(readable, sentiments) }
          : { sentences: sentencesOf(readable, sentiments) }),
      }),
      ...(features.includes('aspects') && { aspects: aspectsOf(readable, sentiments, lexicons) }),
      ...(readTerms && { terms: termsOf(readTerms, readable, sentiments) }),
    };
  };
}

function toReadable(
  text: string,
  format: TextDocument['format'],
  language: string | null,
  finder: LanguageFinder,
): ReadableText {
  const view = plainView(text, format);
  const tokens = tokenize(view.text);
  const textLanguage = language ?? finder.ofText(view.text, tokens);
  const sentences: ReadableSentence[] = [];
  let next = 0;
  for (const { start, end } of splitSentences(view.text)) {
    while ((tokens[next]?.start ?? Infinity) < start) next += 1;
    const from = next;
    while ((tokens[next]?.start ?? Infinity) < end) next += 1;
    for (const part of partsOf({ start, end }, tokens.slice(from, next))) {
      const isWhole = part.tokens.length === tokens.length;
      const found =
        language ??
        (isWhole ? textLanguage : finder.ofSentence(view.text.slice(part.start, part.end), part.tokens, textLanguage));
      sentences.push({ ...part, language: found });
    }
  }
  return { view, language: textLanguage, sentences };
}

/** Tokens of a sentence at most; a text without full stops is read in parts, so that time stays linear. */
const MAX_TOKENS = 400;

function partsOf({ start, end }: TextSpan, tokens: readonly Token[]): Omit<ReadableSentence, 'language'>[] {
  if (tokens.length <= MAX_TOKENS) return [{ start, end, tokens }];
  const parts: Omit<ReadableSentence, 'language'>[] = [];
  for (let from = 0; from < tokens.length; from += MAX_TOKENS) {
    const own = tokens.slice(from, from + MAX_TOKENS);
    const isLast = from + MAX_TOKENS >= tokens.length;
    parts.push({ start: own[0]?.start ?? start, end: isLast ? end : (own.at(-1)?.end ?? end), tokens: own });
  }
  return parts;
}

function sentimentOf(
  tokens: readonly Token[],
  language: string | null,
  lexicons: ReadonlyMap<string, Lexicon>,
  emoji: ReadonlyMap<string, number>,
): SentenceSentiment {
  const lexicon = lexicons.get(language ?? '');
  if (lexicon !== undefined) return readSentence(tokens, lexicon, emoji);
  const signs = tokens.filter(({ kind }) => kind === 'emoji' || kind === 'emoticon' || kind === 'punctuation');
  return readSentence(signs, lexicons.get('en') as Lexicon, emoji);
}

function sentencesOf(
  { view, sentences }: ReadableText,
  sentiments: readonly SentenceSentiment[],
): readonly SentenceReading[] {
  return sentences.map((sentence, at) => ({
    ...view.toOriginal(sentence),
    language: sentence.language,
    sentiment: judge(sentiments[at] as SentenceSentiment, extentOf(sentence.language, sentence.tokens)),
  }));
}

function countSentences(
  { sentences }: ReadableText,
  sentiments: readonly SentenceSentiment[],
): NonNullable<TextReading['sentenceCounts']> {
  const isNegative = ({ language, tokens }: ReadableSentence, at: number): boolean =>
    judge(sentiments[at] as SentenceSentiment, extentOf(language, tokens)).label === 'negative';
  return { all: sentences.length, negative: sentences.filter(isNegative).length };
}

function documentSentiment(readable: ReadableText, sentiments: readonly Sums[]): Sentiment | null {
  if (!readable.sentences.some(({ tokens }) => tokens.length > 0)) return null;
  let [positive, negative] = [0, 0];
  for (const sums of sentiments) {
    positive += sums.positive;
    negative += sums.negative;
  }
  const words = readable.sentences.reduce((sum, { tokens }) => sum + tokens.length, 0);
  return judge({ positive, negative }, { language: readable.language, words });
}

function aspectsOf(
  { view, sentences }: ReadableText,
  sentiments: readonly SentenceSentiment[],
  lexicons: ReadonlyMap<string, Lexicon>,
): AspectReading[] {
  const collector = new AspectCollector(view.text);
  for (const [index, { language }] of sentences.entries()) {
    const lexicon = lexicons.get(language ?? '');
    const sentiment = sentiments[index];
    if (lexicon !== undefined && sentiment !== undefined) collector.add(sentiment, lexicon);
  }
  return collector.finish((span) => view.toOriginal(span));
}

function termsOf(
  readTerms: TermReader,
  readable: ReadableText,
  sentiments: readonly SentenceSentiment[],
): TermReading[] {
  return readTerms(readable, clauseScores(readable, sentiments)).map(({ mentions, ...term }) => ({
    ...term,
    mentions: mentions.map(({ score, ...span }) => ({ ...readable.view.toOriginal(span), score })),
  }));
}

function extentOf(language: string | null, tokens: readonly Token[]): Extent {
  return { language, words: tokens.length };
}
