/** What can be wrong with an input file, as data that becomes an error row. */
import type { ItemError } from '../model.js';

export type InputErrorCode =
  | 'FILE_NOT_FOUND'
  | 'NOT_READABLE'
  | 'IS_A_DIRECTORY'
  | 'IN_CLOUD_STORAGE'
  | 'INVALID_FILE_NAME'
  | 'FILE_CHANGED'
  | 'EMPTY_FILE'
  | 'NOT_AN_IMAGE'
  | 'TRUNCATED_IMAGE'
  | 'CORRUPT_IMAGE'
  | 'UNSUPPORTED_IMAGE'
  | 'TOO_MANY_PIXELS'
  | 'ENCRYPTED_PDF'
  | 'CORRUPT_PDF'
  | 'PAGE_NOT_FOUND'
  | 'NO_TEXT_LAYER'
  | 'NOT_TEXT'
  | 'NOT_AUDIO'
  | 'NO_SOUND'
  | 'CORRUPT_AUDIO'
  | 'TRUNCATED_AUDIO'
  | 'ENCRYPTED_AUDIO'
  | 'UNSUPPORTED_AUDIO'
  | 'FILE_TOO_LARGE'
  | 'COLUMN_NOT_FOUND'
  | 'MALFORMED_FILE'
  | 'MALFORMED_LINE';

/** Faults of a file's place rather than of its content. */
const SOURCE_FAULTS: ReadonlySet<InputErrorCode> = new Set([
  'FILE_NOT_FOUND',
  'NOT_READABLE',
  'IS_A_DIRECTORY',
  'FILE_CHANGED',
]);

/** One input cannot be read; its neighbours can. The message names the cause and the next step, and no path. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly code: InputErrorCode;
  readonly isRetryable: boolean;

  constructor(code: InputErrorCode, message: string, facts: { isRetryable?: boolean; cause?: unknown } = {}) {
    super(message, facts.cause === undefined ? {} : { cause: facts.cause });
    this.code = code;
    this.isRetryable = facts.isRetryable ?? false;
  }

  toItemError(): ItemError {
    const isOfSource = SOURCE_FAULTS.has(this.code);
    return { code: this.code, message: this.message, isRetryable: this.isRetryable, ...(isOfSource && { isOfSource }) };
  }
}

/** The system's code of a failed file operation (`ENOENT`), or null for any other error. */
export function systemErrorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  return /^E[A-Z0-9]+$/.test(error.code) ? error.code : null;
}

/** The input error for a failed file operation; errors of another kind are bugs and are returned as they are. */
export function toInputError(error: unknown): unknown {
  switch (systemErrorCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new InputError('FILE_NOT_FOUND', 'there is no such file; check the path', { cause: error });
    case 'ENAMETOOLONG':
      return new InputError('FILE_NOT_FOUND', 'the name is longer than this file system allows', { cause: error });
    case 'ELOOP':
      return new InputError('FILE_NOT_FOUND', 'the symbolic link leads back to itself', { cause: error });
    case 'EACCES':
    case 'EPERM':
      return new InputError('NOT_READABLE', 'no permission to read the file; check its mode and owner', {
        cause: error,
      });
    case 'EISDIR':
      return new InputError('IS_A_DIRECTORY', 'this is a directory; give --recursive to read the files in it', {
        cause: error,
      });
    case 'EIO':
    case 'EBUSY':
    case 'ESTALE':
    case 'ETIMEDOUT':
    case 'ENXIO':
      return new InputError('NOT_READABLE', `the file could not be read (${systemErrorCode(error)}); try again`, {
        cause: error,
        isRetryable: true,
      });
    default:
      return error;
  }
}
