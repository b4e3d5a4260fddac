import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DecodedImage, decodeImage, probeImage } from '../../src/io/images.js';
import { InputError } from '../../src/io/input-error.js';
import { sniffMediaType } from '../../src/io/media-type.js';
import type { PageMediaType } from '../../src/model.js';

let directory: string;
const MAX_PIXELS = 1_000_000;
const [RED, BLUE, WHITE] = ['255,0,0', '0,0,255', '255,255,255'];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'uxd-images-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

/** 40 x 20 pixels: the left half red, the right half blue. */
function halves() {
  const data = Buffer.alloc(40 * 20 * 3);
  for (let i = 0; i < 40 * 20; i++) data.set(i % 40 < 20 ? [255, 0, 0] : [0, 0, 255], i * 3);
  return sharp(data, { raw: { width: 40, height: 20, channels: 3 } });
}

async function decode(bytes: Uint8Array, more: { page?: number; maxPixels?: number; maxDecodedPixels?: number } = {}) {
  const path = join(directory, 'picture[1]');
  await writeFile(path, bytes);
  const mediaType = sniffMediaType(bytes) as PageMediaType;
  return decodeImage(path, { mediaType, maxPixels: MAX_PIXELS, ...more });
}

async function failure(bytes: Uint8Array, more = {}): Promise<string> {
  try {
    await decode(bytes, more);
  } catch (error) {
    if (error instanceof InputError) {
      expect(error.message).not.toContain(directory);
      return error.code;
    }
    throw error;
  }
  return 'none';
}

function pixel({ data, width }: DecodedImage, x: number, y: number): string {
  return [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)].join(',');
}

function isNear(actual: string, expected: string, tolerance = 45): boolean {
  const wanted = expected.split(',').map(Number);
  return actual.split(',').every((value, i) => Math.abs(Number(value) - (wanted[i] ?? 0)) <= tolerance);
}

function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body) >>> 0, 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const rows = deflateSync(Buffer.alloc((1 + Math.ceil(width / 8)) * height));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('pictures', () => {
  it.each(['png', 'jpeg', 'webp', 'gif', 'tiff'] as const)('are decoded: %s', async (format) => {
    const image = await decode(await halves().toFormat(format).toBuffer());
    expect([image.width, image.height, image.channels, image.scale]).toEqual([40, 20, 3, 1]);
    expect(image.data.length).toBe(40 * 20 * 3);
    expect(isNear(pixel(image, 5, 10), RED)).toBe(true);
    expect(isNear(pixel(image, 35, 10), BLUE)).toBe(true);
  });

  it('become 8-bit sRGB from grey, 16-bit and CMYK', async () => {
    const grey = await decode(await halves().toColourspace('b-w').png().toBuffer());
    expect(grey.data.length).toBe(40 * 20 * 3);
    const deep = await decode(await halves().toColourspace('rgb16').png().toBuffer());
    expect(isNear(pixel(deep, 5, 10), RED)).toBe(true);
    const cmyk = await decode(await halves().toColourspace('cmyk').jpeg().toBuffer());
    expect(isNear(pixel(cmyk, 5, 10), RED, 60)).toBe(true);
  });

  it('lie on white where they are transparent', async () => {
    const clear = sharp({ create: { width: 4, height: 4, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } });
    expect(pixel(await decode(await clear.png().toBuffer()), 1, 1)).toBe(WHITE);
  });

  it('stand upright', async () => {
    const turned = await halves().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const image = await decode(turned);
    expect([image.width, image.height]).toEqual([20, 40]);
    expect(isNear(pixel(image, 10, 5), RED)).toBe(true);
    const path = join(directory, 'turned.jpg');
    await writeFile(path, turned);
    expect(await probeImage(path, 'image/jpeg')).toEqual({ width: 20, height: 40, pages: 1 });
  });

  it('have pages where they are TIFF', async () => {
    const frames = sharp([await halves().png().toBuffer(), await halves().negate().png().toBuffer()], {
      join: { animated: true },
    });
    const tiff = await frames.tiff().toBuffer();
    const path = join(directory, 'pages.tiff');
    await writeFile(path, tiff);
    expect(await probeImage(path, 'image/tiff')).toMatchObject({ pages: 2 });
    expect(isNear(pixel(await decode(tiff, { page: 2 }), 5, 10), '0,255,255')).toBe(true);
  });

  it('are scaled down while they are decoded', async () => {
    for (const bytes of [await halves().png().toBuffer(), bmp({ bits: 24 })]) {
      const image = await decode(bytes, { maxDecodedPixels: 200 });
      expect([image.width, image.height, image.scale]).toEqual([20, 10, 2]);
      expect(isNear(pixel(image, 3, 5), RED)).toBe(true);
    }
  });

  it('are refused when they are too large, before they are decoded', async () => {
    expect(await failure(png(30_000, 30_000))).toBe('TOO_MANY_PIXELS');
    expect(await failure(bmp({ bits: 24, width: 30_000, height: 30_000 }))).toBe('TOO_MANY_PIXELS');
    expect(await failure(await halves().png().toBuffer(), { maxPixels: 799 })).toBe('TOO_MANY_PIXELS');
  });

  it('are refused when they have no pixels', async () => {
    expect(await failure(png(0, 0))).toBe('CORRUPT_IMAGE');
    expect(await failure(bmp({ bits: 24, width: 0 }))).toBe('CORRUPT_IMAGE');
  });

  it.each(['png', 'jpeg', 'webp', 'gif', 'tiff'] as const)('are refused when they are cut off: %s', async (format) => {
    const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
    const picture = sharp({ create: { width: 60, height: 60, channels: 3, background: '#888', noise } });
    const whole = await picture.toFormat(format).toBuffer();
    for (const share of [0.3, 0.6, 0.9]) {
      expect(await failure(whole.subarray(0, Math.floor(whole.length * share)))).toMatch(/^(TRUNCATED|CORRUPT)_IMAGE$/);
    }
  });

  it('that are not there say so', async () => {
    const missing = decodeImage(join(directory, 'missing.png'), { mediaType: 'image/png', maxPixels: 1 });
    await expect(missing).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    const noBitmap = decodeImage(join(directory, 'missing.bmp'), { mediaType: 'image/bmp', maxPixels: 1 });
    await expect(noBitmap).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });
});

interface BmpShape {
  bits: number;
  width?: number;
  height?: number;
  isTopDown?: boolean;
  compression?: number;
  pixels?: number[];
  masks?: number[];
}

/** A BMP of 40 x 20 pixels, red on the left and blue on the right, in any of the ways that BMP has. */
function bmp({
  bits,
  width = 40,
  height = 20,
  isTopDown = false,
  compression = 0,
  pixels,
  masks = [],
}: BmpShape): Buffer {
  const palette = bits <= 8 ? [0, 0, 255, 0, 255, 0, 0, 0] : [];
  const header = Buffer.alloc(54 + masks.length * 4 + palette.length);
  header.write('BM');
  header.writeUInt32LE(header.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(isTopDown ? -height : height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bits, 28);
  header.writeUInt32LE(compression, 30);
  header.writeUInt32LE(palette.length / 4, 46);
  for (const [i, mask] of masks.entries()) header.writeUInt32LE(mask, 54 + i * 4);
  header.set(palette, 54 + masks.length * 4);
  const own = pixels ?? Array.from({ length: 20 }, () => bmpRow(bits, masks)).flat();
  return Buffer.concat([header, Buffer.from(own)]);
}

/** Twenty red and twenty blue pixels, padded to four bytes. */
function bmpRow(bits: number, masks: number[]): number[] {
  const bytes: number[] = [];
  if (bits <= 8) {
    const perByte = 8 / bits;
    for (let x = 0; x < 40; x += perByte) {
      let byte = 0;
      for (let i = 0; i < perByte; i++) byte = (byte << bits) | (x + i < 20 ? 0 : 1);
      bytes.push(byte);
    }
  }
  for (let x = 0; x < 40 && bits > 8; x++) {
    const isRed = x < 20;
    if (bits === 24) bytes.push(...(isRed ? [0, 0, 255] : [255, 0, 0]));
    if (bits === 32) bytes.push(...(isRed ? [0, 0, 255, 0] : [255, 0, 0, 0]));
    if (bits === 16) {
      const value = masks.length > 0 ? (isRed ? 0xf800 : 0x001f) : isRed ? 0x7c00 : 0x001f;
      bytes.push(value & 255, value >> 8);
    }
  }
  while (bytes.length % 4 !== 0) bytes.push(0);
  return bytes;
}

describe('BMP', () => {
  it.each<BmpShape>([
    { bits: 1 },
    { bits: 4 },
    { bits: 8 },
    { bits: 8, isTopDown: true },
    { bits: 16 },
    { bits: 16, compression: 3, masks: [0xf800, 0x7e0, 0x1f] },
    { bits: 24 },
    { bits: 24, isTopDown: true },
    { bits: 32 },
    { bits: 32, compression: 3, masks: [0xff0000, 0xff00, 0xff] },
  ])('is decoded: %j', async (shape) => {
    const image = await decode(bmp(shape));
    expect([image.width, image.height]).toEqual([40, 20]);
    expect([pixel(image, 19, 0), pixel(image, 20, 19)]).toEqual([RED, BLUE]);
  });

  it('is decoded with run lengths', async () => {
    const rle8 = Array.from({ length: 20 }, () => [20, 0, 20, 1, 0, 0]).flat();
    const image = await decode(bmp({ bits: 8, compression: 1, pixels: [...rle8, 0, 1] }));
    expect([pixel(image, 19, 0), pixel(image, 20, 19)]).toEqual([RED, BLUE]);
    // Rows from the bottom: runs, pixels one by one with padding, then a jump over a row.
    const rle4 = [20, 0x00, 20, 0x11, 0, 0, 0, 3, 0x11, 0x10, 0, 0, 0, 2, 3, 1, 2, 0x11, 0, 1];
    const small = await decode(bmp({ bits: 4, compression: 2, pixels: rle4 }));
    expect([pixel(small, 20, 19), pixel(small, 0, 18), pixel(small, 2, 18), pixel(small, 3, 18)]).toEqual([
      BLUE,
      BLUE,
      BLUE,
      RED,
    ]);
    expect([pixel(small, 3, 16), pixel(small, 4, 16), pixel(small, 5, 16)]).toEqual([BLUE, BLUE, RED]);
  });

  it('is refused when it is cut off or strange', async () => {
    const whole = bmp({ bits: 24 });
    expect(await failure(whole.subarray(0, whole.length - 30))).toBe('TRUNCATED_IMAGE');
    expect(await failure(whole.subarray(0, 40))).toBe('TRUNCATED_IMAGE');
    expect(await failure(bmp({ bits: 8, compression: 1, pixels: [20, 0] }))).toBe('TRUNCATED_IMAGE');
    expect(await failure(bmp({ bits: 24, compression: 4 }))).toBe('UNSUPPORTED_IMAGE');
    expect(await failure(bmp({ bits: 7 }))).toBe('UNSUPPORTED_IMAGE');
  });
});
