// The main job on samples/, with the embedded engine: what `npm run demo` shows.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const folder = mkdtempSync(path.join(os.tmpdir(), 'uxd-demo-'));

function readRows(file) {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** The exit code. */
function attempt(...args) {
  console.log(`\n$ uxd ${args.map((arg) => (arg.startsWith(folder) ? path.basename(arg) : arg)).join(' ')}`);
  return spawnSync(process.execPath, ['bin/uxd.js', ...args], { stdio: 'inherit' }).status;
}

function run(...args) {
  const status = attempt(...args);
  if (status !== 0) throw new Error(`uxd ended with exit code ${status}`);
}

try {
  const rows = path.join(folder, 'text.jsonl');
  const table = path.join(folder, 'lines.csv');
  run('ocr', 'samples', '--recursive', '-o', rows);
  for (const { source, page, confidence, language, model, text } of readRows(rows)) {
    console.log(`\n--- ${source} (page ${page}, ${language}, confidence ${confidence}, ${model})`);
    console.log(text.split('\n').slice(0, 6).join('\n'));
  }
  run('ocr', 'samples/documents', '--recursive', '--level', 'line', '-o', table);
  console.log(readFileSync(table, 'utf8').split('\r\n').slice(0, 4).join('\n'));
  run('ocr', 'samples/**/*.{png,jpg}', '--provider', 'google', '--dry-run');

  const reviews = 'samples/reviews/reviews.csv';
  const opinions = path.join(folder, 'opinions.jsonl');
  const byProduct = ['--text-column', 'review', '--group-by', 'product'];
  run('sentiment', reviews, ...byProduct, '--aspects', '--stars-column', 'stars', '--summary', '-o', opinions);
  const feelings = readRows(opinions);
  for (const { id, label, score, text } of feelings.filter(({ schema }) => schema === 'uxd.sentiment/1').slice(0, 4)) {
    console.log(`${id} ${label} ${score}: ${text.replaceAll('\n', ' ').slice(0, 80)}`);
  }
  const terms = path.join(folder, 'terms.jsonl');
  run('keywords', reviews, ...byProduct, '--synonyms', 'samples/reviews/synonyms.txt', '--top', '8', '-o', terms);
  for (const { group, term, lift, documents, sentiment } of readRows(terms)) {
    console.log(`${group}: ${term} (${documents} texts, lift ${lift}, sentiment ${sentiment})`);
  }

  // Speech needs models that are no part of the package: without a network, and without them, there is nothing to show.
  if (attempt('models', 'pull', 'moonshine/base', 'moonshine/base-es', 'silero/vad-v5') === 0) {
    const speech = path.join(folder, 'speech.jsonl');
    run('transcribe', 'samples/calls', '--recursive', '--split-channels', '-o', speech);
    for (const { source, channel, startSeconds, language, text } of readRows(speech)) {
      const where = channel === null ? source : `${source}, channel ${channel}`;
      console.log(`${where}, ${startSeconds} s (${language}): ${text}`);
    }
    run('sentiment', speech, '--keep', 'startSeconds,channel', '--group-by', 'channel', '--summary', '-o', opinions);
  } else {
    console.log('uxd transcribe is left out: its models are not here and could not be fetched');
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
