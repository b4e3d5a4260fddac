// Many small distinct pictures, and the loopback Google server as a process of its own.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { crc32, deflateSync } from 'node:zlib';
import { root } from './measure.mjs';

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** A grey PNG of about `bytes` bytes whose pixels depend on `seed`. */
export function tinyPng(seed, bytes = 300) {
  const side = Math.max(8, Math.round(Math.sqrt(bytes)));
  const pixels = Buffer.alloc((side + 1) * side);
  let state = (seed + 1) * 2_654_435_761;
  for (let at = 0; at < pixels.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    // each row begins with its filter type, 0
    pixels[at] = at % (side + 1) === 0 ? 0 : state >>> 24;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Writes `count` pictures into `folder` and answers their paths, in code point order. */
export function writePictures(folder, count, bytes) {
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: count }, (_, index) => {
    const path = join(folder, `p${String(index).padStart(6, '0')}.png`);
    writeFileSync(path, tinyPng(index, bytes));
    return path;
  });
}

/** Starts a loopback service of Google (`vision`, `speech` ...); its CPU time is not that of the program measured. */
export async function startServer(options, service = 'vision') {
  const script = join(root, 'test', 'support', `${service}-server.mjs`);
  const child = spawn(process.execPath, [script, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (text) => resolve([text]));
    child.once('exit', (code) => reject(new Error(`the loopback server ended with code ${code}`)));
  });
  const { endpoint, statsPort } = JSON.parse(line);
  const ask = async (path, method, body) =>
    (await fetch(`http://127.0.0.1:${statsPort}${path}`, { method, body: body && JSON.stringify(body) })).json();
  return {
    endpoint,
    stats: () => ask('/stats', 'GET'),
    configure: (changes) => ask('/options', 'POST', changes),
    reset: () => ask('/reset', 'POST'),
    close: () => child.kill(),
  };
}

/** Makes a folder for the run, gives it to `work` and removes it. */
export async function withFolder(name, work) {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
