/** Every command, in the order of the help. */
import type { CommandDeclaration } from '../cli/command.js';
import { cacheClearCommand, cachePathCommand, cacheStatsCommand } from './cache.js';
import { completionCommand } from './completion.js';
import { doctorCommand } from './doctor.js';
import { keywordsCommand } from './keywords.js';
import { mergeCommand } from './merge.js';
import { modelsListCommand, modelsPathCommand, modelsPullCommand, modelsVerifyCommand } from './models.js';
import { ocrCommand } from './ocr.js';
import { offersCommand } from './offers.js';
import { schemaCommand } from './schema.js';
import { sentimentCommand } from './sentiment.js';
import { transcribeCommand } from './transcribe.js';
import { trendCommand } from './trend.js';

export const COMMANDS: readonly CommandDeclaration[] = [
  ocrCommand,
  offersCommand,
  sentimentCommand,
  keywordsCommand,
  transcribeCommand,
  trendCommand,
  mergeCommand,
  schemaCommand,
  modelsListCommand,
  modelsPullCommand,
  modelsPathCommand,
  modelsVerifyCommand,
  cacheStatsCommand,
  cachePathCommand,
  cacheClearCommand,
  doctorCommand,
  completionCommand,
];
