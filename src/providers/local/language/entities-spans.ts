/** Finds the names of a sentence and tells what each is. */
import { withoutAccents } from '../../../text/fold.js';
import {
  isScored,
  type Surroundings,
  type Typed,
  typeOfKnown,
  typeOfUnknown,
  type WordRange,
} from './entities-context.js';
import {
  EVENT_HEAD,
  EVENT_TAIL,
  KEEPS_PLACE,
  LONE_ORG,
  NO_NAMES,
  ORG_FOLLOWER,
  ORG_HEAD,
  ORG_OF_HEAD,
  ORG_TAIL,
  PARTICLES,
  PERSON_AFTER,
  PERSON_BEFORE,
  PLACE_HEAD,
  PLACE_OF_HEAD,
  PLACE_TAIL,
  SPORT_NAME,
  TITLES,
  WEAK_ORG_HEAD,
  WEAK_ORG_TAIL,
  WEAK_PLACE_HEAD,
  WORK_HEAD,
  WORK_TAIL,
} from './entities-cues.js';
import { type Gazetteer, NAME } from './entities-gazetteer.js';
import type { NameSentence, NameWord } from './entities-words.js';

export interface NameSpan extends WordRange, Typed {}

interface KnownName {
  /** End of the longest name, exclusive. */
  readonly to: number;
  /** 0 where the word begins no known name. */
  readonly kinds: number;
}

/** What the reader of spans asks about words. */
export interface NameKnowledge {
  readonly gazetteer: Gazetteer;
  /** Kinds of names that the user gave, by lower-case name. */
  readonly brands: ReadonlySet<string>;
  /** The small form is an everyday word of the language, so that a capital at the start of a sentence says nothing. */
  isCommon(word: string, language: string | null): boolean;
  /** Capitalised inside a sentence elsewhere in this text. */
  isCapitalElsewhere(word: string): boolean;
  /** Article, preposition and the like, which begins no name unless a known one. */
  isFunctionWord(word: string, language: string | null): boolean;
}

const PLACE_BITS = NAME.location | NAME.city | NAME.smallCity;
const WELL_KNOWN = NAME.organization | NAME.location | NAME.person | NAME.city;
const LONGEST_RUN = 12;
const ROMAN = /^[IVX]+$/;
const GOVERNMENT =
  /^(?:Ministry|Parliament|Army|Police|Government|Embassy|Senate|Congress|Navy|Court|Guard|Force|Forces)$/;
const IN_NAMES = new Set(['of', 'and', '&', 'for', 'the']);

/** Reads one sentence; made anew for each. */
export class SpanFinder {
  readonly #sentence: NameSentence;
  readonly #words: readonly NameWord[];
  readonly #known: NameKnowledge;
  readonly #spans: NameSpan[] = [];
  readonly #isSpanish: boolean;
  readonly #remembered = new Map<number, KnownName>();

  constructor(sentence: NameSentence, known: NameKnowledge) {
    this.#sentence = sentence;
    this.#words = sentence.words;
    this.#known = known;
    this.#isSpanish = sentence.language === 'es';
  }

  find(): NameSpan[] {
    let at = 0;
    while (at < this.#words.length) {
      const word = this.#words[at];
      if (!word?.isCapital) at += 1;
      else if (this.#sentence.isAllCapitals) at = this.#readHeading(at);
      else at = this.#readRun(at);
    }
    return this.#spans;
  }

  #text(at: number): string {
    return this.#words[at]?.text ?? '';
  }

  #isCapital(at: number): boolean {
    const word = this.#words[at];
    return word?.isCapital === true && !word.isAfterBreak;
  }

  #push(from: number, to: number, { type, certainty }: Typed): number {
    this.#spans.push({ from, to, type, certainty });
    return to;
  }

  /** Longest known name from here: its words and kinds. */
  #longestKnown(from: number): KnownName {
    const remembered = this.#remembered.get(from);
    if (remembered) return remembered;
    const known = this.#lookUp(from);
    this.#remembered.set(from, known);
    return known;
  }

  #lookUp(from: number): KnownName {
    const { gazetteer, brands } = this.#known;
    const first = this.#words[from];
    const isCapitals = this.#sentence.isAllCapitals || first?.isAllCapitals === true;
    const kindsOf = (name: string): number =>
      (brands.has(name.toLowerCase()) ? NAME.product : 0) |
      gazetteer.kindsOf(name) |
      (isCapitals && name.length > 3 ? gazetteer.kindsOfCapitals(name) : 0);
    let name = this.#text(from);
    let best = { to: from + 1, kinds: kindsOf(name) };
    if (!gazetteer.isFirstWord(name) && brands.size === 0) return best;
    for (let at = from + 1; at < Math.min(this.#words.length, from + gazetteer.longest); at += 1) {
      const word = this.#words[at];
      if (!word || word.isAfterBreak || this.#words[at - 1]?.isPossessive) break;
      name += ` ${word.text}`;
      const kinds = kindsOf(name);
      if (kinds) best = { to: at + 1, kinds };
    }
    return best;
  }

  /** Capitals tell nothing here: only well-known names count. */
  #readHeading(from: number): number {
    const { to, kinds } = this.#longestKnown(from);
    const well = NAME.location | NAME.people | NAME.organization | NAME.person | NAME.event | NAME.city;
    const isLong = to > from + 1;
    const isName =
      kinds & well && (isLong || !this.#known.isCommon(this.#text(from).toLowerCase(), this.#sentence.language));
    if (!isName) {
      if (kinds & NAME.given && this.#isCapital(from + 1)) return this.#readHeadingPerson(from);
      return from + 1;
    }
    if (!isLong && kinds & NAME.given && this.#longestKnown(to).kinds & NAME.surname)
      return this.#readHeadingPerson(from);
    return this.#push(from, to, typeOfKnown(this.#sentence, { from, to }, kinds, this.#around(from, to, false)));
  }

  #readHeadingPerson(from: number): number {
    const next = this.#longestKnown(from + 1);
    if (!this.#isCapital(from + 1) || !(next.kinds & NAME.surname) || next.to > from + 2) return from + 1;
    return this.#push(from, from + 2, { type: 'person', certainty: 2 });
  }

  #around(from: number, to: number, isAfterTitle: boolean): Surroundings {
    const next = this.#text(to);
    const isPlace = (at: number): boolean =>
      this.#isCapital(at) && (this.#longestKnown(at).kinds & NAME.location) !== 0;
    return {
      isAfterTitle,
      isBeforePlace: next === ',' && from + 1 === to && isPlace(to + 1) && !this.#words[to]?.isAfterBreak,
      isBeforeBracketedPlace:
        next === '(' && from + 2 <= to && isPlace(to + 1) && this.#text(this.#longestKnown(to + 1).to) === ')',
    };
  }

  /** Whether the capital at the start of a sentence begins a name. */
  #isNameAtStart(at: number): boolean {
    const word = this.#text(at);
    const { to, kinds } = this.#longestKnown(at);
    if (to > at + 1) return true;
    if (PERSON_BEFORE.has(word.toLowerCase()) && !kinds) return false;
    const isCommon =
      word.length < 2 ||
      (this.#known.isCommon(word.toLowerCase(), this.#sentence.language) && !this.#words[at]?.isAllCapitals);
    const isBeforeCapital = this.#isCapital(at + 1) && !this.#words[at]?.isPossessive;
    if (this.#words[at + 1]?.kind === 'number' && isScored(this.#sentence, { from: at, to: at + 1 })) return true;
    if (isCommon) {
      if (isBeforeCapital && this.#endsAsOrganization(at)) return true;
      if (!isBeforeCapital) return this.#isCommonName(at, kinds);
      if (TITLES.has(word) || ORG_HEAD.has(word) || PLACE_HEAD.has(word) || EVENT_HEAD.has(word)) return true;
      return (
        (kinds & NAME.given) !== 0 &&
        this.#longestKnown(at + 1).to === at + 2 &&
        !(this.#longestKnown(at + 1).kinds & ~(NAME.surname | NAME.person | NAME.smallCity))
      );
    }
    if (isBeforeCapital || kinds) return true;
    if ((LONE_ORG.has(word) && this.#isSpanish) || /\p{Ll}\p{Lu}/u.test(word)) return true;
    return (
      this.#known.isCapitalElsewhere(word) ||
      (!this.#isSpanish && word.length > 2) ||
      this.#words[at]?.isAllCapitals === true
    );
  }

  /** `First Keystone Financial Corp`: the last word tells. */
  #endsAsOrganization(at: number): boolean {
    let end = at + 1;
    while (end < at + 6 && this.#isCapital(end)) end += 1;
    const tail = this.#text(end - 1);
    return end > at + 2 && ORG_TAIL.has(tail) && !WEAK_ORG_TAIL.has(tail) && !this.#isSpanish;
  }

  /** A common word at the start that is a name as well: `Ford recalled`, `Bush said`, but not `Apple pie`. */
  #isCommonName(at: number, kinds: number): boolean {
    const word = this.#text(at);
    if (kinds & (NAME.people | NAME.country) || (kinds && this.#known.isCapitalElsewhere(word))) return true;
    if (!(kinds & WELL_KNOWN) || word.length < 3) return false;
    if (kinds & NAME.organization && ORG_FOLLOWER.has(this.#text(at + 1))) return true;
    const next = this.#text(at + 1);
    return (
      this.#known.isCapitalElsewhere(word) ||
      PERSON_AFTER.has(next) ||
      (!this.#isSpanish && /[^e]ed$/.test(next)) ||
      this.#words[at]?.isPossessive === true
    );
  }

  #readRun(from: number): number {
    const word = this.#words[from];
    if (!word) return from + 1;
    if (this.#isBareWord(from, word)) return from + 1;
    if (word.isStart && !this.#isNameAtStart(from)) return from + 1;
    if (this.#isNoName(word.text) && !this.#isNameAnyway(from)) return from + 1;
    let to = from + 1;
    while (to < from + LONGEST_RUN && this.#isCapital(to) && this.#goesOn(from, to)) to += 1;
    return this.#readSegment(from, to);
  }

  /** Articles and the like, and everyday words that are shouted: `LA COMIDA`. */
  #isBareWord(at: number, { text, isAllCapitals }: NameWord): boolean {
    const lower = text.toLowerCase();
    if (isAllCapitals && text.length > 1) {
      return (
        this.#known.isCommon(lower, this.#sentence.language) &&
        !this.#known.gazetteer.kindsOf(text) &&
        !this.#isKnownLong(at)
      );
    }
    if (!this.#known.isFunctionWord(lower, this.#sentence.language)) return false;
    if (!this.#isKnownLong(at)) return !(text === 'First' && this.#endsAsOrganization(at));
    // Towns are called `El Banco`: at the start of a sentence it is the bank.
    return (
      this.#isSpanish &&
      ORG_HEAD.has(this.#text(at + 1)) &&
      !(this.#longestKnown(at).kinds & ~(NAME.city | NAME.smallCity))
    );
  }

  /** `Julio Cortázar` is no month. */
  #isNameAnyway(at: number): boolean {
    const { to, kinds } = this.#longestKnown(at);
    if (to > at + 1 || this.#known.brands.has(this.#text(at).toLowerCase())) return true;
    return (kinds & NAME.given) !== 0 && this.#isCapital(at + 1) && !NO_NAMES.has(this.#text(at + 1));
  }

  /** English months and days are names in a Spanish text: `Juan March`. */
  #isNoName(text: string): boolean {
    return NO_NAMES.has(text) && !(this.#isSpanish && /^(?:March|May|August|June|July|April)$/.test(text));
  }

  /** Whether the capital at `at` may belong to the name before it. */
  #goesOn(from: number, at: number): boolean {
    const text = this.#text(at);
    if (this.#words[at - 1]?.isPossessive)
      return (
        /^(?:St\.?|Saint|King|Queen|Children|Women|Men|People|Lloyd)$/.test(this.#text(from)) &&
        (ORG_TAIL.has(text) || PLACE_TAIL.has(text))
      );
    return !this.#isNoName(text) || ROMAN.test(text);
  }

  /** Names from `first` up to `to`, where the capitals end; gives where reading goes on. */
  #readSegment(first: number, to: number): number {
    let from = first;
    let isAfterTitle = false;
    while (from < to && TITLES.has(this.#text(from)) && !this.#isKnownLong(from)) {
      isAfterTitle = true;
      from += 1;
    }
    if (from >= to) return to;
    const title = this.#lastTitle(from, to);
    if (title > from) {
      from = title;
      isAfterTitle = true;
    }
    const known = this.#longestKnown(from);
    if (known.to >= to && (known.kinds || known.to > from + 1)) {
      if (known.to === from + 1) {
        const longer = this.#structured(from, to);
        if (longer) return longer;
      }
      const isLongEvent = this.#isSpanish && EVENT_HEAD.has(this.#text(from)) && known.kinds & NAME.event;
      return this.#pushKnown(from, isLongEvent ? this.#extend(from, known.to) : known.to, known.kinds, isAfterTitle);
    }
    const structured = this.#structured(from, to);
    if (structured) return structured;
    if (known.to > from + 1)
      return this.#pushKnown(from, this.#withSurnames(known.to, to, known.kinds), known.kinds, isAfterTitle);
    const isNation =
      known.kinds & (NAME.people | NAME.country) ||
      (known.kinds & NAME.location && !(known.kinds & (NAME.given | NAME.surname)));
    const nextKinds = this.#longestKnown(from + 1).kinds;
    const isPerson =
      !(known.kinds & NAME.people) &&
      known.kinds & NAME.given &&
      nextKinds & NAME.surname &&
      !(nextKinds & ~(NAME.surname | NAME.given | NAME.smallCity));
    if (isNation && !isPerson) {
      return this.#pushKnown(from, from + 1, known.kinds, isAfterTitle);
    }
    return this.#readPlain(from, to, isAfterTitle);
  }

  /** `Farm Commissioner Franz Fischler`: where the person begins; `from` where no title stands within. */
  #lastTitle(from: number, to: number): number {
    if (this.#longestKnown(from).kinds) return from;
    for (let at = to - 2; at > from; at -= 1) {
      const next = this.#longestKnown(at + 1).kinds;
      if (TITLES.has(this.#text(at)) && !ORG_TAIL.has(this.#text(to - 1)) && (next & NAME.given || to === at + 2))
        return at + 1;
    }
    return from;
  }

  /** `Nicolás Redondo Terreros`: family names after a known person. */
  #withSurnames(from: number, to: number, kinds: number): number {
    let at = from;
    if (!(kinds & NAME.person)) return at;
    while (
      at < to &&
      !(this.#longestKnown(at).kinds & ~(NAME.surname | NAME.given | NAME.smallCity)) &&
      !TITLES.has(this.#text(at))
    )
      at += 1;
    return at;
  }

  #isKnownLong(at: number): boolean {
    return this.#longestKnown(at).to > at + 1;
  }

  #pushKnown(from: number, to: number, kinds: number, isAfterTitle: boolean): number {
    const type = typeOfKnown(this.#sentence, { from, to }, kinds, this.#around(from, to, isAfterTitle));
    const end = type.type === 'person' ? this.#withParticle(from, to) : to;
    return this.#push(from, end, type);
  }

  /** A name without a telling word: up to the next known name of several words. */
  #readPlain(from: number, to: number, isAfterTitle: boolean): number {
    let end = from + 1;
    const kinds = this.#longestKnown(from).kinds;
    while (end < to && !this.#splitsAt(end, kinds)) end += 1;
    if (end === from + 1 && kinds) return this.#pushKnown(from, end, kinds, isAfterTitle);
    if (kinds & NAME.organization && !(kinds & NAME.given) && end > from + 1)
      return this.#push(from, end, { type: 'product', certainty: 1 });
    const last = this.#longestKnown(end - 1).kinds;
    const isPersonLike =
      (kinds & NAME.given) !== 0 ||
      /^\p{Lu}\.?$/u.test(this.#text(from)) ||
      (end > from + 1 && (last & NAME.surname) !== 0);
    const type = typeOfUnknown(this.#sentence, { from, to: end }, isPersonLike, this.#around(from, end, isAfterTitle));
    return this.#push(from, type.type === 'person' ? this.#withParticle(from, end) : end, type);
  }

  #splitsAt(at: number, firstKinds: number): boolean {
    const { to, kinds } = this.#longestKnown(at);
    if (to > at + 1) return !(kinds & NAME.person && firstKinds & NAME.given);
    return (kinds & (NAME.people | NAME.country)) !== 0;
  }

  /** `Louis van Gaal`, `Fernando de la Rúa`: the family name may follow after small words. */
  #withParticle(from: number, to: number): number {
    let at = to;
    while (at < to + 3 && PARTICLES.has(this.#text(at)) && !this.#words[at]?.isAfterBreak) at += 1;
    if (at === to || !this.#isCapital(at) || this.#words[to - 1]?.isPossessive) return to;
    const particle = this.#text(to);
    if (/^(?:el|la|los|las|le|y|e|do|av)$/.test(particle)) return to;
    const isGerman = /^(?:van|von|bin|ben|der|den|ter|ten|zu|da|dos|di|du)$/.test(particle);
    const { kinds, to: end } = this.#longestKnown(at);
    const isFamily =
      isGerman || at > to + 1
        ? (kinds & (NAME.organization | NAME.country)) === 0
        : ((kinds & NAME.surname) !== 0 || !this.#isSpanish) && !(kinds & (PLACE_BITS | NAME.organization));
    const isGiven = (this.#longestKnown(from).kinds & NAME.given) !== 0;
    if (!isFamily || (!isGiven && !isGerman)) return to;
    return Math.max(end, at + 1) > at + 1 ? at + 1 : end;
  }

  /** A name whose first or last word tells what it is; null where there is none. */
  #structured(from: number, to: number): number | null {
    const head = this.#text(from);
    if (this.#isSpanish || !this.#known.isCommon(head.toLowerCase(), 'en')) {
      const spanish = this.#spanishHead(from, to);
      if (spanish) return spanish;
    }
    if (this.#isSpanish && !this.#hasForeignTail(from, to)) return null;
    return this.#englishTail(from, to) ?? this.#ofName(from, to);
  }

  #hasForeignTail(from: number, to: number): boolean {
    return (
      to > from + 1 &&
      (ORG_TAIL.has(this.#text(to - 1)) ||
        EVENT_TAIL.has(this.#text(to - 1)) ||
        /^(?:Park|Stadium|Square|Street|Island)$/.test(this.#text(to - 1)))
    );
  }

  #spanishHead(from: number, to: number): number | null {
    const head = this.#text(from);
    const isOrg = ORG_HEAD.has(head);
    const isPlace = PLACE_HEAD.has(head);
    const isEvent = EVENT_HEAD.has(head);
    const isWork = WORK_HEAD.has(head);
    if (!isOrg && !isPlace && !isEvent && !isWork) return null;
    const isWeak = (isOrg && WEAK_ORG_HEAD.has(head)) || (isPlace && !isOrg && WEAK_PLACE_HEAD.has(head));
    if (!this.#isSpanish && (isWeak || (!isOrg && !isEvent))) return null;
    const end = this.#extend(from, to);
    if (end === from + 1) {
      if (this.#isSpanish && LONE_ORG.has(head)) return this.#push(from, end, { type: 'organization', certainty: 2 });
      return null;
    }
    const known = this.#longestKnown(from);
    if (known.to >= end && known.kinds) return this.#pushKnown(from, known.to, known.kinds, false);
    if (isWeak && !isOrg) return this.#push(from, end, { type: 'location', certainty: 1 });
    const type = isOrg ? 'organization' : isEvent ? 'event' : isPlace ? 'location' : 'work';
    return this.#push(from, end, { type, certainty: 2 });
  }

  /** Takes in `de la Salud`, `y Hacienda` after the head of a Spanish name. */
  #extend(from: number, to: number): number {
    let end = to;
    let hasOf = false;
    while (end < from + LONGEST_RUN) {
      const joint = this.#text(end);
      if (/^(?:número|nº)$/.test(joint) && this.#words[end + 1]?.kind === 'number') return end + 2;
      const isOf = /^(?:de|del|para)$/.test(joint) && this.#text(from) !== 'Estado';
      if (!isOf && !(hasOf && /^(?:y|e)$/.test(joint))) return end;
      let at = end + 1;
      if (joint !== 'del' && isOf && /^(?:la|las|los|el)$/.test(this.#text(at))) at += 1;
      if (!this.#isCapital(at) || this.#words[end]?.isAfterBreak) return end;
      const kinds = this.#longestKnown(at).kinds;
      if (isOf && !hasOf && end > from + 1 && kinds & PLACE_BITS && !KEEPS_PLACE.has(this.#text(from))) return end;
      if (
        !isOf &&
        (ORG_HEAD.has(this.#text(at)) || kinds & (NAME.organization | NAME.person | NAME.given | NAME.country))
      )
        return end;
      if (NO_NAMES.has(this.#text(at))) return end;
      hasOf = true;
      end = at + 1;
      while (end < from + LONGEST_RUN && this.#isCapital(end) && !NO_NAMES.has(this.#text(end))) end += 1;
    }
    return end;
  }

  #englishTail(from: number, to: number): number | null {
    for (let at = to - 1; at > from; at -= 1) {
      const tail = this.#text(at);
      const isNation = at === from + 1 && (this.#longestKnown(from).kinds & (NAME.people | NAME.country)) !== 0;
      if (WEAK_ORG_TAIL.has(tail) && this.#isTown(from, at))
        return this.#push(from, at + 1, { type: 'location', certainty: 2 });
      if (ORG_TAIL.has(tail) && SPORT_NAME.has(this.#text(at + 1)))
        return this.#push(from, at + 1, { type: 'event', certainty: 2 });
      if (ORG_TAIL.has(tail) && !(WEAK_ORG_TAIL.has(tail) && isNation) && this.#longestKnown(from).to <= at + 1) {
        const isState = GOVERNMENT.test(tail) && (this.#longestKnown(from).kinds & (NAME.people | NAME.country)) !== 0;
        if (isState && at > from + 1)
          this.#push(
            from,
            from + 1,
            typeOfKnown(
              this.#sentence,
              { from, to: from + 1 },
              this.#longestKnown(from).kinds,
              this.#around(from, from + 1, false),
            ),
          );
        return this.#push(isState && at > from + 1 ? from + 1 : from, this.#ofTail(at + 1, tail), {
          type: 'organization',
          certainty: 2,
        });
      }
      if (EVENT_TAIL.has(tail)) return this.#push(from, at + 1, { type: 'event', certainty: 2 });
      if (PLACE_TAIL.has(tail)) return this.#push(from, at + 1, { type: 'location', certainty: 2 });
      if (WORK_TAIL.has(tail)) return this.#push(from, at + 1, { type: 'work', certainty: 2 });
    }
    if (
      PLACE_HEAD.has(this.#text(from)) &&
      to > from + 1 &&
      /^(?:Mount|Mt|Mt\.|Lake|Cape|Fort|Port|St\.|St|San|Santa|Los|Las)$/.test(this.#text(from))
    ) {
      return this.#push(from, to, { type: 'location', certainty: 2 });
    }
    return null;
  }

  /** `in Park City`, but not `at Manchester City`. */
  #isTown(from: number, at: number): boolean {
    return /^(?:City|Town|County)$/.test(this.#text(at)) && /^(?:in|near|from|en)$/.test(this.#text(from - 1));
  }

  /** `Ministry of Defence`: the head may stand at the end of the capitals. */
  #ofTail(to: number, head: string): number {
    return ORG_OF_HEAD.has(head) ? (this.#afterOf(to) ?? to) : to;
  }

  #afterOf(at: number): number | null {
    if (this.#text(at) !== 'of' && this.#text(at) !== 'for') return null;
    let end = this.#text(at + 1) === 'the' ? at + 2 : at + 1;
    if (!this.#isCapital(end)) return null;
    while (
      end < at + LONGEST_RUN &&
      (this.#isCapital(end) ||
        (IN_NAMES.has(this.#text(end)) &&
          this.#text(end) === 'and' &&
          this.#isCapital(end + 1) &&
          !this.#longestKnown(end + 1).kinds))
    )
      end += 1;
    return end;
  }

  #ofName(from: number, to: number): number | null {
    const head = this.#text(to - 1);
    const end = this.#afterOf(to);
    if (end === null) return null;
    if (ORG_OF_HEAD.has(head)) return this.#push(from, end, { type: 'organization', certainty: 2 });
    if (PLACE_OF_HEAD.has(head)) return this.#push(from, end, { type: 'location', certainty: 2 });
    if (EVENT_TAIL.has(head) || head === 'Battle') return this.#push(from, end, { type: 'event', certainty: 2 });
    if (WORK_TAIL.has(head)) return this.#push(from, end, { type: 'work', certainty: 2 });
    return null;
  }
}

/** Whether a Spanish word that no list has is a verb, an adverb or a noun by its ending. */
export function isSpanishByEnding(word: string): boolean {
  return (
    /(?:mente|ando|iendo|aron|ieron|aban|ían|ará|erá|irá|arán|erán|irán|aría|ería|iría|ción|ciones|sión|siones|dades|idad|miento|mientos|ismo)$/.test(
      word,
    ) || /(?:arse|erse|irse|arlo|erlo)$/.test(withoutAccents(word))
  );
}
