// Records a second and memory of reading texts from tables and JSON Lines. Usage: node bench/text/read-texts.mjs [ROWS]

import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTexts } from '../../dist/io/texts/read-texts.js';

const rows = Number(process.argv[2] ?? 1_000_000);
const directory = mkdtempSync(join(tmpdir(), 'uxd-bench-'));
const words = 'el yogur tiene una textura cremosa pero es caro, y "no" lo recomiendo mañana today great value'.split(
  ' ',
);

/** About 300 bytes, a tenth of them quoted. */
function review(at) {
  const text = [];
  for (let i = 0; i < 50; i++) text.push(words[(at * 7 + i * 13 + ((at * i) >> 3)) % words.length]);
  return text.join(' ');
}

const WRITERS = {
  'quoted.csv': (at) => `${at},"${review(at).replaceAll('"', '""')}",${at % 5}\n`,
  'plain.tsv': (at) => `${at}\t${review(at).replaceAll('"', '')}\t${at % 5}\n`,
  'rows.jsonl': (at) => `${JSON.stringify({ id: at, text: review(at), stars: at % 5 })}\n`,
};
const HEADERS = { 'quoted.csv': 'id,text,stars\n', 'plain.tsv': 'id\ttext\tstars\n', 'rows.jsonl': '' };

async function write(name) {
  const path = join(directory, name);
  const file = createWriteStream(path);
  let chunk = HEADERS[name];
  for (let at = 1; at <= rows; at++) {
    chunk += WRITERS[name](at);
    if (chunk.length < 1 << 20) continue;
    if (!file.write(chunk)) await once(file, 'drain');
    chunk = '';
  }
  file.end(chunk);
  await once(file, 'finish');
  return path;
}

const options = {
  textColumn: null,
  idColumn: null,
  keep: ['stars'],
  delimiter: null,
  encoding: null,
  isLineDocuments: false,
};
try {
  for (const name of Object.keys(WRITERS)) {
    const path = await write(name);
    const start = performance.now();
    let count = 0;
    let failed = 0;
    const memory = [];
    for await (const item of readTexts([{ index: 0, source: name, path }], options)) {
      if ('error' in item) failed += 1;
      count += 1;
      if (count % Math.ceil(rows / 10) === 0) memory.push(Math.round(process.memoryUsage().rss / 1e6));
    }
    const seconds = (performance.now() - start) / 1000;
    const megabytes = statSync(path).size / 1e6;
    console.log(
      `${name}: ${count} records (${failed} failed), ${megabytes.toFixed(0)} MB in ${seconds.toFixed(1)} s: ` +
        `${Math.round(count / seconds)} records/s, RSS in MB by tenths ${memory.join(' ')}`,
    );
    rmSync(path);
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
