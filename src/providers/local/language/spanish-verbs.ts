/** Inflection of Spanish verbs. Rules and names of tenses as in the grammar of the Real Academia. */
import { accentAt, withoutAcute } from './spanish-accents.js';
import { pushClitics, pushCommandClitics, pushPluralCommandClitics } from './spanish-pronouns.js';
import {
  E_TO_I,
  E_TO_IE,
  HIATUS,
  IRREGULAR,
  O_TO_UE,
  PARTICIPLES,
  PREFIXED,
  SECOND_PARTICIPLE,
  STRESSED_I,
  type VerbIrregularity,
} from './spanish-verb-tables.js';

type Theme = 'a' | 'e' | 'i';

/** The stems that the tenses are made from. */
interface Stems {
  readonly theme: Theme;
  readonly root: string;
  /** Stressed: siento. */
  readonly strong: string;
  /** Raised before a stressed ending: sintió. The root where nothing changes. */
  readonly raised: string;
  readonly own: VerbIrregularity;
}

const IMPERFECT = { a: ['aba', 'abas', 'ábamos', 'abais', 'aban'], e: ['ía', 'ías', 'íamos', 'íais', 'ían'] };
const FUTURE = ['é', 'ás', 'á', 'emos', 'éis', 'án', 'ía', 'ías', 'íamos', 'íais', 'ían'];
const PAST_SUBJUNCTIVE = ['ra', 'ras', 'rais', 'ran', 'se', 'ses', 'seis', 'sen'];
const NO_IRREGULARITY: VerbIrregularity = {};

/** All forms of a verb with an infinitive in -ar, -er, -ir or -ír; those with pronouns at their end where they are wanted. */
export function verbForms(infinitive: string, withPronouns: boolean): readonly string[] {
  if (/[^aeou]eír$/.test(infinitive)) return laughingForms(infinitive.slice(0, -3), withPronouns);
  const stems = stemsOf(infinitive);
  const present = presentOf(stems);
  const preterite = preteriteOf(stems);
  const subjunctive = subjunctiveOf(stems);
  const participles = participlesOf(infinitive, stems);
  const gerund = gerundOf(stems);
  return assemble(infinitive, stems, { present, preterite, subjunctive, participles, gerund, withPronouns });
}

interface Tenses {
  readonly present: readonly string[];
  readonly preterite: readonly string[];
  readonly subjunctive: readonly string[];
  readonly participles: readonly string[];
  readonly gerund: string;
  readonly withPronouns: boolean;
}

function assemble(infinitive: string, stems: Stems, tenses: Tenses): readonly string[] {
  const { theme, root, own } = stems;
  const flatInfinitive = withoutAcute(infinitive);
  const future = own.future ?? flatInfinitive;
  const forms = [infinitive, tenses.gerund, ...tenses.present, ...tenses.preterite, ...tenses.subjunctive];
  forms.push(
    ...(own.imperfectForms?.split(' ') ?? IMPERFECT[theme === 'a' ? 'a' : 'e'].map((ending) => root + ending)),
  );
  for (const ending of FUTURE) forms.push(future + ending);
  const past = (tenses.preterite.at(-1) as string).slice(0, -3);
  for (const ending of PAST_SUBJUNCTIVE) forms.push(past + ending);
  const stressedPast = accentAt(past, past.length - 1);
  forms.push(`${stressedPast}ramos`, `${stressedPast}semos`);
  for (const participle of tenses.participles) pushGenders(forms, participle);
  pushCommands(forms, infinitive, stems);
  if (tenses.withPronouns) pushPronouns(forms, infinitive, own, tenses);
  return forms;
}

function stemsOf(infinitive: string): Stems {
  const theme = withoutAcute(infinitive.at(-2) ?? 'a') as Theme;
  const root = infinitive.slice(0, -2);
  const own = IRREGULAR[infinitive] ?? prefixed(infinitive) ?? NO_IRREGULARITY;
  if (own.strong !== undefined) return { theme, root, strong: own.strong, raised: root, own };
  if (E_TO_IE.has(infinitive)) {
    const strong = root === 'err' ? 'yerr' : replaceLast(root, 'e', 'ie');
    const raised = theme === 'i' && !infinitive.endsWith('cernir') ? replaceLast(root, 'e', 'i') : root;
    return { theme, root, strong, raised, own };
  }
  if (O_TO_UE.has(infinitive)) {
    const strong = root === 'ol' ? 'huel' : replaceLast(root, 'o', 'ue').replace('gue', 'güe');
    return { theme, root, strong, raised: theme === 'i' ? replaceLast(root, 'o', 'u') : root, own };
  }
  if (E_TO_I.has(infinitive)) {
    const raised = replaceLast(root, 'e', 'i');
    return { theme, root, strong: raised, raised, own };
  }
  return { theme, root, strong: regularStrong(infinitive, root), raised: root, own };
}

/** The stressed stem of verbs whose vowel does not change but may take an accent, and of jugar and adquirir. */
function regularStrong(infinitive: string, root: string): string {
  if (infinitive === 'jugar') return 'jueg';
  if (/quirir$/.test(infinitive) && infinitive !== 'quirir') return replaceLast(root, 'i', 'ie');
  const hiatus = HIATUS[infinitive];
  if (hiatus !== undefined) return hiatus;
  if (infinitive.endsWith('iar') && STRESSED_I.has(infinitive)) return `${root.slice(0, -1)}í`;
  if (/[^gc]uar$/.test(infinitive)) return `${root.slice(0, -1)}ú`;
  if (/[^gq]uir$/.test(infinitive)) return `${root}y`;
  return root;
}

function prefixed(infinitive: string): VerbIrregularity | undefined {
  const match = PREFIXED.exec(infinitive);
  const base = IRREGULAR[match?.[2] ?? ''];
  if (match === null || base === undefined) return undefined;
  const prefix = match[1] as string;
  return Object.fromEntries(
    Object.entries(base)
      // contradecirá, contradice: only `decir` itself is short there.
      .filter(([key]) => match[2] !== 'decir' || (key !== 'future' && key !== 'command'))
      .map(([key, value]) => [
        key,
        prefix + (key === 'command' && value.endsWith('n') ? accentAt(value, value.length - 2) : value),
      ]),
  );
}

function replaceLast(text: string, from: string, to: string): string {
  const at = text.lastIndexOf(from);
  return at < 0 ? text : text.slice(0, at) + to + text.slice(at + from.length);
}

/** A stem as it is written before another vowel, so that it sounds the same. */
function spell(stem: string, theme: Theme, before: 'ao' | 'e'): string {
  if (theme === 'a') {
    if (before !== 'e') return stem;
    if (stem.endsWith('c')) return `${stem.slice(0, -1)}qu`;
    if (stem.endsWith('g')) return `${stem}u`;
    if (stem.endsWith('gu')) return `${stem.slice(0, -1)}ü`;
    return stem.endsWith('z') ? `${stem.slice(0, -1)}c` : stem;
  }
  if (before !== 'ao') return stem;
  if (/[aeou]c$/.test(stem) && !/^(?:re)?mec$|^(?:es|re|sobre)?(?:cuec|coc)$/.test(stem))
    return `${stem.slice(0, -1)}zc`;
  if (stem.endsWith('c')) return `${stem.slice(0, -1)}z`;
  if (stem.endsWith('gu')) return stem.slice(0, -1);
  return stem.endsWith('g') ? `${stem.slice(0, -1)}j` : stem;
}

function presentOf(stems: Stems): readonly string[] {
  const { theme, root, strong, own } = stems;
  if (own.presentForms !== undefined) return own.presentForms.split(' ');
  const yo = own.yo ?? `${spell(strong, theme, 'ao')}o`;
  const open = theme === 'a' ? 'a' : 'e';
  const forms = [yo, `${strong}${open}s`, strong + open, `${strong}${open}n`];
  if (theme === 'a') forms.push(`${root}amos`, `${root}áis`, `${root}ás`);
  else if (theme === 'e') forms.push(`${root}emos`, `${root}éis`, `${root}és`);
  else forms.push(`${root}${/[aeo]$/.test(root) ? 'í' : 'i'}mos`, `${root}ís`);
  return forms;
}

/** The third person plural is last: the past subjunctive is made from it. */
function preteriteOf(stems: Stems): readonly string[] {
  const { theme, root, raised, own } = stems;
  if (own.preteriteForms !== undefined) return own.preteriteForms.split(' ');
  const strong = own.preterite ?? (root.endsWith('duc') ? `${root.slice(0, -1)}j` : undefined);
  if (strong !== undefined) {
    const third = strong.endsWith('ic') ? `${strong.slice(0, -1)}z` : strong;
    const plural = strong.endsWith('j') ? 'eron' : 'ieron';
    return [`${strong}e`, `${strong}iste`, `${third}o`, `${strong}imos`, `${strong}isteis`, strong + plural];
  }
  if (theme === 'a') {
    return [`${spell(root, theme, 'e')}é`, `${root}aste`, `${root}ó`, `${root}asteis`, `${root}aron`];
  }
  const i = /[aeo]$/.test(root) ? 'í' : 'i';
  const glide = glideOf(raised);
  return [
    `${root}í`,
    `${root}${i}ste`,
    `${raised}${glide}ó`,
    `${root}${i}mos`,
    `${root}${i}steis`,
    `${raised}${glide}eron`,
  ];
}

/** The i of -ió, -iendo: y between vowels, nothing after ñ and ll. */
function glideOf(stem: string): string {
  if (/(?:[aeo]|[^gq]u)$/.test(stem)) return 'y';
  return /(?:ñ|ll)$/.test(stem) ? '' : 'i';
}

function subjunctiveOf(stems: Stems): readonly string[] {
  const { theme, strong, raised, own } = stems;
  if (own.subjunctiveForms !== undefined) return own.subjunctiveForms.split(' ');
  const open = theme === 'a' ? 'e' : 'a';
  const before = theme === 'a' ? 'e' : 'ao';
  const fixed = own.subjunctive ?? own.yo?.slice(0, -1);
  const stressed = fixed ?? spell(strong, theme, before);
  const isYod = strong.endsWith('y');
  const flat = fixed ?? (isYod ? strong : spell(raised, theme, before));
  const plural = theme === 'a' ? 'éis' : 'áis';
  return [stressed + open, `${stressed}${open}s`, `${stressed}${open}n`, `${flat}${open}mos`, flat + plural];
}

function gerundOf({ theme, root, raised, own }: Stems): string {
  if (own.gerund !== undefined) return own.gerund;
  return theme === 'a' ? `${root}ando` : `${raised}${glideOf(raised)}endo`;
}

function participlesOf(infinitive: string, { theme, root, own }: Stems): readonly string[] {
  if (own.participle !== undefined) return [own.participle];
  for (const [ending, participle] of PARTICIPLES) {
    if (infinitive.endsWith(ending)) return [infinitive.slice(0, -ending.length) + participle];
  }
  const regular = theme === 'a' ? `${root}ado` : `${root}${/[aeo]$/.test(root) ? 'í' : 'i'}do`;
  const second = SECOND_PARTICIPLE[infinitive];
  return second === undefined ? [regular] : [regular, second];
}

function pushGenders(forms: string[], participle: string): void {
  const stem = participle.slice(0, -1);
  forms.push(participle, `${stem}a`, `${stem}os`, `${stem}as`);
}

/** Imperatives without pronouns: tú where it is irregular, vos and vosotros. */
function pushCommands(forms: string[], infinitive: string, { theme, root, own }: Stems): void {
  if (own.command !== undefined) forms.push(own.command);
  const flat = withoutAcute(infinitive);
  if (infinitive.length > 3) forms.push(accentAt(flat.slice(0, -1), flat.length - 2));
  forms.push(`${flat.slice(0, -1)}d`, `${root}${theme === 'i' ? 'í' : theme}os`);
}

function pushPronouns(forms: string[], infinitive: string, own: VerbIrregularity, tenses: Tenses): void {
  const flat = withoutAcute(infinitive);
  const { present, subjunctive, gerund } = tenses;
  pushClitics(forms, flat, flat.length - 2, infinitive !== flat);
  pushClitics(forms, gerund, gerund.length - 4, true);
  const tu = own.command ?? (own.presentForms === undefined ? present[2] : undefined);
  const usted = subjunctive.find((form) => /[ae]$/.test(form));
  const ustedes = subjunctive.find((form) => form.endsWith('n'));
  for (const form of [tu, usted, ustedes]) if (form !== undefined) pushCommandClitics(forms, form);
  pushPluralCommandClitics(forms, flat.slice(0, -1));
}

/** reír, sonreír, freír: what stands before -eír decides nothing but the accent of two forms. */
function laughingForms(prefix: string, withPronouns: boolean): readonly string[] {
  const infinitive = `${prefix}eír`;
  const forms = [infinitive];
  for (const ending of 'ío íes íe eímos eís íen eía eías eíamos eíais eían eí eíste ió eísteis ieron iera ieras iéramos ierais ieran iese ieses iésemos ieseis iesen ía ías iamos iais ían iendo eíd'.split(
    ' ',
  )) {
    forms.push(prefix + ending);
  }
  for (const ending of FUTURE) forms.push(`${prefix}eir${ending}`);
  pushGenders(forms, `${prefix}eído`);
  const second = SECOND_PARTICIPLE[infinitive];
  if (second !== undefined) pushGenders(forms, second);
  if (!withPronouns) return forms;
  pushClitics(forms, `${prefix}eir`, prefix.length + 1, true);
  pushClitics(forms, `${prefix}iendo`, prefix.length + 1, true);
  pushCommandClitics(forms, `${prefix}íe`);
  return forms;
}
