import { InputError } from '../input-error.js';
import { textPieces } from '../texts/pieces.js';
import { MAX_WHOLE_BYTES } from '../texts/text-record.js';

/** A text file with its encoding found. */
export interface EncodedFile {
  readonly path: string;
  readonly head: Buffer;
  readonly sizeBytes: number;
  readonly encoding: string;
}

/** The text of a file that can only be read as a whole. Throws {@link InputError} where it is too large. */
export async function wholeText({ path, sizeBytes, encoding }: EncodedFile): Promise<string> {
  if (sizeBytes > MAX_WHOLE_BYTES) {
    throw new InputError(
      'FILE_TOO_LARGE',
      "an array of JSON is read as a whole; give one object a line: jq -c '.[]' FILE",
    );
  }
  const parts: string[] = [];
  for await (const { text } of textPieces(path, encoding)) parts.push(text);
  return parts.join('');
}
