/** Size of a picture from its first bytes, for the common plain files: asking the image library costs far more. */

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

const PNG_SIGNATURE = 0x89504e47;
const PNG_HEADER_BYTES = 33;

/**
 * Width and height of an upright PNG or JPEG as stored; null where the file is of another kind, or may be turned by
 * EXIF, or is not plain enough to be sure.
 */
export function readPlainSize(content: Uint8Array): PictureSize | null {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (bytes.length < PNG_HEADER_BYTES) return null;
  if (bytes.readUInt32BE(0) === PNG_SIGNATURE) return readPngSize(bytes);
  return bytes.readUInt16BE(0) === 0xffd8 ? readJpegSize(bytes) : null;
}

/** PNG (third edition), 11.2.1: IHDR is the first chunk; eXIf, where there is one, may turn the picture. */
function readPngSize(bytes: Buffer): PictureSize | null {
  if (bytes.toString('latin1', 12, 16) !== 'IHDR' || bytes.includes('eXIf', PNG_HEADER_BYTES, 'latin1')) return null;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** ITU-T T.81, B.2: segments up to the frame header (SOF0 to SOF15 without DHT, JPG and DAC). */
function readJpegSize(bytes: Buffer): PictureSize | null {
  for (let at = 2; at + 9 < bytes.length; ) {
    const marker = bytes.readUInt16BE(at);
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    // APP1 holds EXIF, and with it the orientation.
    if (marker < 0xffc0 || marker === 0xffe1 || marker === 0xffda) return null;
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}
