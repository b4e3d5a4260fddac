/** Verb forms with one or two pronouns at their end, and the accents that these ask for. */
import { accentAt, stressOf, withoutAcute } from './spanish-accents.js';

const ONE = ['me', 'te', 'se', 'nos', 'os', 'lo', 'la', 'los', 'las', 'le', 'les'];
const TWO = ['melo', 'mela', 'telo', 'tela', 'selo', 'sela', 'selos', 'selas', 'noslo', 'nosla'];
const AFTER_COMMANDS = ['me', 'se', 'te', 'nos', 'lo', 'la', 'los', 'las', 'le', 'les'];
const TWO_AFTER_COMMANDS = ['melo', 'mela', 'selo', 'sela', 'noslo', 'nosla'];
const AFTER_PLURAL_COMMANDS = ['me', 'nos', 'lo', 'la', 'los', 'las', 'le'];

/** An infinitive or gerund that is stressed at `stressAt`; with one pronoun the accent is written if `marksOne`. */
export function pushClitics(forms: string[], form: string, stressAt: number, marksOne: boolean): void {
  push(forms, form, stressAt, marksOne, ONE, TWO);
}

/** An imperative: `mantén` loses its accent (mantenlo), `compra` takes one (cómpralo). */
export function pushCommandClitics(forms: string[], form: string): void {
  const { at, isLast } = stressOf(form);
  forms.push(form);
  push(forms, withoutAcute(form), at, !isLast, AFTER_COMMANDS, TWO_AFTER_COMMANDS);
}

/** `compra` without its last sound: vos compralo, vosotros compradlo. */
export function pushPluralCommandClitics(forms: string[], stem: string): void {
  for (const pronoun of AFTER_PLURAL_COMMANDS) forms.push(`${stem}d${pronoun}`, stem + pronoun);
  forms.push(`${stem}te`);
}

function push(
  forms: string[],
  form: string,
  stressAt: number,
  marksOne: boolean,
  one: readonly string[],
  two: readonly string[],
): void {
  const marked = accentAt(form, stressAt);
  const before = marksOne ? marked : form;
  for (const pronoun of one) forms.push(before + pronoun);
  for (const pronouns of two) forms.push(marked + pronouns);
}
