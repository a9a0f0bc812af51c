import { accepted, type Outcome, refused } from '../kernel/index.ts';
import {
  DOTS_PER_MM,
  type LabelContent,
  type LabelDpi,
  type LabelRejection,
  type LabelSize,
  SIZE_MM,
} from './content.ts';
import {
  type Band,
  headerBand,
  marksBand,
  numberBand,
  partyBand,
  routeBand,
  routingRowBand,
  sortBand,
} from './layout-bands.ts';
import { customsBand } from './layout-customs.ts';
import { detailsBand, footBand } from './layout-foot.ts';
import { addFrame, addRect, narrowestMm, type Sheet, snap } from './sheet.ts';
import { isPrintableNumber, isPrintableQr } from './symbol.policy.ts';

/** Heads of label printers do not reach the edge; also the tolerance of die-cut paper. Our default. */
export const MARGIN_MM = 2;
const FRAME_MM = 0.375;
const RULE_MM = 0.25;

/**
 * The one layout of a label: a list of rectangles, texts and symbols in millimetres from which PDF and ZPL are both
 * written. Pure: equal content gives equal primitives. Nothing leaves the page, and nothing enters the quiet zone of
 * a symbol. Refused `label_not_printable` when a number or QR cannot be encoded or does not fit this size.
 */
export function layoutLabel(
  content: LabelContent,
  size: LabelSize,
  dpi: LabelDpi = 203,
): Outcome<Sheet, LabelRejection> {
  const { width, height } = SIZE_MM[size];
  const sheet: Sheet = { widthMm: width, heightMm: height, dotsPerMm: DOTS_PER_MM[dpi], primitives: [] };
  const problem = problemOf(content, sheet);
  if (problem !== undefined) return refused('label_not_printable', `${problem} (size ${size})`);
  const frame = { x: MARGIN_MM, y: MARGIN_MM, w: width - 2 * MARGIN_MM, h: height - 2 * MARGIN_MM };
  const bands = bandsOf(content, sheet, frame.w);
  const least = bands.reduce((sum, band) => sum + band.minMm, 0);
  if (least > frame.h) {
    return refused('label_not_printable', `the label needs ${Math.ceil(least)} mm of height (size ${size})`);
  }
  addFrame(sheet, frame, FRAME_MM);
  const spare = frame.h - least;
  const grow = bands.reduce((sum, band) => sum + band.grow, 0);
  let y = frame.y;
  bands.forEach((band, index) => {
    const next =
      index === bands.length - 1
        ? frame.y + frame.h
        : snap(sheet, y + band.minMm + (spare * band.grow) / grow);
    if (index > 0) addRect(sheet, { x: frame.x, y: y - RULE_MM / 2, w: frame.w, h: RULE_MM });
    band.draw(sheet, { x: frame.x, y, w: frame.w, h: next - y });
    y = next;
  });
  const drawn = sheet.primitives.filter(
    (primitive) => primitive.kind === 'code128' && primitive.data === content.waybillNumber,
  );
  if (drawn.length < 2 || !sheet.primitives.some((primitive) => primitive.kind === 'qr')) {
    return refused('label_not_printable', `the number or the QR code does not fit (size ${size})`);
  }
  return accepted(sheet);
}

function problemOf(content: LabelContent, sheet: Sheet): string | undefined {
  if (!isPrintableNumber(content.waybillNumber)) {
    return 'a printed number has 4 to 40 letters, digits, dots, slashes or hyphens';
  }
  if (!isPrintableQr(content.qrPayload)) return 'the QR payload is 1 to 106 printable ASCII characters';
  const room = sheet.widthMm - 2 * MARGIN_MM - 1.25;
  if (narrowestMm(sheet, content.waybillNumber) > room) {
    return `the barcode of the number needs ${Math.ceil(narrowestMm(sheet, content.waybillNumber))} mm of width`;
  }
  if (content.customs !== undefined && content.customs.items.length === 0)
    return 'a customs form has at least one item';
  return undefined;
}

function bandsOf(content: LabelContent, sheet: Sheet, widthMm: number): readonly Band[] {
  const bands: (Band | undefined)[] =
    content.customs === undefined
      ? [
          headerBand(content, 7.5),
          numberBand(content, 17.5),
          routeBand(content),
          sortBand(content),
          partyBand(content, 'recipient', 15.5, 3),
          partyBand(content, 'sender', 9.5, 1),
          marksBand(content, widthMm),
          detailsBand(content),
          footBand(content, sheet, widthMm),
        ]
      : [
          headerBand(content, 6.5),
          numberBand(content, 18),
          routingRowBand(content),
          partyBand(content, 'recipient', 15, 2),
          partyBand(content, 'sender', 10.5, 1),
          marksBand(content, widthMm),
          customsBand(content, content.customs),
          footBand(content, sheet, widthMm),
        ];
  return bands.filter((band) => band !== undefined);
}
