/** `uxd transcribe`: recordings through a speech engine. */
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Invocation } from '../cli/command.js';
import type { extractionFlags } from '../cli/common-flags.js';
import type { ExitCode } from '../cli/exit-codes.js';
import { runExtraction, type SettledFiles } from '../cli/extraction.js';
import type { Log } from '../cli/log.js';
import { formatDuration } from '../cli/progress.js';
import { findShard, type Shard } from '../cli/shard.js';
import type { Terminal } from '../cli/terminal.js';
import {
  AUDIO_FILE_EXTENSIONS,
  MAX_PIECE_SECONDS,
  parseRawFormat,
  type RawFormat,
  readSpeech,
} from '../io/audio/read-speech.js';
import { findOverwritten, type InputList, listInputs } from '../io/inputs.js';
import type { StoredObject } from '../io/stored-objects.js';
import { type EngineSettings, type SpeechInput, type SpeechOptions, type SpeechReading, UsageError } from '../model.js';
import { withEmptySpeech } from '../providers/empty-speech.js';
import { openVoiceDetector, SPEECH_PROVIDERS } from '../providers/index.js';
import type { AnyRow } from '../rows/define.js';
import { type ShardRow, shardSchema } from '../rows/shard.js';
import { transcriptSchema } from '../rows/transcript.js';
import { failedTranscriptRow, recordingRows, segmentRows } from '../rows/transcript-rows.js';
import { measuresOf, Recordings, type SettledSpeech } from './recordings.js';
import { checkStoredUsage, isUnversioned, storedAmong, warnOfStored } from './stored-recordings.js';
import type { transcribeFlags } from './transcribe.js';

type TranscribeInvocation = Invocation<typeof transcribeFlags & typeof extractionFlags>;
type Flags = TranscribeInvocation['flags'];

/** Endings of sound without a header, taken from directories where its format is told. */
const RAW_EXTENSIONS = ['.raw', '.pcm', '.sln', '.ulaw', '.ul', '.alaw', '.al', '.vox'];

export async function runTranscribe(invocation: TranscribeInvocation, terminal: Terminal): Promise<ExitCode> {
  const { flags, args } = invocation;
  const shard = findShard(flags.shard, terminal.env);
  checkUsage(invocation, shard !== null);
  const raw = flags.raw === null ? null : parseRawFormat(flags.raw);
  const options = await speechOptions(flags, terminal);
  const inputs = await listRecordings(invocation, shard, terminal);
  const stored = storedAmong(inputs.entries);
  const areAllStored = stored.length > 0 && stored.length === inputs.entries.length;
  const provider = SPEECH_PROVIDERS[flags.provider];
  const wantsFiles = flags.srt !== null || flags.vtt !== null || flags.txt !== null;
  const recordings = new Recordings(wantsFiles || flags.level === 'file');
  let settings: EngineSettings | null = null;
  return runExtraction<SpeechInput, SpeechReading>(
    {
      command: 'transcribe',
      flags,
      unit: 'piece',
      // Pieces hold much memory, names do not.
      window: (concurrency) => Math.max(16, concurrency * (areAllStored ? 64 : 3)),
      inputCount: inputs.total,
      inputNames: args.length > 0 ? args : [`--files-from ${flags.filesFrom}`],
      schemas: [transcriptSchema, ...(shard ? [shardSchema] : [])],
      answerOptions: options,
      pricesAsOf: await provider.pricesAsOf(),
      loadEngine: async (given) => {
        settings = given;
        return withEmptySpeech(await provider.load(options, given));
      },
      inputs: (_, log) => {
        warnOfInputs(inputs, stored, flags, log);
        return recordings.watch(cutRecordings(inputs, settings as EngineSettings, flags, raw));
      },
      count: ({ outcome }) => (outcome.ok ? { ok: 1, failed: 0 } : { ok: 0, failed: 1 }),
      isFinal: () => true,
      measures: () => measuresOf(recordings, areAllStored),
      isResumable: !stored.some(isUnversioned),
      ...(!areAllStored && { advance: () => `${formatDuration(recordings.heardSeconds * 1000)} of sound` }),
      unfinished: () => recordings.unfinished,
      rowsOf: (settled) => rowsOf(settled, recordings, flags),
      closingRows: (rows) => (shard ? [shardEnd(shard, rows, inputs)] : []),
      openFiles: async (log) =>
        wantsFiles ? openCaptionFiles(flags, recordings, terminal, shard !== null, log) : null,
      close: inputs.dispose,
    },
    terminal,
  );
}

/** The pieces of all recordings; the network that finds voices is loaded with the first. */
async function* cutRecordings(
  { entries }: InputList,
  settings: EngineSettings,
  { splitChannels }: Flags,
  raw: RawFormat | null,
): ReturnType<typeof readSpeech> {
  const hasFiles = entries.some((entry) => 'path' in entry);
  const detector = hasFiles ? await openVoiceDetector(settings) : null;
  yield* readSpeech(entries, {
    raw,
    splitChannels,
    env: settings.env,
    maxPieceSeconds: MAX_PIECE_SECONDS,
    findVoice: () => {
      if (detector === null) throw new Error('a file is read that was not listed');
      return detector.open();
    },
  });
}

function rowsOf(settled: SettledSpeech, recordings: Recordings, flags: Flags): AnyRow[] {
  const { source, item, outcome, attempts } = settled;
  const { level, provider } = flags;
  const origin = { source, provider };
  const { segments, finished, hasSpeech } = recordings.settle(settled);
  const rows: AnyRow[] = outcome.ok
    ? []
    : [failedTranscriptRow(item?.payload ?? null, outcome.error, attempts, origin, level)];
  if (level !== 'file') rows.push(...segmentRows(segments, level, origin));
  if (finished !== null && (level === 'file' || !hasSpeech)) rows.push(...recordingRows(finished, level, origin));
  return rows;
}

/** Mistakes that can be told before anything is read. */
function checkUsage({ flags, args }: TranscribeInvocation, isSharded: boolean): void {
  const fail = (message: string): never => {
    throw new UsageError(`transcribe: ${message}`);
  };
  if (args.length === 0 && flags.filesFrom === null)
    fail('no input; name recordings, directories or globs, or - for standard input (uxd transcribe --help)');
  if (flags.provider === 'local') {
    if (flags.diarize)
      fail(
        'speakers are not told apart on this machine; where each has a channel of the recording use --split-channels, else --provider google',
      );
    if (flags.api !== 'v2') fail('--api is for --provider google; leave one of them out');
    if (flags.hints !== null) fail('--hints is for --provider google; leave one of them out');
  }
  const gathering = (
    [
      ['--srt', flags.srt],
      ['--vtt', flags.vtt],
      ['--txt', flags.txt],
    ] as const
  ).find(([, directory]) => directory !== null);
  if (gathering && flags.unordered) fail(`${gathering[0]} cannot be combined with --unordered`);
  if (!isSharded) return;
  if (flags.unordered) fail('parts of a sharded run keep the input order: leave --unordered out');
  const isOtherFormat = flags.format !== null ? flags.format !== 'jsonl' : /\.(csv|parquet)$/i.test(flags.output ?? '');
  if (isOtherFormat) fail('parts of a sharded run are JSONL; `uxd merge` writes CSV and Parquet');
}

async function speechOptions(flags: Flags, terminal: Terminal): Promise<SpeechOptions> {
  return {
    languages: flags.language,
    model: flags.model,
    hints: flags.hints === null ? [] : await readHints(path.resolve(terminal.cwd, flags.hints), flags.hints),
    diarize: flags.diarize,
    api: flags.api,
  };
}

async function readHints(file: string, name: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`transcribe: --hints ${name} cannot be read (${error.code ?? error.message})`);
  });
  const phrases = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  return [...new Set(phrases.map((phrase) => phrase.trim()).filter((phrase) => phrase !== ''))];
}

async function listRecordings(
  { flags, args }: TranscribeInvocation,
  shard: Shard | null,
  terminal: Terminal,
): Promise<InputList> {
  const inputs = await listInputs(
    {
      patterns: args,
      recursive: flags.recursive,
      filesFrom: flags.filesFrom,
      nullSeparated: flags.null,
      shard,
      extensions: flags.raw === null ? AUDIO_FILE_EXTENSIONS : [...AUDIO_FILE_EXTENSIONS, ...RAW_EXTENSIONS],
    },
    { cwd: terminal.cwd, stdin: terminal.stdin, tempDir: os.tmpdir() },
  );
  try {
    if (storedAmong(inputs.entries).length > 0) checkStoredUsage(flags);
    await checkOverwritten(inputs, flags, terminal);
  } catch (error) {
    await inputs.dispose();
    throw error;
  }
  return inputs;
}

async function checkOverwritten({ entries }: InputList, flags: Flags, terminal: Terminal): Promise<void> {
  for (const [flag, file] of [
    ['--output', flags.output],
    ['--summary', flags.summary],
  ] as const) {
    if (file === null) continue;
    const overwritten = await findOverwritten(entries, path.resolve(terminal.cwd, file));
    if (overwritten === null) continue;
    throw new UsageError(`transcribe: ${flag} ${file} is the input ${overwritten}; name another file`);
  }
}

function warnOfInputs(
  { entries, unmatched }: InputList,
  stored: readonly StoredObject[],
  flags: Flags,
  log: Log,
): void {
  const { provider, diarize } = flags;
  if (entries.length > 0) for (const name of unmatched) log.warn(`transcribe: ${name} matched no file`);
  warnOfStored(stored, flags, log);
  if (provider === 'google' && diarize && stored.length < entries.length)
    log.warn('transcribe: speakers are told apart within each piece of a recording, of 30 s at most');
}

/** The files of `--srt`, `--vtt` and `--txt`. */
async function openCaptionFiles(
  flags: Flags,
  recordings: Recordings,
  { cwd }: Terminal,
  isSharded: boolean,
  log: Log,
): Promise<SettledFiles<SpeechInput, SpeechReading>> {
  const { CaptionFiles } = await import('../io/caption-files.js');
  const directory = (name: string | null): string | null => (name === null ? null : path.resolve(cwd, name));
  const files = await CaptionFiles.open({
    srtDirectory: directory(flags.srt),
    vttDirectory: directory(flags.vtt),
    txtDirectory: directory(flags.txt),
    isSharded,
  });
  return {
    add: async (settled) => {
      const { finished, hasSpeech } = recordings.settle(settled);
      if (finished === null) return;
      const { segments, isIncomplete } = finished;
      // A recording of which nothing could be heard has its error rows; an empty file would look like a result.
      if (isIncomplete && !hasSpeech) return;
      await files.write(settled.source, segments);
      if (isIncomplete) log.warn(`${settled.source}: its captions are incomplete; see the rows with errors`);
    },
    close: async () => undefined,
  };
}

function shardEnd(shard: Shard, rows: number, { listing }: InputList): ShardRow {
  const base = { schema: 'uxd.shard/1', source: '', status: 'ok', shard: shard.index, shards: shard.count } as const;
  return { ...base, rows, schemas: transcriptSchema.name, listing };
}
