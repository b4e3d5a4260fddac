// Packs the inflected forms of the lexicon into dist/lexicon, where each process looks them up; part of `npm run build`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LEXICON_LANGUAGES, loadLexicon } from '../dist/providers/local/language/lexicon.js';

const folder = fileURLToPath(new URL('../dist/lexicon', import.meta.url));
mkdirSync(folder, { recursive: true });
for (const language of LEXICON_LANGUAGES) {
  for (const [name, bytes] of loadLexicon(language).pack()) writeFileSync(join(folder, name), bytes);
}
