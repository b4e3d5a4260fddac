/** What stands beside a price alone and says for how much it is: `€/kg`, `per kilo`, `el kilo`. */
import { levelText } from '../../text/level.js';
import type { Block } from './blocks.js';
import type { Sense } from './sense.js';

const BASE_UNITS: ReadonlySet<string> = new Set(['kg', 'l', 'lb', 'm']);
/** Before the unit, where no stroke is. */
const EACH = /^(?:per|pro|je|por|par|al|el|le|la|il|o|a|the)$/u;

/** The base unit that a block names and nothing else; null where it says more or less. */
export function soldBy(block: Block, { vocabulary }: Sense): string | null {
  const text = levelText(block.text.replace(/\n/gu, ' ')).trim();
  const [, sign, rest = ''] = /^(?:[€$£]\s?)?(\/)?\s?(.+?)\.?$/u.exec(text) ?? [];
  const words = rest.split(/\s+/u);
  const unit = vocabulary.units.get(words.at(-1) ?? '');
  if (unit === undefined || !BASE_UNITS.has(unit)) return null;
  const isEach = words.length === 2 && EACH.test(words[0] ?? '');
  return isEach || (sign !== undefined && words.length === 1) ? unit : null;
}
