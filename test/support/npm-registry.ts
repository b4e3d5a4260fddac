/** A loopback npm registry that serves one package, made of files given as text. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { CatalogModel } from '../../src/models/catalog.js';

const run = promisify(execFile);

async function pack(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'uxd-pack-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, 'package', name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    }
    await run('tar', ['czf', 'package.tgz', 'package'], { cwd: folder });
    return await readFile(join(folder, 'package.tgz'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function sriOf(bytes: Uint8Array): string {
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
}

export interface LoopbackRegistry {
  readonly url: string;
  /** The catalog entry for the package that is served: file `weights.bin` of it is kept. */
  readonly model: CatalogModel;
  readonly requests: { readonly path: string; readonly authorization: string | undefined }[];
  /** From now on other bytes are served under the same version. */
  tamper(): void;
  close(): Promise<void>;
}

export async function startRegistry(weights = 'weights of a model'): Promise<LoopbackRegistry> {
  const packageName = '@example-models/small';
  const manifest = { name: packageName, version: '1.2.3', license: 'MIT' };
  let tarball = await pack({
    'package.json': JSON.stringify(manifest),
    'data/weights.bin': weights,
    'big.bin': 'unused',
  });
  const integrity = sriOf(tarball);
  const requests: LoopbackRegistry['requests'] = [];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const path = decodeURIComponent(request.url ?? '');
    requests.push({ path, authorization: request.headers.authorization });
    if (path.endsWith('.tgz')) {
      response.end(tarball);
    } else if (path === `/${packageName}`) {
      const dist = { tarball: `http://${request.headers.host}/small.tgz`, integrity };
      const versions = { '1.2.3': { ...manifest, dist } };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ name: packageName, 'dist-tags': { latest: '1.2.3' }, versions }));
    } else {
      response.statusCode = 404;
      response.end('{}');
    }
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    model: {
      name: 'example/small',
      kind: 'ocr-language',
      title: 'Example',
      packageName,
      packageVersion: '1.2.3',
      integrity,
      downloadBytes: tarball.length,
      unpackedBytes: 2 * tarball.length,
      files: [
        {
          path: 'data/weights.bin',
          name: 'weights.bin',
          sizeBytes: weights.length,
          sha256: createHash('sha256').update(weights).digest('hex'),
        },
      ],
      licence: 'MIT',
    },
    requests,
    tamper() {
      tarball = Buffer.concat([tarball, Buffer.from('x')]);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
