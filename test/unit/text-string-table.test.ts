import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openTable, packTable } from '../../src/text/string-table.js';

const key = fc.string({ unit: 'binary', maxLength: 40 });
const values = fc.array(fc.nat(2 ** 32 - 1), { maxLength: 5 });

describe('a table of strings', () => {
  it('gives back what was put in, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, values), { maxLength: 200 }), fc.array(key), (pairs, others) => {
        const map = new Map(pairs);
        const table = openTable(packTable(map));
        expect(table?.size).toBe(map.size);
        for (const [one, numbers] of map) expect(table?.get(one)).toEqual(numbers);
        for (const other of others) if (!map.has(other)) expect(table?.get(other)).toBeNull();
      }),
    );
  });

  it('refuses bytes that are something else', () => {
    const bytes = packTable(new Map([['uno', [1]]]));
    expect(openTable(bytes.subarray(0, bytes.length - 2))).toBeNull();
    expect(openTable(new Uint8Array(64))).toBeNull();
    expect(openTable(new Uint8Array(3))).toBeNull();
  });

  it('refuses what does not fit', () => {
    expect(() => packTable(new Map([['a'.repeat(256), [1]]]))).toThrow(RangeError);
  });
});
