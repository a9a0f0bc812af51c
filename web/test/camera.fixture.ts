import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bwip from 'bwip-js/node';

const WIDTH = 640;
const HEIGHT = 480;
const MODULE_PIXELS = 3;

/** A film in which a Code 128 is held into the camera, as Chromium's pretended camera shows it; and the flags for that. */
export function cameraThatSees(text: string): readonly string[] {
  const path = join(mkdtempSync(join(tmpdir(), 'postroad-camera-')), 'code.y4m');
  writeFileSync(path, filmOf(text));
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${path}`,
  ];
}

/** One frame in YUV4MPEG2, 4:2:0: bars in the middle of a white picture. */
function filmOf(text: string): Buffer {
  const [code] = bwip.raw({ bcid: 'code128', text }) as unknown as [{ readonly sbs: readonly number[] }];
  const line = Buffer.alloc(WIDTH, 235);
  const modules = code.sbs.reduce((sum, width) => sum + width, 0);
  let at = Math.floor((WIDTH - modules * MODULE_PIXELS) / 2);
  for (const [index, width] of code.sbs.entries()) {
    if (index % 2 === 0) line.fill(16, at, at + width * MODULE_PIXELS);
    at += width * MODULE_PIXELS;
  }
  const white = Buffer.alloc(WIDTH, 235);
  const luma = Array.from({ length: HEIGHT }, (_, row) => (row > 140 && row < 340 ? line : white));
  return Buffer.concat([
    Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\nFRAME\n`, 'latin1'),
    ...luma,
    Buffer.alloc((WIDTH * HEIGHT) / 2, 128),
  ]);
}
