/** What `uxd transcribe` must know of recordings that the service reads where they are. */
import type { Log } from '../cli/log.js';
import { plural } from '../cli/text.js';
import type { InputEntry } from '../io/inputs.js';
import type { StoredObject } from '../io/stored-objects.js';
import { UsageError } from '../model.js';

export function storedAmong(entries: readonly InputEntry[]): readonly StoredObject[] {
  return entries.flatMap((entry) => ('object' in entry && entry.object ? [entry.object] : []));
}

/** @throws UsageError for what cannot be had of them */
export function checkStoredUsage(flags: {
  readonly provider: string;
  readonly maxCost: number | null;
  readonly dryRun: boolean;
  readonly raw: string | null;
}): void {
  const advice = 'fetch them first (gcloud storage cp)';
  if (flags.provider !== 'google')
    throw new UsageError(`transcribe: recordings in Cloud Storage (gs://) need --provider google; or ${advice}`);
  if (flags.maxCost !== null && !flags.dryRun)
    throw new UsageError(
      'transcribe: --max-cost cannot be kept to for recordings in Cloud Storage: how long they are is known only when ' +
        `they have been heard and paid for; leave --max-cost out, or ${advice}`,
    );
  if (flags.raw !== null)
    throw new UsageError(`transcribe: --raw is for files on this machine, not for Cloud Storage; ${advice}`);
}

/** Names that do not say which content is meant: their results are good for one run alone. */
export function isUnversioned({ generation }: StoredObject): boolean {
  return generation === null;
}

export function warnOfStored(
  stored: readonly StoredObject[],
  { splitChannels, cache }: { readonly splitChannels: boolean; readonly cache: boolean },
  log: Log,
): void {
  if (stored.length > 0 && !splitChannels)
    log.warn('transcribe: of recordings in Cloud Storage the first channel alone is heard; --split-channels hears all');
  const unkept = stored.filter(isUnversioned).length;
  if (unkept === 0 || !cache) return;
  log.info(
    `transcribe: the results of ${plural(unkept, 'recording')} in Cloud Storage are not kept for a later run; they are ` +
      'where names tell the generation, as `gcloud storage ls --all-versions` writes them',
  );
}
