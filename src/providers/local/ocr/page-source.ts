/** Pages as pixels: pictures are decoded, PDF pages drawn. */
import { decodeImage } from '../../../io/images.js';
import { openPdf, pagePixels } from '../../../io/pdf.js';
import type { PageJob, ReaderSettings } from './protocol.js';
import type { Raster } from './raster.js';

/** A page in memory; `width` and `height` are those of the whole upright page, `scale` theirs over the raster's. */
export interface LoadedPage {
  readonly raster: Raster;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

/** Bigger pages are scaled down while they are decoded: it bounds memory, and no print needs more to be read. */
const MAX_DECODED_PIXELS = 12_000_000;

/** Throws {@link InputError} for files that cannot be read. */
export async function loadPage(job: PageJob, settings: ReaderSettings): Promise<LoadedPage> {
  if (job.mediaType === 'application/pdf') return drawPdfPage(job, settings);
  const image = await decodeImage(job.path, {
    mediaType: job.mediaType,
    page: job.page,
    maxPixels: settings.maxPixels,
    maxDecodedPixels: MAX_DECODED_PIXELS,
  });
  const { scale } = image;
  return {
    raster: image,
    width: Math.round(image.width * scale),
    height: Math.round(image.height * scale),
    scale,
  };
}

async function drawPdfPage(job: PageJob, settings: ReaderSettings): Promise<LoadedPage> {
  const file = await openPdf(job.path);
  try {
    const whole = pagePixels(file.pageSize(job.page), settings.dpi);
    const picture = file.renderPage(job.page, { dpi: settings.dpi, maxPixels: MAX_DECODED_PIXELS });
    return { raster: picture, width: whole.width, height: whole.height, scale: settings.dpi / picture.dpi };
  } finally {
    file.close();
  }
}
