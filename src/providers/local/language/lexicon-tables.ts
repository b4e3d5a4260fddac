/**
 * Where the inflected forms of the lexicon lead. Making 300,000 forms takes a second; `npm run build` packs them, and a
 * process looks them up in place. Without the packed tables, or where the lexicon has changed since, they are made anew.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { withoutAccents } from '../../../text/fold.js';
import { openTable, packTable } from '../../../text/string-table.js';
import type { LexiconLanguage } from './lexicon.js';
import { lexiconText, type PartOfSpeech, type WordRow } from './lexicon-files.js';
import { languageForms } from './lexicon-forms.js';

/** The lemmas whose forms are looked up; numbers in the tables are places in these lists. */
export interface LexiconLemmas {
  readonly rows: readonly WordRow[];
  /** Nouns that judgements are made of, the likelier first. */
  readonly nouns: readonly string[];
  /** Lemmas that phrases name with `@`. */
  readonly phraseWords: readonly string[];
}

type Table = keyof LexiconLemmas;
type FormMap = ReadonlyMap<string, readonly number[]>;

/** Gives the places of the lemmas of a form, spelt with or without its accents. */
export type FormTables = { readonly [T in Table]: (form: string) => readonly number[] | null };

const TABLES: readonly Table[] = ['rows', 'nouns', 'phraseWords'];
const PACKED = new URL('../../../../dist/lexicon/', import.meta.url);

/** Words whose accent alone tells them from another word. */
const ACCENT_MATTERS = new Set('sí sé él tú mí té más aún qué cómo papá año años'.split(' '));
const VERB_ONLY: readonly PartOfSpeech[] = ['verb'];
const ANY_POS: readonly PartOfSpeech[] = ['verb', 'noun', 'adj'];
/** Infinitives, gerunds and commands with one or two pronouns behind them. */
export const ENCLITIC = /(?:[aeiíáé]r|ndo|[áéíóú][a-zñ]*[aeon])(?:me|te|se|nos|os|l[aeo]s?)(?:l[aeo]s?)?$/;

/** A form without accents, unless they make it another word. */
export function foldedOf(form: string): string {
  return ACCENT_MATTERS.has(form) ? form : withoutAccents(form);
}

function add(map: Map<string, number[]>, form: string, place: number): void {
  const places = map.get(form);
  if (places === undefined) map.set(form, [place]);
  else if (!places.includes(place)) places.push(place);
}

/** Adds the spellings without accents of forms that are no form themselves. */
function withFolded(forms: Map<string, number[]>): FormMap {
  const all = new Map<string, readonly number[]>(forms);
  for (const [form, places] of forms) {
    const folded = foldedOf(form);
    if (!all.has(folded)) all.set(folded, places);
  }
  return all;
}

function expandRows(language: LexiconLanguage, rows: readonly WordRow[]): FormMap {
  const forms = new Map<string, number[]>();
  for (const [place, { lemma, pos }] of rows.entries()) {
    const isSpanishVerb = language === 'es' && pos === 'verb';
    for (const form of languageForms(language, lemma, pos)) {
      if (!isSpanishVerb || !ENCLITIC.test(form)) add(forms, form, place);
    }
  }
  return withFolded(forms);
}

/** A form of two nouns is one of the last. */
function expandNouns(language: LexiconLanguage, nouns: readonly string[]): FormMap {
  const forms = new Map<string, number[]>();
  for (const [place, lemma] of nouns.entries()) {
    for (const form of languageForms(language, lemma, 'noun')) forms.set(form, [place]);
  }
  return withFolded(forms);
}

function expandPhraseWords(language: LexiconLanguage, lemmas: readonly string[]): FormMap {
  const forms = new Map<string, number[]>();
  for (const [place, lemma] of lemmas.entries()) {
    const isVerb = language === 'es' && /(?:[aeií]r|[aei]rse)$/.test(lemma);
    for (const pos of isVerb ? VERB_ONLY : ANY_POS) {
      for (const form of languageForms(language, lemma, pos)) {
        add(forms, form, place);
        add(forms, withoutAccents(form), place);
      }
    }
  }
  return forms;
}

function expand(language: LexiconLanguage, lemmas: LexiconLemmas): Readonly<Record<Table, FormMap>> {
  return {
    rows: expandRows(language, lemmas.rows),
    nouns: expandNouns(language, lemmas.nouns),
    phraseWords: expandPhraseWords(language, lemmas.phraseWords),
  };
}

/** Tells whether packed tables are those of the lexicon as it is. */
function fingerprintOf(language: LexiconLanguage): string {
  return createHash('sha256').update(lexiconText(language)).digest('hex');
}

/** The files of the packed tables of a language, by name. */
export function packForms(language: LexiconLanguage, lemmas: LexiconLemmas): ReadonlyMap<string, Uint8Array> {
  const forms = expand(language, lemmas);
  const tables = TABLES.map((table) => [`${language}-${table}.bin`, packTable(forms[table])] as const);
  return new Map([...tables, [`${language}.sha256`, Buffer.from(fingerprintOf(language))]]);
}

function readPacked(language: LexiconLanguage): FormTables | null {
  const read = (name: string): Buffer => readFileSync(new URL(name, PACKED));
  try {
    if (read(`${language}.sha256`).toString() !== fingerprintOf(language)) return null;
    const opened = TABLES.map((table) => [table, openTable(read(`${language}-${table}.bin`))] as const);
    if (opened.some(([, table]) => table === null)) return null;
    return Object.fromEntries(
      opened.map(([name, table]) => [name, (form: string) => table?.get(form) ?? null]),
    ) as FormTables;
  } catch {
    return null;
  }
}

/** The tables of a language. */
export function openForms(language: LexiconLanguage, lemmas: LexiconLemmas): FormTables {
  const packed = readPacked(language);
  if (packed !== null) return packed;
  const { rows, nouns, phraseWords } = expand(language, lemmas);
  return {
    rows: (form) => rows.get(form) ?? null,
    nouns: (form) => nouns.get(form) ?? null,
    phraseWords: (form) => phraseWords.get(form) ?? null,
  };
}
