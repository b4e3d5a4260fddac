/** A trie of the expressions that are read as one: phrases that judge, and words that modify what others say. */
import type { ModifierKind } from './lexicon-files.js';

/** What an expression does. */
export type PhraseMeaning =
  | { readonly type: 'phrase'; readonly valence: number; readonly notes: ReadonlySet<string> }
  | { readonly type: 'modifier'; readonly kind: ModifierKind; readonly factor: number };

interface TrieNode {
  readonly children: Map<string, TrieNode>;
  /** `_`: any one token. */
  any: TrieNode | null;
  /** `_*`: up to two tokens. */
  gap: TrieNode | null;
  meaning: PhraseMeaning | null;
}

/** A token as the trie looks it up. */
export interface PhraseToken {
  /** Normalised form. */
  readonly norm: string;
  /** `@lemma` of each lemma that phrases name. */
  readonly lemmaKeys: readonly string[];
  /** No gap goes over it. */
  readonly isStop: boolean;
}

export interface PhraseMatch {
  readonly meaning: PhraseMeaning;
  /** Tokens it takes. */
  readonly length: number;
}

const MAX_GAP = 2;

function emptyNode(): TrieNode {
  return { children: new Map(), any: null, gap: null, meaning: null };
}

/** Nodes of the trie behind a first word. */
export type PhraseOpenings = readonly object[];

const NO_OPENINGS: PhraseOpenings = [];

export class PhraseTrie {
  readonly #root = emptyNode();

  /** Lemmas that patterns name with `@`. */
  readonly lemmas = new Set<string>();

  /** `variantsOf` gives further spellings of a literal token (without accents). */
  add(pattern: string, meaning: PhraseMeaning, variantsOf: (form: string) => readonly string[]): void {
    let nodes = [this.#root];
    for (const token of pattern.split(/\s+/)) {
      if (token === '') continue;
      nodes = nodes.flatMap((node) => this.#step(node, token, variantsOf));
    }
    for (const node of nodes) {
      // What judges wins over what modifies; the first line over later ones.
      if (node.meaning === null || (node.meaning.type === 'modifier' && meaning.type === 'phrase'))
        node.meaning = meaning;
    }
  }

  #step(node: TrieNode, token: string, variantsOf: (form: string) => readonly string[]): TrieNode[] {
    if (token === '_') {
      node.any ??= emptyNode();
      return [node.any];
    }
    if (token === '_*') {
      node.gap ??= emptyNode();
      return [node.gap];
    }
    const keys = token.split('|').flatMap((form) => {
      if (!form.startsWith('@')) return variantsOf(form);
      this.lemmas.add(form.slice(1));
      return [form];
    });
    return keys.map((key) => {
      const child = node.children.get(key) ?? emptyNode();
      node.children.set(key, child);
      return child;
    });
  }

  /** Where expressions that begin with a form of these lemmas go on. */
  openingsOf(norm: string, lemmaKeys: readonly string[]): PhraseOpenings {
    const nodes = [norm, ...lemmaKeys].map((key) => this.#root.children.get(key)).filter((node) => node !== undefined);
    return nodes.length === 0 ? NO_OPENINGS : nodes;
  }

  /** The longest expression that starts at a token with these openings, or null. */
  match(tokens: readonly PhraseToken[], at: number, openings: PhraseOpenings): PhraseMatch | null {
    let found: PhraseMatch | null = null;
    for (const node of openings) found = walk(node as TrieNode, tokens, at, at + 1, found);
    return found;
  }
}

/** Follows all ways down from a node; answers the longest expression of these and `best`. */
function walk(
  node: TrieNode,
  tokens: readonly PhraseToken[],
  at: number,
  position: number,
  best: PhraseMatch | null,
): PhraseMatch | null {
  const length = position - at;
  let found =
    node.meaning !== null && (best === null || length > best.length) ? { meaning: node.meaning, length } : best;
  if (node.gap !== null) {
    for (let skipped = 0; skipped <= MAX_GAP; skipped++) {
      found = walk(node.gap, tokens, at, position + skipped, found);
      if (tokens[position + skipped]?.isStop !== false) break;
    }
  }
  const token = tokens[position];
  if (token === undefined) return found;
  const next = node.children.get(token.norm);
  if (next !== undefined) found = walk(next, tokens, at, position + 1, found);
  for (const key of token.lemmaKeys) {
    const byLemma = node.children.get(key);
    if (byLemma !== undefined) found = walk(byLemma, tokens, at, position + 1, found);
  }
  return node.any !== null && !token.isStop ? walk(node.any, tokens, at, position + 1, found) : found;
}
