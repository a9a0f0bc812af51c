import { symbolPath } from '../kit/symbol-path.ts';

const WIDTH = 720;
const SYMBOL = 480;
const LINE = 40;
const FONT = 'system-ui, sans-serif';

/** The code with what belongs to it as a picture for a phone's album: there it is without a network too. */
export function codePicture(
  code: { readonly code: string; readonly qr: string },
  lines: readonly string[],
): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = SYMBOL + 200 + lines.length * LINE;
  const context = canvas.getContext('2d');
  if (context === null) return Promise.reject(new Error('this browser draws no pictures'));
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#000';
  const { width, d } = symbolPath('qr', code.qr);
  const scale = SYMBOL / width;
  context.save();
  context.translate((WIDTH - SYMBOL) / 2, 30);
  context.scale(scale, scale);
  context.fill(new Path2D(d), 'evenodd');
  context.restore();
  context.textAlign = 'center';
  context.font = `600 64px ${FONT}`;
  context.fillText(code.code, WIDTH / 2, SYMBOL + 100);
  context.font = `28px ${FONT}`;
  lines.forEach((line, index) => {
    context.fillText(line, WIDTH / 2, SYMBOL + 170 + index * LINE, WIDTH - 40);
  });
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('no picture')) : resolve(blob)), 'image/png');
  });
}
