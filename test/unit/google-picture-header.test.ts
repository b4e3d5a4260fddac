import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readPlainSize } from '../../src/providers/google/picture-header.js';

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#336699' } });

describe('readPlainSize', () => {
  it('agrees with the image library on plain PNG and JPEG files', async () => {
    const side = fc.integer({ min: 1, max: 300 });
    await fc.assert(
      fc.asyncProperty(side, side, async (width, height) => {
        const files = [
          await picture(width, height).png().toBuffer(),
          await picture(width, height).jpeg().toBuffer(),
          await picture(width, height).jpeg({ progressive: true }).toBuffer(),
        ];
        for (const file of files) expect(readPlainSize(file)).toEqual({ width, height });
      }),
      { numRuns: 20 },
    );
  });

  it('leaves to the library what may be turned, and what it does not know', async () => {
    expect(readPlainSize(await picture(20, 30).withMetadata({ orientation: 6 }).jpeg().toBuffer())).toBeNull();
    expect(readPlainSize(await picture(20, 30).withMetadata({ orientation: 6 }).png().toBuffer())).toBeNull();
    expect(readPlainSize(await picture(20, 30).webp().toBuffer())).toBeNull();
    expect(readPlainSize(new Uint8Array(3))).toBeNull();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom([0xff, 0xd8], [0x89, 0x50, 0x4e, 0x47], []),
        (tail, head) => {
          readPlainSize(Uint8Array.from([...head, ...tail]));
        },
      ),
    );
  });
});
