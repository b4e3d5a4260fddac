import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalizeWord, withoutAccents } from '../../src/text/fold.js';
import { splitSentences } from '../../src/text/sentences.js';
import { tokenize } from '../../src/text/tokens.js';
import { cpuMilliseconds } from '../support/cpu-time.js';

const kinds = (text: string) => tokenize(text).map(({ kind, text: own }) => `${kind}:${own}`);
const sentences = (text: string) => splitSentences(text).map(({ start, end }) => text.slice(start, end));
/** Any text, also with half pairs, marks and line ends. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom('a', 'Ñ', '.', '!', '…', ' ', '\n', "'", '@', '#', '😀', '\ud800', '\u200d', '\u0301', '-', '1'),
    )
    .map((parts) => parts.join('')),
);

describe('tokens', () => {
  test('words keep their apostrophes; marks, numbers and signs are tokens', () => {
    expect(kinds("¡Qué bueno!! Can't wait: 3,50 € xD")).toEqual([
      'punctuation:¡',
      'word:Qué',
      'word:bueno',
      'punctuation:!!',
      "word:Can't",
      'word:wait',
      'punctuation::',
      'number:3,50',
      'punctuation:€',
      'emoticon:xD',
    ]);
  });

  test('addresses, mentions, hashtags', () => {
    expect(kinds('@ana mira www.ejemplo.es/a?b=1, o a.b@c.com #yo_q')).toEqual([
      'mention:@ana',
      'word:mira',
      'url:www.ejemplo.es/a?b=1',
      'punctuation:,',
      'word:o',
      'url:a.b@c.com',
      'hashtag:#yo_q',
    ]);
  });

  test('a picture of several code points is one token', () => {
    expect(kinds('👩‍👩‍👧👍🏽🇪🇸1️⃣❤️')).toEqual(['emoji:👩‍👩‍👧', 'emoji:👍🏽', 'emoji:🇪🇸', 'emoji:1️⃣', 'emoji:❤️']);
  });

  test('property: spans index the text, in order, and leave out white space only', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let last = 0;
        for (const token of tokenize(text)) {
          expect(text.slice(token.start, token.end)).toBe(token.text);
          expect(text.slice(last, token.start).trim()).toBe('');
          expect(token.end).toBeGreaterThan(token.start);
          last = token.end;
        }
        expect(text.slice(last).trim()).toBe('');
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['one word', 'a'.repeat(1_000_000)],
    ['dots', `${'.'.repeat(1_000_000)}a`],
    ['addresses', 'a@'.repeat(500_000)],
    ['emoji', '😀'.repeat(100_000)],
    ['half pairs', '\ud800'.repeat(500_000)],
  ])('a megabyte of %s is read at once', (_, text) => {
    const spent = cpuMilliseconds(() => {
      tokenize(text);
      splitSentences(text);
    });
    expect(spent).toBeLessThan(5000);
  });
});

describe('sentences', () => {
  test('end at marks, with what closes behind them', () => {
    expect(sentences('«¡Nunca más!» Volvimos. Bien (muy bien). ¿Y tú? sí')).toEqual([
      '«¡Nunca más!»',
      'Volvimos.',
      'Bien (muy bien).',
      '¿Y tú?',
      'sí',
    ]);
  });

  test('abbreviations, initials, numbers and ellipses do not end them', () => {
    expect(sentences('El Sr. Pérez pagó 3.50 a J. K. Rowling, p. 4. Bueno... no sé.')).toEqual([
      'El Sr. Pérez pagó 3.50 a J. K. Rowling, p. 4.',
      'Bueno... no sé.',
    ]);
  });

  test('a missing space, an empty line, an item and a title end them', () => {
    expect(sentences('Precio acordado.Y sucio, Node.js\n\nUn título\nTexto\n- uno\n- dos')).toEqual([
      'Precio acordado.',
      'Y sucio, Node.js',
      'Un título',
      'Texto',
      '- uno',
      '- dos',
    ]);
  });

  test('wrapped lines are one sentence; pictures belong to what they follow', () => {
    const wrapped = 'una línea bastante larga que el programa partió en la columna\nSetenta y sigue igual.';
    expect(sentences(wrapped)).toEqual([wrapped]);
    expect(sentences('Great! 😍 Bad.')).toEqual(['Great! 😍', 'Bad.']);
  });

  test('property: in order, trimmed, and nothing but white space between', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let last = 0;
        for (const { start, end } of splitSentences(text)) {
          expect(text.slice(last, start).trim()).toBe('');
          expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(text.slice(last).trim()).toBe('');
      }),
      { numRuns: 500 },
    );
  });
});

describe('forms of words', () => {
  test('lower case, composed, straight apostrophes; ñ is a letter of its own', () => {
    expect(normalizeWord('CAN’T')).toBe("can't");
    expect(normalizeWord('cafe\u0301')).toBe('café');
    expect(withoutAccents('pésimo año pingüino')).toBe('pesimo año pinguino');
    expect(withoutAccents('très Ñu çà')).toBe('tres Ñu ca');
  });
});
