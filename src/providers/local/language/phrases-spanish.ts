/** Spanish noun phrases. */
import {
  isModifier,
  isNoun,
  isWordy,
  MOST_WORDS,
  mentionOf,
  type PhraseMention,
  phraseWords,
} from './phrases-words.js';
import type { TaggedWord } from './pos.js';

/** Noun and adjectives from here; the end exclusive, `at` where there is none. */
function spanishCore(words: readonly TaggedWord[], at: number): number {
  if (!isNoun(words[at]) || !isWordy(words[at] as TaggedWord)) return at;
  let end = at + 1;
  while (end < words.length && end < at + 4) {
    const word = words[end];
    if (!word || !isWordy(word)) break;
    const isPair = isNoun(word) && word.tag === 'name' && words[end - 1]?.tag === 'name';
    if (!isModifier(word) && !isPair && !(isNoun(word) && word.tag === 'name')) break;
    end += 1;
  }
  return end;
}

/** In text order; those that lie in longer ones follow them. */
export function spanishPhrases(words: readonly TaggedWord[]): PhraseMention[] {
  const lists = phraseWords('es');
  const found: PhraseMention[] = [];
  const push = (from: number, to: number, isPart: boolean): void => {
    let end = to;
    while (end > from + 1 && lists.modifiers.has(words[end - 1]?.lower ?? '')) end -= 1;
    const phrase = words.slice(from, end);
    if (phrase.length === 1 && lists.generic.has(phrase[0]?.lower ?? '')) return;
    const mention = mentionOf(phrase, 'es', isPart);
    if (mention) found.push(mention);
  };
  let at = 0;
  while (at < words.length) {
    let end = spanishCore(words, at);
    if (end === at) {
      const lone = words[at];
      if (lone?.tag === 'adjective' && isWordy(lone) && !lists.modifiers.has(lone.lower) && !isNoun(words[at + 1])) {
        const mention = mentionOf([lone], 'es', false, true);
        if (mention) found.push(mention);
      }
      at += 1;
      continue;
    }
    const cores: (readonly [number, number])[] = [[at, end]];
    while (cores.length < 3) {
      const next = afterPreposition(words, end);
      const nextEnd = next === null ? 0 : spanishCore(words, next);
      if (next === null || nextEnd === next || nextEnd - at > MOST_WORDS) break;
      cores.push([next, nextEnd]);
      end = nextEnd;
    }
    // `un par de cosas`: what counts or sorts things is no part of their name.
    const isCounted = cores.length > 1 && QUANTITY.test(words[at]?.lower ?? '') && cores[0]?.[1] === at + 1;
    const named = isCounted ? cores.slice(1) : cores;
    for (let from = 0; from < named.length; from += 1) {
      for (let to = named.length; to > from; to -= 1) {
        push(named[from]?.[0] ?? at, named[to - 1]?.[1] ?? end, to - from < named.length);
      }
    }
    at = end;
  }
  return found;
}

const QUANTITY =
  /^(?:tipos?|partes?|par|series?|vez|veces|número|conjunto|cantidad|casos?|ejemplos?|mano|falta|montón|kilos?|litros?|gramos?|resto|mayoría|mitad|tercio|clases?|forma|manera|punta|fin|cabo|pesar|trozos?|poco|millones|miles|decenas|cientos)$/;
const TAKES_TO =
  /^(?:sabor|olor|tacto|resistencia|permeabilidad|tolerancia|sensibilidad|exposición|acceso|adaptación|respuesta|atención|servicio|alergia|ayuda)$/;
const TAKES_WITH =
  /^(?:yogur|yogures|batido|tarta|queso|leche|pan|ensalada|café|arroz|pollo|inspección|pizza|helado|crema|relación)$/;

/** Where the noun after `de la`, or after the `a` of `sabor a fresa`, stands; null where none can. */
function afterPreposition(words: readonly TaggedWord[], at: number): number | null {
  const preposition = words[at]?.lower;
  if (preposition === 'de' || preposition === 'del') {
    const hasArticle = preposition === 'de' && /^(?:la|las|los|el)$/.test(words[at + 1]?.lower ?? '');
    return at + (hasArticle ? 2 : 1);
  }
  const before = words[at - 1]?.lower ?? '';
  if (preposition === 'por' && at > 0) return at + 1;
  if ((preposition === 'a' || preposition === 'al') && TAKES_TO.test(before))
    return at + (/^(?:la|los|las)$/.test(words[at + 1]?.lower ?? '') ? 2 : 1);
  return (preposition === 'con' || preposition === 'sin' || preposition === 'en') && TAKES_WITH.test(before)
    ? at + 1
    : null;
}
