import { defineCommand } from '../cli/command.js';
import { extractionFlags } from '../cli/common-flags.js';
import { choiceFlag, listFlag, negatedFlag, switchFlag, textFlag } from '../cli/flags.js';
import { UsageError } from '../model.js';
import { ROW_SCHEMAS } from '../rows/index.js';
import { SPEECH_LEVELS } from '../rows/transcript.js';

export const transcribeFlags = {
  level: choiceFlag({
    syntax: '--level <level>',
    description: 'what a row holds',
    choices: SPEECH_LEVELS,
    default: 'segment',
    group: 'Rows and captions',
  }),
  words: negatedFlag({
    syntax: '--no-words',
    description: 'leave the lists of words and their times out of the rows, as for spreadsheets',
    group: 'Rows and captions',
  }),
  srt: textFlag({
    syntax: '--srt <dir>',
    description: 'also write captions as SubRip, a file a recording',
    group: 'Rows and captions',
  }),
  vtt: textFlag({
    syntax: '--vtt <dir>',
    description: 'also write captions as WebVTT',
    group: 'Rows and captions',
  }),
  txt: textFlag({
    syntax: '--txt <dir>',
    description: 'also write the plain text, a line a segment',
    group: 'Rows and captions',
  }),
  language: listFlag({
    syntax: '--language <codes>',
    description:
      'languages that may be spoken, likeliest first; of several, found for each piece of speech; auto: all that are known here',
    default: ['es', 'en'],
    defaultText: 'es,en',
    group: 'Reading',
  }),
  splitChannels: switchFlag({
    syntax: '--split-channels',
    description: 'hear each channel on its own (agent and customer of a call)',
    group: 'Reading',
  }),
  channelNames: listFlag({
    syntax: '--channel-names <names>',
    description: 'who speaks on which channel, in their order, such as agent,customer (with --split-channels)',
    default: [],
    group: 'Reading',
  }),
  raw: textFlag({
    syntax: '--raw <rate:channels:encoding>',
    description: 'format of files without a header, such as 8000:1:mulaw',
    group: 'Reading',
  }),
  model: textFlag({
    syntax: '--model <name>',
    // other commands have a --model of their own; UXD_STT_MODEL is for the models of this one
    isCommandLineOnly: true,
    description:
      "local: base, tiny, or the folder of your own Moonshine model; google: the service's name, such as chirp_2",
    defaultText: "the provider's usual one",
    group: 'Engine',
  }),
  hints: textFlag({
    syntax: '--hints <file>',
    description: 'words and names that are likely to be said, one a line (google)',
    group: 'Engine',
  }),
  diarize: switchFlag({
    syntax: '--diarize',
    description: 'tell speakers apart (google)',
    group: 'Engine',
  }),
  api: choiceFlag({
    syntax: '--api <version>',
    description: "version of the provider's service (google)",
    choices: ['v1', 'v2'],
    default: 'v2',
    group: 'Engine',
  }),
  location: textFlag({
    syntax: '--location <place>',
    description: 'where the provider hears it, such as eu or us-central1 (google)',
    defaultText: 'UXD_GOOGLE_LOCATION, else a place that serves the model',
    group: 'Engine',
  }),
};

/** Other tools have captions for a format of their output; here they stand beside the rows. */
const format: typeof extractionFlags.format = {
  ...extractionFlags.format,
  parse: (text) => {
    if (/^(srt|vtt|txt)$/.test(text)) throw new UsageError(`"${text}" is written beside the rows, with --${text} DIR`);
    return (extractionFlags.format.parse as NonNullable<typeof format.parse>)(text);
  },
};

export const transcribeCommand = defineCommand({
  name: 'transcribe',
  summary: 'write down what is said in recordings',
  description:
    'Write down what is said in recordings, with the times of segments and words, and captions. Spanish and English on\n' +
    'this machine; other languages with --provider google.',
  arguments: [
    {
      syntax: '[inputs...]',
      description: 'recordings, directories, globs, or - for standard input; gs:// names with google',
    },
  ],
  flags: { ...transcribeFlags, ...extractionFlags, format },
  examples: [
    { note: 'the language of each is found', command: 'uxd transcribe samples/calls/*.wav > segments.jsonl' },
    {
      note: 'both sides of calls, each on its own channel, as a table',
      command: 'uxd transcribe samples/calls/ --recursive --split-channels --format csv -o calls.csv',
    },
    {
      note: 'captions and text beside the rows',
      command: 'uxd transcribe samples/calls/nuvela-en.flac --srt out/ --vtt out/ --txt out/',
    },
    {
      note: 'what Google would take for it',
      command: 'uxd transcribe samples/calls/*.flac --provider google --model chirp_2 --dry-run',
    },
    {
      note: 'a table for a spreadsheet, with who speaks',
      command:
        'uxd transcribe samples/calls/*.wav --split-channels --channel-names agent,customer --no-words --bom -o calls.csv',
    },
    {
      note: 'how agents and customers feel',
      command:
        'uxd transcribe samples/calls/*.wav --split-channels --channel-names agent,customer | uxd sentiment - --group-by speaker --summary -o feelings.jsonl',
    },
    {
      note: 'what is talked about, and how',
      command: 'uxd transcribe samples/calls/*.wav | uxd sentiment - | uxd keywords -',
    },
  ],
  schemas: ROW_SCHEMAS.transcribe,
  run: async (invocation, terminal) => (await import('./transcribe-run.js')).runTranscribe(invocation, terminal),
});
