/** Tells files apart by their first bytes; names and endings are not trusted. */
import type { PageMediaType } from '../model.js';

/** As many first bytes as {@link sniffMediaType} looks at. */
export const SNIFF_BYTES = 1024;

const SIGNATURES: readonly (readonly [PageMediaType, readonly number[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38, 0x37, 0x61]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38, 0x39, 0x61]],
  ['image/tiff', [0x49, 0x49, 0x2a, 0x00]],
  ['image/tiff', [0x4d, 0x4d, 0x00, 0x2a]],
  ['image/tiff', [0x49, 0x49, 0x2b, 0x00]],
  ['image/tiff', [0x4d, 0x4d, 0x00, 0x2b]],
];

/** Sizes of the headers that BMP has had; two letters alone would match too much text. */
const BMP_HEADER_SIZES: ReadonlySet<number> = new Set([12, 16, 40, 52, 56, 64, 108, 124]);

function startsWith(head: Uint8Array, signature: readonly number[], from = 0): boolean {
  return head.length >= from + signature.length && signature.every((byte, i) => head[from + i] === byte);
}

function ascii(head: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...head.subarray(from, to));
}

function isBmp(head: Uint8Array): boolean {
  if (ascii(head, 0, 2) !== 'BM' || head.length < 18) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return BMP_HEADER_SIZES.has(view.getUint32(14, true));
}

/** The media type of a file that starts with these bytes ({@link SNIFF_BYTES} are enough), or null if it is none of ours. */
export function sniffMediaType(head: Uint8Array): PageMediaType | null {
  for (const [mediaType, signature] of SIGNATURES) if (startsWith(head, signature)) return mediaType;
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WEBP') return 'image/webp';
  if (isBmp(head)) return 'image/bmp';
  // Readers of PDF accept up to 1,024 bytes of anything before the header.
  if (ascii(head, 0, SNIFF_BYTES).includes('%PDF-')) return 'application/pdf';
  return null;
}

/** What a file that is none of ours seems to be and what to do with it, for the error message. */
export function describeUnknown(head: Uint8Array): string {
  const brand = ascii(head, 4, 8) === 'ftyp' ? ascii(head, 8, 12) : '';
  if (/^(hei|hev|mif|msf)/.test(brand)) return 'this is a HEIC picture; convert it to JPEG or PNG first';
  if (brand.startsWith('avi')) return 'this is an AVIF picture; convert it to JPEG or PNG first';
  if (ascii(head, 0, 4) === 'PK\u0003\u0004') return 'this is a ZIP or office file; export it as PDF first';
  if (/^\s*(<\?xml.*)?<svg/s.test(ascii(head, 0, SNIFF_BYTES))) return 'this is an SVG drawing; export it as PNG first';
  if (/^\s*<(!doctype html|html)/i.test(ascii(head, 0, 256)))
    return 'this is a web page, not a picture; was it downloaded?';
  return 'this is not a PNG, JPEG, WebP, GIF, BMP, TIFF or PDF file, whatever its name says';
}
