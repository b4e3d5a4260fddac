/** The engines by provider, loaded when first used. A provider without an entry does not compile. */
import type {
  EngineSettings,
  Feature,
  OcrEngine,
  OcrOptions,
  SpeechEngine,
  SpeechOptions,
  TextEngine,
  TextOptions,
} from '../model.js';
import type { FetchSettings } from '../models/store.js';
import type { VoiceDetector } from './local/speech/voice.js';

export type { VoiceDetector };

type Provider = 'local' | 'google';

interface OcrProvider {
  readonly features: readonly Feature[];
  load(options: OcrOptions, settings: EngineSettings): Promise<OcrEngine>;
  /** Pages of a file of this kind that go into one item. */
  pagesPerItem(mediaType: string): number;
  /** Date of the price list, or null where nothing is billed. */
  pricesAsOf(): Promise<string | null>;
}

export const OCR_PROVIDERS = {
  local: {
    features: ['text'],
    load: async (options, settings) => (await import('./local/ocr/engine.js')).createLocalOcrEngine(options, settings),
    pagesPerItem: () => 1,
    pricesAsOf: async () => null,
  },
  google: {
    features: ['text', 'labels', 'objects', 'logos'],
    load: async (options, settings) => (await import('./google/vision.js')).createGoogleOcrEngine(options, settings),
    pagesPerItem: (mediaType) => (mediaType === 'application/pdf' || mediaType === 'image/tiff' ? 5 : 1),
    pricesAsOf: async () => (await import('./google/prices.js')).PRICES_AS_OF,
  },
} as const satisfies Readonly<Record<Provider, OcrProvider>>;

interface TextProvider {
  /** ISO 639-1 codes of the languages that it reads; null where the vendor says so itself. */
  readonly languages: readonly string[] | null;
  load(options: TextOptions, settings: EngineSettings): Promise<TextEngine>;
  /** Date of the price list, or null where nothing is billed. */
  pricesAsOf(): Promise<string | null>;
}

export const TEXT_PROVIDERS = {
  local: {
    languages: ['es', 'en'],
    load: async (options, settings) =>
      (await import('./local/language/engine.js')).createLocalTextEngine(options, settings),
    pricesAsOf: async () => null,
  },
  google: {
    languages: null,
    load: async (options, settings) => (await import('./google/language.js')).createGoogleTextEngine(options, settings),
    pricesAsOf: async () => (await import('./google/prices.js')).LANGUAGE_PRICES_AS_OF,
  },
} as const satisfies Readonly<Record<Provider, TextProvider>>;

interface SpeechProvider {
  load(options: SpeechOptions, settings: EngineSettings): Promise<SpeechEngine>;
  /** Date of the price list, or null where nothing is billed. */
  pricesAsOf(): Promise<string | null>;
}

export const SPEECH_PROVIDERS = {
  local: {
    load: async (options, settings) =>
      (await import('./local/speech/engine.js')).createLocalSpeechEngine(options, settings),
    pricesAsOf: async () => null,
  },
  google: {
    load: async (options, settings) => (await import('./google/speech.js')).createGoogleSpeechEngine(options, settings),
    pricesAsOf: async () => (await import('./google/prices.js')).SPEECH_PRICES_AS_OF,
  },
} as const satisfies Readonly<Record<Provider, SpeechProvider>>;

/** Finds speech in recordings, for whichever engine then hears it: silence is neither sent nor paid for. */
export async function openVoiceDetector(settings: FetchSettings): Promise<VoiceDetector> {
  return (await import('./local/speech/voice.js')).loadVoiceDetector(settings);
}

/** One thing that `uxd doctor` looked at. */
export interface Finding {
  readonly subject: string;
  /** `warning`: something would be refused or slow; `missing`: a command would fail. */
  readonly state: 'ok' | 'warning' | 'missing';
  readonly detail: string;
}

/** What is installed for each provider and what would fail; nothing is sent. */
export async function describeProviders(env: EngineSettings['env']): Promise<readonly Finding[]> {
  const local = await (await import('./local/describe.js')).describeLocalRuntime(env);
  const google = await (await import('./google/describe.js')).describeGoogle(env);
  return [...local, ...google];
}
