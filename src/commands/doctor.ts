import { defineCommand } from '../cli/command.js';

export const doctorCommand = defineCommand({
  name: 'doctor',
  summary: 'say what is installed and what would fail',
  description:
    'Say what is installed, which engines and credentials are found and what would fail. Nothing is sent.\n' +
    'Exits with 1 where the local engine cannot run.',
  arguments: [],
  flags: {},
  examples: [{ note: 'before the first run', command: 'uxd doctor' }],
  schemas: [],
  run: async (_, terminal) => (await import('./doctor-run.js')).runDoctor(terminal),
});
