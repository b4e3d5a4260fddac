import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Slow files first, so that no worker is left alone with one at the end; within a folder, large ones first. */
const SLOW_FIRST = ['test/docs.test.ts', 'test/contract/', 'test/e2e/', ''];

class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => SLOW_FIRST.findIndex((part) => moduleId.includes(part));
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Spawned commands load models; the machines of CI are slow at times.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // More than the two cores of CI: tests that wait for a server leave theirs to another.
    maxWorkers: 3,
    // Loading the modules again for each file takes longer than most tests; they share no state that they change.
    isolate: false,
    sequence: { sequencer: SlowFirst },
  },
});
