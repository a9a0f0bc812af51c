import { expect, it } from 'vitest';
import { blankBitmap, decode, fillBox } from '../../../network/labels/bitmap.fixture.ts';
import { type SymbolPath, symbolPath } from './symbol-path.ts';

const PIXELS_PER_UNIT = 3;

/** The path as a browser fills it: even-odd over the corners of its shapes, at the middle of each unit. */
function painted({ width, height, d }: SymbolPath) {
  const shapes = d
    .split('M')
    .slice(1)
    .map((shape) =>
      shape
        .slice(0, -1)
        .split('L')
        .map((corner) => corner.split(' ').map(Number) as [number, number]),
    );
  const edges = shapes.flatMap((corners) =>
    corners.flatMap(([x, y], index) => {
      const [nextX, nextY] = corners[(index + 1) % corners.length] ?? [x, y];
      return x === nextX ? [{ x, from: Math.min(y, nextY), to: Math.max(y, nextY) }] : [];
    }),
  );
  const bitmap = blankBitmap(width * PIXELS_PER_UNIT, height * PIXELS_PER_UNIT);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const crossed = edges.filter(
        (edge) => edge.x <= x + 0.5 && edge.from < y + 0.5 && edge.to > y + 0.5,
      ).length;
      if (crossed % 2 === 1) fillBox(bitmap, { x, y, w: 1, h: 1 }, PIXELS_PER_UNIT);
    }
  return bitmap;
}

it.each([
  ['a buyer link', 'https://postroad.example/t/trk_live_Zr3Vq0Xk1S8uYb7nQw5eLg'],
  ['a pickup code', '0417'],
  ['a number in letters of any script', '运单 PRE00000001238'],
])('a decoder reads the QR code of %s', async (_what, text) => {
  expect(await decode(painted(symbolPath('qr', text)))).toEqual([`QRCode:${text}`]);
});

it.each(['HO000000000017', 'PRE00000001238', 'RR123456785CN'])(
  'a decoder reads the bars of %s',
  async (number) => {
    const path = symbolPath('code128', number);
    expect(await decode(painted(path))).toEqual([`Code128:${number}`]);
    expect(path.height).toBeGreaterThanOrEqual(0.15 * (path.width - 20));
  },
);

it('a text that no QR code holds is a fault of the screen', () => {
  expect(() => symbolPath('qr', 'x'.repeat(3_000))).toThrow();
});
