/** `uxd transcribe`: recordings through a speech engine. */
import path from 'node:path';
import type { ExitCode } from '../cli/exit-codes.js';
import type { SettledFiles } from '../cli/extraction.js';
import { runExtraction } from '../cli/extraction-run.js';
import type { Log } from '../cli/log.js';
import { formatDuration } from '../cli/progress.js';
import type { Terminal } from '../cli/terminal.js';
import { plural } from '../cli/text.js';
import {
  AUDIO_FILE_EXTENSIONS,
  MAX_PIECE_SECONDS,
  parseRawFormat,
  type RawFormat,
  readSpeech,
} from '../io/audio/read-speech.js';
import type { InputEntry } from '../io/inputs.js';
import type { StoredObject } from '../io/stored-objects.js';
import type { SpeechInput, SpeechReading } from '../model.js';
import { withEmptySpeech } from '../providers/empty-speech.js';
import { openVoiceDetector, SPEECH_PROVIDERS, type VoiceDetector } from '../providers/index.js';
import type { AnyRow } from '../rows/define.js';
import { type TranscriptRow, transcriptSchema } from '../rows/transcript.js';
import { failedTranscriptRow, recordingRows, segmentRows } from '../rows/transcript-rows.js';
import { type OpenedInputs, openInputs } from './inputs.js';
import { measuresOf, Recordings, type SettledSpeech, talliesOf } from './recordings.js';
import { checkStoredUsage, isUnversioned, storedAmong, warnOfStored } from './stored-recordings.js';
import { TimeLeft } from './time-left.js';
import { besideFiles, checkTranscribeUsage, speechOptions, type TranscribeInvocation } from './transcribe-usage.js';

type Flags = TranscribeInvocation['flags'];

/** Endings of sound without a header, taken from directories where its format is told. */
const RAW_EXTENSIONS = ['.raw', '.pcm', '.sln', '.ulaw', '.ul', '.alaw', '.al', '.vox'];

export async function runTranscribe(invocation: TranscribeInvocation, terminal: Terminal): Promise<ExitCode> {
  const { flags } = invocation;
  checkTranscribeUsage(flags);
  const raw = flags.raw === null ? null : parseRawFormat(flags.raw);
  const options = await speechOptions(flags, terminal);
  const opened = await openRecordings(invocation, terminal);
  const { entries } = opened.list;
  const stored = storedAmong(entries);
  const areAllStored = stored.length > 0 && stored.length === entries.length;
  const provider = SPEECH_PROVIDERS[flags.provider];
  const wantsFiles = flags.srt !== null || flags.vtt !== null || flags.txt !== null;
  const recordings = new Recordings(wantsFiles || flags.level === 'file', flags.channelNames);
  const timeLeft = new TimeLeft(terminal.clock);
  let detector: VoiceDetector | null = null;
  return runExtraction<SpeechInput, SpeechReading>(
    {
      command: 'transcribe',
      flags,
      unit: 'piece',
      // Pieces hold much memory, names do not.
      window: (concurrency) => Math.max(16, concurrency * (areAllStored ? 64 : 3)),
      ...opened.facts,
      schemas: opened.schemasWithEnd([transcriptSchema]),
      answerOptions: options,
      pricesAsOf: await provider.pricesAsOf(),
      loadEngine: async (given) => {
        const engine = withEmptySpeech(await provider.load(options, given));
        // Its network is fetched before anything is read, where it is not here.
        if (entries.some((entry) => 'path' in entry)) detector = await openVoiceDetector(given);
        return engine;
      },
      inputs: ({ billing }, log) => {
        warnOfInputs(opened, stored, flags, log);
        void timeLeft.measure(entries.filter((entry) => 'path' in entry));
        const cut = cutRecordings(entries, detector, { flags, raw, log, timeLeft, env: terminal.env });
        return recordings.watch(cut, billing);
      },
      count: ({ outcome }) => (outcome.ok ? { ok: 1, failed: 0 } : { ok: 0, failed: 1 }),
      isFinal: () => true,
      tallies: () => talliesOf(recordings, options.languages),
      measures: () => measuresOf(recordings, areAllStored),
      inputCounts: () => ({ one: 'recording', ok: recordings.whole, failed: recordings.incomplete }),
      isResumable: !stored.some(isUnversioned),
      ...(!areAllStored && {
        advance: () => {
          const { heardSeconds, recordingSeconds } = recordings;
          return `${formatDuration((flags.dryRun ? recordingSeconds : heardSeconds) * 1000)} of sound`;
        },
      }),
      left: () => timeLeft.text,
      unfinished: () => recordings.unfinished,
      rowsOf: (settled) => {
        timeLeft.settled(settled);
        return rowsOf(settled, recordings, flags);
      },
      closingRows: (rows) => opened.endOf(rows, [transcriptSchema]),
      openFiles: async (log) =>
        wantsFiles ? openCaptionFiles(flags, recordings, terminal, opened.shard !== null, log) : null,
    },
    terminal,
  );
}

interface Reading {
  readonly flags: Flags;
  readonly raw: RawFormat | null;
  readonly log: Log;
  readonly timeLeft: TimeLeft;
  readonly env: Terminal['env'];
}

/** The pieces of all recordings; without a detector where all are heard where they are. */
async function* cutRecordings(
  entries: readonly InputEntry[],
  detector: VoiceDetector | null,
  { flags, raw, log, timeLeft, env }: Reading,
): ReturnType<typeof readSpeech> {
  const pieces = readSpeech(entries, {
    raw,
    splitChannels: flags.splitChannels,
    namedChannels: flags.channelNames.length,
    env,
    opened: (source, bytesRead) => timeLeft.opened(source, bytesRead),
    maxPieceSeconds: MAX_PIECE_SECONDS,
    remark: (source, message) => log.warn(`${source}: ${message}`),
    findVoice: () => {
      if (detector === null) throw new Error('a file is read that was not listed');
      return detector.open();
    },
  });
  for await (const piece of pieces) {
    timeLeft.read(piece);
    if (flags.dryRun) timeLeft.settled({ ...piece, attempts: 1 });
    yield piece;
  }
}

function rowsOf(settled: SettledSpeech, recordings: Recordings, flags: Flags): AnyRow[] {
  const { source, item, outcome, attempts } = settled;
  const { level, provider, channelNames } = flags;
  const origin = { source, provider, channelNames };
  const { segments, finished, hasSpeech } = recordings.settle(settled);
  const rows: TranscriptRow[] = outcome.ok
    ? []
    : [failedTranscriptRow(item?.payload ?? null, outcome.error, attempts, origin, level)];
  if (level !== 'file') rows.push(...segmentRows(segments, level, origin));
  if (finished !== null && (level === 'file' || !hasSpeech)) rows.push(...recordingRows(finished, level, origin));
  return flags.words ? rows : rows.map(({ words: _, ...row }) => row);
}

async function openRecordings({ flags, args }: TranscribeInvocation, terminal: Terminal): Promise<OpenedInputs> {
  const extensions = flags.raw === null ? AUDIO_FILE_EXTENSIONS : [...AUDIO_FILE_EXTENSIONS, ...RAW_EXTENSIONS];
  const plan = { noun: 'recordings', extensions, ...besideFiles(flags) } as const;
  const opened = await openInputs('transcribe', args, flags, plan, terminal);
  try {
    if (storedAmong(opened.list.entries).length > 0) checkStoredUsage(flags);
  } catch (error) {
    await opened.list.dispose();
    throw error;
  }
  return opened;
}

function warnOfInputs(opened: OpenedInputs, stored: readonly StoredObject[], flags: Flags, log: Log): void {
  const { provider, diarize } = flags;
  opened.tellUnmatched(log);
  const { others, entries } = opened.list;
  if (others > 0)
    log.info(`transcribe: ${plural(others, 'file')} in directories passed over, which are not named as recordings are`);
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
      const { finished } = recordings.settle(settled);
      if (finished === null) return;
      const { isIncomplete } = finished;
      const spoken = finished.segments.filter(({ text }) => text !== '');
      // A recording of which nothing could be heard has its error rows; an empty file would look like a result.
      if (isIncomplete && spoken.length === 0) return;
      await files.write(settled.source, spoken);
      if (isIncomplete) log.warn(`${settled.source}: its captions are incomplete; see the rows with errors`);
    },
    close: async () => undefined,
  };
}
