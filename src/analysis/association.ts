/** Which terms a group of texts is associated with: what is said of it more than of the others. */
import { type Draw, falseDiscoveryRates, hypergeometricTail } from './probability.js';
import type { GroupSize, TermCount, TermCounts, TermEntry } from './term-table.js';

export interface AssociationSettings {
  /** False-discovery rate that is allowed, such as 0.05; 1 is no control at all. */
  readonly fdr: number;
  /** Terms that fewer texts of the group have are left out. */
  readonly minDocuments: number;
}

/** A term that a group is associated with. */
export interface AssociatedTerm extends TermEntry {
  readonly group: string;
  readonly inGroup: TermCount;
  /** z of the weighted log-odds; terms are ordered by it. */
  readonly score: number;
  /** Share of the group's texts that have it, divided by the share of the others; see {@link liftOf}. */
  readonly lift: number;
  /** One-sided p of Fisher's exact test. */
  readonly p: number;
  /** False-discovery rate at which it counts as found. */
  readonly q: number;
}

/** Texts with a term, and all texts, inside and outside of a group. */
export interface Contrast {
  readonly documents: number;
  readonly groupDocuments: number;
  readonly otherDocuments: number;
  readonly otherGroupDocuments: number;
}

/** Texts that the prior weighs as much as. */
const PRIOR_DOCUMENTS = 100;

/**
 * z of the weighted log-odds ratio with an informative Dirichlet prior: Monroe, Colaresi and Quinn 2008, "Fightin'
 * Words: Lexical Feature Selection and Evaluation for Identifying the Content of Political Conflict", equations 16, 20
 * and 22. Counted in texts and not in words, so that a text that says a word ten times is one opinion; for each term
 * the prior is then a Beta distribution with the mean of the whole corpus and the weight of 100 texts (of half of all,
 * in a small corpus), and both terms of each variance are kept, because a term may be in most of the texts:
 *
 *     omega(y, n) = (y + a) / (n + a0 - y - a)            a = a0 (y + y') / (n + n')
 *     z = (log omega - log omega') / sqrt(1/(y + a) + 1/(n + a0 - y - a) + the same of the others)
 */
export function weightedLogOdds({ documents, groupDocuments, otherDocuments, otherGroupDocuments }: Contrast): number {
  const total = groupDocuments + otherGroupDocuments;
  const priorDocuments = Math.min(PRIOR_DOCUMENTS, total / 2);
  const prior = (priorDocuments * (documents + otherDocuments)) / total;
  const [inside, insideVariance] = logOdds(documents + prior, groupDocuments + priorDocuments);
  const [outside, outsideVariance] = logOdds(otherDocuments + prior, otherGroupDocuments + priorDocuments);
  return (inside - outside) / Math.sqrt(insideVariance + outsideVariance);
}

/** Half a text keeps the odds finite where all or none of the texts have the term. */
function logOdds(having: number, all: number): readonly [value: number, variance: number] {
  const yes = Math.max(having, 0.5);
  const no = Math.max(all - having, 0.5);
  return [Math.log(yes / no), 1 / yes + 1 / no];
}

/**
 * How many times more texts of the group than of the others have the term. Where none of the others has it, half a text
 * is assumed, so that it stays a number.
 */
export function liftOf({ documents, groupDocuments, otherDocuments, otherGroupDocuments }: Contrast): number {
  const share = documents / groupDocuments;
  return share / (Math.max(otherDocuments, 0.5) / Math.max(otherGroupDocuments, 1));
}

/**
 * The terms of each group that are said in more of its texts than of the others', best first, with the false-discovery
 * rate over all terms and groups held at `fdr` (Benjamini and Hochberg 1995). The p-values are those of Fisher's exact
 * test, one-sided, because the normal approximation of z finds too much in small counts; z only orders what was found.
 * A term that fewer than `minDocuments` texts of the group have counts as p = 1. Pairs of term and group that could not
 * be found whatever their counts are not tested ({@link countTests}), so that rare terms do not hide the others. With
 * an `fdr` of 1 all pairs are tested, and all terms that are said more of a group than of the others are given.
 * Groups without a finding have an empty list; of fewer than two groups nothing can be said.
 */
export function findAssociations(table: TermSource, settings: AssociationSettings): Map<string, AssociatedTerm[]> {
  const groups = table.groups;
  const found = new Map<string, AssociatedTerm[]>(groups.map(({ group }) => [group, []]));
  if (groups.length < 2) return found;
  const sizes = new Map(groups.map(({ group, documents }) => [group, documents]));
  const total = groups.reduce((sum, { documents }) => sum + documents, 0);
  const { tests, level } = countTests(table, total, settings.fdr);
  const candidates: Candidate[] = [];
  for (const term of table.entries()) {
    for (const candidate of candidatesOf(term, sizes, total, settings, level)) candidates.push(candidate);
  }
  candidates.sort((one, other) => one.p - other.p);
  const rates = falseDiscoveryRates(
    candidates.map(({ p }) => p),
    tests,
  );
  for (const [i, { entry, ...rest }] of candidates.entries()) {
    const q = rates[i] ?? 1;
    if (q <= settings.fdr) found.get(rest.group)?.push({ ...entry, ...rest, q });
  }
  for (const list of found.values()) list.sort(byScore);
  return found;
}

/** What a {@link TermTable} gives. */
interface TermSource {
  readonly groups: readonly GroupSize[];
  entries(): Iterable<TermCounts>;
}

type Candidate = Omit<AssociatedTerm, keyof TermEntry | 'q'> & { readonly entry: TermEntry };

/**
 * How many tests there are in earnest. A term of three texts can never reach a small p, so testing it only makes the
 * others harder to find: tests whose smallest possible p is above fdr/k are left out, with the smallest k that leaves no
 * more than k tests (Tarone 1990 and Gilbert 2005, "A modified false discovery rate multiple-comparisons procedure for
 * discrete data"). The smallest possible p depends on how many texts have the term and on the size of the group only,
 * never on who has it, so that the choice does not spoil the tests.
 */
function countTests(table: TermSource, total: number, fdr: number): { readonly tests: number; readonly level: number } {
  if (fdr >= 1) return { tests: countPairs(table), level: Number.POSITIVE_INFINITY };
  const termsByDocuments = new Map<number, number>();
  for (const { entry } of table.entries()) {
    termsByDocuments.set(entry.documents, (termsByDocuments.get(entry.documents) ?? 0) + 1);
  }
  const smallest: { readonly p: number; readonly tests: number }[] = [];
  for (const [marked, terms] of termsByDocuments) {
    for (const { documents: drawn } of table.groups) {
      smallest.push({ p: smallestTail({ total, marked, drawn }), tests: terms });
    }
  }
  smallest.sort((one, other) => one.p - other.p);
  const testsWithin = (level: number): number => {
    let sum = 0;
    for (const { p, tests } of smallest) {
      if (p > level) break;
      sum += tests;
    }
    return sum;
  };
  let low = 1;
  let high = Math.max(1, testsWithin(fdr));
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (testsWithin(fdr / middle) <= middle) high = middle;
    else low = middle + 1;
  }
  return { tests: Math.max(1, testsWithin(fdr / low)), level: fdr / low };
}

/** Terms times groups. */
function countPairs(table: TermSource): number {
  let terms = 0;
  for (const _ of table.entries()) terms += 1;
  return Math.max(1, terms * table.groups.length);
}

/** The p of a term that as many texts of the group have as can be. */
function smallestTail(draw: Draw): number {
  return hypergeometricTail(Math.min(draw.marked, draw.drawn), draw);
}

/** Groups that have the term more often than the whole; for the others p is at least a half and needs no place. */
function* candidatesOf(
  { entry, counts }: TermCounts,
  sizes: ReadonlyMap<string, number>,
  total: number,
  { fdr, minDocuments }: AssociationSettings,
  level: number,
): Generator<Candidate> {
  for (const [group, inGroup] of counts) {
    const groupDocuments = sizes.get(group) ?? 0;
    const { documents } = inGroup;
    const isMore = documents * total > entry.documents * groupDocuments;
    if (!isMore || documents < minDocuments) continue;
    const draw = { total, marked: entry.documents, drawn: groupDocuments };
    const p = hypergeometricTail(documents, draw);
    if (p > fdr || smallestTail(draw) > level) continue;
    const contrast = {
      documents,
      groupDocuments,
      otherDocuments: entry.documents - documents,
      otherGroupDocuments: total - groupDocuments,
    };
    yield { entry, group, inGroup, score: weightedLogOdds(contrast), lift: liftOf(contrast), p };
  }
}

/** Best first; of equals the more frequent, then by code units, so that the order never depends on the input. */
function byScore(one: AssociatedTerm, other: AssociatedTerm): number {
  if (one.score !== other.score) return other.score - one.score;
  if (one.inGroup.documents !== other.inGroup.documents) return other.inGroup.documents - one.inGroup.documents;
  return one.key < other.key ? -1 : 1;
}
