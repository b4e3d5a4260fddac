/** Where the ink of a price stands, when only a part of it or its rough place is known. */
import { type Component, componentsOf } from './components.js';
import { type Bounds, heightOf, quadOfBounds, unionOf, widthOf } from './geometry.js';
import { lineImage } from './line-image.js';
import type { Raster } from './raster.js';

const PICTURE_HEIGHT = 96;
const INK_LIMIT = 128;
/** Smaller ink (points, stains, print below the price) does not widen the place; in heights of the tallest ink. */
const SMALL = 0.25;
/** Digits of one price are closer than this, in heights of the taller one: a point may stand between them. */
const GAP = 0.5;
/** The same from cents to their units, which are taller: a comma below the cents may stand between them. */
const UNITS_GAP = 0.7;

/**
 * The ink whose middle lies in `seed` and what stands close beside it, as far as `window` reaches; empty for none. Ink
 * that goes on beyond the window (a frame, the edge of a tile, a picture) is none of it.
 */
export function inkOfPrice(page: Raster, seed: Bounds, window: Bounds): Bounds[] {
  const image = lineImage(page, quadOfBounds(window), PICTURE_HEIGHT);
  const scale = heightOf(window) / image.height;
  const whole = componentsOf(image, INK_LIMIT).filter(
    ({ left, top, right, bottom }) => left > 0 && top > 0 && right < image.width && bottom < image.height,
  );
  const ink = whole.map((component) => placed(component, window, scale));
  let chain = ink.filter((part) => heightOf(part) >= heightOf(seed) * SMALL && isMiddleIn(part, seed));
  const tallest = Math.max(0, ...chain.map(heightOf));
  const others = ink.filter((part) => heightOf(part) >= tallest * SMALL && !chain.includes(part));
  for (let more = chain; more.length > 0; ) {
    more = others.filter((part) => !chain.includes(part) && more.some((known) => areBeside(part, known)));
    chain = [...chain, ...more];
  }
  return chain;
}

/** Ink of tall digits, and of the smaller ones that are raised to their right; undefined where it is not set this way. */
export function unitsAndCents(ink: readonly Bounds[]): { units: Bounds; cents: Bounds } | undefined {
  const tallest = Math.max(0, ...ink.map(heightOf));
  const tall = ink.filter((part) => heightOf(part) >= tallest * 0.85);
  if (tall.length === 0) return undefined;
  const units = unionOf(tall);
  const raised = ink.filter(
    (part) =>
      part.left > units.right - tallest * 0.1 &&
      part.top < units.top + tallest * 0.2 &&
      part.bottom < units.bottom - tallest * 0.25 &&
      heightOf(part) > tallest * 0.3,
  );
  return raised.length === 0 ? undefined : { units, cents: unionOf(raised) };
}

function placed(component: Component, window: Bounds, scale: number): Bounds {
  return {
    left: window.left + component.left * scale,
    top: window.top + component.top * scale,
    right: window.left + component.right * scale,
    bottom: window.top + component.bottom * scale,
  };
}

function isMiddleIn(part: Bounds, place: Bounds): boolean {
  const x = (part.left + part.right) / 2;
  const y = (part.top + part.bottom) / 2;
  return x > place.left && x < place.right && y > place.top && y < place.bottom;
}

function areBeside(part: Bounds, known: Bounds): boolean {
  const gap = Math.max(part.left - known.right, known.left - part.right);
  const shared = Math.min(part.bottom, known.bottom) - Math.max(part.top, known.top);
  const [low, high] = [heightOf(part), heightOf(known)].sort((a, b) => a - b) as [number, number];
  const reach = heightOf(part) > heightOf(known) * 1.4 ? UNITS_GAP : GAP;
  return gap <= high * reach && shared >= low * 0.5 && widthOf(part) <= high * 1.5;
}
