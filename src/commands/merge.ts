import { defineCommand } from '../cli/command.js';
import { outputFlags } from '../cli/common-flags.js';

const { format, output, bom } = outputFlags;
export const mergeFlags = { format, output, bom };

export const mergeCommand = defineCommand({
  name: 'merge',
  summary: 'join the parts of a sharded run',
  description:
    'Join the parts that `--shard i/n` wrote. The result is what one machine would have written, byte for byte.\n' +
    'A part that is missing, doubled, cut off or of another run is an error.',
  arguments: [{ syntax: '<parts...>', description: 'JSONL files written with --shard' }],
  flags: mergeFlags,
  examples: [
    {
      note: 'two machines, one result',
      command:
        'for i in 0 1; do uxd ocr samples -r --shard $i/2 -o part-$i.jsonl; done; uxd merge part-*.jsonl -o all.jsonl',
    },
  ],
  schemas: [],
  run: async (invocation, terminal) => (await import('./merge-run.js')).runMerge(invocation, terminal),
});
