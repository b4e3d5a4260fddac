// Start-up: `uxd --version` and `uxd --help` against `node -e 0`, in turn so that a busy machine hits all alike.
//   node bench/startup.mjs [--runs 21] [--write]
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { median, uxd } from './support/measure.mjs';
import { report, round } from './support/report.mjs';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '21' }, write: { type: 'boolean' } } });
const commands = { node: ['-e', '0'], version: [uxd, '--version'], help: [uxd, '--help'] };
const times = { node: [], version: [], help: [] };
// one round more than asked for: the first fills the compile cache
for (let run = 0; run <= Number(values.runs); run++) {
  for (const [name, args] of Object.entries(commands)) {
    const started = performance.now();
    const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
    if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
    if (run > 0) times[name].push(performance.now() - started);
  }
}
const [node, version, help] = ['node', 'version', 'help'].map((name) => median(times[name]));
report(
  'startup',
  {
    nodeMs: round(node, 1),
    versionMs: round(version, 1),
    helpMs: round(help, 1),
    versionRatio: round(version / node),
    helpRatio: round(help / node),
  },
  `Medians of ${values.runs} runs: \`node -e 0\` ${node.toFixed(0)} ms, \`uxd --version\` ${version.toFixed(0)} ms (${(version / node).toFixed(2)}x), \`uxd --help\` ${help.toFixed(0)} ms (${(help / node).toFixed(2)}x).`,
);
