import { inflateSync } from 'node:zlib';
import { type Bitmap, blankBitmap, fillBox } from './bitmap.fixture.ts';

type PdfObject = { readonly dictionary: string; readonly stream: Buffer | undefined };

/**
 * Reads a PDF strictly by its cross-reference table: throws when the header, an offset, a stream length or the end
 * marker is wrong. Enough of the format for what a label uses.
 */
export function readPdf(bytes: Uint8Array): ReadonlyMap<number, PdfObject> {
  const file = Buffer.from(bytes);
  const text = file.toString('latin1');
  if (!text.startsWith('%PDF-1.')) throw new Error('no PDF header');
  const tail = /startxref\n(\d+)\n%%EOF\n?$/.exec(text);
  if (tail === null) throw new Error('no end marker');
  const table = /^xref\n0 (\d+)\n((?:\d{10} \d{5} [fn] \n)+)trailer\n/.exec(text.slice(Number(tail[1])));
  if (table === null) throw new Error('startxref does not point to a table');
  const rows = (table[2] ?? '').trimEnd().split('\n');
  if (rows.length !== Number(table[1])) throw new Error('wrong number of objects');
  const objects = new Map<number, PdfObject>();
  rows.slice(1).forEach((row, index) => {
    const at = Number(row.slice(0, 10));
    const number = index + 1;
    if (!text.startsWith(`${number} 0 obj\n`, at)) throw new Error(`object ${number} is not at its offset`);
    const start = at + `${number} 0 obj\n`.length;
    const marker = /\n(stream\n|endobj\n)/g;
    marker.lastIndex = start;
    const found = marker.exec(text);
    if (found === null) throw new Error(`object ${number} does not end`);
    const dictionary = text.slice(start, found.index);
    let stream: Buffer | undefined;
    if (found[1] === 'stream\n') {
      const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1]);
      const from = found.index + found[0].length;
      if (!/^\s*endstream/.test(text.slice(from + length, from + length + 12)))
        throw new Error('wrong stream length');
      stream = file.subarray(from, from + length);
      if (dictionary.includes('/FlateDecode')) stream = inflateSync(stream);
    }
    objects.set(number, { dictionary, stream });
  });
  return objects;
}

/** Content streams of the pages in order, with the page's size in points. */
export function pagesOf(bytes: Uint8Array): readonly { content: string; width: number; height: number }[] {
  const objects = readPdf(bytes);
  return [...objects.values()]
    .filter(({ dictionary }) => /\/Type \/Page\n/.test(dictionary))
    .map(({ dictionary }) => {
      const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(dictionary) ?? [];
      const content = objects.get(Number(/\/Contents (\d+) 0 R/.exec(dictionary)?.[1]))?.stream;
      if (content === undefined) throw new Error('a page without content');
      return { content: content.toString('latin1'), width: Number(width), height: Number(height) };
    });
}

/** Draws the filled rectangles of a content stream (`cm`, `q`, `Q`, `g`, `re`, `f`); text is skipped. */
export function drawContent(page: { content: string; width: number; height: number }, scale: number): Bitmap {
  const bitmap = blankBitmap(Math.round(page.width * scale), Math.round(page.height * scale));
  let matrix = [1, 0, 0, 1, 0, 0];
  let grey = 0;
  const saved: { matrix: number[]; grey: number }[] = [];
  let path: number[][] = [];
  for (const line of page.content.split('\n')) {
    const words = line.trim().split(/\s+/);
    const operator = words.pop();
    const numbers = words.map(Number);
    if (operator === 'q') saved.push({ matrix, grey });
    if (operator === 'Q') ({ matrix, grey } = saved.pop() ?? { matrix, grey });
    if (operator === 'cm') matrix = multiply(numbers, matrix);
    if (operator === 'g') grey = (numbers[0] ?? 0) * 255;
    if (operator === 're') path.push(numbers);
    if (operator === 'f') {
      for (const [x = 0, y = 0, w = 0, h = 0] of path) {
        const [ax, ay] = apply(matrix, x, y);
        const [bx, by] = apply(matrix, x + w, y + h);
        // PDF counts upwards from the bottom of the page, the bitmap downwards from the top.
        const top = page.height - Math.max(ay, by);
        fillBox(
          bitmap,
          { x: Math.min(ax, bx), y: top, w: Math.abs(bx - ax), h: Math.abs(by - ay) },
          scale,
          grey,
        );
      }
      path = [];
    }
  }
  return bitmap;
}

function multiply(a: readonly number[], b: readonly number[]): number[] {
  const [a0 = 1, a1 = 0, a2 = 0, a3 = 1, a4 = 0, a5 = 0] = a;
  const [b0 = 1, b1 = 0, b2 = 0, b3 = 1, b4 = 0, b5 = 0] = b;
  return [
    a0 * b0 + a1 * b2,
    a0 * b1 + a1 * b3,
    a2 * b0 + a3 * b2,
    a2 * b1 + a3 * b3,
    a4 * b0 + a5 * b2 + b4,
    a4 * b1 + a5 * b3 + b5,
  ];
}

function apply(m: readonly number[], x: number, y: number): readonly [number, number] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = m;
  return [a * x + c * y + e, b * x + d * y + f];
}
