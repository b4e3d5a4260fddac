/** The lexicon of a language in memory: every inflected form leads to what it says. */
import { withoutAccents } from '../../../text/fold.js';
import {
  type PartOfSpeech,
  readAspects,
  readModifiers,
  readPhrases,
  readWords,
  type WordRow,
} from './lexicon-files.js';
import { languageForms } from './lexicon-forms.js';
import { PhraseTrie } from './lexicon-phrases.js';

export const LEXICON_LANGUAGES = ['es', 'en'] as const;
export type LexiconLanguage = (typeof LEXICON_LANGUAGES)[number];

export interface Lexicon {
  readonly language: LexiconLanguage;
  readonly phrases: PhraseTrie;
  /** Readings of a word in any inflection, the likeliest part of speech first; empty where it says nothing. */
  wordsOf(norm: string): readonly WordReading[];
  /** Lemma of a noun that judgements are made of (aspects and targets), else null. */
  nounOf(norm: string): string | null;
  /** Category of an aspect's lemma; null where unknown. */
  categoryOf(lemma: string): string | null;
  /** `@lemma` keys of the phrases' lemmas. */
  lemmaKeysOf(norm: string): readonly string[];
  /** Names of aspects that are several words, with their categories. */
  readonly multiwordAspects: ReadonlyMap<string, string>;
  /** Their first words. */
  readonly multiwordStarts: ReadonlySet<string>;
}

/** A word of the lexicon as it stands in a text. */
export interface WordReading {
  readonly row: WordRow;
  /** Factor of what inflection adds: -ísimo, -ito, elongation. */
  readonly factor: number;
}

const NONE: readonly never[] = [];
/** Order in which readings of one form are tried where the context does not tell. */
const POS_ORDER: readonly PartOfSpeech[] = ['adj', 'verb', 'adv', 'noun', 'intj'];
/** Words whose accent alone tells them from another word. */
const ACCENT_MATTERS = new Set(['sí', 'él', 'tú', 'mí', 'té', 'más', 'aún', 'qué', 'cómo', 'papá', 'año', 'años']);
const MAX_CACHED = 50_000;

function addTo<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
}

class LoadedLexicon implements Lexicon {
  readonly phrases = new PhraseTrie();
  readonly multiwordAspects = new Map<string, string>();
  readonly multiwordStarts = new Set<string>();
  readonly #forms = new Map<string, WordReading[]>();
  readonly #folded = new Map<string, WordReading[]>();
  readonly #nouns = new Map<string, string>();
  readonly #foldedNouns = new Map<string, string>();
  readonly #categories = new Map<string, string>();
  readonly #lemmaKeys = new Map<string, string[]>();
  /** Words that are not in the tables as they stand, with what was found for them. */
  readonly #derived = new Map<string, readonly WordReading[]>();

  constructor(readonly language: LexiconLanguage) {
    this.#loadWords();
    this.#loadPhrases();
    this.#loadNouns();
  }

  wordsOf(norm: string): readonly WordReading[] {
    const known = this.#forms.get(norm) ?? this.#folded.get(norm) ?? this.#derived.get(norm);
    if (known !== undefined) return known;
    const derived = this.#derive(norm);
    if (this.#derived.size >= MAX_CACHED) this.#derived.clear();
    if (norm.length <= 40) this.#derived.set(norm, derived);
    return derived;
  }

  nounOf(norm: string): string | null {
    return this.#nouns.get(norm) ?? this.#foldedNouns.get(norm) ?? null;
  }

  categoryOf(lemma: string): string | null {
    return this.#categories.get(lemma) ?? null;
  }

  lemmaKeysOf(norm: string): readonly string[] {
    return this.#lemmaKeys.get(norm) ?? NONE;
  }

  #loadWords(): void {
    for (const row of readWords(this.language)) {
      const reading: WordReading = { row, factor: 1 };
      for (const form of languageForms(this.language, row.lemma, row.pos)) {
        addTo(this.#forms, form, reading);
        const folded = withoutAccents(form);
        if (folded !== form && !ACCENT_MATTERS.has(form)) addTo(this.#folded, folded, reading);
      }
    }
    const rank = ({ row }: WordReading): number => POS_ORDER.indexOf(row.pos);
    for (const map of [this.#forms, this.#folded]) {
      for (const readings of map.values()) if (readings.length > 1) readings.sort((a, b) => rank(a) - rank(b));
    }
  }

  #loadPhrases(): void {
    const variantsOf = (form: string): string[] => {
      const folded = withoutAccents(form);
      return folded === form || ACCENT_MATTERS.has(form) ? [form] : [form, folded];
    };
    for (const { pattern, valence, notes } of readPhrases(this.language)) {
      this.phrases.add(pattern, { type: 'phrase', valence, notes }, variantsOf);
    }
    for (const { form, kind, factor } of readModifiers(this.language)) {
      this.phrases.add(form, { type: 'modifier', kind, factor }, variantsOf);
    }
    for (const lemma of this.phrases.lemmas) {
      for (const pos of POS_ORDER) {
        for (const form of languageForms(this.language, lemma, pos)) {
          addTo(this.#lemmaKeys, form, `@${lemma}`);
          addTo(this.#lemmaKeys, withoutAccents(form), `@${lemma}`);
        }
      }
    }
  }

  #loadNouns(): void {
    const addNoun = (lemma: string): void => {
      for (const form of languageForms(this.language, lemma, 'noun')) {
        this.#nouns.set(form, lemma);
        this.#foldedNouns.set(withoutAccents(form), lemma);
      }
    };
    for (const readings of this.#forms.values()) {
      for (const { row } of readings)
        for (const noun of row.targets?.keys() ?? []) if (!this.#nouns.has(noun)) addNoun(noun);
    }
    for (const { lemma, category } of readAspects(this.language)) {
      this.#categories.set(lemma, category);
      if (lemma.includes(' ')) {
        this.multiwordAspects.set(lemma, category);
        this.multiwordStarts.add(lemma.slice(0, lemma.indexOf(' ')));
      } else addNoun(lemma);
    }
  }

  /** Elongation (buenísimooo, soooo) and the endings of Spanish that add strength. */
  #derive(norm: string): readonly WordReading[] {
    if (norm.length > 40) return NONE;
    for (const shorter of shortenings(norm)) {
      const found = this.#forms.get(shorter) ?? this.#folded.get(shorter) ?? this.#fromEnding(shorter);
      if (found !== null && found !== undefined) return found;
    }
    return this.#fromEnding(norm) ?? NONE;
  }

  #fromEnding(norm: string): readonly WordReading[] | null {
    if (this.language !== 'es') return null;
    for (const [ending, replacements, factor] of SPANISH_ENDINGS) {
      const stem = ending.exec(norm)?.[1];
      if (stem === undefined) continue;
      for (const replacement of replacements) {
        const base = this.#forms.get(stem + replacement) ?? this.#folded.get(stem + replacement);
        if (base !== undefined) return base.map(({ row, factor: own }) => ({ row, factor: own * factor }));
      }
    }
    return null;
  }
}

/** Endings, what may stand in their place in the base form, and the strength that they add. */
const SPANISH_ENDINGS: readonly (readonly [RegExp, readonly string[], number])[] = [
  [/^(.{2,}?)quísim[oa]s?$|^(.{2,}?)quisim[oa]s?$/, ['co', 'ca'], 1.4],
  [/^(.{2,}?)(?:ís|is)im(?:[oa]s?|amente)$/, ['o', 'a', 'e', '', 'io'], 1.4],
  [/^(.{3,}?)amente$/, ['o'], 1],
  [/^(.{3,}?)mente$/, ['', 'e'], 1],
  [/^(.{3,}?)(?:it|ill)[oa]s?$/, ['o', 'a', 'e', ''], 0.9],
  [/^(.{3,}?)cit[oa]s?$/, ['', 'e', 'n'], 0.9],
  [/^(.{3,}?)(?:az|ot)[oa]s?$/, ['o', 'a', ''], 1.2],
];

/** A word with runs of a letter cut to two and to one, where it has a run of three. */
export function shortenings(norm: string): readonly string[] {
  if (!/(\p{L})\1\1/u.test(norm)) return NONE;
  const two = norm.replace(/(\p{L})\1{2,}/gu, '$1$1');
  return [two, norm.replace(/(\p{L})\1{2,}/gu, '$1'), norm.replace(/(\p{L})\1+/gu, '$1')];
}

const loaded = new Map<LexiconLanguage, Lexicon>();

/** The lexicon of a language, read once. Throws a RunError that names file and line where the data is bad. */
export function loadLexicon(language: LexiconLanguage): Lexicon {
  let lexicon = loaded.get(language);
  if (lexicon === undefined) {
    lexicon = new LoadedLexicon(language);
    loaded.set(language, lexicon);
  }
  return lexicon;
}
