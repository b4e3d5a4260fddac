/** Names whose first or last word tells what they are. */
import type { EntityType } from '../../../model.js';
import { type Typed, typeOfKnown, type WordRange } from './entities-context.js';
import {
  EVENT_HEAD,
  EVENT_TAIL,
  KEEPS_PLACE,
  LONE_ORG,
  NO_NAMES,
  ORG_HEAD,
  ORG_OF_HEAD,
  ORG_TAIL,
  PLACE_HEAD,
  PLACE_OF_HEAD,
  PLACE_TAIL,
  SPORT_NAME,
  WEAK_ORG_HEAD,
  WEAK_ORG_TAIL,
  WEAK_PLACE_HEAD,
  WORK_HEAD,
  WORK_TAIL,
} from './entities-cues.js';
import { NAME } from './entities-gazetteer.js';
import { LONGEST_RUN, type NameLine } from './entities-line.js';
import { withParticle } from './entities-persons.js';

export interface NameSpan extends WordRange, Typed {}

const PLACE_BITS = NAME.location | NAME.city | NAME.smallCity;
const GOVERNMENT =
  /^(?:Ministry|Parliament|Army|Police|Government|Embassy|Senate|Congress|Navy|Court|Guard|Force|Forces)$/;

const told = (from: number, to: number, type: EntityType): NameSpan[] => [{ from, to, type, certainty: 2 }];

/** A name that the gazetteer has, typed by its surroundings. */
export function knownSpan(line: NameLine, { from, to }: WordRange, kinds: number, isAfterTitle: boolean): NameSpan {
  const type = typeOfKnown(line.sentence, { from, to }, kinds, line.around(from, to, isAfterTitle));
  return { from, to: type.type === 'person' ? withParticle(line, from, to) : to, ...type };
}

/** The name from `from`, whose capitals end at `to`, and a nation before it; null where no word tells. */
export function structured(line: NameLine, from: number, to: number): NameSpan[] | null {
  const head = line.text(from);
  if (line.isSpanish || !line.known.isCommon(head.toLowerCase(), 'en')) {
    const spanish = spanishHead(line, from, to);
    if (spanish) return spanish;
  }
  if (line.isSpanish && !hasForeignTail(line, from, to)) return null;
  return englishTail(line, from, to) ?? ofName(line, from, to);
}

function hasForeignTail(line: NameLine, from: number, to: number): boolean {
  return (
    to > from + 1 &&
    (ORG_TAIL.has(line.text(to - 1)) ||
      EVENT_TAIL.has(line.text(to - 1)) ||
      /^(?:Park|Stadium|Square|Street|Island)$/.test(line.text(to - 1)))
  );
}

function spanishHead(line: NameLine, from: number, to: number): NameSpan[] | null {
  const head = line.text(from);
  const isOrg = ORG_HEAD.has(head);
  const isPlace = PLACE_HEAD.has(head);
  const isEvent = EVENT_HEAD.has(head);
  const isWork = WORK_HEAD.has(head);
  if (!isOrg && !isPlace && !isEvent && !isWork) return null;
  const isWeak = (isOrg && WEAK_ORG_HEAD.has(head)) || (isPlace && !isOrg && WEAK_PLACE_HEAD.has(head));
  if (!line.isSpanish && (isWeak || (!isOrg && !isEvent))) return null;
  const end = extend(line, from, to);
  if (end === from + 1) {
    if (line.isSpanish && LONE_ORG.has(head)) return told(from, end, 'organization');
    return null;
  }
  const known = line.longestKnown(from);
  if (known.to >= end && known.kinds) return [knownSpan(line, { from, to: known.to }, known.kinds, false)];
  if (isWeak && !isOrg) return [{ from, to: end, type: 'location', certainty: 1 }];
  const type = isOrg ? 'organization' : isEvent ? 'event' : isPlace ? 'location' : 'work';
  return told(from, end, type);
}

/** Takes in `de la Salud`, `y Hacienda` after the head of a Spanish name. */
export function extend(line: NameLine, from: number, to: number): number {
  let end = to;
  let hasOf = false;
  while (end < from + LONGEST_RUN) {
    const joint = line.text(end);
    if (/^(?:número|nº)$/.test(joint) && line.words[end + 1]?.kind === 'number') return end + 2;
    const isOf = /^(?:de|del|para)$/.test(joint) && line.text(from) !== 'Estado';
    if (!isOf && !(hasOf && /^(?:y|e)$/.test(joint))) return end;
    let at = end + 1;
    if (joint !== 'del' && isOf && /^(?:la|las|los|el)$/.test(line.text(at))) at += 1;
    if (!line.isCapital(at) || line.words[end]?.isAfterBreak) return end;
    const kinds = line.longestKnown(at).kinds;
    if (isOf && !hasOf && end > from + 1 && kinds & PLACE_BITS && !KEEPS_PLACE.has(line.text(from))) return end;
    if (!isOf && (ORG_HEAD.has(line.text(at)) || kinds & (NAME.organization | NAME.person | NAME.given | NAME.country)))
      return end;
    if (NO_NAMES.has(line.text(at)) || (hasOf && isOf && LONE_ORG.has(line.text(at)))) return end;
    hasOf = true;
    end = at + 1;
    while (end < from + LONGEST_RUN && line.isCapital(end) && !NO_NAMES.has(line.text(end))) end += 1;
  }
  return end;
}

function englishTail(line: NameLine, from: number, to: number): NameSpan[] | null {
  for (let at = to - 1; at > from; at -= 1) {
    const tail = line.text(at);
    const isNation = at === from + 1 && (line.longestKnown(from).kinds & (NAME.people | NAME.country)) !== 0;
    if (WEAK_ORG_TAIL.has(tail) && isTown(line, from, at)) return told(from, at + 1, 'location');
    if (ORG_TAIL.has(tail) && SPORT_NAME.has(line.text(at + 1))) return told(from, at + 1, 'event');
    if (ORG_TAIL.has(tail) && !(WEAK_ORG_TAIL.has(tail) && isNation) && line.longestKnown(from).to <= at + 1) {
      const isState = GOVERNMENT.test(tail) && (line.longestKnown(from).kinds & (NAME.people | NAME.country)) !== 0;
      const end = ofTail(line, at + 1, tail);
      if (!isState || at === from + 1) return told(from, end, 'organization');
      const nation = knownSpan(line, { from, to: from + 1 }, line.longestKnown(from).kinds, false);
      return [nation, ...told(from + 1, end, 'organization')];
    }
    if (EVENT_TAIL.has(tail)) return told(from, at + 1, 'event');
    if (PLACE_TAIL.has(tail)) return told(from, at + 1, 'location');
    if (WORK_TAIL.has(tail)) return told(from, at + 1, 'work');
  }
  if (
    PLACE_HEAD.has(line.text(from)) &&
    to > from + 1 &&
    /^(?:Mount|Mt|Mt\.|Lake|Cape|Fort|Port|St\.|St|San|Santa|Los|Las)$/.test(line.text(from))
  ) {
    return told(from, to, 'location');
  }
  return null;
}

/** `in Park City`, but not `at Manchester City`. */
function isTown(line: NameLine, from: number, at: number): boolean {
  return /^(?:City|Town|County)$/.test(line.text(at)) && /^(?:in|near|from|en)$/.test(line.text(from - 1));
}

/** `Ministry of Defence`: the head may stand at the end of the capitals. */
function ofTail(line: NameLine, to: number, head: string): number {
  return ORG_OF_HEAD.has(head) ? (afterOf(line, to) ?? to) : to;
}

function afterOf(line: NameLine, at: number): number | null {
  if (line.text(at) !== 'of' && line.text(at) !== 'for') return null;
  let end = line.text(at + 1) === 'the' ? at + 2 : at + 1;
  if (!line.isCapital(end)) return null;
  while (
    end < at + LONGEST_RUN &&
    (line.isCapital(end) || (line.text(end) === 'and' && line.isCapital(end + 1) && !line.longestKnown(end + 1).kinds))
  )
    end += 1;
  return end;
}

function ofName(line: NameLine, from: number, to: number): NameSpan[] | null {
  const head = line.text(to - 1);
  const end = afterOf(line, to);
  if (end === null) return null;
  if (ORG_OF_HEAD.has(head)) return told(from, end, 'organization');
  if (PLACE_OF_HEAD.has(head)) return told(from, end, 'location');
  if (EVENT_TAIL.has(head) || head === 'Battle') return told(from, end, 'event');
  if (WORK_TAIL.has(head)) return told(from, end, 'work');
  return null;
}
