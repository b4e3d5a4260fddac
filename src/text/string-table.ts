/**
 * A map from strings to lists of small numbers in one block of bytes: made once, looked up in place. Opening it costs
 * nothing, where a Map of 200,000 strings takes a second of every process.
 */

/** `UXT` and the version of the layout. */
const MAGIC = 0x55585401;
const HEADER_WORDS = 4;
const MAX_KEY_LENGTH = 255;
const MAX_VALUES = 255;

export interface StringTable {
  /** The numbers of a string, or null. */
  get(key: string): readonly number[] | null;
  readonly size: number;
}

/** FNV-1a over UTF-16 code units: http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * Layout, in 16-bit words after a header of four 32-bit ones (magic, mask, entries, length of the records): slots of
 * 32 bits that hold 0 or the place of a record plus 1; records of length of the key, number of values, code units of the
 * key, values of 32 bits as two words, low first. Throws a RangeError for keys or lists that are too long.
 */
export function packTable(entries: ReadonlyMap<string, readonly number[]>): Uint8Array {
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(8, entries.size * 2))));
  const mask = slots.length - 1;
  const records: number[] = [];
  for (const [key, values] of entries) {
    if (key.length > MAX_KEY_LENGTH || values.length > MAX_VALUES) throw new RangeError(`"${key}" does not fit`);
    let slot = hashOf(key) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = records.length + 1;
    records.push(key.length, values.length);
    for (let i = 0; i < key.length; i++) records.push(key.charCodeAt(i));
    for (const value of values) records.push(value & 0xffff, value >>> 16);
  }
  const bytes = new Uint8Array(HEADER_WORDS * 4 + slots.byteLength + records.length * 2);
  new Uint32Array(bytes.buffer, 0, HEADER_WORDS).set([MAGIC, mask, entries.size, records.length]);
  new Uint32Array(bytes.buffer, HEADER_WORDS * 4, slots.length).set(slots);
  new Uint16Array(bytes.buffer, HEADER_WORDS * 4 + slots.byteLength).set(records);
  return bytes;
}

/** Opens what {@link packTable} made on a machine of the same byte order; null where the bytes are something else. */
export function openTable(bytes: Uint8Array): StringTable | null {
  if (bytes.byteLength < HEADER_WORDS * 4 || bytes.byteOffset % 4 !== 0) return null;
  const [magic, mask = 0, size = 0, length = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, HEADER_WORDS);
  const slotBytes = (mask + 1) * 4;
  if (magic !== MAGIC || bytes.byteLength !== HEADER_WORDS * 4 + slotBytes + length * 2) return null;
  const slots = new Uint32Array(bytes.buffer, bytes.byteOffset + HEADER_WORDS * 4, mask + 1);
  const records = new Uint16Array(bytes.buffer, bytes.byteOffset + HEADER_WORDS * 4 + slotBytes, length);
  const isAt = (record: number, key: string): boolean => {
    if (records[record] !== key.length) return false;
    for (let i = 0; i < key.length; i++) if (records[record + 2 + i] !== key.charCodeAt(i)) return false;
    return true;
  };
  return {
    size,
    get(key) {
      for (let slot = hashOf(key) & mask; ; slot = (slot + 1) & mask) {
        const place = slots[slot] ?? 0;
        if (place === 0) return null;
        if (isAt(place - 1, key)) return valuesAt(records, place - 1);
      }
    },
  };
}

function valuesAt(records: Uint16Array, record: number): number[] {
  const first = record + 2 + (records[record] ?? 0);
  return Array.from(
    { length: records[record + 1] ?? 0 },
    (_, i) => (records[first + 2 * i] ?? 0) + (records[first + 2 * i + 1] ?? 0) * 0x10000,
  );
}
