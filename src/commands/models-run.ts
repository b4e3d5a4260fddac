import { EXIT, type ExitCode } from '../cli/exit-codes.js';
import { interruptible } from '../cli/interrupt.js';
import { createLog } from '../cli/log.js';
import { createMeter } from '../cli/meter.js';
import { directoriesOf, type Terminal } from '../cli/terminal.js';
import { plural } from '../cli/text.js';
import type { CatalogModel } from '../models/catalog.js';
import {
  downloadSize,
  findModel,
  groupByPackage,
  listModels,
  type ModelState,
  modelPath,
  pullModels as pull,
  verifyModel,
} from '../models/store.js';

function logOf(terminal: Terminal) {
  return createLog({ level: 'info', format: 'text', color: true }, terminal);
}

function printLine(terminal: Terminal, value: object): void {
  terminal.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Lines for people, where people read them: JSON of this width is no sight on a terminal. */
function modelLines(states: readonly ModelState[], columns: number): string[] {
  const width = Math.max(...states.map(({ model }) => model.name.length));
  const lines = states.map(({ model, isInstalled, sizeBytes }) => {
    const size = `${(sizeBytes / 1e6).toFixed(1)} MB`.padStart(8);
    return `${model.name.padEnd(width)}  ${isInstalled ? 'here' : '-   '}  ${size}  ${model.title}`.slice(0, columns);
  });
  const licenceOf = ({ model }: ModelState): string => model.licenceNote ?? model.licence;
  const notes = [...new Set(states.map(licenceOf))].map((licence) => {
    const names = states.filter((state) => licenceOf(state) === licence).map(({ model }) => model.name);
    return `${names.join(', ')}: ${licence}`;
  });
  return [...lines, '', 'Licences', ...notes.flatMap((note) => wrap(note, columns))];
}

/** Lines no wider than the columns, the later ones indented. */
function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = '   ';
    }
    line = line === '' ? `  ${word}` : `${line} ${word}`;
  }
  return [...lines, line];
}

export async function printModels(terminal: Terminal): Promise<ExitCode> {
  const { stdout } = terminal;
  if (stdout.isTTY === true) {
    const lines = modelLines(await listModels(directoriesOf(terminal).models), (stdout.columns || 80) - 1);
    stdout.write(`${lines.join('\n')}\n`);
    return EXIT.ok;
  }
  for (const { model, path, isInstalled, sizeBytes } of await listModels(directoriesOf(terminal).models)) {
    const { name, title, licence, licenceNote, packageName, packageVersion } = model;
    printLine(terminal, {
      name,
      title,
      isInstalled,
      sizeBytes,
      licence,
      ...(licenceNote !== undefined && { licenceNote }),
      package: `${packageName}@${packageVersion}`,
      path,
    });
  }
  return EXIT.ok;
}

export async function pullModels(names: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const log = logOf(terminal);
  const asked = [...new Set(names)].map((name) => findModel(name));
  const { models } = directoriesOf(terminal);
  const missing: CatalogModel[] = [];
  for (const model of asked) {
    // Damaged files have their right size: only reading them tells.
    const { isInstalled, problems } = await verifyModel(model.name, models);
    if (isInstalled && problems.length === 0) log.info(`${model.name} is already in ${modelPath(model.name, models)}`);
    else missing.push(model);
  }
  for (const group of groupByPackage(missing)) await pullGroup(group, terminal);
  return EXIT.ok;
}

/** Fetches one package and keeps of it what belongs to these models. */
async function pullGroup(group: readonly CatalogModel[], terminal: Terminal): Promise<void> {
  const log = logOf(terminal);
  const { models: modelsDir } = directoriesOf(terminal);
  const names = group.map(({ name }) => name);
  const licences = [...new Set(group.map(({ licence }) => licence))].join(', ');
  log.info(`fetching ${names.join(' and ')} (${downloadSize(group)}, licence ${licences})`);
  for (const { name, licenceNote } of group) if (licenceNote !== undefined) log.info(`${name}: ${licenceNote}`);
  const meter = createMeter(terminal);
  try {
    await interruptible(terminal, (signal) =>
      pull(names, { modelsDir, env: terminal.env, onProgress: meter.show, signal }),
    );
  } finally {
    meter.clear();
  }
  for (const name of names) log.info(`${name} is in ${modelPath(name, modelsDir)}`);
}

export async function printModelPath(name: string | undefined, terminal: Terminal): Promise<ExitCode> {
  const { models } = directoriesOf(terminal);
  if (name !== undefined) findModel(name);
  terminal.stdout.write(`${name === undefined ? models : modelPath(name, models)}\n`);
  return EXIT.ok;
}

export async function verifyModels(names: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { models } = directoriesOf(terminal);
  const log = logOf(terminal);
  const chosen = names.length > 0 ? names : (await listModels(models)).map(({ model }) => model.name);
  let [whole, broken] = [0, 0];
  for (const name of chosen) {
    const { isInstalled, problems } = await verifyModel(name, models);
    if (!isInstalled && names.length === 0) continue;
    const found = isInstalled ? problems : ['it is not here'];
    if (terminal.stdout.isTTY === true) terminal.stdout.write(`${name}: ${found.join(', ') || 'whole'}\n`);
    else printLine(terminal, { name, isWhole: found.length === 0, problems: found });
    if (found.length === 0) whole += 1;
    else {
      broken += 1;
      log.error(`${name}: ${found.join(', ')}; fetch it with: uxd models pull ${name}`);
    }
  }
  log.info(`${plural(whole, 'model')} whole, ${broken} not`);
  return broken > 0 ? EXIT.failed : EXIT.ok;
}
