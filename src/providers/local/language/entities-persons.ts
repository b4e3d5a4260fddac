/** Where the name of a person begins and ends. */
import { ORG_TAIL, PARTICLES, TITLES } from './entities-cues.js';
import { NAME } from './entities-gazetteer.js';
import type { NameLine } from './entities-line.js';

const PLACE_BITS = NAME.location | NAME.city | NAME.smallCity;

/** `Farm Commissioner Franz Fischler`: where the person begins; `from` where no title stands within. */
export function lastTitle(line: NameLine, from: number, to: number): number {
  if (line.longestKnown(from).kinds) return from;
  for (let at = to - 2; at > from; at -= 1) {
    const next = line.longestKnown(at + 1).kinds;
    if (TITLES.has(line.text(at)) && !ORG_TAIL.has(line.text(to - 1)) && (next & NAME.given || to === at + 2))
      return at + 1;
  }
  return from;
}

/** `Nicolás Redondo Terreros`: family names after a known person. */
export function withSurnames(line: NameLine, from: number, to: number, kinds: number): number {
  let at = from;
  if (!(kinds & NAME.person)) return at;
  while (
    at < to &&
    !(line.longestKnown(at).kinds & ~(NAME.surname | NAME.given | NAME.smallCity)) &&
    !TITLES.has(line.text(at))
  )
    at += 1;
  return at;
}

/** `Louis van Gaal`, `Fernando de la Rúa`: the family name may follow after small words. */
export function withParticle(line: NameLine, from: number, to: number): number {
  let at = to;
  while (at < to + 3 && PARTICLES.has(line.text(at)) && !line.words[at]?.isAfterBreak) at += 1;
  if (at === to || !line.isCapital(at) || line.words[to - 1]?.isPossessive) return to;
  const particle = line.text(to);
  if (/^(?:el|la|los|las|le|y|e|do|av)$/.test(particle)) return to;
  const isGerman = /^(?:van|von|bin|ben|der|den|ter|ten|zu|da|dos|di|du)$/.test(particle);
  const { kinds, to: end } = line.longestKnown(at);
  const isFamily =
    isGerman || at > to + 1
      ? (kinds & (NAME.organization | NAME.country)) === 0
      : ((kinds & NAME.surname) !== 0 || !line.isSpanish) && !(kinds & (PLACE_BITS | NAME.organization));
  const isGiven = (line.longestKnown(from).kinds & NAME.given) !== 0;
  if (!isFamily || (!isGiven && !isGerman)) return to;
  return Math.max(end, at + 1) > at + 1 ? at + 1 : end;
}
