/** What `uxd transcribe` is asked for, checked before anything is read. */
import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { Invocation } from '../cli/command.js';
import type { extractionFlags } from '../cli/common-flags.js';
import type { Terminal } from '../cli/terminal.js';
import { type SpeechOptions, UsageError } from '../model.js';
import { transcribeFlags } from './transcribe.js';

export type TranscribeInvocation = Invocation<typeof transcribeFlags & typeof extractionFlags>;
type Flags = TranscribeInvocation['flags'];

function fail(message: string): never {
  throw new UsageError(`transcribe: ${message}`);
}

/** Mistakes that can be told before anything is read. Throws {@link UsageError}. */
export function checkTranscribeUsage(flags: Flags): void {
  checkProvider(flags);
  checkLanguages(flags.language);
  const captions = flags.format === null ? /\.(srt|vtt)$/i.exec(flags.output ?? '')?.[1]?.toLowerCase() : undefined;
  if (captions !== undefined) fail(`-o takes the rows; captions are written beside them, with --${captions} DIR`);
  if (flags.channelNames.length > 0 && !flags.splitChannels) fail('--channel-names needs --split-channels');
  if (flags.channelNames.length > 0 && flags.diarize)
    fail('--channel-names and --diarize both tell who speaks; leave one of them out');
  const gathering = (
    [
      ['--srt', flags.srt],
      ['--vtt', flags.vtt],
      ['--txt', flags.txt],
    ] as const
  ).find(([, directory]) => directory !== null);
  if (gathering && flags.unordered) fail(`${gathering[0]} cannot be combined with --unordered`);
}

function checkProvider({ provider, diarize, api, hints, model, location, language }: Flags): void {
  if (provider === 'google') {
    if (model !== null && LOCAL_MODELS.has(model))
      fail(
        `--model ${model} is a model of --provider local; of Google's name one such as chirp_2, or leave --model out`,
      );
    return;
  }
  if (model !== null && GOOGLE_MODEL.test(model))
    fail(`--model ${model} is a model of Google's; add --provider google`);
  if (diarize)
    fail(
      'speakers are not told apart on this machine; where each has a channel of the recording use --split-channels, else --provider google',
    );
  if (language.length > 1 && language.includes('auto'))
    fail('--language auto stands for all that are known here; leave the others out, or leave auto out');
  if (api !== 'v2') fail('--api is for Google; add --provider google, or leave --api out');
  if (hints !== null) fail('--hints is for Google; add --provider google, or leave --hints out');
  if (location !== null) fail('--location is for Google; add --provider google, or leave --location out');
}

/** Names as https://cloud.google.com/speech-to-text/docs/transcription-model lists them. */
const GOOGLE_MODEL = /^(chirp|chirp_\d|(latest|telephony|medical|command|phone)_\w+|telephony|video)$/;

const LOCAL_MODELS: ReadonlySet<string> = new Set(['base', 'tiny']);

/** Codes are asked for, and names are what people write. */
function checkLanguages(languages: readonly string[]): void {
  for (const language of languages) {
    const code = codeOfLanguage(language);
    if (code !== null) fail(`--language ${language}: languages are named by their codes; did you mean ${code}?`);
  }
}

/** `en` of `English` or `inglés`; null for what is no name of a language that has a code of two letters. */
function codeOfLanguage(name: string): string | null {
  if (name.length <= 3 || name.includes('-')) return null;
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const names = ['en', 'es'].map((locale) => new Intl.DisplayNames(locale, { type: 'language' }));
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  return codes.find((code) => names.some((known) => known.of(code)?.toLowerCase() === name.toLowerCase())) ?? null;
}

/** `auto` is a language of Google's models; here it stands for all that may be heard. */
function spokenLanguages({ language, provider }: Flags): readonly string[] {
  if (provider === 'google') return language;
  return language.length === 1 && language[0] === 'auto' ? transcribeFlags.language.default : language;
}

export async function speechOptions(flags: Flags, terminal: Terminal): Promise<SpeechOptions> {
  return {
    languages: spokenLanguages(flags),
    model: flags.model,
    hints: flags.hints === null ? [] : await readHints(path.resolve(terminal.cwd, flags.hints), flags.hints),
    diarize: flags.diarize,
    api: flags.api,
    location: flags.location,
  };
}

/** More than any service takes. */
const MOST_HINT_BYTES = 1 << 20;

async function readHints(file: string, name: string): Promise<string[]> {
  const chunks: Buffer[] = [];
  try {
    // One byte more tells that there is more; a device may give bytes for ever.
    for await (const chunk of createReadStream(file, { end: MOST_HINT_BYTES })) chunks.push(chunk as Buffer);
  } catch (error) {
    fail(`--hints ${name} cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`);
  }
  const bytes = Buffer.concat(chunks);
  if (bytes.length > MOST_HINT_BYTES) fail(`--hints ${name} is larger than 1 MB; give a list of words, one a line`);
  const phrases = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  return [...new Set(phrases.map((phrase) => phrase.trim()).filter((phrase) => phrase !== ''))];
}

/** What a run reads and writes beside its inputs and its rows. */
export function besideFiles({ hints, srt, vtt, txt }: Flags) {
  return {
    lists: { '--hints': hints },
    directories: {
      '--srt': { directory: srt, ending: '.srt' },
      '--vtt': { directory: vtt, ending: '.vtt' },
      '--txt': { directory: txt, ending: '.txt' },
    },
  };
}
