import { code128, type DrawingContext, qrcode } from 'bwip-js/browser';
import type { SymbolKind } from './symbol-shape.ts';

/**
 * A symbol as the path of an SVG: what is dark, filled by the even-odd rule, in units of the box. The quiet zone around
 * it belongs to the box.
 */
export type SymbolPath = { readonly width: number; readonly height: number; readonly d: string };

/** The encoder draws a module of QR as 2 units and one of Code 128 as 1. */
const QR_MODULE = 2;
/** Light modules around a symbol: ISO/IEC 18004 asks for 4 around QR, ISO/IEC 15417 for 10 beside Code 128. */
const QUIET = { qr: 4 * QR_MODULE, code128: 10 } as const;
/** Becomes 42 units: 15 % of the length of the numbers that we show, as ISO/IEC 15417 asks for bars at least. */
const BAR_HEIGHT_MM = 15;

/** Throws when the symbol cannot hold the text; QR at level M holds 2,331 bytes. */
export function symbolPath(kind: SymbolKind, text: string): SymbolPath {
  if (kind === 'code128')
    return code128({ bcid: 'code128', text, scale: 1, height: BAR_HEIGHT_MM }, pathDrawing(QUIET.code128, 0));
  // The package's types leave out what only one symbology knows.
  const options = { bcid: 'qrcode', text, scale: 1, eclevel: 'M' };
  return qrcode(options, pathDrawing(QUIET.qr, QUIET.qr));
}

/** What the encoder draws, as a path of ours: no style, no colour and no font comes with it. */
function pathDrawing(quietX: number, quietY: number): DrawingContext<SymbolPath> {
  let box = { width: 0, height: 0 };
  const shapes: string[] = [];
  const addShape = (corners: readonly (readonly [x: number, y: number])[]) => {
    shapes.push(`M${corners.map(([x, y]) => `${x + quietX} ${y + quietY}`).join('L')}Z`);
  };
  const refuse = (): never => {
    throw new Error('neither QR nor Code 128 has such a shape');
  };
  return {
    scale: () => null,
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init: (width, height) => {
      box = { width: width + 2 * quietX, height: height + 2 * quietY };
    },
    // An upright bar is given by its middle, from below; of an odd width the smaller half lies to the right.
    line: (middle, bottom, _middle, top, width) => {
      const right = middle + Math.floor(width / 2);
      const left = right - width;
      addShape([
        [left, top],
        [right, top],
        [right, bottom + 1],
        [left, bottom + 1],
      ]);
    },
    polygon: addShape,
    hexagon: refuse,
    ellipse: refuse,
    fill: () => undefined,
    text: refuse,
    end: () => ({ ...box, d: shapes.join('') }),
  };
}
