import { defineCommand } from '../cli/command.js';

export const completionCommand = defineCommand({
  name: 'completion',
  summary: 'print a completion script for a shell',
  description: 'Print a script that completes commands, flags and their values.',
  arguments: [{ syntax: '[shell]', description: 'bash, zsh or fish', choices: ['bash', 'zsh', 'fish'] }],
  flags: {},
  examples: [
    { note: 'bash, for this session', command: 'source <(uxd completion bash)' },
    { note: 'zsh: a file for a folder of your $fpath', command: 'uxd completion zsh > _uxd' },
    { note: 'fish: a file for ~/.config/fish/completions', command: 'uxd completion fish > uxd.fish' },
  ],
  schemas: [],
  run: async ({ args }, terminal) => (await import('./completion-run.js')).printCompletion(args[0], terminal),
});
