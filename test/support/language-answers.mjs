// What the loopback Natural Language reads in a text: a few words with a value, nouns and names, made of the text alone,
// so that a test can tell whose answer it holds and where each piece stands.
import { createHash } from 'node:crypto';

const VALUES = new Map([
  ...['delicious', 'great', 'love', 'excellent', 'good', 'tasty'].map((word) => [word, 1]),
  ...['delicioso', 'excelente', 'encanta', 'bueno', 'rico', 'rica'].map((word) => [word, 1]),
  ...['awful', 'terrible', 'bad', 'expensive', 'sour', 'hate'].map((word) => [word, -1]),
  ...['horrible', 'malo', 'mala', 'caro', 'agrio', 'odio'].map((word) => [word, -1]),
]);
const NOUNS =
  /^(?:yogurts?|yogur(?:es)?|textur[ea]|price|precio|taste|sabor|service|servicio|spoon|cuchara|daughter|hija|jar|tarro)$/;
const NAMES = new Map([
  ['Trebola', 'ORGANIZATION'],
  ['Madrid', 'LOCATION'],
  ['Vallecremosa', 'CONSUMER_GOOD'],
  ['Ana', 'PERSON'],
]);
const SPANISH = /(?:^|[^\p{L}])(?:el|la|los|las|muy|es|pero|y|de|está|me)(?=[^\p{L}]|$)/iu;

/** Google leaves out what is beyond these without a word. */
const MAX_TOKENS = 100_000;
const MAX_MENTIONS = 5_000;

/** @param {string} text */
export function hashOf(text) {
  return createHash('sha256').update(text).digest('hex');
}

/** The language named in the text as `[[xx]]`, else Spanish or English by its small words. */
export function languageOf(text) {
  return /\[\[([a-z-]{2,7})\]\]/.exec(text)?.[1] ?? (SPANISH.test(text) ? 'es' : 'en');
}

/** What is said of a stretch: the same text always gives the same. */
export function feelingOf(text) {
  let [good, bad] = [0, 0];
  for (const [word] of text.toLowerCase().matchAll(/\p{L}+/gu)) {
    const value = VALUES.get(word) ?? 0;
    if (value > 0) good += 1;
    if (value < 0) bad += 1;
  }
  const nudge = good + bad === 0 ? 0 : (Number.parseInt(hashOf(text).slice(0, 4), 16) % 100) / 1000;
  const score = good + bad === 0 ? 0 : (0.8 * (good - bad)) / (good + bad) + nudge;
  return { score, magnitude: 0.8 * (good + bad) + nudge };
}

/** Google leaves out what is beyond 100,000 tokens. */
function readable(text) {
  const token = /[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu;
  if (text.length <= MAX_TOKENS) return text;
  for (let count = 0; count < MAX_TOKENS; count += 1) if (!token.test(text)) return text;
  return text.slice(0, token.lastIndex);
}

/** @type {{ text: string, sentences: ReturnType<typeof splitSentences> } | undefined} */
let latest;

/** @param {string} text */
export function sentencesOf(text) {
  if (latest?.text !== text) latest = { text, sentences: splitSentences(text) };
  return latest.sentences;
}

/** @param {string} text @returns {{ content: string, at: number, score: number, magnitude: number }[]} */
function splitSentences(text) {
  return [...readable(text).matchAll(/[^.!?\n]*[.!?\n]+|[^.!?\n]+/g)].flatMap(({ 0: stretch, index }) => {
    const content = stretch.trim();
    if (content === '') return [];
    return [{ content, at: index + stretch.indexOf(content), ...feelingOf(content) }];
  });
}

/** The whole text: the mean over the sentences, and the sum of their magnitudes. */
export function documentFeelingOf(text) {
  const sentences = sentencesOf(text);
  const total = sentences.reduce((sum, { score }) => sum + score, 0);
  const magnitude = sentences.reduce((sum, sentence) => sum + sentence.magnitude, 0);
  return { score: sentences.length === 0 ? 0 : total / sentences.length, magnitude };
}

function mentionOf(word) {
  if (NAMES.has(word)) return { name: word, kind: NAMES.get(word), type: 'PROPER' };
  if (/^\d+$/.test(word)) return { name: word, kind: 'NUMBER', type: 'TYPE_UNKNOWN' };
  return NOUNS.test(word.toLowerCase()) ? { name: word.toLowerCase(), kind: 'OTHER', type: 'COMMON' } : null;
}

/** Names, nouns and numbers; the mentions of one name are one entity. */
export function entitiesOf(text) {
  const entities = new Map();
  let count = 0;
  for (const sentence of sentencesOf(text)) {
    for (const { 0: word, index } of sentence.content.matchAll(/[\p{L}\p{N}]+/gu)) {
      const found = mentionOf(word);
      if (!found || count >= MAX_MENTIONS) continue;
      count += 1;
      const { score, magnitude } = sentence;
      const mention = { content: word, at: sentence.at + index, type: found.type, score, magnitude };
      const known = entities.get(found.name);
      if (known) known.mentions.push(mention);
      else entities.set(found.name, { name: found.name, type: found.kind, mentions: [mention] });
    }
  }
  return [...entities.values()].map((entity) => ({ ...entity, salience: entity.mentions.length / count }));
}

/** Gives offsets as an encoding counts them; offsets are to be asked for in text order or nearly so. */
export function offsetCounter(text, encoding) {
  if (encoding === 'NONE') return () => -1;
  if (encoding === 'UTF16') return (at) => at;
  const lengthOf = encoding === 'UTF8' ? (part) => Buffer.byteLength(part) : (part) => [...part].length;
  let [lastAt, lastOffset] = [0, 0];
  return (at) => {
    if (at < lastAt) [lastAt, lastOffset] = [0, 0];
    lastOffset += lengthOf(text.slice(lastAt, at));
    lastAt = at;
    return lastOffset;
  };
}
