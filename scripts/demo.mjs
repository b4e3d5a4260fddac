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

/** What of the findings says most of April 2020. */
function isTold({ finding, kind, product, date, verdict }) {
  if (finding === 'summary' || kind === 'burst') return true;
  return finding === 'explanation' && product === 'Nuvela' && date >= '2020-03-01' && verdict === 'likely';
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
  const byProduct = ['--text-column', 'review', '--group-by', 'product', '--date-column', 'date'];
  run('sentiment', reviews, ...byProduct, '--aspects', '--stars-column', 'stars', '--summary', '-o', opinions);
  const feelings = readRows(opinions);
  for (const { id, label, score, text } of feelings.filter(({ schema }) => schema === 'uxd.sentiment/1').slice(0, 4)) {
    console.log(`${id} ${label} ${score}: ${text.replaceAll('\n', ' ').slice(0, 80)}`);
  }
  const terms = path.join(folder, 'terms.jsonl');
  run('keywords', reviews, ...byProduct, '--synonyms', 'samples/reviews/synonyms.txt', '--top', '8', '-o', terms);
  for (const { group, term, lift, documents, sentiment } of readRows(terms)) {
    console.log(
      `${group}: ${term} (${documents} texts, ${lift.toFixed(1)} times as often as elsewhere, sentiment ${sentiment.toFixed(2)})`,
    );
  }

  // Speech needs models that are no part of the package: without a network, and without them, there is nothing to show.
  if (attempt('models', 'pull', 'moonshine/base', 'moonshine/base-es', 'silero/vad-v5') === 0) {
    const callers = path.join(folder, 'callers.jsonl');
    const speech = path.join(folder, 'speech.jsonl');
    run('transcribe', 'samples/calls', '--recursive', '--split-channels', '-o', speech);
    for (const { source, channel, startSeconds, language, text } of readRows(speech)) {
      const where = channel === null ? source : `${source}, channel ${channel}`;
      console.log(`${where}, ${startSeconds.toFixed(1)} s (${language ?? 'nobody speaks'}): ${text}`);
    }
    run('sentiment', speech, '--keep', 'startSeconds,channel', '--group-by', 'channel', '--summary', '-o', callers);
  } else {
    console.log('uxd transcribe is left out: its models are not here and could not be fetched');
  }

  const offers = path.join(folder, 'offers.jsonl');
  run('offers', 'samples/flyers', '--recursive', '--watch-list', 'samples/watch-list.csv', '-o', offers);
  for (const { source, validFrom, product, price } of readRows(offers)) {
    console.log(`${path.basename(source)}: ${product} at ${price}${validFrom === null ? '' : ` from ${validFrom}`}`);
  }
  const weekly = path.join(folder, 'weekly-terms.jsonl');
  const byWeek = ['--text-column', 'review', '--date-column', 'date', '--timeline', 'week', '--top', '60'];
  run('keywords', reviews, ...byWeek, '--synonyms', 'samples/reviews/synonyms.txt', '-o', weekly);
  // unlike the rest, the report stays
  const report = path.join(mkdtempSync(path.join(os.tmpdir(), 'uxd-report-')), 'trend.html');
  const findings = path.join(folder, 'findings.jsonl');
  const sales = ['samples/sales/sales.csv', '--date', 'week', '--value', 'units', '--by', 'product,region'];
  const causes = [
    '--events',
    offers,
    '--events',
    'samples/sales/launch.csv',
    '--documents',
    opinions,
    '--terms',
    weekly,
  ];
  run('trend', ...sales, ...causes, '--report', report, '-o', findings);
  for (const { finding, verdict, message } of readRows(findings).filter(isTold)) {
    console.log(`${finding} (${verdict}): ${message}`);
  }
  console.log(`\nThe report, with charts: ${report}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
