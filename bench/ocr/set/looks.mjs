// What happens to a page between the printer and the file: skew, perspective, crumples, light, blur, noise, JPEG.
import sharp from 'sharp';

/** Decodes to raw RGB. */
async function toRaw(png) {
  const { data, info } = await sharp(png)
    .flatten({ background: '#fff' })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

const toSharp = (raw) => sharp(raw.data, { raw: { width: raw.width, height: raw.height, channels: 3 } });

/** Bilinear resampling: `sourceOf(x, y)` says where on the old picture the pixel (x, y) of the new one lies. */
function warp(raw, width, height, background, sourceOf) {
  const target = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [sx, sy] = sourceOf(x, y);
      const at = (y * width + x) * 3;
      const x0 = Math.floor(sx);
      const y0 = Math.floor(sy);
      if (x0 < 0 || y0 < 0 || x0 >= raw.width - 1 || y0 >= raw.height - 1) {
        for (let c = 0; c < 3; c++) target[at + c] = background[c];
        continue;
      }
      const fx = sx - x0;
      const fy = sy - y0;
      const from = (y0 * raw.width + x0) * 3;
      const below = from + raw.width * 3;
      for (let c = 0; c < 3; c++) {
        const top = raw.data[from + c] * (1 - fx) + raw.data[from + 3 + c] * fx;
        const bottom = raw.data[below + c] * (1 - fx) + raw.data[below + 3 + c] * fx;
        target[at + c] = top * (1 - fy) + bottom * fy;
      }
    }
  }
  return { data: target, width, height };
}

/** Cosine and sine of a turn by `degrees`, and the canvas on which nothing of the picture is cut. */
function turn(raw, degrees) {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const width = Math.ceil(raw.width * Math.abs(cos) + raw.height * Math.abs(sin));
  const height = Math.ceil(raw.width * Math.abs(sin) + raw.height * Math.abs(cos));
  return { cos, sin, width, height };
}

/** Turns by `degrees` about the middle; the canvas grows so that nothing is cut. */
export function skew(raw, degrees, background = [255, 255, 255]) {
  const { cos, sin, width, height } = turn(raw, degrees);
  return warp(raw, width, height, background, (x, y) => {
    const dx = x - width / 2;
    const dy = y - height / 2;
    return [dx * cos + dy * sin + raw.width / 2, -dx * sin + dy * cos + raw.height / 2];
  });
}

/** Where {@link skew} takes a box `[left, top, width, height]`: the box around its turned corners. */
export function turned(raw, degrees) {
  const { cos, sin, width, height } = turn(raw, degrees);
  return ([left, top, across, down]) => {
    const corners = [left, left + across].flatMap((x) =>
      [top, top + down].map((y) => [x - raw.width / 2, y - raw.height / 2]),
    );
    const xs = corners.map(([x, y]) => x * cos - y * sin + width / 2);
    const ys = corners.map(([x, y]) => x * sin + y * cos + height / 2);
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)];
  };
}

/** Solves the 8 linear equations of the homography that takes the corners `from` to `to`. */
function homography(from, to) {
  const rows = from.flatMap(([x, y], index) => {
    const [u, v] = to[index];
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ];
  });
  for (let column = 0; column < 8; column++) {
    let pivot = column;
    for (let row = column + 1; row < 8; row++)
      if (Math.abs(rows[row][column]) > Math.abs(rows[pivot][column])) pivot = row;
    [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    for (let row = 0; row < 8; row++) {
      if (row === column) continue;
      const factor = rows[row][column] / rows[column][column];
      for (let k = column; k < 9; k++) rows[row][k] -= factor * rows[column][k];
    }
  }
  const h = rows.map((row, index) => row[8] / row[index]);
  return (x, y) => {
    const w = h[6] * x + h[7] * y + 1;
    return [(h[0] * x + h[1] * y + h[2]) / w, (h[3] * x + h[4] * y + h[5]) / w];
  };
}

/** The page on a table, seen by a hand-held camera: `tilt` is how far corners move, as a share of the side. */
export function photograph(raw, random, tilt, table) {
  const margin = Math.round(Math.max(raw.width, raw.height) * tilt + 25);
  const width = raw.width + 2 * margin;
  const height = raw.height + 2 * margin;
  const move = () => random.between(-tilt, tilt);
  const corner = (x, y) => [
    margin + (x + move() * (x ? -1 : 1)) * raw.width,
    margin + (y + move() * (y ? -1 : 1)) * raw.height,
  ];
  const seen = [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)];
  const corners = [
    [0, 0],
    [raw.width, 0],
    [raw.width, raw.height],
    [0, raw.height],
  ];
  const sourceOf = homography(seen, corners);
  // paper never lies quite flat: a slow wave of a few pixels
  const [waveX, waveY, phase] = [random.between(0, 3), random.between(0, 3), random.between(0, 6)];
  return warp(raw, width, height, table, (x, y) => {
    const [sx, sy] = sourceOf(x, y);
    return [sx + waveX * Math.sin(y / 170 + phase), sy + waveY * Math.sin(x / 210 + phase)];
  });
}

/** Value noise on a grid of `cell` pixels, smoothly joined, -1 to 1. */
function smoothNoise(width, height, cell, random) {
  const columns = Math.ceil(width / cell) + 2;
  const grid = Float32Array.from({ length: columns * (Math.ceil(height / cell) + 2) }, () => random.between(-1, 1));
  const ease = (t) => t * t * (3 - 2 * t);
  return (x, y) => {
    const column = Math.floor(x / cell);
    const row = Math.floor(y / cell);
    const at = row * columns + column;
    const fx = ease(x / cell - column);
    const fy = ease(y / cell - row);
    const top = grid[at] * (1 - fx) + grid[at + 1] * fx;
    const bottom = grid[at + columns] * (1 - fx) + grid[at + columns + 1] * fx;
    return top * (1 - fy) + bottom * fy;
  };
}

/** Crumpled paper: facets shift the print by `shift` pixels and shade it by `shade` (0 to 1). */
export function crumple(raw, random, shift, shade) {
  const { width, height } = raw;
  const [shiftX, shiftY] = [smoothNoise(width, height, 130, random), smoothNoise(width, height, 130, random)];
  const folds = Array.from({ length: 7 }, () => {
    const angle = random.between(0, Math.PI);
    return {
      cos: Math.cos(angle),
      sin: Math.sin(angle),
      at: random.between(0, (width + height) / 2),
      depth: random.between(-1, 1),
    };
  });
  const bent = warp(raw, width, height, [255, 255, 255], (x, y) => [
    x + shift * shiftX(x, y),
    y + shift * shiftY(x, y),
  ]);
  const light = smoothNoise(width, height, 90, random);
  return shadeWith(bent, (x, y) => {
    let value = light(x, y) * 0.5;
    for (const fold of folds) {
      const distance = x * fold.cos + y * fold.sin - fold.at;
      value += fold.depth * Math.exp(-Math.abs(distance) / 14) * Math.sign(distance) * 0.6;
    }
    return 1 + shade * value;
  });
}

/** Multiplies each pixel by `factorOf(x, y)`. */
function shadeWith(raw, factorOf) {
  const data = Buffer.from(raw.data);
  for (let y = 0, at = 0; y < raw.height; y++) {
    for (let x = 0; x < raw.width; x++, at += 3) {
      const factor = factorOf(x, y);
      for (let c = 0; c < 3; c++) data[at + c] = Math.max(0, Math.min(255, raw.data[at + c] * factor));
    }
  }
  return { ...raw, data };
}

/** Uneven light: a bright side, a dark one and a vignette; `strength` 0 to 1. */
export function unevenLight(raw, random, strength) {
  const angle = random.between(0, 2 * Math.PI);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const blotches = smoothNoise(raw.width, raw.height, Math.max(raw.width, raw.height) / 2.5, random);
  return shadeWith(raw, (x, y) => {
    const u = x / raw.width - 0.5;
    const v = y / raw.height - 0.5;
    return 1 - strength * (0.25 + 0.5 * (u * cos + v * sin) + 0.5 * (u * u + v * v) + 0.2 * blotches(x, y));
  });
}

/** Sensor or scanner noise: standard deviation `sigma` of 255, the same on the three channels where `grey`. */
export function noise(raw, random, sigma, grey = false) {
  const data = Buffer.from(raw.data);
  // a table of normal numbers, for speed; the stride keeps it from showing
  const table = Float32Array.from({ length: 65_521 }, () => random.normal() * sigma);
  let next = random.integer(0, 65_520);
  for (let at = 0; at < data.length; at += 3) {
    for (let c = 0; c < 3; c++) {
      if (c === 0 || !grey) next = (next + 7 + ((at * 2_654_435_761) >>> 29)) % 65_521;
      data[at + c] = Math.max(0, Math.min(255, data[at + c] + table[next]));
    }
  }
  return { ...raw, data };
}

/** Dust of the scanner glass: `count` dark specks of 1 to 3 pixels. */
export function specks(raw, random, count) {
  const data = Buffer.from(raw.data);
  for (let index = 0; index < count; index++) {
    const size = random.integer(1, 3);
    const [left, top, grey] = [
      random.integer(0, raw.width - 4),
      random.integer(0, raw.height - 4),
      random.integer(30, 170),
    ];
    for (let y = top; y < top + size; y++)
      for (let x = left; x < left + size; x++) data.fill(grey, (y * raw.width + x) * 3, (y * raw.width + x) * 3 + 3);
  }
  return { ...raw, data };
}

/** Gaussian blur; sigma in pixels, at least 0.3. */
export const blur = async (raw, sigma) => toRaw(await toSharp(raw).blur(sigma).png({ compressionLevel: 1 }).toBuffer());

/** Other size by `factor`, as a camera or a web shop's server would. */
export const resize = async (raw, factor) =>
  toRaw(
    await toSharp(raw)
      .resize(Math.round(raw.width * factor))
      .png({ compressionLevel: 1 })
      .toBuffer(),
  );

/** Weaker ink and greyer paper: levels are drawn into [black, white] of 255. */
export function fade(raw, black, white) {
  const data = Buffer.from(raw.data);
  for (let at = 0; at < data.length; at++) data[at] = black + (data[at] * (white - black)) / 255;
  return { ...raw, data };
}

export { toRaw, toSharp };
