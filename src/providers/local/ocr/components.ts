/** Connected areas of ink in a grey picture. */
import type { GrayRaster } from './raster.js';

/** Edges of a connected area (right and bottom exclusive) and its pixels. */
export interface Component {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly area: number;
}

/** Areas darker than `limit`, with 8 neighbours, in the order of their first pixel by rows. */
export function componentsOf({ width, height, data }: GrayRaster, limit: number): Component[] {
  const visited = new Uint8Array(width * height);
  const components: Component[] = [];
  const stack: number[] = [];
  for (let seed = 0; seed < data.length; seed++) {
    if (visited[seed] === 1 || (data[seed] as number) >= limit) continue;
    let [left, top, right, bottom, area] = [width, height, 0, 0, 0];
    visited[seed] = 1;
    stack.push(seed);
    while (stack.length > 0) {
      const at = stack.pop() as number;
      const x = at % width;
      const y = (at - x) / width;
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x + 1);
      bottom = Math.max(bottom, y + 1);
      area++;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const next = ny * width + nx;
          if (visited[next] === 1 || (data[next] as number) >= limit) continue;
          visited[next] = 1;
          stack.push(next);
        }
      }
    }
    components.push({ left, top, right, bottom, area });
  }
  return components;
}
