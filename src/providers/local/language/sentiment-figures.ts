/** Figures of speech that turn what a sentence says: irony, unfavourable comparison, what used to be, unmet conditions. */
import type { Clause, Unit } from './clauses.js';
import { modifierOf } from './sentiment-modifiers.js';
import type { Opinion } from './sentiment-rules.js';
import type { SentenceWord } from './sentiment-words.js';

const MAX_OPENER_WORDS = 3;
const THIS = new Set([
  'this',
  'these',
  'here',
  'este',
  'esta',
  'estos',
  'estas',
  'esto',
  'éste',
  'ésta',
  'aquí',
  'yours',
  'theirs',
]);
const THAN = new Set(['than', 'que']);
const COMPARATIVE = /(?:^(?:better|more|mejor|mejores|más)$|er$)/;
const CONDITIONAL = new Set([
  'would be',
  'could be',
  'might be',
  'would have',
  'would',
  'sería',
  'estaría',
  'serían',
  'podría ser',
  'seria',
]);
const IF = new Set(['if', 'if only', 'si']);
const FORMERLY = new Set(['antes', 'formerly', 'previously']);
const IMPERFECT = new Set([
  'era',
  'eran',
  'estaba',
  'estaban',
  'tenía',
  'tenían',
  'había',
  'hacían',
  'was',
  'were',
  'had',
]);
const NO_LONGER_LIKED = /^(?:gustaba|gustaban|encantaba|encantaban|molaba|molaban)$/;
const QUOTES = new Set(['"', '“', '”', '«', '»']);
/** Words of a quotation that is held up at arm's length; longer ones are speech or titles. */
const MAX_SCARE_WORDS = 4;

/** The opinions of a sentence as they are meant. */
export function readFigures(
  units: readonly Unit[],
  clauses: readonly Clause[],
  opinions: readonly Opinion[],
  words: readonly SentenceWord[],
): Opinion[] {
  const isConditional = hasUnmetCondition(units);
  const flat = isNeither(units, opinions);
  const turned = opinions.map((opinion): Opinion => {
    const factor = turnOf(units, clauses, opinion, isConditional) * (flat ? 0.3 : 1);
    return factor === 1 ? opinion : { ...opinion, value: opinion.value * factor };
  });
  return turnOpener(units, clauses, turned, words);
}

function clauseOf(clauses: readonly Clause[], unit: number): Clause | undefined {
  return clauses.find(({ from, to }) => unit >= from && unit < to);
}

function turnOf(units: readonly Unit[], clauses: readonly Clause[], opinion: Opinion, isConditional: boolean): number {
  const unit = units[opinion.unit] as Unit;
  if (NO_LONGER_LIKED.test(unit.norm)) return units[opinion.unit + 1]?.norm === 'que' ? 1 : -0.4;
  if (opinion.value <= 0 || opinion.kind === 'sign') return 1;
  const clause = clauseOf(clauses, opinion.unit);
  if (clause === undefined) return 1;
  if (isLessThanThis(units, opinion.unit, clause)) return -0.7;
  if (isFormer(units, opinion.unit, clause)) return -0.5;
  if (isConditional && opinion.kind === 'word' && unit.readings[0]?.row.pos === 'adj') return -0.5;
  return isScareQuoted(units, opinion.unit) ? 0.4 : 1;
}

/** `quicker than this`: praise of the other. */
function isLessThanThis(units: readonly Unit[], at: number, clause: Clause): boolean {
  const isCompared = COMPARATIVE.test((units[at] as Unit).norm) || COMPARATIVE.test(units[at - 1]?.norm ?? '');
  if (!isCompared) return false;
  for (let next = at + 1; next < Math.min(clause.to - 1, at + 4); next++) {
    if (THAN.has((units[next] as Unit).norm)) return THIS.has((units[next + 1] as Unit).norm);
  }
  return false;
}

/** `antes estaba mejor`. */
function isFormer(units: readonly Unit[], at: number, clause: Clause): boolean {
  const first = units[clause.from] as Unit;
  if (!FORMERLY.has(first.norm)) return false;
  for (let next = clause.from + 1; next < at; next++) if (IMPERFECT.has((units[next] as Unit).norm)) return true;
  return false;
}

/** `It would be nice if …`: it is not. */
function hasUnmetCondition(units: readonly Unit[]): boolean {
  return units.some(({ norm }) => CONDITIONAL.has(norm)) && units.some(({ norm }) => IF.has(norm));
}

/** `neither good nor bad`, `ni bien ni mal`. */
function isNeither(units: readonly Unit[], opinions: readonly Opinion[]): boolean {
  if (opinions.length !== 2) return false;
  const negators = units.filter((unit) => modifierOf(unit, 'negator') !== null).length;
  const [first, second] = opinions as [Opinion, Opinion];
  return negators >= 2 && first.value * second.value < 0;
}

function isScareQuoted(units: readonly Unit[], at: number): boolean {
  let [open, close] = [-1, -1];
  for (let back = at - 1; back >= 0 && at - back <= MAX_SCARE_WORDS; back--) {
    if (QUOTES.has((units[back] as Unit).norm)) {
      open = back;
      break;
    }
  }
  if (open < 0) return false;
  for (let next = at + 1; next < units.length && next - open <= MAX_SCARE_WORDS + 1; next++) {
    if (QUOTES.has((units[next] as Unit).norm)) close = next;
  }
  // A sentence that is a quotation as a whole is somebody's words.
  return close > 0 && !(open <= 1 && close >= units.length - 2);
}

/** `Great, another update that breaks the printer`: short praise ahead of blame. */
function turnOpener(
  units: readonly Unit[],
  clauses: readonly Clause[],
  opinions: Opinion[],
  sentenceWords: readonly SentenceWord[],
): Opinion[] {
  const opener = clauses[0];
  if (opener === undefined || clauses.length < 2) return opinions;
  const words = units.slice(opener.from, opener.to).filter(({ word }) => word.kind === 'word').length;
  const mark = (units[opener.to - 1] as Unit).norm;
  // What names a thing judges it: `great food, terrible service`.
  const openerWords = sentenceWords.slice(units[opener.from]?.from ?? 0, units[opener.to - 1]?.to ?? 0);
  if (openerWords.some(({ info }) => info.noun !== null)) return opinions;
  if (words === 0 || words > MAX_OPENER_WORDS || !/^(?:,|\.\.\.|…|:)$/.test(mark)) return opinions;
  const inside = opinions.filter(({ unit }) => unit < opener.to);
  const rest = opinions.filter(({ unit, kind }) => unit >= opener.to && kind !== 'sign');
  const next = (units[opener.to] as Unit).norm;
  const isRepeated = /^(?:another|otra|otro|again)$/.test(next);
  const blame = rest.reduce((sum, { value, weight }) => sum + value * weight, 0);
  const isPraise = inside.length > 0 && inside.every(({ value }) => value > 0);
  // With `but` the praise is meant.
  if (!isPraise || modifierOf(units[opener.to], 'contrast') !== null || !(blame <= -1 || (isRepeated && blame <= 0)))
    return opinions;
  return opinions.map((opinion) => (inside.includes(opinion) ? { ...opinion, value: -0.6 * opinion.value } : opinion));
}
