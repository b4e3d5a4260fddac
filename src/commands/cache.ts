import { defineCommand } from '../cli/command.js';
import { textFlag } from '../cli/flags.js';

const common = { arguments: [], schemas: [] } as const;

export const cachePathCommand = defineCommand({
  ...common,
  name: 'cache path',
  summary: 'print where results are kept',
  description: 'Print the directory where results are kept (UXD_CACHE_DIR moves it).',
  flags: {},
  examples: [{ note: 'where results are kept', command: 'uxd cache path' }],
  run: async (_, terminal) => (await import('./cache-run.js')).printCachePath(terminal),
});

export const cacheStatsCommand = defineCommand({
  ...common,
  name: 'cache stats',
  summary: 'count the results kept',
  description: 'Print how many results are kept and how much room they take, as JSON.',
  flags: {},
  examples: [{ note: 'how much is kept', command: 'uxd cache stats' }],
  run: async (_, terminal) => (await import('./cache-run.js')).printCacheStats(terminal),
});

export const cacheClearCommand = defineCommand({
  ...common,
  name: 'cache clear',
  summary: 'forget results',
  description: 'Delete the results kept. A run after it reads, and pays for, everything again.',
  flags: {
    olderThan: textFlag({
      syntax: '--older-than <age>',
      description: 'only results older than this, such as 30d or 12h',
      group: 'Choice',
      isCommandLineOnly: true,
    }),
  },
  examples: [{ note: 'forget what is older than a month', command: 'uxd cache clear --older-than 30d' }],
  run: async ({ flags }, terminal) => (await import('./cache-run.js')).clearCache(flags.olderThan, terminal),
});
