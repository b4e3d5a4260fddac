/** What `uxd --version --verbose` tells. */
import { CATALOG } from '../models/catalog.js';

/** The version, the platform that it runs on, and under which licences the models are that it fetches; lines of text. */
export function describeVersion(version: string, platform: string): string {
  const width = Math.max(...CATALOG.map(({ name }) => name.length));
  const models = CATALOG.map(({ name, licence, licenceNote }) => {
    const line = `  ${name.padEnd(width)}  ${licence}`;
    return licenceNote === undefined ? line : `${line}\n  ${' '.repeat(width)}  ${licenceNote}`;
  });
  return [
    version,
    platform,
    'uxd: Apache-2.0',
    'models that are fetched when they are asked for, and are no part of uxd:',
    ...models,
    '',
  ].join('\n');
}
