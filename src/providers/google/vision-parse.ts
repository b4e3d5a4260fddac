/** Turns Cloud Vision's answer for one page into uxd's own words. Pure: no network, no files. */
import type { protos } from '@google-cloud/vision';
import type { Box, Feature, OcrBlock, OcrLine, OcrText, OcrWord, PageReading, Sighting } from '../../model.js';

type Annotation = protos.google.cloud.vision.v1.IAnnotateImageResponse;
type VisionPage = protos.google.cloud.vision.v1.IPage;
type VisionBlock = protos.google.cloud.vision.v1.IBlock;
type VisionWord = protos.google.cloud.vision.v1.IWord;
type VisionSymbol = protos.google.cloud.vision.v1.ISymbol;
type Polygon = protos.google.cloud.vision.v1.IBoundingPoly;
type Entity = protos.google.cloud.vision.v1.IEntityAnnotation;

/** Changes whenever the same answer would be parsed into something else; part of the engine's version. */
export const PARSER_REVISION = 1;

/** The upright page that boxes are given in. */
export interface Frame {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Length on the page divided by length in what was sent (a picture scaled down; points of a PDF page). */
  readonly scale: number;
}

const EMPTY_BOX: Box = [0, 0, 0, 0];

/** Single-precision numbers come with digits that mean nothing. */
function round4(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

function boxOfCorners(xs: readonly number[], ys: readonly number[], frame: Frame): Box {
  const within = (value: number, limit: number) => Math.min(limit, Math.max(0, Math.round(value)));
  const left = within(Math.min(...xs), frame.width);
  const top = within(Math.min(...ys), frame.height);
  return [left, top, within(Math.max(...xs), frame.width) - left, within(Math.max(...ys), frame.height) - top];
}

/** The upright rectangle around a polygon, or null where there is none. A missing coordinate means 0. */
function boxOf(polygon: Polygon | null | undefined, frame: Frame): Box | null {
  const normalized = polygon?.normalizedVertices ?? [];
  if (normalized.length > 0) {
    const xs = normalized.map(({ x }) => (x ?? 0) * frame.width);
    return boxOfCorners(
      xs,
      normalized.map(({ y }) => (y ?? 0) * frame.height),
      frame,
    );
  }
  const vertices = polygon?.vertices ?? [];
  if (vertices.length === 0) return null;
  const xs = vertices.map(({ x }) => (x ?? 0) * frame.scale);
  return boxOfCorners(
    xs,
    vertices.map(({ y }) => (y ?? 0) * frame.scale),
    frame,
  );
}

function union(boxes: readonly Box[]): Box {
  const real = boxes.filter(([, , width, height]) => width > 0 || height > 0);
  if (real.length === 0) return boxes[0] ?? EMPTY_BOX;
  const left = Math.min(...real.map(([x]) => x));
  const top = Math.min(...real.map(([, y]) => y));
  const right = Math.max(...real.map(([x, , width]) => x + width));
  const bottom = Math.max(...real.map(([, y, , height]) => y + height));
  return [left, top, right - left, bottom - top];
}

/** Mean over the characters. */
function meanConfidence(parts: readonly { readonly text: string; readonly confidence: number }[]): number {
  let sum = 0;
  let characters = 0;
  for (const { text, confidence } of parts) {
    sum += confidence * text.length;
    characters += text.length;
  }
  return characters === 0 ? 0 : round4(sum / characters);
}

type Break = 'none' | 'space' | 'hyphen' | 'line';

const BREAKS: Readonly<Record<string, Break>> = {
  SPACE: 'space',
  SURE_SPACE: 'space',
  EOL_SURE_SPACE: 'line',
  HYPHEN: 'hyphen',
  LINE_BREAK: 'line',
  // The same by number, for answers that were not decoded with names.
  1: 'space',
  2: 'space',
  3: 'line',
  4: 'hyphen',
  5: 'line',
};

function breakOf(symbol: VisionSymbol | undefined, isPrefix: boolean): Break {
  const detected = symbol?.property?.detectedBreak;
  if (!detected || (detected.isPrefix ?? false) !== isPrefix) return 'none';
  return BREAKS[String(detected.type)] ?? 'none';
}

/** Scripts that are written without spaces: their words stay apart although nothing is between them. */
const SPACELESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function toWord(word: VisionWord, frame: Frame): OcrWord {
  const symbols = word.symbols ?? [];
  const letters = symbols.map(({ text, confidence }) => ({ text: text ?? '', confidence: confidence ?? 0 }));
  const box = boxOf(word.boundingBox, frame);
  const symbolBoxes = () => symbols.map(({ boundingBox }) => boxOf(boundingBox, frame) ?? EMPTY_BOX);
  return {
    text: letters.map(({ text }) => text).join(''),
    confidence: word.confidence ? round4(word.confidence) : meanConfidence(letters),
    box: box ?? union(symbolBoxes()),
  };
}

/**
 * Collects the lines of a block. Google gives punctuation as words of its own ("1", ",", "99"): what has no break
 * between it is joined, so that words are what spaces separate.
 */
class LineBuilder {
  readonly lines: OcrLine[] = [];
  #words: OcrWord[] = [];
  #text = '';
  #hasSpaceBefore = false;

  add(word: OcrWord): void {
    const last = this.#words.at(-1);
    const isJoined =
      last !== undefined && !this.#hasSpaceBefore && !SPACELESS.test(last.text.slice(-2)) && !SPACELESS.test(word.text);
    if (isJoined) {
      const text = last.text + word.text;
      const confidence = meanConfidence([last, word]);
      this.#words[this.#words.length - 1] = { text, confidence, box: union([last.box, word.box]) };
    } else {
      this.#words.push(word);
    }
    this.#text += (this.#hasSpaceBefore && last ? ' ' : '') + word.text;
    this.#hasSpaceBefore = false;
  }

  break(kind: Break): void {
    if (kind === 'space') this.#hasSpaceBefore = true;
    if (kind === 'hyphen') this.#addHyphen();
    if (kind === 'hyphen' || kind === 'line') this.#endLine();
  }

  /** Google leaves the hyphen at the end of a line out of the symbols; on the page it is there. */
  #addHyphen(): void {
    const last = this.#words.at(-1);
    if (!last || last.text.endsWith('-')) return;
    this.#words[this.#words.length - 1] = { ...last, text: `${last.text}-` };
    this.#text += '-';
  }

  #endLine(): void {
    const words = this.#words;
    if (words.length > 0) {
      const box = union(words.map((word) => word.box));
      this.lines.push({ text: this.#text, confidence: meanConfidence(words), box, words });
    }
    this.#words = [];
    this.#text = '';
    this.#hasSpaceBefore = false;
  }
}

function toBlock(block: VisionBlock, frame: Frame): OcrBlock | null {
  const builder = new LineBuilder();
  for (const paragraph of block.paragraphs ?? []) {
    for (const visionWord of paragraph.words ?? []) {
      const word = toWord(visionWord, frame);
      if (word.text === '') continue;
      builder.break(breakOf(visionWord.symbols?.[0], true));
      builder.add(word);
      builder.break(breakOf(visionWord.symbols?.at(-1), false));
    }
    builder.break('line');
  }
  const { lines } = builder;
  if (lines.length === 0) return null;
  return {
    text: lines.map((line) => line.text).join('\n'),
    confidence: meanConfidence(lines),
    box: boxOf(block.boundingBox, frame) ?? union(lines.map((line) => line.box)),
    lines,
  };
}

/** The surest language of the page that Google could name. */
function languageOf(pages: readonly VisionPage[]): string | null {
  const found = pages.flatMap((page) => page.property?.detectedLanguages ?? []);
  let best: { code: string; confidence: number } | null = null;
  for (const { languageCode, confidence } of found) {
    if (!languageCode || languageCode === 'und' || languageCode === 'zxx') continue;
    if (!best || (confidence ?? 0) > best.confidence) best = { code: languageCode, confidence: confidence ?? 0 };
  }
  return best?.code ?? null;
}

/** The text of a page; empty where Google found none. */
export function parseText(annotation: Annotation, frame: Frame): OcrText {
  const pages = annotation.fullTextAnnotation?.pages ?? [];
  const blocks = pages.flatMap((page) => page.blocks ?? []).flatMap((block) => toBlock(block, frame) ?? []);
  return {
    text: blocks.map((block) => block.text).join('\n\n'),
    confidence: blocks.length === 0 ? null : meanConfidence(blocks),
    language: languageOf(pages),
    blocks,
  };
}

function toSighting(entity: Entity, frame: Frame): Sighting {
  return {
    name: entity.description ?? '',
    score: round4(entity.score ?? 0),
    box: boxOf(entity.boundingPoly, frame),
    entityId: entity.mid || null,
  };
}

/** What was asked for of one page; a feature that was not asked for is absent. */
export function parseFeatures(
  annotation: Annotation,
  frame: Frame,
  features: readonly Feature[],
): Pick<PageReading, Feature> {
  return {
    ...(features.includes('text') && { text: parseText(annotation, frame) }),
    ...(features.includes('labels') && {
      labels: (annotation.labelAnnotations ?? []).map((entity) => ({ ...toSighting(entity, frame), box: null })),
    }),
    ...(features.includes('objects') && {
      objects: (annotation.localizedObjectAnnotations ?? []).map(({ name, score, mid, boundingPoly }) =>
        toSighting(
          { description: name ?? '', score: score ?? 0, mid: mid ?? '', boundingPoly: boundingPoly ?? null },
          frame,
        ),
      ),
    }),
    ...(features.includes('logos') && {
      logos: (annotation.logoAnnotations ?? []).map((entity) => toSighting(entity, frame)),
    }),
  };
}

/** Size of the page as Google gives it (pixels, of a PDF points), or null on a page without text. */
export function sizeOf(annotation: Annotation): { readonly width: number; readonly height: number } | null {
  const [page] = annotation.fullTextAnnotation?.pages ?? [];
  return page?.width && page.height ? { width: page.width, height: page.height } : null;
}
