import { MM_PER_POINT } from './fit-text.ts';
import type { Box, Primitive, Sheet } from './sheet.ts';

/**
 * ZPL II of the sheets, one `^XA ... ^XZ` for each.
 *
 * No text can become a command: every byte that is not a letter, digit or one of ` .,:/-` is written as `_XX` under
 * `^FH` (Zebra ZPL guide, "Field Hexadecimal Indicator"), so `^`, `~` and `_` never appear as themselves. Encoding
 * is UTF-8 by `^CI28`. Latin runs are set in the scalable font 0, others in `fontPath`, a font in the printer.
 * Throws RangeError for a font path that is not a plain drive:name.ext.
 */
export function writeZpl(sheets: readonly Sheet[], fontPath: string): Uint8Array {
  if (!FONT_PATH.test(fontPath)) throw new RangeError('a printer font is named like E:SIMSUN.TTF');
  const out: string[] = [];
  for (const sheet of sheets) {
    const dots = (mm: number): number => Math.round(mm * sheet.dotsPerMm);
    out.push('^XA', '^CI28', '^LH0,0', `^PW${dots(sheet.widthMm)}`, `^LL${dots(sheet.heightMm)}`);
    for (const primitive of sheet.primitives) out.push(...commandsOf(primitive, dots, fontPath));
    out.push('^XZ');
  }
  return Buffer.from(`${out.join('\n')}\n`, 'latin1');
}

export const DEFAULT_ZPL_FONT = 'E:SIMSUN.TTF';
const FONT_PATH = /^[A-Z]:[A-Z0-9_]{1,16}\.(TTF|FNT|TTE)$/;

export function isZplFont(path: string): boolean {
  return FONT_PATH.test(path);
}

const PLAIN = /^[A-Za-z0-9 .,:/-]$/;

/** Bytes of a field under `^FH`. */
export function fieldText(text: string): string {
  let out = '';
  for (const byte of Buffer.from(text, 'utf8')) {
    const character = String.fromCharCode(byte);
    out += PLAIN.test(character) ? character : `_${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

type Dots = (mm: number) => number;

function commandsOf(primitive: Primitive, dots: Dots, fontPath: string): readonly string[] {
  switch (primitive.kind) {
    case 'rect':
      return [rectangle(primitive.box, dots)];
    case 'text':
      return textCommands(primitive, dots, fontPath);
    case 'code128': {
      const { box, barsX, moduleDots, data } = primitive;
      // Mode A lets the printer choose subsets, as short as ours; no interpretation line: it is a text of its own.
      return [
        `^FO${dots(barsX)},${dots(box.y)}^BY${moduleDots},3.0,${dots(box.h)}^BCN,${dots(box.h)},N,N,N,A^FH^FD${fieldText(data)}^FS`,
      ];
    }
    case 'qr':
      // Level M, automatic input: the printer chooses the smallest version, never larger than the one reserved.
      return [
        `^FO${dots(primitive.x)},${dots(primitive.y)}^BQN,2,${primitive.moduleDots}^FH^FDMA,${fieldText(primitive.data)}^FS`,
      ];
  }
}

function rectangle(box: Box, dots: Dots): string {
  const x = dots(box.x);
  const y = dots(box.y);
  const width = Math.max(1, dots(box.x + box.w) - x);
  const height = Math.max(1, dots(box.y + box.h) - y);
  return `^FO${x},${y}^GB${width},${height},${Math.min(width, height)}^FS`;
}

function textCommands(
  text: Extract<Primitive, { kind: 'text' }>,
  dots: Dots,
  fontPath: string,
): readonly string[] {
  const height = Math.max(10, dots(text.sizePt * MM_PER_POINT));
  // ^FO names the top of the character cell; the baseline lies about 0.78 of the height below it in font 0.
  const y = Math.max(0, dots(text.baselineMm) - Math.round(height * 0.78));
  const reverse = text.tone === 'white' ? '^FR' : '';
  return text.runs.map((run) => {
    const font = run.script === 'latin' ? `^A0N,${height}` : `^A@N,${height},${height},${fontPath}`;
    return `^FO${dots(run.xMm)},${y}${reverse}${font}^FH^FD${fieldText(run.text)}^FS`;
  });
}
