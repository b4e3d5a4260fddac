import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';

/** Writes small pictures that all differ, `0000.png` and on; returns their paths and the hashes of their bytes. */
export async function writePictures(
  folder: string,
  count: number,
  from = 0,
): Promise<{ file: string; hash: string }[]> {
  await mkdir(folder, { recursive: true });
  const pictures: { file: string; hash: string }[] = [];
  for (let i = from; i < from + count; i += 1) {
    const background = { r: i & 255, g: (i >> 8) & 255, b: (i >> 16) & 255 };
    const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background } })
      .png()
      .toBuffer();
    const file = path.join(folder, `${String(i).padStart(4, '0')}.png`);
    await writeFile(file, bytes);
    pictures.push({ file, hash: createHash('sha256').update(bytes).digest('hex') });
  }
  return pictures;
}
