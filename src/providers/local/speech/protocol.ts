/** What the speech engine and its worker processes say to each other. */
import type { SpeechReading } from '../../../model.js';
import type { Failure } from '../protocol.js';

/** A folder with `encoder_model.onnx` and `decoder_model_merged.onnx` of one language. */
export interface SpeechModel {
  /** ISO 639-1. */
  readonly language: string;
  /** As rows name it, such as `moonshine-base-es`. */
  readonly name: string;
  readonly folder: string;
  /** Whether files may be added to the folder. */
  readonly isOurs: boolean;
}

export interface ListenerSettings {
  /** At least one, one for each language that may be spoken, the likeliest first. */
  readonly models: readonly SpeechModel[];
  readonly runtime: 'auto' | 'web';
}

/** Samples are mono, 16 kHz, signed 16 bit. */
export type SpeechJob =
  | { readonly kind: 'language'; readonly samples: Int16Array }
  /** `expected`: the language that the recording begins with, where it is known. */
  | { readonly kind: 'words'; readonly samples: Int16Array; readonly expected: string | null };

export type SpeechAnswer =
  | { readonly ok: true; readonly language: string | null }
  | { readonly ok: true; readonly reading: SpeechReading }
  | Failure;
