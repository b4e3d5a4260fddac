// throw-away
import type { AmountInText, SizeInText, UnitPrice } from './page.js';

const num = (t: string) => Number(t.replace(',', '.'));
export function findAmounts(text: string): AmountInText[] {
  const out: AmountInText[] = [];
  for (const m of text.matchAll(/(?<![\d.,])(\d{1,4}[.,]\d{2}|\d{1,3}[.,][-–])(?![\d.,]*\d)/g)) {
    const after = text.slice(m.index + m[0].length, m.index + m[0].length + 3);
    if (/^\s?(g|kg|ml|l|cm|L|%)\b/.test(after)) continue;
    out.push({
      amount: num(m[1]!.replace(/[.,][-–]/, '')),
      currency: null,
      per: null,
      start: m.index,
      end: m.index + m[0].length,
    });
  }
  return out;
}
const UNITS: Record<string, string> = {
  g: 'g',
  kg: 'kg',
  ml: 'ml',
  l: 'l',
  liter: 'l',
  cl: 'cl',
  m: 'm',
  stück: 'piece',
  bogen: 'piece',
  bögen: 'piece',
};
export function findSizes(text: string): SizeInText[] {
  const out: SizeInText[] = [];
  for (const m of text.matchAll(
    /(?:(\d+)\s?x\s?)?(\d+(?:[.,]\d+)?)[\s-]?(g|kg|ml|l|liter|cl|stück|bögen|bogen|m)\b(?!\s*=)/gi,
  )) {
    let n = num(m[2]!);
    if (/^\d\.000$/.test(m[2]!)) n *= 1000;
    out.push({
      count: m[1] ? Number(m[1]) : 1,
      amount: n,
      unit: UNITS[m[3]!.toLowerCase()]!,
      start: m.index,
      end: m.index + m[0].length,
    });
  }
  return out;
}
export function findUnitPrices(text: string): UnitPrice[] {
  const out: UnitPrice[] = [];
  for (const m of text.matchAll(
    /\(?(?:1|100)?\s?(kg|l|m|bogen|stück)[\s-]?(?:=|preis)\s*(\d+[.,](?:\d{2}|[-–]))\)?|\(?(?:(\d+[.,]\d{2})\s?[-–]\s?)?(\d+[.,](?:\d{2}|[-–]))\s?\/\s?(kg|l|m)\b\)?/gi,
  )) {
    const unit = UNITS[(m[1] ?? m[5])!.toLowerCase()]!;
    if (m[3]) out.push({ amount: num(m[3]), unit, start: m.index, end: m.index + m[0].length });
    out.push({
      amount: num((m[2] ?? m[4])!.replace(/[.,][-–]/, '')),
      unit,
      start: m.index,
      end: m.index + m[0].length,
    });
  }
  return out;
}
export const PHRASES = {
  was: /(?:UVP|statt|vorher|bisher|antes|was|rrp|bislang)\W*$/i,
  deposit: /(?:pfand|depósito|deposit|crv)\W*$/i,
  depositAfter: /^\W*(?:pfand|depósito|deposit)/i,
  savingAfter: /^\W*(?:gespart|rabatt|sofortrabatt|sparen|off|menos|de ahorro)/i,
  saving: /(?:spar\w*|save|ahorra\w*|rabatt)\W*$/i,
  loyalty: /\bapp\b|app-preis|netto plus|clubcard|tarjeta|nur mit|loyalty|\bcard\b/i,
  without: /\bohne\b|\bsin\b|\bwithout\b/i,
  stop: /(?:^|\s)(versch\.|verschiedene|sorten|je|aus|ca\.|mit|zzgl\.|kl\.|klasse|gekühlt|ohne|gefroren|tiefgekühlt|exklusiv|pro|stück|inkl\.|nicht in allen)(?=\s|$|,|\d)/i,
  legal:
    /gesamtpreis|abgabe nur|haushaltsüblich|druckfehler|solange der vorrat|gültig bei|kombinierbar|ausverkauft/i,
  promotion: /punkte|rabatt|aktion|gespart|sparen|coupon|einkaufswert|verfügbar|online/i,
  joiners: /^(oder|und|auch|or|o|y|e|and|u)$/i,
};
