import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bwip from 'bwip-js/node';

const WIDTH = 640;
const HEIGHT = 480;
const MODULE_PIXELS = 3;
const SQUARE_PIXELS = 10;

/** A film in which a symbol is held into the camera, as Chromium's pretended camera shows it; and the flags for that. */
export function cameraThatSees(text: string, kind: 'code128' | 'qrcode' = 'code128'): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'postroad-camera-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'code.y4m');
  writeFileSync(path, filmOf(kind === 'code128' ? barsOf(text) : squareOf(text)));
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${path}`,
  ];
}

const WHITE = 235;
const BLACK = 16;

/** One frame in YUV4MPEG2, 4:2:0. */
function filmOf(luma: readonly Buffer[]): Buffer {
  return Buffer.concat([
    Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\nFRAME\n`, 'latin1'),
    ...luma,
    Buffer.alloc((WIDTH * HEIGHT) / 2, 128),
  ]);
}

/** Bars in the middle of a white picture, row by row. */
function barsOf(text: string): readonly Buffer[] {
  const [code] = bwip.raw({ bcid: 'code128', text }) as unknown as [{ readonly sbs: readonly number[] }];
  const line = Buffer.alloc(WIDTH, WHITE);
  const modules = code.sbs.reduce((sum, width) => sum + width, 0);
  let at = Math.floor((WIDTH - modules * MODULE_PIXELS) / 2);
  for (const [index, width] of code.sbs.entries()) {
    if (index % 2 === 0) line.fill(BLACK, at, at + width * MODULE_PIXELS);
    at += width * MODULE_PIXELS;
  }
  const white = Buffer.alloc(WIDTH, WHITE);
  return Array.from({ length: HEIGHT }, (_, row) => (row > 140 && row < 340 ? line : white));
}

/** A QR code in the middle of a white picture, row by row. */
function squareOf(text: string): readonly Buffer[] {
  const [code] = bwip.raw({ bcid: 'qrcode', text }) as unknown as [
    { readonly pixs: readonly number[]; readonly pixx: number; readonly pixy: number },
  ];
  const size = code.pixx * SQUARE_PIXELS;
  const [left, top] = [Math.floor((WIDTH - size) / 2), Math.floor((HEIGHT - size) / 2)];
  return Array.from({ length: HEIGHT }, (_, row) => {
    const line = Buffer.alloc(WIDTH, WHITE);
    const y = Math.floor((row - top) / SQUARE_PIXELS);
    for (let x = 0; x < code.pixx; x += 1)
      if (y >= 0 && y < code.pixy && code.pixs[y * code.pixx + x] === 1)
        line.fill(BLACK, left + x * SQUARE_PIXELS, left + (x + 1) * SQUARE_PIXELS);
    return line;
  });
}
