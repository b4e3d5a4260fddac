/** Turns the detector's probability map into turned rectangles around the lines. */
import { convexHull, minAreaRect, type Point, type Quad, quadOfRect, type TurnedRect } from './geometry.js';

export interface DbSettings {
  /** Pixels above this probability are text. */
  readonly pixelThreshold: number;
  /** Rectangles with a lower mean probability are dropped. */
  readonly boxThreshold: number;
  /** The core of a line grows by area * ratio / perimeter on each side. */
  readonly unclipRatio: number;
  /** Rectangles with a shorter side, in pixels of the map, are noise. */
  readonly minSide: number;
}

export interface MapLine {
  readonly quad: Quad;
  readonly score: number;
}

/** One rectangle for each connected area of text pixels. */
export function linesOfProbabilityMap(
  map: Float32Array,
  width: number,
  height: number,
  settings: DbSettings,
): MapLine[] {
  const lines: MapLine[] = [];
  for (const outline of outlinesOf(map, width, height, settings.pixelThreshold)) {
    const core = minAreaRect(convexHull(outline));
    if (Math.min(core.width, core.height) < settings.minSide) continue;
    const score = meanInside(map, width, height, core);
    if (score < settings.boxThreshold) continue;
    const distance = (core.width * core.height * settings.unclipRatio) / (2 * (core.width + core.height));
    const whole = { ...core, width: core.width + 2 * distance, height: core.height + 2 * distance };
    if (Math.min(whole.width, whole.height) < settings.minSide + 2) continue;
    lines.push({ quad: clampQuad(quadOfRect(whole), width, height), score });
  }
  return lines;
}

/**
 * Connected areas (8 neighbours) above the threshold, each as the first and last pixel of its rows: enough for a convex
 * hull. Pixels are squares, so the right edge counts one more.
 */
function outlinesOf(map: Float32Array, width: number, height: number, threshold: number): Point[][] {
  const visited = new Uint8Array(width * height);
  const stack: number[] = [];
  const outlines: Point[][] = [];
  for (let seed = 0; seed < map.length; seed++) {
    if (visited[seed] === 1 || (map[seed] as number) <= threshold) continue;
    const rows = new Map<number, { first: number; last: number }>();
    visited[seed] = 1;
    stack.push(seed);
    while (stack.length > 0) {
      const at = stack.pop() as number;
      const x = at % width;
      const y = (at - x) / width;
      widenRow(rows, x, y);
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const next = ny * width + nx;
          if (visited[next] === 1 || (map[next] as number) <= threshold) continue;
          visited[next] = 1;
          stack.push(next);
        }
      }
    }
    outlines.push(pointsOfRows(rows));
  }
  return outlines;
}

function widenRow(rows: Map<number, { first: number; last: number }>, x: number, y: number): void {
  const row = rows.get(y);
  if (row === undefined) rows.set(y, { first: x, last: x });
  else if (x < row.first) row.first = x;
  else if (x > row.last) row.last = x;
}

function pointsOfRows(rows: Map<number, { first: number; last: number }>): Point[] {
  const points: Point[] = [];
  for (const [y, { first, last }] of rows) {
    points.push({ x: first, y }, { x: last + 1, y }, { x: first, y: y + 1 }, { x: last + 1, y: y + 1 });
  }
  return points;
}

function meanInside(map: Float32Array, width: number, height: number, rect: TurnedRect): number {
  const { center, along } = rect;
  const reachX = (rect.width * Math.abs(along.x) + rect.height * Math.abs(along.y)) / 2;
  const reachY = (rect.width * Math.abs(along.y) + rect.height * Math.abs(along.x)) / 2;
  let sum = 0;
  let count = 0;
  for (let y = Math.max(0, Math.floor(center.y - reachY)); y < Math.min(height, center.y + reachY); y++) {
    for (let x = Math.max(0, Math.floor(center.x - reachX)); x < Math.min(width, center.x + reachX); x++) {
      const dx = x + 0.5 - center.x;
      const dy = y + 0.5 - center.y;
      if (Math.abs(dx * along.x + dy * along.y) > rect.width / 2) continue;
      if (Math.abs(dy * along.x - dx * along.y) > rect.height / 2) continue;
      sum += map[y * width + x] as number;
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}

function clampQuad(quad: Quad, width: number, height: number): Quad {
  const clamp = ({ x, y }: Point): Point => ({
    x: Math.min(width, Math.max(0, x)),
    y: Math.min(height, Math.max(0, y)),
  });
  // A turned rectangle loses its right angles when its corners are clamped one by one.
  const isUpright = Math.abs(quad[0].y - quad[1].y) < 0.5;
  return isUpright ? [clamp(quad[0]), clamp(quad[1]), clamp(quad[2]), clamp(quad[3])] : quad;
}
