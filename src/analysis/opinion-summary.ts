/** What groups of texts feel on the whole, and about what. */
import { SENTIMENT_LABELS, type SentimentLabel, type TextReading } from '../model.js';
import { type AspectOpinion, AspectTable } from './aspect-table.js';
import { type Interval, RunningMean, wilsonInterval } from './probability.js';
import { type StarAgreement, StarTable } from './star-agreement.js';

export { contradictsStars } from './star-agreement.js';

export interface OpinionSettings {
  /** Most stars that can be given. */
  readonly starsMax: number;
  /** Aspects listed as praised, and as blamed. */
  readonly maxAspects?: number;
  /** Groups told apart; the texts of further ones are counted together in {@link OTHER_GROUPS}. */
  readonly maxGroups?: number;
}

export interface OpinionDocument {
  readonly id: string;
  /** As it stands in the source: quotes are cut out of it. */
  readonly text: string;
  /** Null where the texts are not grouped, or this one has no value. */
  readonly group: string | null;
  readonly stars: number | null;
  readonly reading: TextReading;
}

export interface OpinionGroup {
  /** Null where the texts are not grouped, or for those without a value. */
  readonly group: string | null;
  readonly documents: number;
  /** Of them, texts without words: they are in no other figure. */
  readonly emptyDocuments: number;
  readonly labels: Readonly<Record<SentimentLabel, number>>;
  /** Share of the texts with words, and its 95% interval (Wilson). */
  readonly positiveShare: number | null;
  readonly positiveShareInterval: Interval | null;
  readonly negativeShare: number | null;
  readonly negativeShareInterval: Interval | null;
  /** -1 to 1, with its 95% interval (Student's t); the interval is null for fewer than two texts. */
  readonly meanScore: number | null;
  readonly meanScoreInterval: Interval | null;
  /** Most praised first; empty where aspects were not asked for. */
  readonly praised: readonly AspectOpinion[];
  /** Most blamed first. */
  readonly blamed: readonly AspectOpinion[];
  /** Texts that the counts of aspects may be short of, where there were too many to keep all; 0: exact. */
  readonly aspectsMaxUndercount: number;
  /** Null where no text had stars. */
  readonly stars: StarAgreement | null;
}

/** Name of what is left where there are too many groups. */
export const OTHER_GROUPS = '(other groups)';
const MAX_GROUPS = 1000;
const MAX_ASPECTS = 5;
/** Different aspects that are counted at once, over all groups. */
const ASPECT_ROOM = 200_000;

class Group {
  documents = 0;
  emptyDocuments = 0;
  readonly labels: Record<SentimentLabel, number> = { positive: 0, negative: 0, neutral: 0, mixed: 0 };
  readonly scores = new RunningMean();
  readonly aspects: AspectTable;
  readonly stars: StarTable;

  constructor(starsMax: number, aspectRoom: number) {
    this.aspects = new AspectTable(aspectRoom);
    this.stars = new StarTable(starsMax);
  }
}

/** Gathers what texts feel; memory depends on the number of groups and aspects, not of texts. */
export class OpinionSummary {
  readonly #settings: Required<OpinionSettings>;
  readonly #groups = new Map<string | null, Group>();

  constructor(settings: OpinionSettings) {
    this.#settings = { maxAspects: MAX_ASPECTS, maxGroups: MAX_GROUPS, ...settings };
  }

  add({ id, text, group: name, stars, reading }: OpinionDocument): void {
    const group = this.#groupOf(name);
    group.documents += 1;
    const { sentiment = null, aspects = [] } = reading;
    if (sentiment === null) {
      group.emptyDocuments += 1;
      return;
    }
    group.labels[sentiment.label] += 1;
    group.scores.add(sentiment.score);
    group.aspects.add(id, text, aspects);
    if (stars !== null) group.stars.add(id, text, sentiment, stars);
  }

  /** The groups, largest first. */
  groups(): OpinionGroup[] {
    const all = [...this.#groups].map(([name, group]) => describe(name, group, this.#settings.maxAspects));
    return all.sort(
      (one, other) => other.documents - one.documents || ((one.group ?? '') < (other.group ?? '') ? -1 : 1),
    );
  }

  #groupOf(name: string | null): Group {
    const { starsMax, maxGroups } = this.#settings;
    const known = this.#groups.get(name);
    if (known !== undefined) return known;
    if (this.#groups.size >= maxGroups && name !== OTHER_GROUPS) return this.#groupOf(OTHER_GROUPS);
    const group = new Group(starsMax, Math.max(200, Math.floor(ASPECT_ROOM / (this.#groups.size + 10))));
    this.#groups.set(name, group);
    return group;
  }
}

function describe(name: string | null, group: Group, maxAspects: number): OpinionGroup {
  const { documents, emptyDocuments, labels, scores, aspects, stars } = group;
  const judged = SENTIMENT_LABELS.reduce((sum, label) => sum + labels[label], 0);
  const { mean } = scores;
  return {
    group: name,
    documents,
    emptyDocuments,
    labels: { ...labels },
    positiveShare: judged === 0 ? null : labels.positive / judged,
    positiveShareInterval: wilsonInterval(labels.positive, judged),
    negativeShare: judged === 0 ? null : labels.negative / judged,
    negativeShareInterval: wilsonInterval(labels.negative, judged),
    meanScore: judged === 0 ? null : mean,
    meanScoreInterval: withinScores(scores.interval()),
    praised: aspects.praised(maxAspects),
    blamed: aspects.blamed(maxAspects),
    aspectsMaxUndercount: aspects.maxUndercount,
    stars: stars.result(),
  };
}

/** No mean score is beyond -1 or 1. */
function withinScores(interval: Interval | null): Interval | null {
  return interval && [Math.max(-1, interval[0]), Math.min(1, interval[1])];
}
