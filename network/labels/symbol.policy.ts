// The named export `raw` is a symbology; the raw encoder is only on the default export.
import bwip from 'bwip-js/node';

/**
 * Barcode rules.
 * Sources: GS1 General Specifications (Code 128 X-dimension lower bound 0.250 mm, quiet zone 10X on each side),
 * UPU S10 (bars at least 12.5 mm high), ISO/IEC 18004 (QR quiet zone 4 modules).
 */
export const MIN_MODULE_MM = 0.25;
/** Wider bars gain nothing at hand-scanner distance and cost width. Our default; GS1 target is 0.495. */
export const MAX_MODULE_MM = 0.51;
export const CODE128_QUIET_MODULES = 10;
/** Bars of the number. S10 wants 12.5 mm, two dots of 203 dpi may be lost to the grid; the second print may be lower. */
export const MIN_NUMBER_BAR_MM = 12.75;
export const MIN_SECOND_BAR_MM = 7;

/** A QR module is at least 0.33 mm (4 dots at 300 dpi), below which phone cameras begin to fail. Our default. */
export const MIN_QR_MODULE_MM = 0.33;
export const MAX_QR_MODULE_MM = 0.76;
export const QR_QUIET_MODULES = 4;

/** Numbers that Code 128 carries and a person can read out; `>` would be an invocation in ZPL's ^BC. */
const NUMBER = /^[A-Za-z0-9][A-Za-z0-9./-]{3,39}$/;
const QR_TEXT = /^[\x20-\x7e]{1,106}$/;
const CONSOLIDATION_CODE = /^[A-Za-z0-9][A-Za-z0-9./-]{0,15}$/;

export function isPrintableNumber(text: string): boolean {
  return NUMBER.test(text);
}

export function isPrintableQr(text: string): boolean {
  return QR_TEXT.test(text);
}

export function isBarcodeCode(text: string): boolean {
  return CONSOLIDATION_CODE.test(text);
}

const RECENT = 16;
const recent = new Map<string, readonly number[]>();

/** Code 128 as alternating bar and space widths in modules, beginning and ending with a bar. */
export function code128Widths(data: string): readonly number[] {
  // A label asks for its number several times: to measure and to draw twice.
  const known = recent.get(data);
  if (known !== undefined) return known;
  const [symbol] = bwip.raw({ bcid: 'code128', text: data });
  if (symbol === undefined || !('sbs' in symbol)) throw new Error('bwip-js gave no bars for Code 128');
  if (recent.size >= RECENT) recent.clear();
  recent.set(data, symbol.sbs);
  return symbol.sbs;
}

/** Byte capacity at level M of versions 1 to 6 (ISO/IEC 18004 table 7). */
const BYTE_CAPACITY_M = [14, 26, 42, 62, 84, 106];

/** The smallest version that holds the text in byte mode: the printer's own encoder (^BQ) never needs a larger one. */
export function qrVersion(text: string): number {
  const index = BYTE_CAPACITY_M.findIndex((capacity) => text.length <= capacity);
  if (index < 0) throw new RangeError('the QR payload is longer than 106 characters');
  return index + 1;
}

export function qrSide(version: number): number {
  return 17 + 4 * version;
}

/**
 * QR modules row by row, `side * side` of 0 and 1, level M. The mask is fixed: judging all eight costs more than
 * the rest of the label (1.1 of 2 ms), and every reader undoes any mask.
 */
export function qrModules(text: string): { readonly side: number; readonly modules: readonly number[] } {
  const version = qrVersion(text);
  const [symbol] = bwip.raw('qrcode', text, `eclevel=M version=${version} mask=1`);
  if (symbol === undefined || !('pixs' in symbol)) throw new Error('bwip-js gave no modules for QR');
  return { side: qrSide(version), modules: symbol.pixs };
}

const S10 = /^([A-Z]{2})(\d{3})(\d{3})(\d{3})([A-Z]{2})$/;

/** The number as a person reads it: S10 as `RR 123 456 785 CN`, others unchanged. */
export function readableNumber(number: string): string {
  const match = S10.exec(number);
  return match === null ? number : match.slice(1).join(' ');
}
