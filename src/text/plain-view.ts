/**
 * A text as a reader sees it: tags taken out, entities decoded. Engines read the view; offsets lead back to the text as
 * it stands in the cell or file.
 */
import { decodeHTML } from 'entities';
import { Parser } from 'htmlparser2';
import type { TextFormat, TextSpan } from '../model.js';

export interface PlainView {
  /** What is read. */
  readonly text: string;
  /** The stretch of the original that a stretch of the view was made of. */
  toOriginal(span: TextSpan): TextSpan;
}

/** `&` and up to 32 characters to `;`: no entity is longer. */
const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][\da-z]{1,31});/gi;
const HIDDEN = new Set(['script', 'style', 'head', 'template', 'noscript']);
const BLOCKS =
  /^(?:address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table|td|th|tr|ul)$/;

/** Collects pieces of a text with the place that each came from. */
class ViewBuilder {
  readonly #pieces: string[] = [];
  /** Start in the view, start and end in the original, of each piece; a decoded piece maps as a whole. */
  readonly #marks: { readonly at: number; readonly from: number; readonly to: number; readonly isWhole: boolean }[] =
    [];
  #length = 0;

  add(text: string, from: number, to: number, isWhole: boolean): void {
    if (text === '') return;
    this.#pieces.push(text);
    this.#marks.push({ at: this.#length, from, to, isWhole });
    this.#length += text.length;
  }

  /** Text whose entities are still to be decoded, standing at `from`. */
  addEncoded(text: string, from: number): void {
    let last = 0;
    for (const match of text.matchAll(ENTITY)) {
      const decoded = decodeHTML(match[0]);
      if (decoded === match[0]) continue;
      this.add(text.slice(last, match.index), from + last, from + match.index, false);
      const end = match.index + match[0].length;
      this.add(decoded === '\u00a0' ? ' ' : decoded, from + match.index, from + end, true);
      last = end;
    }
    this.add(text.slice(last), from + last, from + text.length, false);
  }

  build(): PlainView {
    const marks = this.#marks;
    const markAt = (offset: number) => {
      let [low, high] = [0, marks.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((marks[middle]?.at ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return marks[low];
    };
    return {
      text: this.#pieces.join(''),
      toOriginal({ start, end }) {
        const first = markAt(start);
        const last = markAt(Math.max(start, end - 1));
        if (!first || !last) return { start: 0, end: 0 };
        return {
          start: first.isWhole ? first.from : first.from + (start - first.at),
          end: last.isWhole ? last.to : last.from + (end - last.at),
        };
      },
    };
  }
}

function viewOfHtml(source: string): PlainView {
  const builder = new ViewBuilder();
  let hidden = 0;
  const breakLine = (name: string): void => {
    if (BLOCKS.test(name)) builder.add('\n', parser.startIndex, parser.endIndex + 1, true);
  };
  const parser = new Parser(
    {
      onopentagname(name) {
        if (HIDDEN.has(name)) hidden += 1;
        breakLine(name);
      },
      ontext(data) {
        if (hidden === 0) builder.addEncoded(data, parser.startIndex);
      },
      onclosetag(name) {
        if (HIDDEN.has(name)) hidden -= 1;
        else breakLine(name);
      },
    },
    { decodeEntities: false, lowerCaseTags: true },
  );
  parser.end(source);
  return builder.build();
}

/** How a text is read. Cells of tables often hold a few tags or entities without being HTML: those are read too. */
export function plainView(text: string, format: TextFormat): PlainView {
  if (format === 'html' || /<\/?(?:br|p|b|i|em|strong|div|span|a|ul|li)\b[^<>]*>/i.test(text)) return viewOfHtml(text);
  if (!text.includes('&')) return { text, toOriginal: (span) => span };
  const builder = new ViewBuilder();
  builder.addEncoded(text, 0);
  return builder.build();
}
