/** The models that hearing needs, for tests of the built command. */
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Sandbox } from './uxd.js';

/** Where the models are, or are fetched to; kept from run to run. */
export const MODELS_DIR = process.env.UXD_MODELS_DIR || path.join(tmpdir(), 'uxd-test-models');

/** Whether the models could be had: without a network they cannot be fetched, and nothing can be heard. */
export async function pullModels(sandbox: Sandbox, models: readonly string[]): Promise<boolean> {
  const settings = Object.entries(process.env).filter(([name]) => /^(?:npm_config_|https?_proxy$|HOME$)/i.test(name));
  const env = { ...Object.fromEntries(settings), UXD_MODELS_DIR: MODELS_DIR } as Record<string, string>;
  const { code } = await sandbox.uxd(['models', 'pull', ...models], { env });
  return code === 0;
}
