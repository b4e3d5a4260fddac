/** Whatever is wrong with an input becomes its row, and its neighbours are read. */
import { chmod, copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { PDFDocument } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT, Sandbox } from '../support/uxd.js';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await Sandbox.create();
});
afterAll(() => sandbox.remove());

const FLYER = path.join(PROJECT, 'samples/flyers/2020-03-30-trebola-frescos.png');
const RECEIPT = path.join(PROJECT, 'samples/receipts/receipt.jpg');

/** A PNG that says it has this size, with hardly any data. */
function pngOfSize(width: number, height: number): Buffer {
  const crcTable = Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });
  const crc = (bytes: Buffer): number => {
    let c = 0xffffffff;
    for (const byte of bytes) c = (crcTable[(c ^ byte) & 255] as number) ^ (c >>> 8);
    return (c ^ 0xffffffff) >>> 0;
  };
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(16))),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat(parts);
}

async function encryptedPdf(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.addPage([200, 200]);
  pdf.encrypt({ userPassword: 'secret', ownerPassword: 'other' });
  return pdf.save();
}

describe('uxd ocr on bad input', () => {
  it('gives each bad input its error row and reads its neighbours', async () => {
    const folder = sandbox.path('in');
    await mkdir(path.join(folder, 'directory.png'), { recursive: true });
    await writeFile(path.join(folder, 'empty.png'), '');
    await writeFile(path.join(folder, 'truncated.png'), (await readFile(FLYER)).subarray(0, 20_000));
    await writeFile(path.join(folder, 'text.png'), 'this is not a picture');
    await writeFile(path.join(folder, 'zero.png'), pngOfSize(0, 0));
    await writeFile(path.join(folder, 'bomb.png'), pngOfSize(30_000, 30_000));
    await writeFile(path.join(folder, 'locked.pdf'), await encryptedPdf());
    await writeFile(path.join(folder, 'broken.pdf'), '%PDF-1.7\n1 0 obj\n<< /Type');
    await writeFile(
      Buffer.concat([Buffer.from(`${folder}/name-`), Buffer.from([0xff, 0xfe]), Buffer.from('.png')]),
      'x',
    );
    await writeFile(path.join(folder, 'unreadable.png'), 'x');
    await chmod(path.join(folder, 'unreadable.png'), 0);
    await copyFile(RECEIPT, path.join(folder, 'good.jpg'));
    await copyFile(RECEIPT, path.join(folder, 'zz-good.jpg'));

    const { code, rows, stderr } = await sandbox.uxd([
      'ocr',
      'in',
      '--recursive',
      'in/directory.png',
      'in/missing.png',
      '--quality',
      'fast',
    ]);
    expect(stderr).not.toContain('bug in uxd');
    expect(code).toBe(3);
    const codes = Object.fromEntries(
      rows.map(({ source, status, errorCode }) => [source, status === 'ok' ? 'ok' : errorCode]),
    );
    // Root reads what nobody may read, and finds that it is no picture.
    const unreadable = process.getuid?.() === 0 ? 'NOT_AN_IMAGE' : 'NOT_READABLE';
    expect(codes).toMatchObject({
      'in/empty.png': 'EMPTY_FILE',
      'in/text.png': 'NOT_AN_IMAGE',
      'in/bomb.png': 'TOO_MANY_PIXELS',
      'in/locked.pdf': 'ENCRYPTED_PDF',
      'in/broken.pdf': 'CORRUPT_PDF',
      'in/missing.png': 'FILE_NOT_FOUND',
      'in/unreadable.png': unreadable,
      'in/good.jpg': 'ok',
      'in/zz-good.jpg': 'ok',
    });
    expect(codes['in/truncated.png']).toMatch(/TRUNCATED_IMAGE|CORRUPT_IMAGE/);
    expect(codes['in/zero.png']).toMatch(/CORRUPT_IMAGE|TRUNCATED_IMAGE/);
    expect(Object.entries(codes).find(([source]) => source.startsWith('in/name-'))?.[1]).toBe('INVALID_FILE_NAME');
    expect(rows.length).toBe(Object.keys(codes).length);
    for (const { status, errorMessage, retryable, attempts } of rows.filter((row) => row.status === 'error')) {
      expect(status).toBe('error');
      expect(String(errorMessage).length).toBeGreaterThan(20);
      expect(typeof retryable).toBe('boolean');
      expect(typeof attempts).toBe('number');
    }
  });

  it('a directory without --recursive is an error row that says so', async () => {
    await mkdir(sandbox.path('d'), { recursive: true });
    const { code, rows } = await sandbox.uxd(['ocr', 'd']);
    expect(code).toBe(3);
    expect(rows).toMatchObject([{ source: 'd', errorCode: 'IS_A_DIRECTORY' }]);
    expect(String(rows[0]?.errorMessage)).toContain('--recursive');
  });

  it.each([
    [['ocr'], 2, 'no input'],
    [['ocr', 'nothing*.png'], 4, 'matched no file'],
    [['ocr', 'a.png', '--dpi', 'x'], 2, '--dpi'],
    [['ocr', 'a.png', '--pages', '5-2'], 2, '--pages'],
    [['ocr', 'a.png', '--features', 'labels'], 2, '--provider google'],
    [['ocr', 'a.png', '--lang', 'zz'], 2, 'zz'],
    [['ocr', 'a.png', '-o', 'no/such/dir/x.jsonl'], 2, 'create it first'],
    [['ocr', 'a.png', '--bogus'], 2, '--bogus'],
    [['bogus'], 2, 'bogus'],
    [['ocr', 'a.png', '--provider', 'acme'], 2, 'local, google'],
    [['ocr', 'a.png', '--shard', '3/3'], 2, '0 <= i < n'],
    [['ocr', '-', '--files-from', '-'], 2, 'standard input'],
  ])('%j ends with %i and says why', async (args, expected, words) => {
    const { code, stdout, stderr } = await sandbox.uxd(args);
    expect(stderr).toContain(words);
    expect([code, stdout]).toEqual([expected, '']);
  });

  it('a run that cannot begin leaves no copy of standard input behind', async () => {
    const temporary = sandbox.path('temporary');
    await mkdir(temporary);
    const stdin = await readFile(RECEIPT);
    for (const flags of [
      ['--lang', 'xyz'],
      ['--summary', 'nowhere/summary.json'],
    ]) {
      const { code } = await sandbox.uxd(['ocr', '-', ...flags], { stdin, env: { TMPDIR: temporary } });
      expect(code).toBe(2);
      // The newest Node keeps compiled code there by itself.
      expect((await readdir(temporary)).filter((name) => name !== 'node-compile-cache')).toEqual([]);
    }
  });
});
