/** Flags of the commands that read texts. */
import { choiceFlag, listFlag, switchFlag, textFlag } from '../cli/flags.js';

export const textFlags = {
  textColumn: textFlag({
    syntax: '--text-column <column>',
    description: 'column (or JSON key) with the text, by name or number',
    defaultText: 'the one called text, review, comment ...',
    group: 'Reading',
  }),
  textField: textFlag({
    syntax: '--text-field <key>',
    description: 'the same as --text-column',
    group: 'Reading',
  }),
  idColumn: textFlag({
    syntax: '--id-column <column>',
    description: 'column that tells the texts apart',
    defaultText: 'id where there is one, else the number of the record',
    group: 'Reading',
  }),
  dateColumn: textFlag({
    syntax: '--date-column <column>',
    description: 'column with a date, written to the rows as `date`, YYYY-MM-DD',
    group: 'Reading',
  }),
  dateOrder: choiceFlag({
    syntax: '--date-order <order>',
    description: 'how dates such as 3/4/2020 are meant: day or month first',
    choices: ['dmy', 'mdy'],
    default: 'dmy',
    group: 'Reading',
  }),
  keep: listFlag({
    syntax: '--keep <columns>',
    description: 'columns to carry along; `name=column` gives one another name',
    default: [],
    defaultText: 'none',
    group: 'Reading',
  }),
  lines: switchFlag({
    syntax: '--lines',
    description: 'each line of a text file is a text of its own',
    group: 'Reading',
  }),
  language: textFlag({
    syntax: '--language <code>',
    description: 'language of all texts, such as es or en',
    defaultText: 'found for each text and sentence',
    group: 'Reading',
  }),
  delimiter: textFlag({
    syntax: '--delimiter <sign>',
    description: 'what separates the columns of a table: , ; | or tab',
    defaultText: 'found',
    group: 'Reading',
  }),
  encoding: textFlag({
    syntax: '--encoding <name>',
    description: 'encoding of the files, such as utf-8, windows-1252 or utf-16le',
    defaultText: 'found',
    group: 'Reading',
  }),
};

export const groupFlag = {
  groupBy: textFlag({
    syntax: '--group-by <column>',
    description: 'column with the group of each text, such as the product',
    group: 'Analysis',
  }),
};
