/** A text as the readers of this folder are given it; all spans are of the view. */
import type { TextSpan } from '../../../model.js';
import type { PlainView } from '../../../text/plain-view.js';
import type { Token } from '../../../text/tokens.js';

export interface ReadableSentence extends TextSpan {
  /** ISO 639-1, or null where it was not found. */
  readonly language: string | null;
  readonly tokens: readonly Token[];
}

export interface ReadableText {
  readonly view: PlainView;
  /** Of most of the text. */
  readonly language: string | null;
  readonly sentences: readonly ReadableSentence[];
}
