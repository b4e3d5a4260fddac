/** Blocks of lines become the shared nouns: text in reading order with boxes in pixels of the whole page. */
import type { Box, OcrBlock, OcrLine, OcrText, OcrWord } from '../../../model.js';
import type { Bounds } from './geometry.js';
import type { TextBlock } from './layout.js';
import type { TextLine } from './text-line.js';

/** `scale` is the length in the whole page divided by the length in the blocks. */
export function toOcrText(blocks: readonly TextBlock[], scale: number, language: string | null): OcrText {
  const ocrBlocks = blocks.map((block): OcrBlock => {
    const lines = block.lines.map((line) => toOcrLine(line, scale));
    return {
      text: lines.map((line) => line.text).join('\n'),
      confidence: meanConfidence(lines),
      box: toBox(block.bounds, scale),
      lines,
    };
  });
  const text = ocrBlocks.map((block) => block.text).join('\n\n');
  return { text, confidence: text === '' ? null : meanConfidence(ocrBlocks), language, blocks: ocrBlocks };
}

function toOcrLine(line: TextLine, scale: number): OcrLine {
  const words = line.words.map(
    (word): OcrWord => ({
      text: word.text,
      confidence: roundConfidence(word.confidence),
      box: toBox(word.bounds, scale),
    }),
  );
  return { text: line.text, confidence: roundConfidence(line.confidence), box: toBox(line.bounds, scale), words };
}

/** Weighted by length. */
function meanConfidence(parts: readonly { text: string; confidence: number }[]): number {
  const length = parts.reduce((sum, part) => sum + part.text.length, 0);
  const weight = parts.reduce((sum, part) => sum + part.confidence * part.text.length, 0);
  return length === 0 ? 0 : roundConfidence(weight / length);
}

/** Four decimals: more would only say which processor it was. */
function roundConfidence(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000;
}

function toBox({ left, top, right, bottom }: Bounds, scale: number): Box {
  const x = Math.max(0, Math.round(left * scale));
  const y = Math.max(0, Math.round(top * scale));
  return [x, y, Math.max(1, Math.round(right * scale) - x), Math.max(1, Math.round(bottom * scale) - y)];
}
