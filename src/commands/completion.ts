import { defineCommand } from '../cli/command.js';

export const completionCommand = defineCommand({
  name: 'completion',
  summary: 'print a completion script for a shell',
  description: 'Print a script that completes commands, flags and their values.',
  arguments: [{ syntax: '[shell]', description: 'bash, zsh or fish' }],
  flags: {},
  examples: [
    { note: 'bash, for this session', command: 'source <(uxd completion bash)' },
    { note: 'zsh, for good', command: 'uxd completion zsh > "$' + '{fpath[1]}/_uxd"' },
    { note: 'fish, for good', command: 'uxd completion fish > ~/.config/fish/completions/uxd.fish' },
  ],
  schemas: [],
  run: async ({ args }, terminal) => (await import('./completion-run.js')).printCompletion(args[0], terminal),
});
