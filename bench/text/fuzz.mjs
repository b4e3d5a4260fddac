// Spoiled tables and random Unicode through `uxd sentiment` and `uxd keywords`, and long texts one by one.
// Usage: node bench/text/fuzz.mjs [TEXTS] [SEED]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { readTexts } from '../../dist/io/texts/read-texts.js';
import { EXTREMES, faultsOfTextRows, randomJsonLines, spoiledTable } from '../../test/support/hostile-texts.mjs';

const uxd = fileURLToPath(new URL('../../bin/uxd.js', import.meta.url));
const readText = new URL('../../dist/providers/local/language/read-text.js', import.meta.url);
const count = Number(process.argv[2] ?? 10_000);
const seed = Number(process.argv[3] ?? 1);
const folder = mkdtempSync(join(tmpdir(), 'uxd-text-fuzz-'));
const options = { textColumn: null, idColumn: null, keep: [], delimiter: null, encoding: null, isLineDocuments: false };
/** Seconds that a text of 1 MB may take. */
const LIMIT_SECONDS = 5;
let isSound = true;

function report(line, isGood) {
  isSound &&= isGood;
  console.log(`${isGood ? 'ok  ' : 'FAIL'} ${line}`);
}

async function runCommand(command, name, content, textColumn) {
  const path = join(folder, name);
  const output = join(folder, 'rows.jsonl');
  writeFileSync(path, content);
  const [verb, ...flags] = command;
  const column = textColumn ? ['--text-column', textColumn] : [];
  const start = performance.now();
  const args = [uxd, verb, path, ...flags, ...column, '--no-cache', '--quiet', '-o', output];
  const run = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 1_800_000 });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const items = [];
  for await (const item of readTexts([{ index: 0, source: path, path }], { ...options, textColumn })) items.push(item);
  const isEnded = (run.status === 0 || run.status === 3) && !/bug in uxd/.test(run.stderr);
  const rows = isEnded
    ? readFileSync(output, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : [];
  const faults = isEnded ? faultsOfTextRows(rows, items, verb === 'sentiment') : [run.stderr.slice(-2000)];
  const failed = items.filter((item) => 'error' in item).length;
  const facts = `${items.length} records (${failed} of them no text), ${rows.length} rows in ${seconds} s, exit ${run.status}`;
  report(`${command.join(' ')} ${name}: ${facts}, ${faults.length} faults`, isEnded && faults.length === 0);
  for (const fault of faults.slice(0, 5)) console.log(`     ${fault}`);
}

/** Reads in a thread, which can be ended where it takes too long. */
const READER = `
  const { parentPort, workerData } = require('node:worker_threads');
  (async () => {
    const { createTextReader } = await import(workerData.module);
    const read = await createTextReader({ features: workerData.features, language: null, brands: [], modelDirectory: null });
    read({ text: 'A warm welcome. Está bueno.', format: 'plain' });
    parentPort.postMessage('ready');
    const start = performance.now();
    read({ text: workerData.text, format: 'plain' });
    parentPort.postMessage((performance.now() - start) / 1000);
  })();
`;

function secondsOf(text, features) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(READER, { eval: true, workerData: { module: readText.href, features, text } });
    let timer;
    worker.on('error', reject);
    worker.on('message', (message) => {
      if (message === 'ready') timer = setTimeout(() => finish(Number.POSITIVE_INFINITY), 6 * LIMIT_SECONDS * 1000);
      else finish(message);
    });
    const finish = (seconds) => {
      clearTimeout(timer);
      worker.terminate().then(() => resolve(seconds), reject);
    };
  });
}

try {
  for (const command of [['sentiment', '--aspects', '--level', 'sentence'], ['sentiment'], ['keywords']]) {
    await runCommand(command, 'spoiled.csv', spoiledTable(count, seed), 'review');
    await runCommand(command, 'random.jsonl', randomJsonLines(count, seed), null);
  }
  for (const features of [['sentiment', 'aspects'], ['terms']]) {
    for (const [name, text] of Object.entries(EXTREMES)) {
      const seconds = await secondsOf(text, features);
      report(`${features.join(' ')} ${name}, ${text.length} units: ${seconds.toFixed(1)} s`, seconds < LIMIT_SECONDS);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = isSound ? 0 : 1;
