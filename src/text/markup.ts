/**
 * Finds what of a text is markup: tags, entities, marks of Markdown. Every function is linear in the length of the text,
 * whatever it holds; what is not surely markup is left to be read.
 */
import { decodeHTML } from 'entities';

/** A stretch of the original that is read otherwise: `text` in its place, often nothing. */
export interface Edit {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly text: string;
}

const BLOCKS: ReadonlySet<string> = new Set(
  `address article aside blockquote body br caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3
  h4 h5 h6 head header hr html legend li main nav ol option p pre section summary table tbody td tfoot th thead title tr
  ul`.split(/\s+/),
);
const INLINE: ReadonlySet<string> = new Set(
  `a abbr acronym b bdi bdo big button center cite code del dfn em font i iframe img input ins kbd label link mark meta
  noscript q s samp script select small span strike strong style sub sup svg template textarea time tt u var video
  wbr`.split(/\s+/),
);
/** What they hold is not shown. */
const HIDDEN: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'svg']);

const TAG_NAME = /\/?([a-z][^\s/<>"'=]{0,60})/iy;

/** The next place of a sign from a place that never goes back. */
class Ahead {
  readonly #text: string;
  readonly #sign: string;
  #at = -1;

  constructor(text: string, sign: string) {
    this.#text = text;
    this.#sign = sign;
  }

  /** Infinity where there is none. */
  from(place: number): number {
    if (this.#at < place) {
      const found = this.#text.indexOf(this.#sign, place);
      this.#at = found === -1 ? Number.POSITIVE_INFINITY : found;
    }
    return this.#at;
  }
}

/** Goes through a text once and collects the edits for its tags, comments and hidden parts. */
class TagScanner {
  readonly #text: string;
  /** A document of HTML, where unknown names are tags too; else only what is surely a tag counts. */
  readonly #isDocument: boolean;
  readonly #edits: Edit[] = [];
  readonly #ahead = new Map<string, Ahead>();
  #lowerCase: string | null = null;

  constructor(text: string, isDocument: boolean) {
    this.#text = text;
    this.#isDocument = isDocument;
  }

  scan(): Edit[] {
    let at = this.#text.indexOf('<');
    while (at !== -1) at = this.#text.indexOf('<', this.#markup(at));
    return this.#edits;
  }

  #find(sign: string, from: number): number {
    let ahead = this.#ahead.get(sign);
    if (ahead === undefined) {
      ahead = new Ahead(sign.startsWith('</') ? this.#lower() : this.#text, sign);
      this.#ahead.set(sign, ahead);
    }
    return ahead.from(from);
  }

  /** Places in it are those in the text: only letters of ASCII are changed. */
  #lower(): string {
    this.#lowerCase ??= this.#text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
    return this.#lowerCase;
  }

  /** Takes what starts with the `<` at `at`; gives the place after it. */
  #markup(at: number): number {
    const next = this.#text[at + 1];
    if (next === '!' || next === '?') return this.#declaration(at);
    TAG_NAME.lastIndex = at + 1;
    const match = TAG_NAME.exec(this.#text);
    const name = match?.[1]?.toLowerCase();
    if (name === undefined) return at + 1;
    const inside = TAG_NAME.lastIndex;
    if (!this.#isDocument && !BLOCKS.has(name) && !INLINE.has(name)) return at + 1;
    const { end, isTag } = this.#tagEnd(inside);
    if (!isTag || !(this.#isDocument || this.#isPlainlyTag(inside, end - 1))) return end;
    if (HIDDEN.has(name) && next !== '/') return this.#hidden(at, end, name);
    this.#edits.push({ from: at, to: end, text: BLOCKS.has(name) ? '\n' : '' });
    return end;
  }

  /** In `a <b and c> d` nothing is a tag: tags have no words but attributes with values. */
  #isPlainlyTag(from: number, to: number): boolean {
    const inside = this.#text.slice(from, Math.min(to, from + 200));
    return inside.includes('=') || /^\s*\/?$/.test(inside);
  }

  #declaration(at: number): number {
    const opens = (sign: string): boolean => this.#text.startsWith(sign, at);
    if (opens('<!--')) return this.#until(at, '-->');
    if (opens('<![CDATA[')) {
      const close = this.#find(']]>', at);
      if (close === Number.POSITIVE_INFINITY) return at + 1;
      // What it holds is text.
      this.#edits.push({ from: at, to: at + 9, text: '' }, { from: close, to: close + 3, text: '' });
      return close + 3;
    }
    if (this.#isDocument) return this.#until(at, '>');
    return opens('<?xml ') ? this.#until(at, '?>') : at + 1;
  }

  /** Takes out everything up to a sign; where it never comes, the text is left to be read. */
  #until(at: number, sign: string): number {
    const close = this.#find(sign, at);
    if (close === Number.POSITIVE_INFINITY) return at + 1;
    this.#edits.push({ from: at, to: close + sign.length, text: '' });
    return close + sign.length;
  }

  #hidden(at: number, end: number, name: string): number {
    const close = this.#find(`</${name}`, end);
    const isClosed = close !== Number.POSITIVE_INFINITY;
    const stop = isClosed ? this.#tagEnd(close + name.length + 2).end : this.#isDocument ? this.#text.length : end;
    this.#edits.push({ from: at, to: stop, text: '' });
    return stop;
  }

  /**
   * The place after the `>` of a tag, which may stand in quotes after `=` before; or the place of the `<` that shows that
   * it is no tag. Nothing in between is looked at again, so that no text takes longer than its length.
   */
  #tagEnd(from: number): { readonly end: number; readonly isTag: boolean } {
    const signs = /=\s*(["'])|[<>]/g;
    signs.lastIndex = from;
    for (let match = signs.exec(this.#text); match !== null; match = signs.exec(this.#text)) {
      if (match[0] === '>') return { end: match.index + 1, isTag: true };
      if (match[0] === '<') return { end: match.index, isTag: false };
      const close = this.#text.indexOf(match[1] as string, signs.lastIndex);
      if (close === -1) return this.#unquotedEnd(signs.lastIndex);
      signs.lastIndex = close + 1;
    }
    return { end: this.#text.length, isTag: false };
  }

  /** The end of a tag whose quote is never closed. */
  #unquotedEnd(from: number): { readonly end: number; readonly isTag: boolean } {
    const [close, open] = [this.#text.indexOf('>', from), this.#text.indexOf('<', from)];
    if (close !== -1 && (open === -1 || close < open)) return { end: close + 1, isTag: true };
    return { end: open === -1 ? this.#text.length : open, isTag: false };
  }
}

/** Tags, comments and hidden parts. `isDocument`: the text is HTML, not a text that may hold some. */
export function tagEdits(text: string, isDocument: boolean): Edit[] {
  return new TagScanner(text, isDocument).scan();
}

const ENTITY = /&(?:#\d{1,10}|#x[\da-f]{1,8}|[a-z][\da-z]{1,31});/gi;
/** In HTML the semicolon of some may be missing. */
const LOOSE_ENTITY = /&(?:#\d{1,10}|#x[\da-f]{1,8}|[a-z][\da-z]{1,31});?/gi;

/** Entities with the characters that they stand for; a space that does not break is a space. */
export function entityEdits(text: string, isDocument: boolean): Edit[] {
  const edits: Edit[] = [];
  for (const match of text.matchAll(isDocument ? LOOSE_ENTITY : ENTITY)) {
    const [raw] = match;
    const decoded = decodeHTML(raw);
    if (decoded === raw) continue;
    // `&notit;` is `&not` and `it;`
    let tail = 0;
    while (tail < decoded.length - 1 && decoded.at(-1 - tail) === raw.at(-1 - tail) && raw.at(-1 - tail) !== ';')
      tail++;
    const value = decoded.slice(0, decoded.length - tail);
    edits.push({ from: match.index, to: match.index + raw.length - tail, text: value === '\u00a0' ? ' ' : value });
  }
  return edits;
}

/** Marks at the start of lines: headings, quotes, lists, rules, and the addresses of links. */
const LINE_MARKS = [
  /^[ \t]{0,8}(?:>[ \t]?){1,8}/gm,
  /^(?:[ \t]{0,8}>){0,8}[ \t]{0,24}(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t])?/gm,
  /^[ \t]{0,3}#{1,6}[ \t]+/gm,
  /^[ \t]{0,3}(?:=+|-{3,}|_{3,}|\*{3,})[ \t]*$/gm,
  /^[ \t]{0,3}\|?(?:[ \t]{0,8}:?-{3,200}:?[ \t]{0,8}\|){1,100}(?:[ \t]{0,8}:?-{3,200}:?)?[ \t]*$/gm,
  /^[ \t]{0,3}\[[^[\]\n]{1,200}\]:[ \t]{1,8}\S{1,2000}(?:[ \t]{1,8}["'(][^\n]{0,300})?$/gm,
];
/** Marks in pairs around a text that stays: the first and the last group are taken out. */
const PAIRED_MARKS = [
  /(!?\[)([^[\]\n]{1,500})(\]\([^()\s]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500})?(?:[ \t]+"[^"\n]{0,300}")?\))/g,
  /(!?\[)([^[\]\n]{1,500})(\]\[[^[\]\n]{0,200}\])/g,
  /(?<![*\\\p{L}\p{N}])(\*{1,3})(?=[^\s*])([^*\n]{1,500}?)(?<=\S)(\1)(?!\*)/gu,
  /(?<![_\\\p{L}\p{N}])(_{1,3})(?=[^\s_])([^\n]{1,200}?)(?<=[^\s_])(\1)(?![_\p{L}\p{N}])/gu,
  /(?<!~)(~~)(?=[^\s~])([^~\n]{1,500}?)(?<=\S)(~~)(?!~)/g,
  /(?<!`)(`{1,2})(?=[^`])([^`\n]{1,500})(\1)(?!`)/g,
];
const FENCE = /^[ \t]{0,3}(`{3,10}|~{3,10})[^\n`]{0,200}$/gm;
const ESCAPE = /\\([!-/:-@[-`{-~])/g;

/** Code between fences that are closed. */
function fenceEdits(text: string): Edit[] {
  const edits: Edit[] = [];
  let open: { readonly from: number; readonly sign: string } | null = null;
  for (const match of text.matchAll(FENCE)) {
    const sign = match[1] ?? '';
    if (open === null) open = { from: match.index, sign };
    else if (sign.startsWith(open.sign) && match[0].trim() === sign) {
      edits.push({ from: open.from, to: match.index + match[0].length, text: '' });
      open = null;
    }
  }
  return edits;
}

/** Marks of Markdown; the words of links, headings and emphasis stay. */
export function markdownEdits(text: string): Edit[] {
  const edits = fenceEdits(text);
  for (const pattern of LINE_MARKS) {
    for (const { 0: raw, index } of text.matchAll(pattern))
      edits.push({ from: index, to: index + raw.length, text: '' });
  }
  for (const pattern of PAIRED_MARKS) {
    for (const { 0: raw, 1: open = '', 3: close = '', index } of text.matchAll(pattern)) {
      const end = index + raw.length;
      edits.push({ from: index, to: index + open.length, text: '' }, { from: end - close.length, to: end, text: '' });
    }
  }
  for (const { 1: sign = '', index } of text.matchAll(ESCAPE)) edits.push({ from: index, to: index + 2, text: sign });
  return edits;
}
