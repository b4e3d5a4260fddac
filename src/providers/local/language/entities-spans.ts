/** Finds the names of a sentence and tells what each is. */
import { withoutAccents } from '../../../text/fold.js';
import { type Typed, typeOfKnown, typeOfUnknown } from './entities-context.js';
import { EVENT_HEAD, TITLES, WORK_NOUN } from './entities-cues.js';
import { NAME } from './entities-gazetteer.js';
import { LONGEST_RUN, type NameKnowledge, NameLine } from './entities-line.js';
import { lastTitle, withParticle, withSurnames } from './entities-persons.js';
import { goesOn, isBareWord, isNameAnyway, isNameAtStart } from './entities-starts.js';
import { extend, knownSpan, type NameSpan, structured } from './entities-structure.js';
import type { NameSentence } from './entities-words.js';

/** Words of a title, its quotes among them. */
const LONGEST_TITLE = 10;

/** Reads one sentence; made anew for each. */
export class SpanFinder {
  readonly #line: NameLine;
  readonly #spans: NameSpan[] = [];

  constructor(sentence: NameSentence, known: NameKnowledge) {
    this.#line = new NameLine(sentence, known);
  }

  find(): NameSpan[] {
    let at = 0;
    while (at < this.#line.words.length) {
      const word = this.#line.words[at];
      if (word?.kind === 'punctuation') at = this.#readQuoted(at);
      else if (!word?.isCapital) at += 1;
      else if (this.#line.sentence.isAllCapitals) at = this.#readHeading(at);
      else at = this.#readRun(at);
    }
    return this.#spans;
  }

  /** `la novela "Rabos de lagartija"`: gives where reading goes on. */
  #readQuoted(at: number): number {
    const close = /^["'”“»]$/;
    const { words } = this.#line;
    if (!/^["“«']$/.test(this.#line.text(at)) || !words[at + 1]?.isCapital) return at + 1;
    const nouns = [1, 2, 3].map((back) => this.#line.text(at - back).toLowerCase());
    if (!nouns.some((noun) => WORK_NOUN.has(noun))) return at + 1;
    for (let end = at + 2; end <= at + LONGEST_TITLE && end < words.length; end += 1) {
      if (close.test(this.#line.text(end))) return this.#push(at + 1, end, { type: 'work', certainty: 2 }) + 1;
    }
    return at + 1;
  }

  #push(from: number, to: number, { type, certainty }: Typed): number {
    this.#spans.push({ from, to, type, certainty });
    return to;
  }

  #pushAll(spans: readonly NameSpan[]): number {
    this.#spans.push(...spans);
    return spans.at(-1)?.to ?? 0;
  }

  /** Capitals tell nothing here: only well-known names count. */
  #readHeading(from: number): number {
    const { to, kinds } = this.#line.longestKnown(from);
    const well = NAME.location | NAME.people | NAME.organization | NAME.person | NAME.event | NAME.city;
    const isLong = to > from + 1;
    const isName =
      kinds & well &&
      (isLong || !this.#line.known.isCommon(this.#line.text(from).toLowerCase(), this.#line.sentence.language));
    if (!isName) {
      if (kinds & NAME.given && this.#line.isCapital(from + 1)) return this.#readHeadingPerson(from);
      return from + 1;
    }
    if (!isLong && kinds & NAME.given && this.#line.longestKnown(to).kinds & NAME.surname)
      return this.#readHeadingPerson(from);
    return this.#push(
      from,
      to,
      typeOfKnown(this.#line.sentence, { from, to }, kinds, this.#line.around(from, to, false)),
    );
  }

  #readHeadingPerson(from: number): number {
    const next = this.#line.longestKnown(from + 1);
    if (!this.#line.isCapital(from + 1) || !(next.kinds & NAME.surname) || next.to > from + 2) return from + 1;
    return this.#push(from, from + 2, { type: 'person', certainty: 2 });
  }

  #readRun(from: number): number {
    const word = this.#line.words[from];
    if (!word) return from + 1;
    if (isBareWord(this.#line, from, word)) return from + 1;
    if (word.isStart && !isNameAtStart(this.#line, from)) return from + 1;
    if (this.#line.isNoName(word.text) && !isNameAnyway(this.#line, from)) return from + 1;
    let to = from + 1;
    while (to < from + LONGEST_RUN && this.#line.isCapital(to) && goesOn(this.#line, from, to)) to += 1;
    return this.#readSegment(from, to);
  }

  /** Names from `first` up to `to`, where the capitals end; gives where reading goes on. */
  #readSegment(first: number, to: number): number {
    let from = first;
    let isAfterTitle = false;
    while (from < to && TITLES.has(this.#line.text(from)) && !this.#line.isKnownLong(from)) {
      isAfterTitle = true;
      from += 1;
    }
    if (from >= to) return to;
    const title = lastTitle(this.#line, from, to);
    if (title > from) {
      from = title;
      isAfterTitle = true;
    }
    const known = this.#line.longestKnown(from);
    if (known.to >= to && (known.kinds || known.to > from + 1)) {
      if (known.to === from + 1) {
        const longer = structured(this.#line, from, to);
        if (longer) return this.#pushAll(longer);
      }
      const isLongEvent = this.#line.isSpanish && EVENT_HEAD.has(this.#line.text(from)) && known.kinds & NAME.event;
      return this.#pushKnown(
        from,
        isLongEvent ? extend(this.#line, from, known.to) : known.to,
        known.kinds,
        isAfterTitle,
      );
    }
    const told = structured(this.#line, from, to);
    if (told) return this.#pushAll(told);
    if (known.to > from + 1)
      return this.#pushKnown(from, withSurnames(this.#line, known.to, to, known.kinds), known.kinds, isAfterTitle);
    if (this.#isNation(from, known.kinds)) {
      return this.#pushKnown(from, from + 1, known.kinds, isAfterTitle);
    }
    return this.#readPlain(from, to, isAfterTitle);
  }

  /** A country or nationality that stands by itself before another name: `U.S. President`; not `Jordan Smith`. */
  #isNation(at: number, kinds: number): boolean {
    if (kinds & NAME.people) return true;
    const isPlace = kinds & NAME.country || (kinds & NAME.location && !(kinds & (NAME.given | NAME.surname)));
    const next = this.#line.longestKnown(at + 1).kinds;
    const isPerson =
      kinds & NAME.given && next & NAME.surname && !(next & ~(NAME.surname | NAME.given | NAME.smallCity));
    return Boolean(isPlace) && !isPerson;
  }

  #pushKnown(from: number, to: number, kinds: number, isAfterTitle: boolean): number {
    const span = knownSpan(this.#line, { from, to }, kinds, isAfterTitle);
    this.#spans.push(span);
    return span.to;
  }

  /** A name without a telling word: up to the next known name of several words. */
  #readPlain(from: number, to: number, isAfterTitle: boolean): number {
    let end = from + 1;
    const kinds = this.#line.longestKnown(from).kinds;
    while (end < to && !this.#splitsAt(end, kinds)) end += 1;
    if (end === from + 1 && kinds) return this.#pushKnown(from, end, kinds, isAfterTitle);
    if (kinds & NAME.organization && !(kinds & NAME.given) && end > from + 1)
      return this.#push(from, end, { type: 'product', certainty: 1 });
    const last = this.#line.longestKnown(end - 1).kinds;
    const isPersonLike =
      (kinds & NAME.given) !== 0 ||
      /^\p{Lu}\.?$/u.test(this.#line.text(from)) ||
      (end > from + 1 && (last & NAME.surname) !== 0);
    const type = typeOfUnknown(
      this.#line.sentence,
      { from, to: end },
      isPersonLike,
      this.#line.around(from, end, isAfterTitle),
    );
    return this.#push(from, type.type === 'person' ? withParticle(this.#line, from, end) : end, type);
  }

  #splitsAt(at: number, firstKinds: number): boolean {
    const { to, kinds } = this.#line.longestKnown(at);
    if (firstKinds & NAME.organization && !(firstKinds & NAME.given) && kinds & NAME.given) return true;
    if (to > at + 1) return !(kinds & NAME.person && firstKinds & NAME.given);
    return (kinds & (NAME.people | NAME.country)) !== 0;
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
