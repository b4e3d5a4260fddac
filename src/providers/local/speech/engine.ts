/** The embedded speech engine: words with their times, on this machine, without an account or a network. */
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import {
  type EngineSettings,
  type Item,
  isStored,
  type Outcome,
  SPEECH_RATE,
  type SpeechEngine,
  type SpeechInput,
  type SpeechOptions,
  type SpeechPiece,
  type SpeechReading,
  UsageError,
} from '../../../model.js';
import { installedVersion } from '../packages.js';
import { createWorkerPool, type WorkerPool } from '../pool.js';
import type { Failure } from '../protocol.js';
import { chooseModels } from './models.js';
import type { ListenerSettings, SpeechAnswer, SpeechJob } from './protocol.js';

/** Changes with every change of the algorithm that may change what is heard. */
const ALGORITHM_REVISION = 4;

/** No piece takes this long; only a hang does. */
const MIN_PIECE_TIMEOUT_MS = 300_000;

/** Recordings whose language is remembered; pieces of one follow each other closely. */
const REMEMBERED_PROBES = 1000;

/**
 * Decoding makes and drops buffers of about a megabyte by the thousand: glibc gives them back to the system one by one,
 * and V8 collects theirs as soon as it may. A worker with two models then peaks 100 MB lower, for a tenth more CPU time.
 */
const RETURN_SMALL_BUFFERS = { MALLOC_MMAP_THRESHOLD_: '1048576', MALLOC_TRIM_THRESHOLD_: '4194304' };
const COLLECT_EARLY = ['--max-semi-space-size=1'];

type Pool = WorkerPool<SpeechJob, SpeechAnswer>;

/**
 * Fetches the models where they are not here; worker processes start with the first piece. Throws {@link UsageError} for
 * languages without a model, for a folder that holds none, and where speakers are to be told apart.
 */
export async function createLocalSpeechEngine(options: SpeechOptions, settings: EngineSettings): Promise<SpeechEngine> {
  if (options.diarize) {
    throw new UsageError('the local engine does not tell speakers apart; use --provider google');
  }
  const { models, version } = await chooseModels(options, settings);
  const workers = settings.concurrency ?? availableParallelism();
  const listener: ListenerSettings = { models, runtime: settings.env.UXD_ORT === 'web' ? 'web' : 'auto' };
  const jobTimeoutMs = Math.max(settings.timeoutMs, MIN_PIECE_TIMEOUT_MS);
  const pool: Pool = createWorkerPool<SpeechJob, ListenerSettings, SpeechAnswer>({
    workers,
    entry: new URL('./worker.js', import.meta.url),
    env: { ...RETURN_SMALL_BUFFERS, ...settings.env },
    nodeOptions: COLLECT_EARLY,
    jobTimeoutMs,
    settings: listener,
    complaints: {
      crashed: 'the process that listens died on this piece, twice; free some memory or give a smaller --concurrency',
      late: `the piece was not heard within ${Math.round(jobTimeoutMs / 1000)} s; run again with a smaller --concurrency`,
    },
  });
  const findLanguage = createLanguageFinder(pool, models.length);
  return {
    id: 'local/speech',
    version: [ALGORITHM_REVISION, version, installedVersion('onnxruntime-node') ?? 'web'].join('-'),
    limits: {
      itemsPerBatch: 1,
      bytesPerBatch: Number.MAX_SAFE_INTEGER,
      parallelBatches: workers,
      requestsPerMinute: null,
    },
    isRemote: false,
    processBatch: (items, { signal }) => Promise.all(items.map((item) => hear(pool, findLanguage, item, signal))),
    close: () => pool.close(),
  };
}

type LanguageFinder = (
  probe: Int16Array,
  signal: AbortSignal,
) => Promise<{ ok: true; language: string | null } | Failure>;

async function hear(
  pool: Pool,
  findLanguage: LanguageFinder,
  { payload }: Item<SpeechInput>,
  signal: AbortSignal,
): Promise<Outcome<SpeechReading>> {
  if (isStored(payload)) throw new Error('a recording that is not on this machine came to the local engine');
  const { samples, languageProbe } = payload;
  const probe = languageProbe.length > 0 ? languageProbe : samples;
  const found = isAllSpeech(payload) ? NOT_ASKED : await findLanguage(probe, signal);
  if (!found.ok) return found;
  // A copy: a view would be sent with all of the buffer that it looks into.
  const answer = await pool.read({ kind: 'words', samples: samples.slice(), expected: found.language }, signal);
  if (!answer.ok) return answer;
  if (!('reading' in answer)) throw new Error('a worker answered another question');
  return { ok: true, value: answer.reading };
}

/** A piece that is all that is said tells its language as it is heard. */
const NOT_ASKED = { ok: true, language: null } as const;
const PROBE_HEAD = SPEECH_RATE / 10;

/** The piece ends the recording, and begins it: the probe, which is the first that is said, begins in it. */
function isAllSpeech({ isLast, samples, languageProbe }: SpeechPiece): boolean {
  return isLast && bytesOf(samples).includes(bytesOf(languageProbe.subarray(0, PROBE_HEAD)));
}

function bytesOf({ buffer, byteOffset, byteLength }: Int16Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/**
 * Finds the language of a probe once, however many pieces carry it and whichever comes first. Null where there is no
 * choice, or nothing can be understood.
 */
function createLanguageFinder(pool: Pool, languages: number): LanguageFinder {
  const known = new Map<string, ReturnType<LanguageFinder>>();
  const find: LanguageFinder = async (probe, signal) => {
    const answer = await pool.read({ kind: 'language', samples: probe.slice() }, signal);
    if (!answer.ok) return answer;
    if (!('language' in answer)) throw new Error('a worker answered another question');
    return answer;
  };
  return async (probe, signal) => {
    if (languages === 1) return { ok: true, language: null };
    const key = createHash('sha256').update(probe).digest('base64');
    const answer = known.get(key) ?? find(probe, signal);
    known.delete(key);
    known.set(key, answer);
    if (known.size > REMEMBERED_PROBES) known.delete(known.keys().next().value as string);
    // What failed is tried again by the next piece.
    const forget = (): void => {
      if (known.get(key) === answer) known.delete(key);
    };
    return answer.then(
      (result) => {
        if (!result.ok) forget();
        return result;
      },
      (error: unknown) => {
        forget();
        throw error;
      },
    );
  };
}
