import bwip from 'bwip-js/node';
import { type Bitmap, blankBitmap, fillBox } from './bitmap.fixture.ts';
import { code128Widths } from './symbol.policy.ts';

/** One line of our ZPL, recognised by a grammar that knows nothing but the commands the writer may emit. */
export type ZplLine =
  | { readonly kind: 'setup'; readonly command: string }
  | { readonly kind: 'box'; readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly font: string;
    }
  | {
      readonly kind: 'code128';
      readonly x: number;
      readonly y: number;
      readonly moduleDots: number;
      readonly h: number;
      readonly text: string;
    }
  | {
      readonly kind: 'qr';
      readonly x: number;
      readonly y: number;
      readonly moduleDots: number;
      readonly text: string;
    };

const SETUP = /^\^(XA|XZ|CI28|LH0,0|PW\d+|LL\d+)$/;
const BOX = /^\^FO(\d+),(\d+)\^GB(\d+),(\d+),\d+\^FS$/;
const FIELD = '((?:[A-Za-z0-9 .,:/-]|_[0-9A-F]{2})*)';
const TEXT = new RegExp(
  `^\\^FO(\\d+),(\\d+)(?:\\^FR)?(\\^A0N,\\d+|\\^A@N,\\d+,\\d+,E:SIMSUN\\.TTF)\\^FH\\^FD${FIELD}\\^FS$`,
);
const CODE128 = new RegExp(
  `^\\^FO(\\d+),(\\d+)\\^BY(\\d+),3\\.0,\\d+\\^BCN,(\\d+),N,N,N,A\\^FH\\^FD${FIELD}\\^FS$`,
);
const QR = new RegExp(`^\\^FO(\\d+),(\\d+)\\^BQN,2,(\\d+)\\^FH\\^FDMA,${FIELD}\\^FS$`);

/** What the printer makes of a field under ^FH and ^CI28. */
export function unescapeField(field: string): string {
  const bytes: number[] = [];
  for (let at = 0; at < field.length; at++) {
    if (field[at] === '_') {
      bytes.push(Number.parseInt(field.slice(at + 1, at + 3), 16));
      at += 2;
    } else bytes.push(field.charCodeAt(at));
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
}

/** Throws for any line that is not exactly one of ours: that would be an injected command. */
export function readZpl(bytes: Uint8Array): readonly ZplLine[] {
  const text = Buffer.from(bytes).toString('latin1');
  return text
    .trimEnd()
    .split('\n')
    .map((line): ZplLine => {
      const setup = SETUP.exec(line);
      if (setup !== null) return { kind: 'setup', command: setup[1] ?? '' };
      const box = BOX.exec(line);
      if (box !== null) {
        const [x = 0, y = 0, w = 0, h = 0] = box.slice(1).map(Number);
        return { kind: 'box', x, y, w, h };
      }
      const set = TEXT.exec(line);
      if (set !== null) {
        return {
          kind: 'text',
          x: Number(set[1]),
          y: Number(set[2]),
          font: set[3] ?? '',
          text: unescapeField(set[4] ?? ''),
        };
      }
      const bars = CODE128.exec(line);
      if (bars !== null) {
        const [x = 0, y = 0, moduleDots = 0, h = 0] = bars.slice(1, 5).map(Number);
        return { kind: 'code128', x, y, moduleDots, h, text: unescapeField(bars[5] ?? '') };
      }
      const qr = QR.exec(line);
      if (qr !== null) {
        const [x = 0, y = 0, moduleDots = 0] = qr.slice(1, 4).map(Number);
        return { kind: 'qr', x, y, moduleDots, text: unescapeField(qr[4] ?? '') };
      }
      throw new Error(`not a line of ours: ${line}`);
    });
}

/** Draws boxes and symbols as a printer would, one pixel a dot; the QR by the encoder's own choice of version. */
export function drawZpl(lines: readonly ZplLine[], width: number, height: number): Bitmap {
  const bitmap = blankBitmap(width, height);
  for (const line of lines) {
    if (line.kind === 'box') fillBox(bitmap, line, 1);
    if (line.kind === 'code128') {
      let x = line.x;
      code128Widths(line.text).forEach((bar, index) => {
        if (index % 2 === 0) fillBox(bitmap, { x, y: line.y, w: bar * line.moduleDots, h: line.h }, 1);
        x += bar * line.moduleDots;
      });
    }
    if (line.kind === 'qr') {
      const [symbol] = bwip.raw('qrcode', line.text, 'eclevel=M');
      if (symbol === undefined || !('pixs' in symbol)) throw new Error('no QR');
      symbol.pixs.forEach((dark, index) => {
        const x = line.x + (index % symbol.pixx) * line.moduleDots;
        const y = line.y + Math.floor(index / symbol.pixx) * line.moduleDots;
        if (dark === 1) fillBox(bitmap, { x, y, w: line.moduleDots, h: line.moduleDots }, 1);
      });
    }
  }
  return bitmap;
}
