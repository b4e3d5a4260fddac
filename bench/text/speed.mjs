// Documents a second and memory of the commands on texts: 20,000 reviews of 50 words against 1,000.
//   node bench/text/speed.mjs [--few 1000] [--many 20000] [--language en|es|both] [--write]
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withFolder } from '../support/inputs.mjs';
import { measureUxd, root } from '../support/measure.mjs';
import { report, round } from '../support/report.mjs';

const { values } = parseArgs({
  options: {
    few: { type: 'string', default: '1000' },
    many: { type: 'string', default: '20000' },
    language: { type: 'string', default: 'both' },
    write: { type: 'boolean' },
  },
});

const cores = availableParallelism();
const WORDS = 50;

function sentencesOf(language) {
  const lines = readFileSync(join(root, 'bench/text/data', `sentences-${language}.jsonl`), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line).text);
}

/** Reviews of about 50 words, all different: sentences drawn by a fixed generator, with a number of their own. */
function writeReviews(file, count) {
  let state = 42;
  const next = (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const pools = (values.language === 'both' ? ['en', 'es'] : [values.language]).map(sentencesOf);
  const lines = ['id,product,review'];
  for (let i = 0; i < count; i++) {
    const pool = pools[i % pools.length];
    const sentences = [`Order ${i + 1}.`];
    for (let words = 0; words < WORDS; words = sentences.join(' ').split(' ').length)
      sentences.push(pool[next(pool.length)]);
    lines.push(`${i + 1},p${next(4)},"${sentences.join(' ').replaceAll('"', '""')}"`);
  }
  writeFileSync(file, `${lines.join('\n')}\n`);
}

async function run(file, command, extra, folder) {
  const result = await measureUxd([...command, file, '--text-column', 'review', ...extra, '-o', `${folder}/out.jsonl`]);
  if (result.code !== 0) throw new Error(`uxd ${command} ended with ${result.code}: ${result.stderr}`);
  return result;
}

await withFolder('uxd-text-speed', async (folder) => {
  const [few, many] = [Number(values.few), Number(values.many)];
  const [small, large] = [join(folder, 'few.csv'), join(folder, 'many.csv')];
  writeReviews(small, few);
  writeReviews(large, many);
  const figures = {};
  const lines = [];
  for (const [name, command, extra] of [
    ['sentiment', ['sentiment'], []],
    ['sentiment --aspects', ['sentiment', '--aspects'], []],
    ['keywords', ['keywords'], []],
    ['keywords --group-by', ['keywords', '--group-by', 'product'], []],
  ]) {
    const atStart = await run(small, command, extra, folder);
    const whole = await run(large, command, extra, folder);
    const perCpuSecond = (many - few) / (whole.cpuSeconds - atStart.cpuSeconds);
    const perSecond = (many - few) / (whole.seconds - atStart.seconds);
    figures[name] = {
      perCpuSecond: round(perCpuSecond, 0),
      perSecond: round(perSecond, 0),
      seconds: round(whole.seconds, 1),
      memory: round(whole.peakMb / atStart.peakMb),
    };
    lines.push(
      `| \`uxd ${name}\` | ${perCpuSecond.toFixed(0)} | ${perSecond.toFixed(0)} | ${whole.seconds.toFixed(1)} s | ${((whole.cpuSeconds / whole.seconds / cores) * 100).toFixed(0)} % | ${atStart.peakMb.toFixed(0)} -> ${whole.peakMb.toFixed(0)} MB (${(whole.peakMb / atStart.peakMb).toFixed(2)}x) |`,
    );
  }
  report(
    'text-speed',
    figures,
    [
      `${many} reviews of ${WORDS} words, ${cores} cores; rates are those after the first ${few} (start-up taken off), reading the table and writing the rows included.`,
      '',
      `| command | documents a CPU second | documents a second | whole run | cores used | peak of all processes, ${few} -> ${many} |`,
      '|---|---|---|---|---|---|',
      ...lines,
    ].join('\n'),
  );
});
