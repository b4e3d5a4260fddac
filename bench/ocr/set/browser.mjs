// Headless Chromium over the DevTools pipe: pages are drawn, and the text on them is read from the DOM.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];

/** The Chromium on this machine: `CHROMIUM`, else the first known name on the path. */
function findChromium() {
  const candidates = process.env.CHROMIUM ? [process.env.CHROMIUM] : names;
  const found = candidates.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0);
  if (found === undefined) {
    console.error(
      `This script draws pages with Chromium, and none of these runs here: ${candidates.join(', ')}.\n` +
        'Install it (Debian: apt-get install chromium) or name it in the environment variable CHROMIUM.',
    );
    process.exit(2);
  }
  return found;
}

/** Runs in the page: the text of every `.l` element, cut into the pieces that stand on one visual line. */
function readLines() {
  const lines = [];
  const range = document.createRange();
  const finish = (line) => {
    const text = line.text.replace(/\s+/g, ' ').trim();
    if (text && isVisible(line.element, line))
      lines.push({ text, box: [line.left, line.top, line.right - line.left, line.bottom - line.top] });
  };
  const union = (line, box) => {
    line.left = Math.min(line.left, box.left);
    line.right = Math.max(line.right, box.right);
    line.top = Math.min(line.top, box.top);
    line.bottom = Math.max(line.bottom, box.bottom);
  };
  // text under a badge or cut off by its box cannot be read: it is no truth
  const isVisible = (element, { left, top, right, bottom }) => {
    let clip = element.parentElement;
    while (clip && getComputedStyle(clip).overflow === 'visible') clip = clip.parentElement;
    for (const across of [0.03, 0.2, 0.4, 0.6, 0.8, 0.97]) {
      for (const down of [0.3, 0.75]) {
        const hit = document.elementFromPoint(left + (right - left) * across, top + (bottom - top) * down);
        const isOwn = hit && (element.contains(hit) || hit.contains(element));
        if (!isOwn || (clip && !clip.contains(hit))) return false;
      }
    }
    return true;
  };
  for (const element of document.querySelectorAll('.l')) {
    if (element.dataset.truth !== undefined) {
      const rectangle = element.getBoundingClientRect();
      if (!isVisible(element, rectangle)) continue;
      const { left, top, width, height } = rectangle;
      const also = element.dataset.also === undefined ? [] : element.dataset.also.split('|');
      lines.push({ text: element.dataset.truth, also, box: [left, top, width, height] });
      continue;
    }
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let line;
    let spaceBefore = false;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const emphasis = Number.parseFloat(getComputedStyle(node.parentElement).fontSize);
      for (let index = 0; index < node.length; index++) {
        if (node.data[index].trim() === '') {
          spaceBefore = true;
          continue;
        }
        range.setStart(node, index);
        range.setEnd(node, index + 1);
        const box = range.getBoundingClientRect();
        if (box.width === 0 && box.height === 0) continue;
        const height = box.bottom - box.top;
        const isNew =
          !line ||
          box.top > line.bottom - height * 0.3 ||
          box.right < line.right - emphasis ||
          box.left > line.right + emphasis * 1.8;
        if (isNew) {
          if (line) finish(line);
          line = { element, text: '', left: box.left, right: box.right, top: box.top, bottom: box.bottom };
        } else if (spaceBefore) line.text += ' ';
        spaceBefore = false;
        line.text += node.data[index];
        union(line, box);
      }
    }
    if (line) finish(line);
  }
  return lines.map((line) => ({ ...line, box: line.box.map(Math.round) }));
}

/** Runs in the page: every element with `data-box`, its data, its text, and the `data-index` that it stands in. */
function readBoxes() {
  return Array.from(document.querySelectorAll('[data-box]'), (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const within = element.closest('[data-index]');
    const text = element.textContent.replace(/\s+/g, ' ').trim();
    return {
      data: { ...element.dataset },
      text,
      within: within?.dataset.index ?? null,
      box: [left, top, width, height],
    };
  });
}

/** One browser for all pages of a run. */
export async function openBrowser() {
  const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
  const flags = [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--hide-scrollbars',
    '--no-first-run',
    '--disable-extensions',
  ];
  const child = spawn(
    findChromium(),
    [...flags, `--user-data-dir=${profile}`, '--remote-debugging-pipe', 'about:blank'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    },
  );
  const [, , , input, output] = child.stdio;
  const waiting = new Map();
  const events = new Map();
  let id = 0;
  let pending = Buffer.alloc(0);
  output.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    for (let end = pending.indexOf(0); end >= 0; end = pending.indexOf(0)) {
      const message = JSON.parse(pending.subarray(0, end).toString());
      pending = pending.subarray(end + 1);
      if (message.id === undefined) events.get(message.method)?.(message);
      else {
        const { resolve, reject } = waiting.get(message.id);
        waiting.delete(message.id);
        if (message.error) reject(new Error(`${message.error.message} (${message.error.data ?? ''})`));
        else resolve(message.result);
      }
    }
  });
  child.on('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`Chromium ended with code ${code}`));
  });
  const call = (method, params = {}, sessionId = undefined) =>
    new Promise((resolve, reject) => {
      id += 1;
      waiting.set(id, { resolve, reject });
      input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  const { targetId } = await call('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true });
  const page = (method, params) => call(method, params, sessionId);
  await page('Page.enable');
  const { frameTree } = await page('Page.getFrameTree');
  const evaluate = async (expression) =>
    (await page('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })).result.value;
  const load = async (html, width, height, scale) => {
    await page('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: scale, mobile: false });
    await page('Page.setDocumentContent', { frameId: frameTree.frame.id, html });
    await evaluate('document.fonts.ready.then(() => 1)');
  };

  return {
    /**
     * Draws a page `width` CSS pixels wide and as high as its content (or `height`), at `scale` device pixels each.
     * Answers the PNG, the true lines and the elements with `data-box`, with boxes in device pixels.
     */
    async draw(html, { width, height = null, scale = 1 }) {
      await load(html, width, height ?? 800, scale);
      const full = height ?? (await evaluate('Math.ceil(document.documentElement.scrollHeight)'));
      if (height === null) await load(html, width, full, scale);
      const lines = await evaluate(`(${readLines})()`);
      const boxes = await evaluate(`(${readBoxes})()`);
      const clip = { x: 0, y: 0, width, height: full, scale: 1 };
      const shot = await page('Page.captureScreenshot', { format: 'png', clip, captureBeyondViewport: true });
      const scaled = (marks) =>
        marks.map((mark) => ({ ...mark, box: mark.box.map((value) => Math.round(value * scale)) }));
      const png = Buffer.from(shot.data, 'base64');
      return { png, lines: scaled(lines), boxes: scaled(boxes), width: width * scale, height: full * scale };
    },
    /** Prints to PDF on A4; answers the bytes and the true lines. */
    async print(html) {
      await load(html, 794, 1123, 1);
      const lines = await evaluate(`(${readLines})()`);
      const printed = await page('Page.printToPDF', { preferCSSPageSize: true, printBackground: true });
      return { pdf: Buffer.from(printed.data, 'base64'), lines };
    },
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await call('Browser.close').catch(() => child.kill());
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
