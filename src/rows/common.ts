/** Fields that every row type shares. */
import type { ItemError } from '../model.js';

export const originFields = {
  source: { type: 'string', description: 'The input as it was given; `-` for standard input.' },
  status: { type: 'string', enum: ['ok', 'error'], description: '`error` where the input could not be read.' },
} as const;

/** Present on rows with status `error` only. */
export const errorFields = {
  errorCode: { type: 'string', optional: true, description: 'Stable code of what went wrong (error rows only).' },
  errorMessage: { type: 'string', optional: true, description: 'The cause and the next step (error rows only).' },
  retryable: {
    type: 'boolean',
    optional: true,
    description: 'Whether running the command again may succeed (error rows only).',
  },
  attempts: {
    type: 'integer',
    optional: true,
    description: 'Calls made for this input; 0 where it failed before any (error rows only).',
  },
} as const;

export const engineFields = {
  provider: { type: 'string', nullable: true, description: 'Who read it: `local` or `google`.' },
  model: { type: 'string', nullable: true, description: 'The model that read it, `pdf-text` for a text layer.' },
} as const;

/** The error columns of a row. */
export function errorColumns(error: ItemError, attempts: number) {
  return {
    errorCode: error.code,
    errorMessage: error.message,
    retryable: error.isRetryable,
    attempts,
  };
}
