/** What a sentence may judge: nouns of the lexicon's table of aspects, and other nouns by the words before them. */
import type { Lexicon } from './lexicon.js';
import type { SentenceWord } from './sentiment-words.js';

export interface Candidate {
  /** Words of the sentence, the end exclusive. */
  readonly from: number;
  readonly to: number;
  /** One name for all its inflections. */
  readonly name: string;
  readonly category: string | null;
  /** Not in the table: only worth a row where something judges it. */
  readonly isGuess: boolean;
  /** Names a place, a time or an occasion (`at the bar`, `for dinner`), which is seldom what is judged. */
  readonly isCircumstance: boolean;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** After these a noun phrase goes on. */
const OPENERS: Readonly<Record<string, ReadonlySet<string>>> = {
  en: words(
    'the a an my your his her our their its this that these those some any no every each another both all of with and',
  ),
  es: words(
    'el la los las un una unos unas mi mis tu tus su sus nuestro nuestra este esta estos estas ese esa esos esas aquel aquella algún alguna ningún ninguna cada otro otra de del al con y lo',
  ),
};
/** Never the name of a thing that is judged. */
const NEVER: Readonly<Record<string, ReadonlySet<string>>> = {
  en: words(
    "i we you they he she it me us them the a an and or but nor if of in on at to for from with without by about as than then this that these those there here is are was were be been being am do does did done have has had will would can could should may might must not no yes so very too also just only even still again ever never always often more most much many few less least other another such own same all any some every each both either neither who whom which what when where why how because while until although though after before during since up down out off over under into onto back my your his her our their its mine one two three four five six ten first second last next thing things lot lots bit way time times day days night nights week weeks month months year years hour hours minute minutes morning evening today yesterday tomorrow people person man woman guy guys everyone everything something anything nothing nobody someone anyone somebody part kind sort type everybody get got go went come came make made take took say said see saw know think want let put use used going came back really well around 's",
  ),
  es: words(
    'yo tú él ella nosotros ellos ellas usted ustedes me te se nos os le les lo la los las el un una unos unas y e o u ni pero si no sí de del a al en con sin por para que qué como cuando donde porque pues aunque mientras desde hasta entre sobre tras muy más menos tan tanto mucho mucha muchos muchas poco poca pocos pocas todo toda todos todas otro otra otros otras mismo misma mismos mismas es son era eran fue fueron ser está están estaba estaban estuvo estar ha han había he hemos haber hay hubo tiene tienen tenía tener hace hacen hacer va van ir mi mis tu tus su sus este esta estos estas ese esa eso esto aquel ya también además siempre nunca nada nadie algo alguien cosa cosas vez veces día días noche noches semana semanas mes meses año años hora horas minuto minutos mañana tarde hoy ayer gente persona personas verdad parte tipo manera forma lado caso final principio resto uno dos tres cuatro cinco primera primer segundo segunda última último aquí allí ahí así bien mal solo sólo cada bastante demasiado casi luego después antes ahora todavía aún x',
  ),
};
const JOINTS = words('and & y e or o u ni nor , / - the a an el la los las un una su sus my their its our mi of');
const MAX_GUESS = 3;

/** Candidates of a sentence in text order; they do not overlap. */
export function findCandidates(sentence: readonly SentenceWord[], lexicon: Lexicon): Candidate[] {
  const found: Candidate[] = [];
  for (let at = 0; at < sentence.length; ) {
    const candidate =
      multiwordAt(sentence, at, lexicon) ?? knownAt(sentence, at, lexicon) ?? guessAt(sentence, at, lexicon);
    if (candidate !== null) found.push(candidate);
    at = candidate === null ? at + 1 : candidate.to;
  }
  return found;
}

function multiwordAt(sentence: readonly SentenceWord[], at: number, lexicon: Lexicon): Candidate | null {
  const { norm, info } = sentence[at] as SentenceWord;
  const names = lexicon.multiwordAspects.get(norm) ?? lexicon.multiwordAspects.get(info.noun ?? norm);
  const found = names?.find(({ words: parts }) => parts.every((part, index) => isFormOf(sentence[at + index], part)));
  if (found === undefined) return null;
  const { name, category, words: parts } = found;
  const place = { from: at, to: at + parts.length, isCircumstance: isCircumstance(sentence, at, lexicon) };
  return { ...place, name, category, isGuess: false };
}

function isFormOf(word: SentenceWord | undefined, part: string): boolean {
  return word !== undefined && (word.norm === part || word.info.noun === part);
}

function knownAt(sentence: readonly SentenceWord[], at: number, lexicon: Lexicon): Candidate | null {
  const { kind, norm, info } = sentence[at] as SentenceWord;
  if (kind !== 'word') return null;
  const lemma = info.noun;
  const category = lemma === null ? null : lexicon.categoryOf(lemma);
  if (lemma === null || category === null || NEVER[lexicon.language]?.has(norm) === true) return null;
  return {
    from: at,
    to: at + 1,
    name: lemma,
    category,
    isGuess: false,
    isCircumstance: isCircumstance(sentence, at, lexicon),
  };
}

/** One to three words that nothing else is known of, after an article, a possessive, `of`, or a word that judges. */
function guessAt(sentence: readonly SentenceWord[], at: number, lexicon: Lexicon): Candidate | null {
  if (!isNounLike(sentence[at], lexicon)) return null;
  const before = sentence[at - 1];
  const isOpened =
    before !== undefined &&
    (OPENERS[lexicon.language]?.has(before.norm) === true || before.info.readings[0]?.row.pos === 'adj');
  if (!isOpened) return null;
  let to = at + 1;
  // Spanish puts adjectives behind: one word only.
  while (
    lexicon.language === 'en' &&
    to - at < MAX_GUESS &&
    isNounLike(sentence[to], lexicon) &&
    lexicon.categoryOf(sentence[to]?.info.noun ?? '') === null
  )
    to += 1;
  const name = sentence
    .slice(at, to)
    .map(({ norm }) => norm)
    .join(' ');
  return { from: at, to, name, category: null, isGuess: true, isCircumstance: isCircumstance(sentence, at, lexicon) };
}

const PREPOSITIONS: Readonly<Record<string, ReadonlySet<string>>> = {
  en: words('at on in for before after during to behind into from near onto inside outside over until by'),
  es: words('en para antes después durante desde sobre hacia a al hasta tras junto'),
};
const ARTICLES = words(
  'the a an my your his her our their its this that el la los las un una mi tu su sus este esta ese esa de del',
);

function isCircumstance(sentence: readonly SentenceWord[], at: number, { language }: Lexicon): boolean {
  let before = at - 1;
  while (before > 0 && ARTICLES.has((sentence[before] as SentenceWord).norm)) before -= 1;
  const norm = sentence[before]?.norm;
  return norm !== undefined && PREPOSITIONS[language]?.has(norm) === true;
}

function isNounLike(word: SentenceWord | undefined, lexicon: Lexicon): boolean {
  if (word === undefined || word.kind !== 'word' || word.norm.length < 3) return false;
  if (NEVER[lexicon.language]?.has(word.norm) === true) return false;
  const readings = word.info.readings;
  if (readings.length > 0 && readings.every(({ row }) => row.pos !== 'noun' || Math.abs(row.valence) > 1)) return false;
  return !/(?:ly|mente)$/.test(word.norm) && lexicon.phrases.match([word], 0, word.info.openings) === null;
}

/** Groups of candidates that are named together: `X, Y and Z`. */
export function groupCandidates(sentence: readonly SentenceWord[], candidates: readonly Candidate[]): Candidate[][] {
  const groups: Candidate[][] = [];
  for (const candidate of candidates) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const between = last === undefined ? [] : sentence.slice(last.to, candidate.from);
    const isJoined =
      last !== undefined &&
      between.length > 0 &&
      between.length <= 3 &&
      between.every(({ norm }) => JOINTS.has(norm)) &&
      between.some(({ norm }) => norm !== 'of');
    if (group !== undefined && isJoined) group.push(candidate);
    else groups.push([candidate]);
  }
  return groups;
}
