import { moneyText, weightText } from './captions.ts';
import type { CustomsBlock, CustomsContentType, CustomsItem, LabelContent } from './content.ts';
import { type Band, inset } from './layout-bands.ts';
import { addFrame, addRect, addText, type Box, type Sheet } from './sheet.ts';

/**
 * The customs declaration as part of the label. Wording in English, the language that posts of destination accept;
 * fields: UPU Convention manual, forms CN22 and CN23 (one data set); content types: USPS customs form.
 */
const TITLE_MM = 3.8;
const BOXES_MM = 3.2;
const ROW_MM = 2.9;
const REFERENCE_MM = 2.7;
const DECLARATION_MM = 6.8;
const SIGN_MM = 3.0;
const RULE = 0.2;

const CONTENT_TYPES: readonly (readonly [CustomsContentType, string, number])[] = [
  ['merchandise', 'Merchandise', 0.21],
  ['gift', 'Gift', 0.12],
  ['documents', 'Documents', 0.2],
  ['commercial_sample', 'Sample', 0.15],
  ['returned_goods', 'Returned', 0.17],
  ['other', 'Other', 0.15],
];

const DECLARATION =
  'I certify that the particulars given in this declaration are correct and that this item does not contain any ' +
  'dangerous article or article prohibited by legislation or by postal or customs regulations.';

type Column = {
  readonly title: string;
  readonly share: number;
  readonly align: 'left' | 'right' | 'center';
  readonly text: (item: CustomsItem) => string;
};

const COLUMNS: readonly Column[] = [
  { title: 'Description of contents', share: 0.37, align: 'left', text: (item) => item.description },
  { title: 'Qty', share: 0.08, align: 'right', text: (item) => String(item.quantity) },
  { title: 'Net weight', share: 0.15, align: 'right', text: (item) => weightText(item.weightGrams) },
  { title: 'Value', share: 0.19, align: 'right', text: (item) => moneyText(item.value) },
  { title: 'HS', share: 0.12, align: 'center', text: (item) => item.hs6 ?? '' },
  { title: 'Origin', share: 0.09, align: 'center', text: (item) => item.origin ?? '' },
];

function referencesOf(block: CustomsBlock): readonly string[] {
  if (block.form === 'CN22') return [];
  const pairs: readonly (readonly [string, string | undefined])[] = [
    ["Sender's reference", block.senderReference],
    ["Importer's reference", block.importerReference],
    ['Licence no.', block.licence],
    ['Certificate no.', block.certificate],
    ['Invoice no.', block.invoice],
    ['Postage', block.postage === undefined ? undefined : moneyText(block.postage)],
  ];
  const shown = pairs.map(([name, text]) => `${name}: ${text ?? '-'}`);
  return block.comments === undefined ? shown : [...shown, `Comments: ${block.comments}`, ''];
}

/** Rows of the table that are always there: one item and, when there are more, the line that counts the rest. */
function leastRows(block: CustomsBlock): number {
  return Math.min(block.items.length, 2);
}

export function customsBand(content: LabelContent, block: CustomsBlock): Band {
  const references = referencesOf(block);
  const referenceRows = Math.ceil(references.length / 2);
  const fixed = TITLE_MM + BOXES_MM + 2 * ROW_MM + referenceRows * REFERENCE_MM + DECLARATION_MM + SIGN_MM;
  return {
    minMm: fixed + leastRows(block) * ROW_MM,
    grow: Math.min(24, 2 + 3 * block.items.length),
    draw: (sheet, box) => {
      let y = drawTitle(sheet, box, block);
      y = drawContentTypes(sheet, { ...box, y, h: BOXES_MM }, block);
      const below = referenceRows * REFERENCE_MM + DECLARATION_MM + SIGN_MM;
      y = drawTable(sheet, { ...box, y, h: box.y + box.h - y - below }, block);
      y = drawReferences(sheet, { ...box, y, h: referenceRows * REFERENCE_MM }, references);
      drawDeclaration(sheet, { ...box, y, h: box.y + box.h - y }, content, block);
    },
  };
}

function drawTitle(sheet: Sheet, box: Box, block: CustomsBlock): number {
  const line = { x: box.x + 1.2, y: box.y + 0.2, w: box.w - 2.4, h: TITLE_MM - 0.4 };
  addText(sheet, { ...line, w: line.w * 0.5 }, 'CUSTOMS DECLARATION', { weight: 'bold', maxPt: 9 });
  const right = { ...line, x: line.x + line.w * 0.52, w: line.w * 0.3 };
  addText(sheet, right, 'May be opened officially', { maxPt: 6, align: 'right', maxLines: 1 });
  addText(sheet, { ...line, x: line.x + line.w * 0.84, w: line.w * 0.16 }, block.form, {
    weight: 'bold',
    maxPt: 10,
    align: 'right',
  });
  addRect(sheet, { x: box.x, y: box.y + TITLE_MM, w: box.w, h: RULE });
  return box.y + TITLE_MM;
}

function drawContentTypes(sheet: Sheet, box: Box, block: CustomsBlock): number {
  const side = 2.1;
  let x = box.x + 1.2;
  for (const [type, name, share] of CONTENT_TYPES) {
    const wide = share * (box.w - 2);
    const square = { x, y: box.y + (box.h - side) / 2 + 0.1, w: side, h: side };
    addFrame(sheet, square, RULE);
    if (type === block.contentType) addRect(sheet, inset(square, 0.5, 0.5));
    const note = type === 'other' && block.contentNote !== undefined ? block.contentNote : name;
    addText(sheet, { x: x + side + 0.5, y: box.y + 0.2, w: wide - side - 0.8, h: box.h - 0.3 }, note, {
      maxPt: 6.5,
    });
    x += wide;
  }
  addRect(sheet, { x: box.x, y: box.y + box.h, w: box.w, h: RULE });
  return box.y + box.h;
}

/** Head, as many items as fit (the last row counts those that do not), sum. Answers where the table ends. */
function drawTable(sheet: Sheet, box: Box, block: CustomsBlock): number {
  const rows = Math.max(1, Math.floor((box.h + 1e-6) / ROW_MM) - 2);
  const shown = block.items.length <= rows ? block.items.length : rows - 1;
  // Few items stand in taller rows, up to twice the least height.
  const used = Math.min(rows, block.items.length);
  const high = Math.min(box.h / (used + 2), ROW_MM * 2);
  const bodyMm = box.h - 2 * high;
  const rowMm = Math.min(high, bodyMm / Math.max(1, used));
  const row = (index: number): Box => ({ ...box, y: box.y + high + index * rowMm, h: rowMm });
  drawCells(
    sheet,
    { ...box, h: high },
    COLUMNS.map((column) => column.title),
    'regular',
    6,
  );
  for (let index = 0; index < shown; index++) {
    const item = block.items[index];
    if (item !== undefined)
      drawCells(
        sheet,
        row(index),
        COLUMNS.map((column) => column.text(item)),
        'regular',
        8,
      );
  }
  if (shown < block.items.length) {
    drawCells(sheet, row(shown), [`+ ${block.items.length - shown} more, see attached form`], 'regular', 7);
  }
  const sumBox = { ...box, y: box.y + box.h - high, h: high };
  const pieces = block.items.reduce((sum, item) => sum + item.quantity, 0);
  const total = [
    'Total',
    String(pieces),
    weightText(block.totalWeightGrams),
    moneyText(block.totalValue),
    block.incoterm ?? '',
    '',
  ];
  drawCells(sheet, sumBox, total, 'bold', 8);
  let x = box.x;
  for (const column of COLUMNS.slice(0, -1)) {
    x += column.share * box.w;
    addRect(sheet, { x: x - RULE / 2, y: box.y, w: RULE, h: box.h });
  }
  addRect(sheet, { x: box.x, y: box.y + high - RULE, w: box.w, h: RULE });
  addRect(sheet, { x: box.x, y: sumBox.y, w: box.w, h: RULE });
  addRect(sheet, { x: box.x, y: box.y + box.h - RULE, w: box.w, h: RULE });
  return box.y + box.h;
}

function drawCells(
  sheet: Sheet,
  box: Box,
  texts: readonly string[],
  weight: 'regular' | 'bold',
  maxPt: number,
): void {
  let x = box.x;
  COLUMNS.forEach((column, index) => {
    const wide = column.share * box.w;
    const cell = { x: x + 0.6, y: box.y + 0.2, w: wide - 1.2, h: box.h - 0.4 };
    const maxLines = index === 0 ? 2 : 1;
    addText(sheet, cell, texts[index] ?? '', { weight, maxPt, align: column.align, maxLines });
    x += wide;
  });
}

function drawReferences(sheet: Sheet, box: Box, references: readonly string[]): number {
  const wide = box.w / 2;
  references.forEach((text, index) => {
    const y = box.y + Math.floor(index / 2) * REFERENCE_MM;
    // Comments are the last pair's left cell and take the whole width.
    const whole = text.startsWith('Comments: ');
    const cell = {
      x: box.x + (index % 2) * wide + 1,
      y: y + 0.2,
      w: (whole ? box.w : wide) - 2,
      h: REFERENCE_MM - 0.3,
    };
    addText(sheet, cell, text, { maxPt: 6.5 });
  });
  if (references.length > 0) addRect(sheet, { x: box.x, y: box.y + box.h - RULE, w: box.w, h: RULE });
  return box.y + box.h;
}

function drawDeclaration(sheet: Sheet, box: Box, content: LabelContent, block: CustomsBlock): void {
  const words = { x: box.x + 1, y: box.y + 0.3, w: box.w - 2, h: box.h - SIGN_MM - 0.4 };
  addText(sheet, words, DECLARATION, { maxPt: 6, maxLines: 3, valign: 'top' });
  const line = { x: box.x + 1, y: box.y + box.h - SIGN_MM, w: box.w - 2, h: SIGN_MM - 0.2 };
  const signed = `Date and sender's signature: ${block.signedOn}  ${block.signedBy}`;
  addText(sheet, { ...line, w: line.w * 0.72 }, signed, { maxPt: 7, weight: 'bold' });
  const origin = content.sender.country?.code;
  if (origin === undefined) return;
  const right = { ...line, x: line.x + line.w * 0.74, w: line.w * 0.26 };
  addText(sheet, right, `Posted in ${origin}`, { maxPt: 7, align: 'right' });
}
