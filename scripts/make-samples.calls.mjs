// Makes samples/calls/: short calls about Nuvela, spoken by a formant synthesiser, each with its true text beside it.
//   node scripts/make-samples.calls.mjs
// Needs espeak-ng and sox.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'samples', 'calls');

/** Voices of espeak-ng: language, pitch 0 to 99, words a minute. */
const VOICES = {
  'agent-es': ['-v', 'es-419', '-p', '60', '-s', '145'],
  'customer-es': ['-v', 'es+m1', '-p', '45', '-s', '145'],
  'agent-en': ['-v', 'en-us+f5', '-p', '50', '-s', '135'],
  'customer-en': ['-v', 'en-us+m1', '-p', '45', '-s', '135'],
};

/** Name -> what is said from which second on, by which voice, on which channel; and what the file is like. */
const CALLS = {
  'nuvela-es.wav': {
    output: ['-r', '8000', '-e', 'mu-law'],
    channels: 2,
    turns: [
      [0.3, 1, 'agent-es', 'Atención al cliente, buenos días.'],
      [3.3, 2, 'customer-es', 'Hola, los yogures que compré ayer están líquidos.'],
      [6.9, 1, 'agent-es', 'Lo siento mucho, le devolvemos el dinero.'],
    ],
  },
  'nuvela-en.flac': {
    output: ['-r', '16000', '-b', '16'],
    channels: 1,
    turns: [
      [0.3, 1, 'customer-en', 'Hello, I bought two yogurts and both of them are runny.'],
      [4.3, 1, 'agent-en', 'I am very sorry to hear that. We will send you a new one.'],
    ],
  },
  'refund-en.wav': {
    output: ['-r', '8000', '-e', 'mu-law'],
    channels: 2,
    turns: [
      [0.2, 2, 'customer-en', 'Hello, I would like to have my money back for this yogurt.'],
      [4.1, 1, 'agent-en', 'Of course. Have you kept the receipt, please?'],
      [7.0, 2, 'customer-en', 'Yes, I have it here with me.'],
    ],
  },
  'message-es.flac': {
    output: ['-r', '8000', '-b', '16'],
    channels: 1,
    turns: [[0.4, 1, 'customer-es', 'Buenas tardes. El sabor es muy bueno, pero la tapa se rompe siempre. Gracias.']],
  },
  'hold.wav': { output: ['-r', '8000', '-e', 'mu-law'], channels: 1, turns: [], seconds: 4 },
};

const run = (program, args) => execFileSync(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });

/** One channel, its turns where they belong, in quiet noise of a line. */
function makeChannel(scratch, turns, seconds, file) {
  const parts = turns.map(([start, , voice, text], index) => {
    const said = join(scratch, `said-${index}.wav`);
    run('espeak-ng', [...VOICES[voice], '-w', said, text]);
    const placed = join(scratch, `placed-${index}.wav`);
    run('sox', ['-R', said, '-r', '16000', '-c', '1', placed, 'gain', '-6', 'pad', String(start)]);
    return placed;
  });
  const line = join(scratch, 'line.wav');
  const noise = ['synth', String(seconds), 'pinknoise', 'vol', '0.002'];
  run('sox', ['-R', '-n', '-r', '16000', '-c', '1', line, ...noise]);
  if (parts.length === 0) run('sox', [line, file]);
  else run('sox', ['-R', '-m', '-v', '1', line, ...parts.flatMap((part) => ['-v', '1', part]), file]);
}

function makeCall(name, { output, channels, turns, seconds }) {
  const scratch = mkdtempSync(join(tmpdir(), 'calls-'));
  try {
    const length = seconds ?? turns.at(-1)[0] + 3;
    const files = Array.from({ length: channels }, (_, channel) => {
      const file = join(scratch, `channel-${channel}.wav`);
      makeChannel(
        scratch,
        turns.filter((turn) => turn[1] === channel + 1),
        length,
        file,
      );
      return file;
    });
    const merge = channels > 1 ? ['-M'] : [];
    run('sox', ['-R', ...merge, ...files, ...output, join(folder, name)]);
    const lines = turns.map(([, channel, , text]) => `${channels > 1 ? `${channel}\t` : ''}${text}\n`);
    writeFileSync(join(folder, `${name.replace(/\.[^.]*$/, '')}.truth.txt`), lines.join(''));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [name, call] of Object.entries(CALLS)) makeCall(name, call);
