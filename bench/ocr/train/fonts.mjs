// The installed fonts that have Latin letters of an ordinary shape.
import { execFileSync } from 'node:child_process';

/** Fontconfig's program: names the fonts that librsvg will find. */
const LISTER = 'fc-list';
const unsuited =
  /Noto Sans [A-Z]|Noto Serif [A-Z]|Emoji|Symbol|Math|D050|Droid|Music|Naskh|Kufi|Nasta|Rashi|Looped|Z003|Dingbat|Traditional|Terminus|Smallcaps|Tamil/i;
const fixedWidth = /Mono|Courier|Hack|Inconsolata|OCR|Fira Code/;

/** Families that shops use most; nearly half of the lines are in one of them. */
const frequentFamilies = [
  ...['Lato', 'Roboto', 'Open Sans', 'Liberation Sans', 'DejaVu Sans', 'Noto Sans', 'Roboto Condensed'],
  ...['Liberation Sans Narrow', 'Noto Serif', 'Open Sans Condensed', 'Nimbus Sans', 'Nimbus Sans Narrow', 'URW Gothic'],
];

/** Names of families as fontconfig knows them: all, the frequent ones, those of fixed width. */
export function installedFonts() {
  const listed = execFileSync(LISTER, [':', 'family'], { encoding: 'utf8' }).trim().split('\n');
  const names = new Set(listed.map((line) => line.replace(/,.*/, '')));
  const all = [...names].filter((name) => !unsuited.test(name)).sort();
  const frequent = frequentFamilies.filter((name) => all.includes(name));
  const fixed = all.filter((name) => fixedWidth.test(name));
  if (frequent.length === 0 || fixed.length === 0) throw new Error('too few fonts: see README.md for the packages');
  return { all, frequent, fixed };
}
