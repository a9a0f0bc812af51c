import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type PrepareZXingModuleOptions, prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { Box, Sheet } from './sheet.ts';

/** A white page in grey bytes on which a test draws what a print head would burn. */
export type Bitmap = { readonly width: number; readonly height: number; readonly pixels: Uint8ClampedArray };

export function blankBitmap(width: number, height: number): Bitmap {
  return { width, height, pixels: new Uint8ClampedArray(width * height).fill(255) };
}

export function fillBox(bitmap: Bitmap, box: Box, scale: number, grey = 0): void {
  const left = Math.max(0, Math.round(box.x * scale));
  const right = Math.min(bitmap.width, Math.round((box.x + box.w) * scale));
  const bottom = Math.min(bitmap.height, Math.round((box.y + box.h) * scale));
  for (let y = Math.max(0, Math.round(box.y * scale)); y < bottom; y++) {
    bitmap.pixels.fill(grey, y * bitmap.width + left, y * bitmap.width + Math.max(left, right));
  }
}

/** Bars, modules and rectangles of a sheet, and every text as a grey-black block: the worst that ink could do. */
export function drawSheet(sheet: Sheet, pixelsPerMm: number): Bitmap {
  const bitmap = blankBitmap(
    Math.round(sheet.widthMm * pixelsPerMm),
    Math.round(sheet.heightMm * pixelsPerMm),
  );
  for (const primitive of sheet.primitives) {
    if (primitive.kind === 'rect') fillBox(bitmap, primitive.box, pixelsPerMm);
    if (primitive.kind === 'text') {
      fillBox(bitmap, primitive.box, pixelsPerMm, primitive.tone === 'black' ? 90 : 200);
    }
    if (primitive.kind === 'code128') {
      const moduleMm = primitive.moduleDots / sheet.dotsPerMm;
      let x = primitive.barsX;
      primitive.widths.forEach((width, index) => {
        const bar = { x, y: primitive.box.y, w: width * moduleMm, h: primitive.box.h };
        if (index % 2 === 0) fillBox(bitmap, bar, pixelsPerMm);
        x += bar.w;
      });
    }
    if (primitive.kind === 'qr') {
      const moduleMm = primitive.moduleDots / sheet.dotsPerMm;
      primitive.modules.forEach((dark, index) => {
        if (dark !== 1) return;
        const x = primitive.x + (index % primitive.side) * moduleMm;
        const y = primitive.y + Math.floor(index / primitive.side) * moduleMm;
        fillBox(bitmap, { x, y, w: moduleMm, h: moduleMm }, pixelsPerMm);
      });
    }
  }
  return bitmap;
}

let prepared = false;

/** `format:text` of every symbol that a decoder finds, sorted. Offline: the decoder's bytes come from the package. */
export async function decode(bitmap: Bitmap): Promise<readonly string[]> {
  if (!prepared) {
    const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
    const wasmBinary = new Uint8Array(readFileSync(file)).buffer;
    const overrides: PrepareZXingModuleOptions['overrides'] = { wasmBinary };
    await prepareZXingModule({ overrides, fireImmediately: true });
    prepared = true;
  }
  const data = new Uint8ClampedArray(bitmap.width * bitmap.height * 4);
  bitmap.pixels.forEach((grey, index) => {
    data.fill(grey, index * 4, index * 4 + 3);
    data[index * 4 + 3] = 255;
  });
  const image = { data, width: bitmap.width, height: bitmap.height, colorSpace: 'srgb' } as ImageData;
  const found = await readBarcodes(image, {
    formats: ['Code128', 'QRCode'],
    maxNumberOfSymbols: 20,
    tryHarder: true,
  });
  return found.map((symbol) => `${symbol.format}:${symbol.text}`).sort();
}
