/** Finds where somebody speaks, with Silero VAD 5 (https://github.com/snakers4/silero-vad), as samples come in. */
import { join } from 'node:path';
import type { VoiceFinder } from '../../../io/audio/voice.js';
import { SPEECH_RATE } from '../../../model.js';
import { damagedModel, ensureModel, ensureOptions, type FetchSettings } from '../../../models/store.js';
import { loadOnnxRuntime, type OnnxRuntime, type OnnxSession, type OnnxTensor } from '../runtime.js';
import { createStretchFinder, FRAME, SPEECH_OFF } from './stretches.js';

/** The network that finds voices, as the catalog names it. */
export const VOICE_MODEL = 'silero/vad-v5';

/** Samples before a frame that the network looks at with it. */
const CONTEXT = 64;
const STATE_SHAPE = [2, 1, 128] as const;
/**
 * Frames without voice after which the network begins anew, 8 s: half a minute of music or noise leaves it in a state in
 * which it takes the speech that follows for more of the same.
 */
const FORGETTING = 250;

/** Opens a finder for each channel of a recording. */
export interface VoiceDetector {
  open(): VoiceFinder;
}

/** Loads the network, once for all recordings; it is fetched where it is not here. Throws RunError where it is damaged. */
export async function loadVoiceDetector(settings: FetchSettings): Promise<VoiceDetector> {
  const { env } = settings;
  const folder = await ensureModel(VOICE_MODEL, ensureOptions(settings));
  const runtime = await loadOnnxRuntime(env.UXD_ORT === 'web' ? 'web' : 'auto');
  const session = await runtime.open(join(folder, 'silero_vad_v5.onnx'), { keepsBuffers: true }).catch(refuse);
  return { open: () => createVoiceFinder(runtime, session) };
}

function refuse(error: unknown): never {
  throw damagedModel(VOICE_MODEL, error);
}

function createVoiceFinder(runtime: OnnxRuntime, session: OnnxSession): VoiceFinder {
  const finder = createStretchFinder();
  const rate = runtime.integers([SPEECH_RATE], []);
  const window = new Float32Array(CONTEXT + FRAME);
  const freshState = (): OnnxTensor => runtime.floats(new Float32Array(256), STATE_SHAPE);
  let state = freshState();
  let quietFrames = 0;
  let filled = 0;
  let total = 0;
  const judge = async (): Promise<void> => {
    const input = runtime.floats(window.slice(), [1, window.length]);
    const outputs = await session.run({ input, state, sr: rate }).catch(refuse);
    const probability = ((outputs.output as OnnxTensor).data as Float32Array)[0] as number;
    quietFrames = probability < SPEECH_OFF ? (quietFrames + 1) % FORGETTING : 0;
    const isQuietForLong = quietFrames === 0 && probability < SPEECH_OFF;
    state = isQuietForLong ? freshState() : (outputs.stateN as OnnxTensor);
    finder.push(probability);
    window.copyWithin(0, FRAME);
    filled = 0;
  };
  return {
    async push(samples) {
      total += samples.length;
      for (let at = 0; at < samples.length; ) {
        const taken = Math.min(FRAME - filled, samples.length - at);
        for (let index = 0; index < taken; index++) {
          window[CONTEXT + filled + index] = (samples[at + index] as number) / 32_768;
        }
        filled += taken;
        at += taken;
        if (filled === FRAME) await judge();
      }
      return finder.take();
    },
    async flush() {
      if (filled > 0) {
        window.fill(0, CONTEXT + filled);
        await judge();
      }
      return finder.end(total);
    },
  };
}
