/** One effect for all series that events of one name and time concern, such as two cities with one campaign. */
import { estimateEffect } from './effect.js';
import { between, type EffectFinding, type EffectScene, untreatedSeries } from './event-effects.js';
import { relationOf } from './event-time.js';
import type { Series, SeriesKey } from './series.js';

/** An effect on the mean of several series: `absolute` is of one series and period, `cumulative` of all of them. */
export interface PooledEffect {
  /** The mean of the series; its key holds what all of them share. */
  readonly series: Series;
  readonly members: readonly Series[];
  readonly finding: EffectFinding;
}

/** The effects on one series. */
export interface SeriesEffects {
  readonly series: Series;
  readonly effects: readonly EffectFinding[];
}

interface Group {
  readonly findings: EffectFinding[];
  readonly members: Series[];
}

/** Effects on the series of each group of two or more. */
export function pooledEffects(studied: readonly SeriesEffects[], scene: EffectScene): PooledEffect[] {
  const groups = new Map<string, Group>();
  for (const { series, effects } of studied) {
    for (const finding of effects) {
      if (relationOf(finding.event, series) !== 'own' || finding.effect.absolute === null) continue;
      const { name, date, dateTo } = finding.event;
      const id = JSON.stringify([name, date, dateTo]);
      const group = groups.get(id) ?? { findings: [], members: [] };
      if (group.members.includes(series)) continue;
      group.findings.push(finding);
      group.members.push(series);
      groups.set(id, group);
    }
  }
  return [...groups.values()]
    .filter((group) => group.members.length > 1 && !isDivided(group))
    .map((group) => pooled(group, scene));
}

/** What rises in one and falls in another says nothing as a mean. */
function isDivided({ findings }: Group): boolean {
  const sure = findings.filter(({ effect }) => effect.verdict === 'effect');
  return new Set(sure.map(({ effect }) => Math.sign(effect.absolute ?? 0))).size > 1;
}

function pooled({ findings, members }: Group, scene: EffectScene): PooledEffect {
  const [first] = findings as [EffectFinding];
  const [one] = members as [Series];
  const { at, event } = first;
  const end = Math.min(...findings.map((finding) => finding.end));
  const beside = [...new Set(findings.flatMap((finding) => finding.beside))];
  const series = { ...one, key: sharedKey(members), values: meanOf(members) };
  const cut = (whole: Series) => between(whole, 0, end);
  const controls = untreatedSeries(one, { at, end }, scene, members).map(cut);
  const confounded = findings.find(({ effect }) => effect.verdict === 'confounded');
  const effect = estimateEffect(cut(series), controls, at);
  const verdict = effect.verdict === 'effect' && confounded !== undefined ? 'confounded' : effect.verdict;
  const cumulative = effect.cumulative === null ? null : effect.cumulative * members.length;
  return { series, members, finding: { event, at, end, beside, effect: { ...effect, verdict, cumulative } } };
}

function sharedKey(members: readonly Series[]): SeriesKey {
  const [first] = members as [Series];
  return Object.fromEntries(
    Object.entries(first.key).filter(([column, value]) => members.every(({ key }) => key[column] === value)),
  );
}

/** The mean a period; missing where one of the series is. */
function meanOf(members: readonly Series[]): Float64Array {
  const [first] = members as [Series];
  return first.values.map((_, t) =>
    members.reduce((sum, { values }) => sum + (values[t] as number) / members.length, 0),
  );
}
