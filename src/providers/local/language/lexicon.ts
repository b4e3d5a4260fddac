/** The lexicon of a language in memory: every inflected form leads to what it says. */
import { normalizeWord, withoutAccents } from '../../../text/fold.js';
import {
  type PartOfSpeech,
  readAspects,
  readModifiers,
  readPhrases,
  readWords,
  type WordRow,
} from './lexicon-files.js';
import { type PhraseOpenings, PhraseTrie } from './lexicon-phrases.js';
import { ENCLITIC, type FormTables, foldedOf, type LexiconLemmas, openForms, packForms } from './lexicon-tables.js';

export const LEXICON_LANGUAGES = ['es', 'en'] as const;
export type LexiconLanguage = (typeof LEXICON_LANGUAGES)[number];

/** All that the lexicon knows of a form. */
export interface WordInfo {
  /** The likeliest part of speech first; empty where it says nothing. */
  readonly readings: readonly WordReading[];
  /** Lemma of a noun that judgements are made of (aspects and targets), else null. */
  readonly noun: string | null;
  /** `@lemma` keys of the phrases' lemmas. */
  readonly lemmaKeys: readonly string[];
  /** The form itself; one string for all its occurrences, which makes further look-ups cheap. */
  readonly norm: string;
  /** Where expressions that begin with it go on. */
  readonly openings: PhraseOpenings;
  /** A letter three times in a row. */
  readonly isLong: boolean;
}

export interface MultiwordAspect {
  readonly name: string;
  readonly words: readonly string[];
  readonly category: string;
}

export interface Lexicon {
  readonly language: LexiconLanguage;
  readonly phrases: PhraseTrie;
  /** Names of aspects that are several words, by their first word, the longest first. */
  readonly multiwordAspects: ReadonlyMap<string, readonly MultiwordAspect[]>;
  infoOf(norm: string): WordInfo;
  /** Of a word as it stands in a text. */
  infoOfText(text: string): WordInfo;
  /** Category of an aspect's lemma; null where unknown. */
  categoryOf(lemma: string): string | null;
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
const MAX_CACHED = 50_000;
/** No word of the lexicon is as long. */
const MAX_LENGTH = 40;

function addTo<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
}

/** A long part of a text keeps the whole text in memory: what is remembered is copied. */
function ownCopy(part: string): string {
  return part.length < 13 ? part : [...part].join('');
}

function byPos(one: WordReading, other: WordReading): number {
  return POS_ORDER.indexOf(one.row.pos) - POS_ORDER.indexOf(other.row.pos);
}

class LoadedLexicon implements Lexicon {
  readonly phrases = new PhraseTrie();
  readonly multiwordAspects = new Map<string, MultiwordAspect[]>();
  readonly #lemmas: LexiconLemmas;
  readonly #forms: FormTables;
  readonly #categories = new Map<string, string>();
  /** Words that were met, with what was found for them. */
  readonly #known = new Map<string, WordInfo>();
  readonly #texts = new Map<string, WordInfo>();

  constructor(readonly language: LexiconLanguage) {
    const rows = readWords(this.language);
    // Words of two parts are read as the text has them: word by word.
    const isPhrase = ({ lemma }: WordRow): boolean => /[\s-]/.test(lemma);
    for (const row of rows.filter(isPhrase)) this.#addPhrase(row);
    this.#loadPhrases();
    const words = rows.filter((row) => !isPhrase(row));
    this.#lemmas = { rows: words, nouns: this.#loadNouns(rows), phraseWords: [...this.phrases.lemmas] };
    this.#forms = openForms(language, this.#lemmas);
  }

  /** The tables of forms as files, by name. */
  pack(): ReadonlyMap<string, Uint8Array> {
    return packForms(this.language, this.#lemmas);
  }

  infoOf(norm: string): WordInfo {
    let info = this.#known.get(norm);
    if (info === undefined) {
      info = this.#find(ownCopy(norm));
      if (this.#known.size >= MAX_CACHED) this.#known.clear();
      if (norm.length <= MAX_LENGTH) this.#known.set(info.norm, info);
    }
    return info;
  }

  infoOfText(text: string): WordInfo {
    let info = this.#texts.get(text);
    if (info === undefined) {
      info = this.infoOf(normalizeWord(text));
      if (this.#texts.size >= MAX_CACHED) this.#texts.clear();
      if (text.length <= MAX_LENGTH) this.#texts.set(ownCopy(text), info);
    }
    return info;
  }

  categoryOf(lemma: string): string | null {
    return this.#categories.get(lemma) ?? null;
  }

  #find(norm: string): WordInfo {
    const isLong = /(\p{L})\1\1/u.test(norm);
    const lemmaKeys = this.#forms.phraseWords(norm)?.map((place) => `@${this.#lemmas.phraseWords[place]}`) ?? NONE;
    const [noun] = this.#forms.nouns(norm) ?? NONE;
    return {
      readings: this.#readingsOf(norm) ?? this.#derive(norm, isLong),
      noun: noun === undefined ? null : (this.#lemmas.nouns[noun] ?? null),
      lemmaKeys,
      norm,
      openings: this.phrases.openingsOf(norm, lemmaKeys),
      isLong,
    };
  }

  /** What a form says, the likeliest part of speech first; null where the lexicon does not know it. */
  #readingsOf(form: string): readonly WordReading[] | null {
    const places = this.#forms.rows(form);
    if (places === null) return null;
    return places.map((place) => ({ row: this.#lemmas.rows[place] as WordRow, factor: 1 })).sort(byPos);
  }

  #addPhrase({ lemma, valence, notes }: WordRow): void {
    this.phrases.add(lemma.replaceAll('-', ' '), { type: 'phrase', valence, notes }, (form) => [form]);
  }

  #loadPhrases(): void {
    const variantsOf = (form: string): string[] => {
      const folded = foldedOf(form);
      return folded === form ? [form] : [form, folded];
    };
    for (const { pattern, valence, notes } of readPhrases(this.language)) {
      this.phrases.add(pattern.replaceAll('-', ' '), { type: 'phrase', valence, notes }, variantsOf);
    }
    for (const { form, kind, factor } of readModifiers(this.language)) {
      this.phrases.add(form.replaceAll('-', ' '), { type: 'modifier', kind, factor }, variantsOf);
    }
  }

  /** Reads the aspects and gives all nouns that judgements are made of. */
  #loadNouns(rows: readonly WordRow[]): string[] {
    const nouns = rows.flatMap(({ targets }) => [...(targets?.keys() ?? [])]);
    for (const { lemma, category } of readAspects(this.language)) {
      this.#categories.set(lemma, category);
      if (/[\s-]/.test(lemma)) {
        const parts = lemma.split(/[\s-]+/);
        addTo(this.multiwordAspects, parts[0] as string, { name: parts.join(' '), words: parts, category });
      } else nouns.push(lemma);
    }
    for (const names of this.multiwordAspects.values()) names.sort((a, b) => b.words.length - a.words.length);
    return [...new Set(nouns)];
  }

  /** Elongation (buenísimooo, soooo) and the endings of Spanish that add strength. */
  #derive(norm: string, isLong: boolean): readonly WordReading[] {
    if (norm.length > MAX_LENGTH) return NONE;
    if (isLong) {
      for (const shorter of shortenings(norm)) {
        const found = this.#readingsOf(shorter) ?? this.#fromEnding(shorter);
        if (found !== null) return found;
      }
    }
    return this.#withoutClitics(norm) ?? this.#fromEnding(norm) ?? NONE;
  }

  /** `recomendándoselo`: pronouns at the end of a verb. They are not among the forms, which they would double. */
  #withoutClitics(norm: string): readonly WordReading[] | null {
    if (this.language !== 'es' || !ENCLITIC.test(norm)) return null;
    for (const ending of CLITICS) {
      const base = norm.replace(ending, '');
      if (base === norm) continue;
      const readings = this.#readingsOf(base) ?? this.#readingsOf(withoutAccents(base));
      const verbs = readings?.filter(({ row }) => row.pos === 'verb');
      if (verbs !== undefined && verbs.length > 0) return verbs;
    }
    return null;
  }

  #fromEnding(norm: string): readonly WordReading[] | null {
    if (this.language !== 'es') return null;
    for (const [ending, replacements, factor] of SPANISH_ENDINGS) {
      const stem = ending.exec(norm)?.[1];
      if (stem === undefined) continue;
      for (const replacement of replacements) {
        const base = this.#readingsOf(stem + replacement);
        if (base !== null) return base.map(({ row, factor: own }) => ({ row, factor: own * factor }));
      }
    }
    return null;
  }
}

const CLITICS = [/(?:me|te|se|nos|os|l[aeo]s?)$/, /(?:me|te|se|nos|os)l[aeo]s?$/];
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

/** A word with runs of a letter cut to two and to one. */
function shortenings(norm: string): readonly string[] {
  const two = norm.replace(/(\p{L})\1{2,}/gu, '$1$1');
  return [two, norm.replace(/(\p{L})\1{2,}/gu, '$1'), norm.replace(/(\p{L})\1+/gu, '$1')];
}

const loaded = new Map<LexiconLanguage, LoadedLexicon>();

/** The lexicon of a language, read once. Throws a RunError that names file and line where the data is bad. */
export function loadLexicon(language: LexiconLanguage): LoadedLexicon {
  let lexicon = loaded.get(language);
  if (lexicon === undefined) {
    lexicon = new LoadedLexicon(language);
    loaded.set(language, lexicon);
  }
  return lexicon;
}
