/** Names temporary files after the process that makes them, and removes those of processes that were killed. */
import { createHash } from 'node:crypto';
import { access, lstat, mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

const DAY_MS = 86_400_000;
/** The owner in a name: machine and, where the system tells it, process; `0` stands for any. */
const OWNER = /\.([0-9a-f]{8})\.(\d{1,10})\.[0-9A-Za-z]+(?:\.tmp)?$/;

let identity: Promise<{ machine: string; pid: string }> | undefined;

/** Process numbers mean something only on one machine, and there in one container. */
async function identify(): Promise<{ machine: string; pid: string }> {
  const [pid, container] = await Promise.all(
    ['/proc/self', '/proc/self/ns/pid'].map((path) => readlink(path).catch(() => '')),
  );
  const machine = createHash('sha256').update(`${hostname()} ${container}`).digest('hex').slice(0, 8);
  return { machine, pid: pid && container && (await exists('/proc/1')) ? pid : '0' };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** What the name of a temporary file has before its last, random part: `.MACHINE.PROCESS.`. */
export async function ownerMark(): Promise<string> {
  identity ??= identify();
  const { machine, pid } = await identity;
  return `.${machine}.${pid}.`;
}

/**
 * Makes a directory of the owner alone in `tempDir` and removes those of the same `prefix` that killed runs left there.
 * Throws the system's error.
 */
export async function makeOwnDirectory(tempDir: string, prefix: string): Promise<string> {
  const directory = await mkdtemp(join(tempDir, `${prefix}${await ownerMark()}`));
  await removeLeftovers(tempDir, prefix, (await lstat(directory)).uid);
  return directory;
}

async function isAbandoned(owner: { machine: string; pid: string }, modifiedMs: number): Promise<boolean> {
  identity ??= identify();
  const own = await identity;
  const isKnown = owner.machine === own.machine && owner.pid !== '0' && own.pid !== '0';
  return isKnown ? !(await exists(`/proc/${owner.pid}`)) : Date.now() - modifiedMs > DAY_MS;
}

/**
 * Removes what begins with `prefix` and bears the {@link ownerMark} of a process that is gone; where that cannot be
 * told, what is older than a day. Only what belongs to `uid`, where one is given. Never throws.
 */
export async function removeLeftovers(directory: string, prefix: string, uid: number | null = null): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  for (const name of names) {
    const [, machine, pid] = (name.startsWith(prefix) && OWNER.exec(name)) || [];
    if (machine === undefined || pid === undefined) continue;
    const path = join(directory, name);
    try {
      const stats = await lstat(path);
      if (uid !== null && stats.uid !== uid) continue;
      if (await isAbandoned({ machine, pid }, stats.mtimeMs)) await rm(path, { recursive: true, force: true });
    } catch {
      // Somebody else removed it, or it is not ours to remove.
    }
  }
}
