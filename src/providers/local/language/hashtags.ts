/** Hashtags of a text. */
import type { TermKind, TextSpan } from '../../../model.js';
import { normalizeWord } from '../../../text/fold.js';
import type { ReadableText } from './readable.js';

export interface HashtagDraft {
  readonly key: string;
  readonly term: string;
  readonly kind: TermKind;
  readonly entityType: null;
  readonly weight: number;
  readonly spans: readonly TextSpan[];
}

/** A tag was chosen to say what the text is about: it weighs as much as a good phrase. */
const WEIGHT = 1.5;

/** One for each tag, whatever its case; keys begin with `#`. */
export function findHashtags({ sentences }: ReadableText): HashtagDraft[] {
  const tags = new Map<string, { term: string; spans: TextSpan[] }>();
  for (const { tokens } of sentences) {
    for (const { kind, text, start, end } of tokens) {
      if (kind !== 'hashtag' || !/\p{L}/u.test(text)) continue;
      const key = normalizeWord(text);
      const known = tags.get(key);
      if (known) known.spans.push({ start, end });
      else tags.set(key, { term: text, spans: [{ start, end }] });
    }
  }
  return [...tags].map(([key, { term, spans }]) => ({
    key,
    term,
    kind: 'hashtag',
    entityType: null,
    weight: WEIGHT * (1 + 0.5 * Math.log(spans.length)),
    spans,
  }));
}
