/** Finds installed packages. Some do not export their manifest, so this looks where Node would. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);

/** Folder of an installed package. Throws where it is absent. */
export function packageFolder(name: string): string {
  const folder = require.resolve
    .paths(name)
    ?.map((root) => join(root, name))
    .find((candidate) => existsSync(join(candidate, 'package.json')));
  if (folder === undefined) throw new Error(`the package ${name} is not installed; run npm ci again`);
  return folder;
}

/** Version of an installed package, or null where it is absent. */
export function installedVersion(name: string): string | null {
  try {
    const manifest = JSON.parse(readFileSync(join(packageFolder(name), 'package.json'), 'utf8')) as { version: string };
    return manifest.version;
  } catch {
    return null;
  }
}
