/** The protocol buffer wire format (https://protobuf.dev/programming-guides/encoding/), as far as ONNX files need it. */

/** One field of a message: numbers of wire type 0, bytes of all others. */
export interface Field {
  readonly number: number;
  readonly wire: number;
  readonly value: number | Uint8Array;
}

const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** Fields of a message in their order. Bytes are views into `message`. Throws on what is no message. */
export function decodeFields(message: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = message[at++];
      if (byte === undefined) throw new Error('the model file is cut off');
      value += (byte & 127) * factor;
      if (byte < 128) return value;
      factor *= 128;
    }
  };
  const take = (length: number): Uint8Array => {
    const bytes = message.subarray(at, at + length);
    if (bytes.length < length) throw new Error('the model file is cut off');
    at += length;
    return bytes;
  };
  while (at < message.length) {
    const key = varint();
    const wire = key % 8;
    const number = (key - wire) / 8;
    if (wire === VARINT) fields.push({ number, wire, value: varint() });
    else if (wire === LENGTH_DELIMITED) fields.push({ number, wire, value: take(varint()) });
    else if (wire === FIXED_32) fields.push({ number, wire, value: take(4) });
    else if (wire === FIXED_64) fields.push({ number, wire, value: take(8) });
    else throw new Error('the model file is damaged');
  }
  return fields;
}

export function encodeFields(fields: readonly Field[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const { number, wire, value } of fields) {
    parts.push(encodeVarint(number * 8 + wire));
    if (typeof value === 'number') {
      parts.push(encodeVarint(value));
      continue;
    }
    if (wire === LENGTH_DELIMITED) parts.push(encodeVarint(value.length));
    parts.push(value);
  }
  return Buffer.concat(parts);
}

export function bytesField(number: number, value: Uint8Array): Field {
  return { number, wire: LENGTH_DELIMITED, value };
}

export function textField(number: number, text: string): Field {
  return bytesField(number, Buffer.from(text, 'utf8'));
}

export function varintField(number: number, value: number): Field {
  return { number, wire: VARINT, value };
}

export function floatField(number: number, value: number): Field {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return { number, wire: FIXED_32, value: bytes };
}

function encodeVarint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}
