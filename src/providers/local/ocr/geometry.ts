/** Points, rectangles turned by any angle, and the boxes around them. All in pixels, y downwards. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Corners in reading order: top left, top right, bottom right, bottom left. */
export type Quad = readonly [Point, Point, Point, Point];

/** An upright rectangle by its edges; right and bottom are exclusive. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function boundsOfPoints(points: readonly Point[]): Bounds {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { left, top, right, bottom };
}

export function unionOf(all: readonly Bounds[]): Bounds {
  return {
    left: Math.min(...all.map((bounds) => bounds.left)),
    top: Math.min(...all.map((bounds) => bounds.top)),
    right: Math.max(...all.map((bounds) => bounds.right)),
    bottom: Math.max(...all.map((bounds) => bounds.bottom)),
  };
}

export function widthOf(bounds: Bounds): number {
  return bounds.right - bounds.left;
}

export function heightOf(bounds: Bounds): number {
  return bounds.bottom - bounds.top;
}

/** The rectangle with a frame of so many pixels around it. */
export function grown({ left, top, right, bottom }: Bounds, frame: number): Bounds {
  return { left: left - frame, top: top - frame, right: right + frame, bottom: bottom + frame };
}

export function quadOfBounds({ left, top, right, bottom }: Bounds): Quad {
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
}

/** Length of the top edge and of the left edge. */
export function quadSize([topLeft, topRight, , bottomLeft]: Quad): { width: number; height: number } {
  return {
    width: Math.hypot(topRight.x - topLeft.x, topRight.y - topLeft.y),
    height: Math.hypot(bottomLeft.x - topLeft.x, bottomLeft.y - topLeft.y),
  };
}

/** The same rectangle read after a turn of 90 degrees: its left edge becomes the top (`clockwise`) or the right one. */
export function turnQuad([topLeft, topRight, bottomRight, bottomLeft]: Quad, direction: 'clockwise' | 'counter'): Quad {
  return direction === 'clockwise'
    ? [bottomLeft, topLeft, topRight, bottomRight]
    : [topRight, bottomRight, bottomLeft, topLeft];
}

/** The part of a quad between two fractions of its width. */
export function sliceQuad([topLeft, topRight, bottomRight, bottomLeft]: Quad, from: number, to: number): Quad {
  return [
    between(topLeft, topRight, from),
    between(topLeft, topRight, to),
    between(bottomLeft, bottomRight, to),
    between(bottomLeft, bottomRight, from),
  ];
}

function between(a: Point, b: Point, share: number): Point {
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}

/** Twice the signed area of the triangle; positive for a turn to the right (y is downwards). */
function cross(origin: Point, a: Point, b: Point): number {
  return (a.x - origin.x) * (b.y - origin.y) - (a.y - origin.y) * (b.x - origin.x);
}

/** Convex hull by Andrew's monotone chain, without collinear points. */
export function convexHull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  if (sorted.length < 3) return sorted;
  const halfOf = (ordered: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of ordered) {
      while (chain.length >= 2 && cross(chain.at(-2) as Point, chain.at(-1) as Point, point) <= 0) chain.pop();
      chain.push(point);
    }
    chain.pop();
    return chain;
  };
  return [...halfOf(sorted), ...halfOf(sorted.reverse())];
}

/** A rectangle by its centre, its unit direction along the width, and its size. */
export interface TurnedRect {
  readonly center: Point;
  readonly along: Point;
  readonly width: number;
  readonly height: number;
}

/** Smallest enclosing rectangle of a convex polygon: one of its sides lies on a side of the polygon. */
export function minAreaRect(hull: readonly Point[]): TurnedRect {
  let best: TurnedRect | undefined;
  let bestArea = Number.POSITIVE_INFINITY;
  for (let index = 0; index < hull.length; index++) {
    const start = hull[index] as Point;
    const end = hull[(index + 1) % hull.length] as Point;
    const length = Math.hypot(end.x - start.x, end.y - start.y);
    if (length === 0) continue;
    const candidate = rectAlong(hull, { x: (end.x - start.x) / length, y: (end.y - start.y) / length });
    const area = candidate.width * candidate.height;
    if (area >= bestArea) continue;
    best = candidate;
    bestArea = area;
  }
  return best ?? { center: hull[0] ?? { x: 0, y: 0 }, along: { x: 1, y: 0 }, width: 0, height: 0 };
}

function rectAlong(points: readonly Point[], along: Point): TurnedRect {
  const spans = [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  let [minU, maxU, minV, maxV] = spans as [number, number, number, number];
  for (const { x, y } of points) {
    const u = x * along.x + y * along.y;
    const v = y * along.x - x * along.y;
    minU = Math.min(minU, u);
    maxU = Math.max(maxU, u);
    minV = Math.min(minV, v);
    maxV = Math.max(maxV, v);
  }
  const u = (minU + maxU) / 2;
  const v = (minV + maxV) / 2;
  return {
    center: { x: u * along.x - v * along.y, y: u * along.y + v * along.x },
    along,
    width: maxU - minU,
    height: maxV - minV,
  };
}

/** Corners of a rectangle in reading order, its direction turned to within 45 degrees of the horizontal. */
export function quadOfRect(rect: TurnedRect): Quad {
  let { along, width, height } = rect;
  if (Math.abs(along.y) > Math.abs(along.x)) {
    along = { x: -along.y, y: along.x };
    [width, height] = [height, width];
  }
  if (along.x < 0) along = { x: -along.x, y: -along.y };
  const corner = (u: number, v: number): Point => ({
    x: rect.center.x + (u * width * along.x - v * height * along.y) / 2,
    y: rect.center.y + (u * width * along.y + v * height * along.x) / 2,
  });
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
}
