/**
 * A text as a reader sees it: tags taken out, entities decoded. Engines read the view; offsets lead back to the text as
 * it stands in the cell or file.
 */
import type { TextFormat, TextSpan } from '../model.js';
import { type Edit, entityEdits, markdownEdits, tagEdits } from './markup.js';

export interface PlainView {
  /** What is read. */
  readonly text: string;
  /**
   * The stretch of the original that a stretch of the view was made of. It holds whole entities, and nothing of the
   * markup before and after the stretch.
   */
  toOriginal(span: TextSpan): TextSpan;
}

/** The edits in their order, without those that fall into another one. */
function ordered(edits: readonly Edit[]): Edit[] {
  const sorted = [...edits].sort((a, b) => a.from - b.from || b.to - a.to);
  let end = 0;
  return sorted.filter(({ from, to }) => {
    if (from < end) return false;
    end = to;
    return true;
  });
}

/** Collects pieces of a view with the place that each came from. */
class ViewBuilder {
  readonly #source: string;
  readonly #pieces: string[] = [];
  /** Start in the view, start and end in the original, of each piece. */
  readonly #at: number[] = [];
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  #length = 0;

  constructor(source: string) {
    this.#source = source;
  }

  /** A piece that is not as long as what it was made of maps as a whole. */
  #add(text: string, from: number, to: number): void {
    if (text === '') return;
    this.#pieces.push(text);
    this.#at.push(this.#length);
    this.#from.push(from);
    this.#to.push(to);
    this.#length += text.length;
  }

  apply(edits: readonly Edit[]): void {
    let last = 0;
    for (const { from, to, text } of edits) {
      this.#add(this.#source.slice(last, from), last, from);
      this.#add(text, from, to);
      last = to;
    }
    this.#add(this.#source.slice(last), last, this.#source.length);
  }

  /** Number of the piece that a place of the view is in. */
  #pieceAt(place: number): number {
    let [low, high] = [0, this.#at.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#at[middle] ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The place in the original of one in the view: `isEnd` takes the end of what cannot be divided. */
  #origin(place: number, isEnd: boolean): number {
    const piece = this.#pieceAt(isEnd ? place - 1 : place);
    const [at, from, to] = [this.#at[piece] ?? 0, this.#from[piece] ?? 0, this.#to[piece] ?? 0];
    const length = (this.#at[piece + 1] ?? this.#length) - at;
    if (length === to - from) return from + Math.min(place - at, length);
    return isEnd ? to : from;
  }

  build(): PlainView {
    return {
      text: this.#pieces.join(''),
      toOriginal: ({ start, end }) => {
        const from = this.#origin(Math.max(0, start), false);
        return { start: from, end: end > start ? this.#origin(end, true) : from };
      },
    };
  }
}

/** Ends of lines in the source of HTML are spaces; those of the view come of its blocks. */
const LINE_ENDS = /[\t\n\f\r]/g;

/** The source of HTML with its line ends as spaces, but for preformatted text; as long as it was. */
function withoutLineEnds(source: string): string {
  if (!/<pre\b/i.test(source)) return source.replace(LINE_ENDS, ' ');
  return source
    .split(/(<\/?pre\b)/i)
    .map((part, at, parts) => (/^<pre$/i.test(parts[at - 1] ?? '') ? part : part.replace(LINE_ENDS, ' ')))
    .join('');
}

/**
 * How a text is read. Cells of tables often hold a few tags or entities without being HTML: those are read too. Takes
 * time in proportion to the length of the text, whatever it holds.
 */
export function plainView(text: string, format: TextFormat): PlainView {
  const isDocument = format === 'html';
  const edits = [
    ...(format === 'markdown' ? [markdownEdits(text)] : []),
    ...(text.includes('<') ? [tagEdits(text, isDocument)] : []),
    ...(text.includes('&') ? [entityEdits(text, isDocument)] : []),
  ].flat();
  if (edits.length === 0 && !isDocument) return { text, toOriginal: (span) => span };
  const builder = new ViewBuilder(isDocument ? withoutLineEnds(text) : text);
  builder.apply(ordered(edits));
  return builder.build();
}
