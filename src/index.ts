/** What programs may import from `uxd`: the row types, the nouns and the OCR engines. */
export type {
  Box,
  Engine,
  EngineSettings,
  Item,
  ItemError,
  OcrEngine,
  OcrOptions,
  OcrText,
  Outcome,
  PageReading,
  PageSpan,
} from './model.js';
export { ProviderError, RunError, UsageError } from './model.js';
export { OCR_PROVIDERS } from './providers/index.js';
export type { RowOf, RowSchema } from './rows/define.js';
export { ROW_SCHEMAS } from './rows/index.js';
export type { OcrRow } from './rows/ocr.js';
export { toBigQuerySchema, toJsonSchema } from './rows/schema-formats.js';
