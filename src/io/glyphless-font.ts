/**
 * The font of invisible text: one glyph, a box half an em wide, which is never painted. It is a box and not a blank
 * because PDFium, and so Chrome, leaves out words of one letter that have no extent. It is embedded, because readers
 * refuse or replace fonts that are not. Made here from the tables that ISO 32000-1, 9.9 asks for; see the OpenType specification.
 */

/** Advance of every glyph, in thousandths of an em. */
export const GLYPH_WIDTH = 500;
export const FONT_ASCENT = 800;
export const FONT_DESCENT = -200;
const UNITS_PER_EM = 1000;

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [i, value] of values.entries()) bytes.writeUInt16BE(value & 0xffff, i * 2);
  return bytes;
}

/** Index-to-location format 0, no dates, regular style. */
function headTable(): Buffer {
  const magic = [0x5f0f, 0x3cf5];
  const dates = [0, 0, 0, 0, 0, 0, 0, 0];
  const bounds = [0, FONT_DESCENT, GLYPH_WIDTH, FONT_ASCENT];
  return words(1, 0, 1, 0, 0, 0, ...magic, 0, UNITS_PER_EM, ...dates, ...bounds, 0, 8, 2, 0, 0);
}

/** A rectangle: one contour of four points, coordinates as differences. */
function boxGlyph(): Buffer {
  const [top, bottom, right] = [FONT_ASCENT, FONT_DESCENT, GLYPH_WIDTH];
  const [lastPoint, instructions, onCurve] = [3, 0, 0x0101];
  const xs = [0, 0, right, 0];
  const ys = [bottom, top - bottom, 0, bottom - top];
  return words(1, 0, bottom, right, top, lastPoint, instructions, onCurve, onCurve, ...xs, ...ys);
}

function tables(): Readonly<Record<string, Buffer>> {
  const glyphs = 2;
  const glyph = boxGlyph();
  return {
    glyf: glyph,
    head: headTable(),
    hhea: words(1, 0, FONT_ASCENT, FONT_DESCENT, 0, GLYPH_WIDTH, 0, 0, GLYPH_WIDTH, 1, 0, 0, 0, 0, 0, 0, 0, glyphs),
    hmtx: words(GLYPH_WIDTH, 0, GLYPH_WIDTH, 0),
    loca: words(0, 0, glyph.length / 2),
    maxp: words(1, 0, glyphs, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
  };
}

function checksum(bytes: Buffer): number {
  const padded = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
  let sum = 0;
  for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0;
  return sum;
}

/** The font file (TrueType): glyph 0 is the missing one, glyph 1 the box. */
export function glyphlessFont(): Buffer {
  const entries = Object.entries(tables());
  const count = entries.length;
  const power = 2 ** Math.floor(Math.log2(count));
  const directory = Buffer.alloc(12 + 16 * count);
  words(1, 0, count, power * 16, Math.log2(power), count * 16 - power * 16).copy(directory);
  const bodies: Buffer[] = [];
  let offset = directory.length;
  for (const [i, [tag, body]] of entries.entries()) {
    const at = 12 + 16 * i;
    directory.write(tag, at, 'latin1');
    directory.writeUInt32BE(checksum(body), at + 4);
    directory.writeUInt32BE(offset, at + 8);
    directory.writeUInt32BE(body.length, at + 12);
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
    bodies.push(padded);
    offset += padded.length;
  }
  const font = Buffer.concat([directory, ...bodies]);
  const head = directory.readUInt32BE(12 + 16 * entries.findIndex(([tag]) => tag === 'head') + 8);
  font.writeUInt32BE((0xb1b0afba - checksum(font)) >>> 0, head + 8);
  return font;
}
