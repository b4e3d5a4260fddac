/** Expands patterns in the way a recursive walk goes through directories. */
import { type Dirent, readdir, stat } from 'node:fs';
import { isAbsolute } from 'node:path';

/**
 * An entry as tinyglobby is to see it, or null for one that it is not to see: a link to a directory is not followed,
 * for it may go round in circles, and every other link stands for a file, so that a broken one is told of.
 */
function seeThrough(directory: string, entry: Dirent): Promise<Dirent | null> {
  return new Promise((resolve) => {
    stat(`${directory}/${entry.name}`, (error, stats) => {
      if (!error && stats.isDirectory()) return resolve(null);
      const asFile = { isFile: () => true, isSymbolicLink: () => false };
      resolve(Object.assign(Object.create(entry), asFile) as Dirent);
    });
  });
}

type Listed = (error: NodeJS.ErrnoException | null, entries: Dirent[]) => void;

function listDirectory(path: string, options: { withFileTypes: true }, done: Listed): void {
  readdir(path, options, (error, entries = []) => {
    if (error) return done(error, []);
    Promise.all(entries.map((entry) => (entry.isSymbolicLink() ? seeThrough(path, entry) : entry))).then((seen) =>
      done(
        null,
        seen.filter((entry) => entry !== null),
      ),
    );
  });
}

/** The files that match, relative to `cwd` unless the pattern is absolute, in no order. */
export async function findMatches(pattern: string, cwd: string): Promise<readonly string[]> {
  const { glob } = await import('tinyglobby');
  return glob([pattern], {
    cwd,
    absolute: isAbsolute(pattern),
    onlyFiles: true,
    expandDirectories: false,
    fs: { readdir: listDirectory as typeof readdir },
  });
}
