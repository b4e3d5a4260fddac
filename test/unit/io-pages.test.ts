import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DocumentNames } from '../../src/io/document-names.js';
import { describeUnknown, SNIFF_BYTES, sniffMediaType } from '../../src/io/media-type.js';
import { formatPages, parsePages, selectPages } from '../../src/io/page-ranges.js';
import { UsageError } from '../../src/model.js';

describe('page lists', () => {
  it('say which pages of a file to take', () => {
    expect(selectPages(parsePages('1-3,8,10-'), 12)).toEqual([1, 2, 3, 8, 10, 11, 12]);
    expect(selectPages(parsePages(' 3 , 1 - 2 ,2'), 2)).toEqual([1, 2]);
    expect(selectPages(parsePages('5'), 4)).toEqual([]);
    expect(selectPages(null, 3)).toEqual([1, 2, 3]);
  });

  it.each([
    ['', /missing/],
    ['1,,2', /missing/],
    ['0', /counted from 1/],
    ['3-1', /3 comes after 1/],
    ['a', /what is "a"/],
    ['-5', /what is "-5"/],
    ['1-2-3', /what is/],
    ['1.5', /what is/],
  ])('are refused with a reason: %j', (text, reason) => {
    expect(() => parsePages(text)).toThrow(UsageError);
    expect(() => parsePages(text)).toThrow(reason);
  });

  it('round-trip any set of pages', () => {
    const pages = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1 });
    fc.assert(
      fc.property(pages, (some) => {
        const sorted = some.toSorted((a, b) => a - b);
        expect(selectPages(parsePages(formatPages(sorted)), 60)).toEqual(sorted);
      }),
    );
  });

  it('never give a page that is not there', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 20 }), (text, pageCount) => {
        try {
          for (const page of selectPages(parsePages(text), pageCount))
            expect(page >= 1 && page <= pageCount).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
    );
  });
});

describe('media types', () => {
  const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

  it.each([
    ['image/png', '\x89PNG\r\n\x1a\n'],
    ['image/jpeg', '\xff\xd8\xff\xe0'],
    ['image/gif', 'GIF87a'],
    ['image/gif', 'GIF89a'],
    ['image/webp', 'RIFF\0\0\0\0WEBPVP8 '],
    ['image/tiff', 'II*\0'],
    ['image/tiff', 'MM\0*'],
    ['image/bmp', `BM${'\0'.repeat(12)}\x28\0\0\0`],
    ['application/pdf', '%PDF-1.7'],
    ['application/pdf', `${'junk '.repeat(100)}%PDF-1.4`],
  ])('are told by the first bytes: %s', (mediaType, head) => {
    const rest = fc.uint8Array();
    fc.assert(fc.property(rest, (more) => sniffMediaType(Buffer.concat([bytes(head), more])) === mediaType));
  });

  it('are not guessed from text', () => {
    const text = fc.string({ unit: 'grapheme-ascii', maxLength: 2000 }).filter((value) => !value.includes('%PDF-'));
    fc.assert(fc.property(text, (value) => value.startsWith('GIF8') || sniffMediaType(bytes(value)) === null));
    expect(sniffMediaType(bytes('BMW is a car maker, not a bitmap'))).toBe(null);
    expect(sniffMediaType(bytes(`${'x'.repeat(SNIFF_BYTES)}%PDF-1.4`))).toBe(null);
    expect(sniffMediaType(new Uint8Array(0))).toBe(null);
  });

  it('that are not read are named, with what to do', () => {
    expect(describeUnknown(bytes('\0\0\0\x18ftypheic'))).toMatch(/HEIC.*convert/);
    expect(describeUnknown(bytes('PK\x03\x04'))).toMatch(/export it as PDF/);
    expect(describeUnknown(bytes('<?xml version="1.0"?>\n<svg>'))).toMatch(/SVG/);
    expect(describeUnknown(bytes('<!DOCTYPE html>'))).toMatch(/web page/);
    expect(describeUnknown(bytes('hello'))).toMatch(/not a PNG/);
  });
});

describe('names of made files', () => {
  it('are those of the inputs, and never the same twice', () => {
    const names = new DocumentNames(false);
    expect(names.nameOf('scans/a.png')).toBe('a');
    expect(names.nameOf('other/a.png')).toMatch(/^a~[0-9a-f]{10}$/);
    expect(names.nameOf('A.pdf')).toMatch(/^A~/);
    expect(names.nameOf('-')).toBe('stdin');
    expect(names.nameOf('x/.hidden')).toBe('_hidden');
    expect(names.nameOf('..')).toBe('_');
    const sources = fc.uniqueArray(fc.string({ unit: fc.constantFrom('a', 'A', '.', '/', 'ñ', ':', '\n', '😀') }), {
      minLength: 2,
    });
    fc.assert(
      fc.property(sources, (all) => {
        const fresh = new DocumentNames(false);
        const given = all.map((source) => fresh.nameOf(source));
        expect(new Set(given.map((name) => name.toLowerCase())).size).toBe(all.length);
        for (const name of given) expect(name).not.toMatch(/[/\\:\n]|^\./);
      }),
    );
  });

  it('are unlike those of other machines in a sharded run', () => {
    const [one, two] = [new DocumentNames(true), new DocumentNames(true)];
    expect(one.nameOf('x/a.png')).not.toBe(two.nameOf('y/a.png'));
  });

  it('fit in a file system', () => {
    expect(Buffer.byteLength(new DocumentNames(false).nameOf(`${'ñ'.repeat(300)}.png`))).toBeLessThanOrEqual(180);
  });
});
