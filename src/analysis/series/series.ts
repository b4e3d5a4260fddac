/** The shapes that the findings of `uxd trend` are made of and from. */

/** How far apart the periods of a series are; `index`: whole numbers, no dates. */
export type Frequency = 'day' | 'week' | 'month' | 'quarter' | 'year' | 'index';

/** Columns that name a series, such as product and region, by name. */
export type SeriesKey = Readonly<Record<string, string>>;

/** One value a period, without gaps. */
export interface Series {
  /** Empty where the table holds one series. */
  readonly key: SeriesKey;
  readonly frequency: Frequency;
  /** First day of each period, YYYY-MM-DD; for `index` the number as text. */
  readonly dates: readonly string[];
  /** NaN where the period is missing. */
  readonly values: Float64Array;
}

/** Something that happened, from a file of events, an offer, or the flags. */
export interface TimeEvent {
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly dateTo: string | null;
  readonly name: string;
  /** Events of one kind are expected to do the same: `launch`, `display`, `promo`, or the promotion of an offer. */
  readonly kind: string | null;
  /** The series that it concerns; empty: all. */
  readonly key: SeriesKey;
  /** Which way it is expected to move the values; null where nobody says. */
  readonly direction: 'up' | 'down' | null;
  /** The file that says so, its page, and its words. */
  readonly source: string;
  readonly page: number | null;
  readonly quote: string | null;
  /** Numbers that it carries, such as a price or a discount, by column. */
  readonly figures: Readonly<Record<string, number>>;
}

export const CHANGE_KINDS = ['level', 'slope', 'spike'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** A change of one series. Indices count periods from 0; the change is the first period that is different. */
export interface ChangePoint {
  readonly kind: ChangeKind;
  readonly index: number;
  /** 95 % interval of the index, both ends inclusive. */
  readonly from: number;
  readonly to: number;
  /** Periods until the values were back (spikes), else null. */
  readonly length: number | null;
  /** Of the level, in units of the series; for slopes a period. */
  readonly absolute: number;
  /** As a share of the level before; null where that is not above 0. */
  readonly relative: number | null;
  /** 95 % interval of `absolute`. */
  readonly lower: number;
  readonly upper: number;
  readonly p: number;
}

/** The mean effect on the treated series after an event. */
export interface Effect {
  /** Such as `synthetic-difference-in-differences` or `structural-model`. */
  readonly method: string;
  /** Mean a period; null where nothing could be estimated. */
  readonly absolute: number | null;
  /** As a share of the counterfactual. */
  readonly relative: number | null;
  /** Over all periods after. */
  readonly cumulative: number | null;
  /** 95 % interval of `absolute`, by the same method as `p`: it holds 0 if and only if `p` is above 0.05. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly p: number | null;
  /** `confounded`: an effect, but of several events that the data cannot tell apart. */
  readonly verdict: 'effect' | 'no effect' | 'cannot tell' | 'confounded';
  /** The smallest mean effect that would have been found four times in five. */
  readonly smallestDetectable: number | null;
  /** The largest effect, either way, that one of two one-sided tests at 5 % does not rule out: of `no effect` what was tested. */
  readonly limit: number | null;
  /** What would have been, a value a period of the treated series; before the event the fit. */
  readonly counterfactual: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Root mean square error before the event as a share of the deviation of the series; 0 is perfect. */
  readonly preFit: number | null;
  /** Effects found where there was none: on untreated series (space) and at earlier dates (time). */
  readonly placebos: readonly { readonly name: string; readonly kind: 'space' | 'time'; readonly absolute: number }[];
  /** The effect without each of the untreated series that matter. */
  readonly leaveOneOut: readonly { readonly left: string; readonly absolute: number }[];
  /** Untreated series and their weights, the heaviest first. */
  readonly weights: readonly { readonly name: string; readonly weight: number }[];
  /** What limits the answer, and which untreated series were refused, in words. */
  readonly reasons: readonly string[];
}
