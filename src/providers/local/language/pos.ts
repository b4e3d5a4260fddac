/** Words with the parts of speech that phrases are made of. */
import type { TextSpan } from '../../../model.js';

export type WordTag =
  | 'noun'
  | 'name'
  | 'adjective'
  | 'participle'
  | 'verb'
  | 'adverb'
  | 'determiner'
  | 'pronoun'
  | 'preposition'
  | 'number'
  | 'break'
  | 'other';

/** `self-driving` is one word. */
export interface TaggedWord extends TextSpan {
  readonly text: string;
  /** Lower case, composed. */
  readonly lower: string;
  readonly tag: WordTag;
}
