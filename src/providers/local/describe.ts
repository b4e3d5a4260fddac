/** What the embedded engine has to work with, for `uxd doctor`. */
import { existsSync } from 'node:fs';
import type { EngineSettings } from '../../model.js';
import { BUNDLED_LANGUAGES, bundledTesseractData, paddleWeights } from './ocr/weights.js';
import { installedVersion } from './packages.js';
import { loadOnnxRuntime } from './runtime.js';

export interface LocalFinding {
  readonly subject: string;
  readonly state: 'ok' | 'warning' | 'missing';
  readonly detail: string;
}

/** The runtime that reads, its version, and the weights that are there. */
export async function describeLocalRuntime(env: EngineSettings['env']): Promise<readonly LocalFinding[]> {
  return [await describeRuntime(env), describeTesseract(), describeWeights()];
}

async function describeRuntime(env: EngineSettings['env']): Promise<LocalFinding> {
  const subject = 'local: network';
  try {
    const { name } = await loadOnnxRuntime(env.UXD_ORT === 'web' ? 'web' : 'auto');
    const detail = `${name} ${installedVersion(name) ?? ''}`.trim();
    if (name === 'onnxruntime-node') return { subject, state: 'ok', detail };
    const hint = 'reads the same text in about twice the time; npm i onnxruntime-node for the native one';
    return { subject, state: env.UXD_ORT === 'web' ? 'ok' : 'warning', detail: `${detail}: ${hint}` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { subject, state: 'missing', detail: `no ONNX runtime can be loaded (${reason}); run npm ci again` };
  }
}

function describeTesseract(): LocalFinding {
  const version = installedVersion('tesseract.js-core');
  const subject = 'local: tesseract';
  return version === null
    ? { subject, state: 'missing', detail: 'tesseract.js-core is not installed; run npm ci again' }
    : { subject, state: 'ok', detail: `tesseract.js-core ${version}` };
}

function describeWeights(): LocalFinding {
  const subject = 'local: weights';
  try {
    const files = [...Object.values(paddleWeights()), ...BUNDLED_LANGUAGES.map(bundledTesseractData)];
    const absent = files.filter((file) => !existsSync(file));
    if (absent.length > 0) return { subject, state: 'missing', detail: `${absent.join(', ')}; run npm ci again` };
    return { subject, state: 'ok', detail: `PP-OCRv4, Tesseract ${BUNDLED_LANGUAGES.join(' and ')}` };
  } catch (error) {
    return { subject, state: 'missing', detail: error instanceof Error ? error.message : String(error) };
  }
}
