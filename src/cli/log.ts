import { styleText } from 'node:util';
import { hasColor, type Terminal } from './terminal.js';

const LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LEVELS)[number];

export interface LogSettings {
  readonly level: LogLevel;
  readonly format: 'text' | 'json';
  readonly color: boolean;
}

/** Messages on standard error, a line each. */
export interface Log {
  error(message: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void;
  info(message: string, facts?: Readonly<Record<string, unknown>>): void;
  debug(message: string, facts?: Readonly<Record<string, unknown>>): void;
}

const COLORS = { error: 'red', warn: 'yellow', info: 'reset', debug: 'gray' } as const;
const PREFIXES = { error: 'error: ', warn: 'warning: ', info: '', debug: 'debug: ' } as const;

/** @param beforeWrite takes a progress line away before a message, and may put it back later */
export function createLog(settings: LogSettings, terminal: Terminal, beforeWrite: () => void = () => undefined): Log {
  const isColored = hasColor(terminal.stderr, terminal.env, settings.color);
  const say =
    (level: LogLevel) =>
    (message: string, facts: Readonly<Record<string, unknown>> = {}) => {
      if (LEVELS.indexOf(level) > LEVELS.indexOf(settings.level)) return;
      beforeWrite();
      if (settings.format === 'json') {
        terminal.stderr.write(`${toSafeJson({ level, message, ...facts })}\n`);
        return;
      }
      const text = `${PREFIXES[level]}${oneLine(message)}`;
      terminal.stderr.write(`uxd: ${isColored ? styleText(COLORS[level], text, { validateStream: false }) : text}\n`);
    };
  return { error: say('error'), warn: say('warn'), info: say('info'), debug: say('debug') };
}

/** What moves the cursor, changes the terminal, ends the line or turns the direction of the text. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Control characters in a file's name or a service's answer must not reach the terminal. */
export function oneLine(text: string): string {
  return text.replace(new RegExp(`${UNSAFE.source}+`, 'g'), ' ');
}

/** JSON that may be shown on a terminal: it leaves some control characters as they are otherwise. */
function toSafeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
