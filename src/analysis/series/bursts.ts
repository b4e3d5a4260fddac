/** Stretches in which something is said more than usual: Kleinberg 2002, "Bursty and Hierarchical Structure in Streams". */

/** Documents of a period, and those of them that have the term. */
export interface PeriodCount {
  readonly documents: number;
  readonly documentsInPeriod: number;
}

export interface BurstSettings {
  /** States of the automaton, the lowest being the usual; at least 2. */
  readonly states: number;
  /** How many times more often the term is said in each state than in the one below; above 1. */
  readonly scaling: number;
  /** How much a rise by a state costs, in logarithms of the number of periods. */
  readonly gamma: number;
}

/** As in Kleinberg's paper. */
export const BURST_SETTINGS: BurstSettings = { states: 2, scaling: 2, gamma: 1 };

export interface Burst {
  /** 1 for the state above the usual one; bursts of higher levels lie within those of lower ones. */
  readonly level: number;
  /** Periods, both ends inclusive. */
  readonly from: number;
  readonly to: number;
  /** How much better (natural logarithm of the likelihood) the periods are described by this state than by the one below. */
  readonly weight: number;
}

/** Shares are kept this far from 1, where the cost has no bounds. */
const HIGHEST_SHARE = 1 - 1e-9;

/**
 * Costs of each state in a period (section 4 of the paper, batches): the negative logarithm of the binomial probability
 * of `r` of `d` documents with a share of `p0 s^i`, without the binomial coefficient, which all states share.
 */
function stateCosts({ documents, documentsInPeriod }: PeriodCount, shares: readonly number[]): readonly number[] {
  return shares.map((share) => -documents * Math.log(share) - (documentsInPeriod - documents) * Math.log1p(-share));
}

/** The cheapest sequence of states, one a period, starting from the usual one (Viterbi); of equals the lower states. */
export function burstStates(counts: readonly PeriodCount[], settings: BurstSettings): readonly number[] {
  const shares = sharesOf(counts, settings);
  if (shares === null) return counts.map(() => 0);
  const rise = settings.gamma * Math.log(counts.length);
  let costs = shares.map((_, state) => state * rise);
  const from: number[][] = [];
  for (const [t, count] of counts.entries()) {
    const own = stateCosts(count, shares);
    if (t === 0) {
      costs = costs.map((cost, state) => cost + (own[state] as number));
      continue;
    }
    const before = costs;
    const origins = shares.map((_, state) => {
      let best = 0;
      for (let other = 1; other < shares.length; other += 1) {
        if (reach(before, other, state, rise) < reach(before, best, state, rise)) best = other;
      }
      return best;
    });
    costs = origins.map((origin, state) => reach(before, origin, state, rise) + (own[state] as number));
    from.push(origins);
  }
  let state = costs.indexOf(Math.min(...costs));
  const states = [state];
  for (const origins of from.reverse()) {
    state = origins[state] as number;
    states.push(state);
  }
  return states.reverse();
}

/** Cost of a way that ends in state `to` by way of `from`; falling costs nothing. */
function reach(costs: readonly number[], from: number, to: number, rise: number): number {
  return (costs[from] as number) + Math.max(0, to - from) * rise;
}

/** Share of the documents that have the term in each state; null where none of them, or all, have it. */
function sharesOf(counts: readonly PeriodCount[], { states, scaling }: BurstSettings): readonly number[] | null {
  const having = counts.reduce((sum, { documents }) => sum + documents, 0);
  const all = counts.reduce((sum, { documentsInPeriod }) => sum + documentsInPeriod, 0);
  if (having === 0 || having >= all) return null;
  return Array.from({ length: states }, (_, state) => Math.min(HIGHEST_SHARE, (having / all) * scaling ** state));
}

/** The bursts of a term, in order of their starts, those of lower levels first. */
export function findBursts(counts: readonly PeriodCount[], settings: BurstSettings = BURST_SETTINGS): readonly Burst[] {
  const shares = sharesOf(counts, settings);
  if (shares === null) return [];
  const states = burstStates(counts, settings);
  const bursts: Burst[] = [];
  for (let level = 1; level < shares.length; level += 1) {
    for (let from = 0; from < states.length; from += 1) {
      if ((states[from] as number) < level) continue;
      let to = from;
      while (to + 1 < states.length && (states[to + 1] as number) >= level) to += 1;
      const weight = counts.slice(from, to + 1).reduce((sum, count) => {
        const costs = stateCosts(count, shares);
        return sum + (costs[level - 1] as number) - (costs[level] as number);
      }, 0);
      bursts.push({ level, from, to, weight });
      from = to;
    }
  }
  return bursts.sort((one, other) => one.from - other.from || one.level - other.level);
}
