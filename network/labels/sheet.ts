import { fitText, LINE_EM, MM_PER_POINT, widthEm } from './fit-text.ts';
import { printableText } from './printable-text.policy.ts';
import {
  CODE128_QUIET_MODULES,
  code128Widths,
  MAX_MODULE_MM,
  MAX_QR_MODULE_MM,
  MIN_MODULE_MM,
  MIN_QR_MODULE_MM,
  QR_QUIET_MODULES,
  qrModules,
  qrSide,
  qrVersion,
} from './symbol.policy.ts';
import type { Script, Weight } from './typeface.ts';

/** Millimetres from the top left corner of the page. */
export type Box = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
export type Tone = 'black' | 'white';
export type TextRun = { readonly text: string; readonly script: Script; readonly xMm: number };

/** The only things a label is made of. `box` of a symbol includes its quiet zones: nothing else may enter it. */
export type Primitive =
  | { readonly kind: 'rect'; readonly box: Box }
  | {
      readonly kind: 'text';
      readonly box: Box;
      readonly baselineMm: number;
      readonly sizePt: number;
      readonly weight: Weight;
      readonly tone: Tone;
      readonly text: string;
      readonly runs: readonly TextRun[];
    }
  | {
      readonly kind: 'code128';
      readonly box: Box;
      readonly data: string;
      readonly barsX: number;
      readonly moduleDots: number;
      readonly widths: readonly number[];
    }
  | {
      readonly kind: 'qr';
      readonly box: Box;
      readonly data: string;
      readonly x: number;
      readonly y: number;
      readonly moduleDots: number;
      readonly side: number;
      readonly modules: readonly number[];
    };

/** A page being laid out. `dotsPerMm`: grid of the print head on which every bar edge lies. */
export type Sheet = {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly dotsPerMm: number;
  readonly primitives: Primitive[];
};

export type TextStyle = {
  readonly weight?: Weight;
  readonly maxPt: number;
  readonly minPt?: number;
  readonly maxLines?: number;
  readonly wrapBelowPt?: number;
  readonly align?: 'left' | 'center' | 'right';
  readonly valign?: 'top' | 'middle' | 'bottom';
  readonly tone?: Tone;
};

/** Smallest type on a label: below it thermal heads of 203 dpi do not draw Chinese. Our default. */
export const MIN_TEXT_PT = 5;

export function snap(sheet: Sheet, mm: number): number {
  return Math.round(mm * sheet.dotsPerMm) / sheet.dotsPerMm;
}

export function addRect(sheet: Sheet, box: Box): void {
  sheet.primitives.push({ kind: 'rect', box });
}

export function addFrame(sheet: Sheet, box: Box, strokeMm: number): void {
  const { x, y, w, h } = box;
  addRect(sheet, { x, y, w, h: strokeMm });
  addRect(sheet, { x, y: y + h - strokeMm, w, h: strokeMm });
  addRect(sheet, { x, y: y + strokeMm, w: strokeMm, h: h - 2 * strokeMm });
  addRect(sheet, { x: x + w - strokeMm, y: y + strokeMm, w: strokeMm, h: h - 2 * strokeMm });
}

/** Sets a text inside the box and answers the height that it took (0 when empty or when nothing fits). */
export function addText(sheet: Sheet, box: Box, text: string, style: TextStyle): number {
  const weight = style.weight ?? 'regular';
  const fitted = fitText(printableText(text), box.w, box.h, {
    weight,
    maxPt: style.maxPt,
    minPt: style.minPt ?? MIN_TEXT_PT,
    maxLines: style.maxLines ?? 1,
    ...(style.wrapBelowPt === undefined ? {} : { wrapBelowPt: style.wrapBelowPt }),
  });
  if (fitted === undefined) return 0;
  const em = fitted.sizePt * MM_PER_POINT;
  const lineHeight = em * LINE_EM;
  const height = lineHeight * fitted.lines.length;
  const spare = box.h - height;
  const top = box.y + (style.valign === 'top' ? 0 : style.valign === 'bottom' ? spare : spare / 2);
  fitted.lines.forEach((line, index) => {
    const width = widthEm(line) * em;
    const free = box.w - width;
    const x = box.x + (style.align === 'center' ? free / 2 : style.align === 'right' ? free : 0);
    const y = top + index * lineHeight;
    const runs: { text: string; script: Script; xMm: number }[] = [];
    let at = x;
    for (const cell of line) {
      const last = runs.at(-1);
      if (last !== undefined && last.script === cell.script) last.text += cell.text;
      else runs.push({ text: cell.text, script: cell.script, xMm: at });
      at += cell.em * em;
    }
    if (runs.length === 0) return;
    sheet.primitives.push({
      kind: 'text',
      box: { x, y, w: width, h: lineHeight },
      // Capitals are 0.72 em high: half of it below the middle of the line centres them.
      baselineMm: y + lineHeight / 2 + 0.36 * em,
      sizePt: fitted.sizePt,
      weight,
      tone: style.tone ?? 'black',
      text: line.map((cell) => cell.text).join(''),
      runs,
    });
  });
  return height;
}

/** Module width in dots for a Code 128 of this many modules (quiet zones included), or undefined when too wide. */
function moduleDotsFor(sheet: Sheet, modules: number, widthMm: number): number | undefined {
  const least = Math.ceil(MIN_MODULE_MM * sheet.dotsPerMm - 1e-9);
  const most = Math.floor(MAX_MODULE_MM * sheet.dotsPerMm);
  const fits = Math.floor((widthMm * sheet.dotsPerMm) / modules + 1e-9);
  return fits < least ? undefined : Math.min(fits, most);
}

/** Width in millimetres that a number needs at the narrowest allowed module, quiet zones included. */
export function narrowestMm(sheet: Sheet, data: string): number {
  const modules = code128Widths(data).reduce((sum, width) => sum + width, 2 * CODE128_QUIET_MODULES);
  return (modules * Math.ceil(MIN_MODULE_MM * sheet.dotsPerMm - 1e-9)) / sheet.dotsPerMm;
}

/** Draws a Code 128 in the box, centred, as wide as allowed; false (and nothing drawn) when it does not fit. */
export function addCode128(sheet: Sheet, box: Box, data: string): boolean {
  const widths = code128Widths(data);
  const bars = widths.reduce((sum, width) => sum + width, 0);
  const modules = bars + 2 * CODE128_QUIET_MODULES;
  const moduleDots = moduleDotsFor(sheet, modules, box.w - 1 / sheet.dotsPerMm);
  if (moduleDots === undefined) return false;
  const moduleMm = moduleDots / sheet.dotsPerMm;
  const width = modules * moduleMm;
  const quiet = CODE128_QUIET_MODULES * moduleMm;
  const x = snap(sheet, box.x + (box.w - width) / 2);
  // Rounded inwards: a bar never grows out of its box.
  const y = Math.ceil(box.y * sheet.dotsPerMm - 1e-6) / sheet.dotsPerMm;
  const bottom = Math.floor((box.y + box.h) * sheet.dotsPerMm + 1e-6) / sheet.dotsPerMm;
  const symbol = { x, y, w: width, h: bottom - y };
  sheet.primitives.push({ kind: 'code128', box: symbol, data, barsX: x + quiet, moduleDots, widths });
  return true;
}

/** Draws a QR in the box, centred; false (and nothing drawn) when its modules would be too small. */
export function addQr(sheet: Sheet, box: Box, data: string): boolean {
  const side = qrSide(qrVersion(data)) + 2 * QR_QUIET_MODULES;
  const least = Math.ceil(MIN_QR_MODULE_MM * sheet.dotsPerMm - 1e-9);
  const most = Math.floor(MAX_QR_MODULE_MM * sheet.dotsPerMm);
  const room = Math.min(box.w, box.h) * sheet.dotsPerMm - 1;
  const moduleDots = Math.min(Math.floor(room / side + 1e-9), most);
  if (moduleDots < least) return false;
  const moduleMm = moduleDots / sheet.dotsPerMm;
  const width = side * moduleMm;
  const x = snap(sheet, box.x + (box.w - width) / 2);
  const y = snap(sheet, box.y + (box.h - width) / 2);
  const quiet = QR_QUIET_MODULES * moduleMm;
  sheet.primitives.push({
    kind: 'qr',
    box: { x, y, w: width, h: width },
    data,
    x: x + quiet,
    y: y + quiet,
    moduleDots,
    ...qrModules(data),
  });
  return true;
}
