import { captionsOf, weightText } from './captions.ts';
import type { LabelContent } from './content.ts';
import { type Band, inset, PAD, pieceText, RULE } from './layout-bands.ts';
import { addCode128, addQr, addRect, addText, type Box, narrowestMm, type Sheet } from './sheet.ts';
import {
  MIN_QR_MODULE_MM,
  MIN_SECOND_BAR_MM,
  QR_QUIET_MODULES,
  qrSide,
  qrVersion,
  readableNumber,
} from './symbol.policy.ts';

function detailsOf(content: LabelContent): readonly (readonly [string, string])[] {
  const captions = captionsOf(content);
  const size = content.dimensions;
  const again = content.printCount > 1 ? ` #${content.printCount}` : '';
  const cells: [string, string | undefined][] = [
    [captions.weight, content.weightGrams === undefined ? undefined : weightText(content.weightGrams)],
    [captions.size, size === undefined ? undefined : `${size.lengthMm}x${size.widthMm}x${size.heightMm} mm`],
    [captions.piece, pieceText(content)],
    [captions.order, content.orderReference],
    [captions.outlet, content.shipFromOutlet],
    [captions.printed, `${content.printedAtText}${again}`],
    [captions.parent, content.parentNumber],
  ];
  return cells.flatMap(([caption, text]) => (text === undefined ? [] : [[caption, text] as const]));
}

/** Start and share of the width: the last column holds the time of printing. */
const DETAIL_COLUMNS: readonly (readonly [number, number])[] = [
  [0, 0.31],
  [0.31, 0.28],
  [0.59, 0.41],
];

/** Captioned cells, three in a row. */
export function detailsBand(content: LabelContent): Band {
  const cells = detailsOf(content);
  const rows = Math.ceil(cells.length / 3);
  return {
    minMm: rows * 5.2,
    grow: 0.5,
    draw: (sheet, box) => {
      const high = box.h / rows;
      cells.forEach(([caption, text], index) => {
        const [start, share] = DETAIL_COLUMNS[index % 3] ?? [0, 1];
        const x = box.x + start * box.w;
        const wide = share * box.w;
        const y = box.y + Math.floor(index / 3) * high;
        if (index % 3 > 0) addRect(sheet, { x: x - RULE / 2, y, w: RULE, h: high });
        if (index % 3 === 0 && index > 0) addRect(sheet, { x: box.x, y: y - RULE / 2, w: box.w, h: RULE });
        const captionMm = 2.15;
        addText(sheet, { x: x + 0.8, y: y + 0.25, w: wide - 1.6, h: captionMm }, caption, { maxPt: 5.5 });
        const value = { x: x + 0.8, y: y + captionMm + 0.25, w: wide - 1.6, h: high - captionMm - 0.45 };
        addText(sheet, value, text, { weight: 'bold', maxPt: 9 });
      });
    },
  };
}

/**
 * QR, the number once more, and the free area. Beside the QR when the number is short enough, else above it.
 * International labels have their details here.
 */
export function footBand(content: LabelContent, sheet: Sheet, widthMm: number): Band {
  const modules = qrSide(qrVersion(content.qrPayload)) + 2 * QR_QUIET_MODULES;
  // The least QR box: 3 dots at 203 dpi, 4 at 300 dpi, two dots for the grid, half a millimetre to every rule.
  const qrLeast = (modules * Math.ceil(MIN_QR_MODULE_MM * sheet.dotsPerMm) + 2) / sheet.dotsPerMm + 1;
  const numberLeast = narrowestMm(sheet, content.waybillNumber) + 1.25;
  const beside = widthMm - qrLeast - 1 >= numberLeast;
  const numberMm = MIN_SECOND_BAR_MM + 4.4;
  return {
    minMm: beside
      ? Math.max(qrLeast, numberMm + (content.customs === undefined ? 6 : 7))
      : numberMm + qrLeast,
    grow: 2.5,
    draw: (page, box) => {
      const barsMm = Math.min(
        14,
        MIN_SECOND_BAR_MM + Math.max(0, box.h - (beside ? qrLeast : numberMm + qrLeast)) * 0.35,
      );
      const high = barsMm + 4.4;
      if (beside) {
        const qrMm = Math.min(box.h, widthMm - numberLeast - 0.5, 34);
        drawQr(page, { ...box, w: qrMm }, content.qrPayload);
        const right = { ...box, x: box.x + qrMm, w: box.w - qrMm };
        drawSecondNumber(page, { ...right, h: high }, content, barsMm);
        drawFree(page, { ...right, y: right.y + high, h: right.h - high }, content);
      } else {
        drawSecondNumber(page, { ...box, h: high }, content, barsMm);
        const qrMm = Math.min(box.h - high, 34);
        drawQr(page, { ...box, y: box.y + high, w: qrMm, h: box.h - high }, content.qrPayload);
        drawFree(
          page,
          { ...box, x: box.x + qrMm, y: box.y + high, w: box.w - qrMm, h: box.h - high },
          content,
        );
      }
    },
  };
}

function drawQr(sheet: Sheet, box: Box, payload: string): void {
  addQr(sheet, inset(box, 0.5, 0.5), payload);
}

function drawSecondNumber(sheet: Sheet, box: Box, content: LabelContent, barsMm: number): void {
  addCode128(sheet, { x: box.x + 0.5, y: box.y + 0.8, w: box.w - 1, h: barsMm }, content.waybillNumber);
  const line = { x: box.x + PAD, y: box.y + 0.8 + barsMm, w: box.w - 2 * PAD, h: box.h - barsMm - 0.9 };
  addText(sheet, line, readableNumber(content.waybillNumber), { weight: 'bold', maxPt: 10, align: 'center' });
}

/** Remark or the merchant's custom area; on international labels first the details that have no band of their own. */
function drawFree(sheet: Sheet, box: Box, content: LabelContent): void {
  const captions = captionsOf(content);
  const body = inset(box, PAD, 0.4);
  const parts: string[] = [];
  if (content.customs !== undefined) {
    for (const [caption, text] of detailsOf(content)) parts.push(`${caption}: ${text}`);
  }
  if (content.remark !== undefined) parts.push(`${captions.remark}: ${content.remark}`);
  if (parts.length === 0) return;
  addText(sheet, body, parts.join(' | '), { maxPt: 8.5, maxLines: 8, valign: 'top' });
}
