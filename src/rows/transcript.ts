import { engineFields, errorFields, originFields } from './common.js';
import { defineRow, type RowOf } from './define.js';

export const SPEECH_LEVELS = ['segment', 'word', 'file'] as const;
export type SpeechLevel = (typeof SPEECH_LEVELS)[number];

const CLOCK = 'in seconds on the clock of the recording';

/** What is said in a recording. */
export const transcriptSchema = defineRow({
  name: 'uxd.transcript/1',
  title: 'Transcript of a recording',
  description:
    'One row a segment, a word, or a recording and channel, as `--level` says. A recording in which nothing is said has one row with an empty text; a stretch in which nothing could be understood has one of its own.',
  fields: {
    ...originFields,
    level: { type: 'string', enum: SPEECH_LEVELS, description: 'What the row holds.' },
    channel: {
      type: 'integer',
      nullable: true,
      description: 'Number of the channel, from 1 (`--split-channels`); null where all were mixed to one.',
    },
    speaker: {
      type: 'string',
      nullable: true,
      description:
        'Who speaks: the name of the channel (`--channel-names`), or a number such as `1` (`--diarize`), which holds within one piece of the recording (one in Cloud Storage is one piece); null where speakers are not told apart.',
    },
    startSeconds: { type: 'number', nullable: true, description: `Where it starts, ${CLOCK}; 0 for a recording.` },
    endSeconds: {
      type: 'number',
      nullable: true,
      description: `Where it ends, ${CLOCK}; for a recording its length. Null where it is not known.`,
    },
    text: { type: 'string', nullable: true, description: 'What is said, with punctuation; empty where nothing is.' },
    confidence: {
      type: 'number',
      nullable: true,
      description:
        '0 to 1; null where the engine gives none, or nothing could be understood. Comparable for one model only.',
    },
    language: { type: 'string', nullable: true, description: 'ISO 639-1, null where nothing is said, or not known.' },
    words: {
      type: 'json',
      optional: true,
      description: `List of \`{text, startSeconds, endSeconds, confidence}\`, ${CLOCK}; absent from rows of words and errors, and with \`--no-words\`.`,
    },
    flags: {
      type: 'json',
      optional: true,
      description:
        'List of remarks: `no-speech` where nobody speaks; `empty-file` where there is no sound at all; `unintelligible` where somebody speaks, but nothing could be understood (the text is empty; of a row of a file: such a stretch is in it); `language-doubtful` where it is probably in another language than `language`; `incomplete` where a part of the recording could not be read; `no-word-times` where a row of words holds a segment, because the engine gave it no times.',
    },
    ...engineFields,
    ...errorFields,
  },
});

export type TranscriptRow = RowOf<typeof transcriptSchema>;
