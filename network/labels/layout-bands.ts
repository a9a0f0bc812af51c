import { captionsOf, serviceText } from './captions.ts';
import type { LabelContent, LabelParty } from './content.ts';
import { MM_PER_POINT, widthEm } from './fit-text.ts';
import { printableText } from './printable-text.policy.ts';
import { addCode128, addFrame, addRect, addText, type Box, type Sheet } from './sheet.ts';
import { isBarcodeCode, MIN_NUMBER_BAR_MM, readableNumber } from './symbol.policy.ts';
import { cellsOf } from './typeface.ts';

/** A full-width strip of the label. Spare height of the page is shared in proportion to `grow`. */
export type Band = {
  readonly minMm: number;
  readonly grow: number;
  readonly draw: (sheet: Sheet, box: Box) => void;
};

/** White space inside a band, and the thickness of a rule inside it. */
export const PAD = 1.2;
export const RULE = 0.25;

export function inset(box: Box, dx: number, dy: number): Box {
  return { x: box.x + dx, y: box.y + dy, w: box.w - 2 * dx, h: box.h - 2 * dy };
}

export function headerBand(content: LabelContent, minMm: number): Band {
  return {
    minMm,
    grow: 0.6,
    draw: (sheet, box) => {
      const left = { x: box.x + PAD, y: box.y + 0.6, w: box.w * 0.52 - PAD, h: box.h - 1.2 };
      addText(sheet, left, content.carrierName, { weight: 'bold', maxPt: 19, minPt: 7, maxLines: 2 });
      const right = { x: box.x + box.w * 0.54, y: box.y + 0.6, w: box.w * 0.46 - PAD, h: box.h - 1.2 };
      const marks = [content.paymentMark, content.lineMark].filter((mark) => mark !== undefined).join(' · ');
      const split = marks === '' ? 1 : 0.56;
      addText(sheet, { ...right, h: right.h * split }, content.lineName, {
        weight: 'bold',
        maxPt: 12,
        align: 'right',
        maxLines: 2,
      });
      if (marks !== '') {
        const below = { ...right, y: right.y + right.h * split, h: right.h * (1 - split) };
        addText(sheet, below, marks, { maxPt: 9, align: 'right' });
      }
    },
  };
}

/** The number in bars with its human readable line; the piece of a multi-piece shipment stands beside the line. */
export function numberBand(content: LabelContent, minMm: number): Band {
  return {
    minMm,
    grow: 1.6,
    draw: (sheet, box) => {
      const textMm = Math.min(6, Math.max(3.9, box.h * 0.22));
      const bars = {
        x: box.x + 0.5,
        y: box.y + 1,
        w: box.w - 1,
        h: Math.max(MIN_NUMBER_BAR_MM, box.h - textMm - 1.3),
      };
      addCode128(sheet, bars, content.waybillNumber);
      const line = {
        x: box.x + PAD,
        y: bars.y + bars.h + 0.1,
        w: box.w - 2 * PAD,
        h: box.y + box.h - bars.y - bars.h - 0.3,
      };
      const side = content.piece.count > 1 ? 12 : 0;
      addText(
        sheet,
        { ...line, x: line.x + side, w: line.w - 2 * side },
        readableNumber(content.waybillNumber),
        {
          weight: 'bold',
          maxPt: 15,
          align: 'center',
        },
      );
      if (side > 0) {
        const piece = { ...line, x: line.x + line.w - side, w: side };
        addText(sheet, piece, pieceText(content), { weight: 'bold', maxPt: 13, align: 'right' });
      }
    },
  };
}

export function pieceText(content: LabelContent): string {
  return `${content.piece.index}/${content.piece.count}`;
}

function routeText(content: LabelContent): string {
  const route = content.route;
  if (route === undefined) return '';
  if (route.raw.trim() !== '') return route.raw;
  return [route.hub, route.outlet, route.courier, route.extra].filter((part) => part !== undefined).join('-');
}

/** The largest type on the label: what sorters read from two metres. */
export function routeBand(content: LabelContent): Band | undefined {
  const text = routeText(content);
  if (text === '') return undefined;
  return {
    minMm: 11,
    grow: 1.6,
    draw: (sheet, box) => {
      addText(sheet, inset(box, PAD, 0.2), text, {
        weight: 'bold',
        maxPt: 52,
        minPt: 12,
        wrapBelowPt: 20,
        align: 'center',
        maxLines: 2,
      });
    },
  };
}

/** Sort mark left, consolidation place right. */
export function sortBand(content: LabelContent): Band | undefined {
  const { sortMark, consolidation } = content;
  if (sortMark === undefined && consolidation === undefined) return undefined;
  return {
    minMm: 10,
    grow: 1.2,
    draw: (sheet, box) => {
      if (consolidation === undefined) {
        drawSortMark(sheet, box, sortMark ?? '');
        return;
      }
      const left = sortMark === undefined ? 0 : box.w * 0.5;
      if (sortMark !== undefined) {
        drawSortMark(sheet, { ...box, w: left }, sortMark);
        addRect(sheet, { x: box.x + left - RULE / 2, y: box.y, w: RULE, h: box.h });
      }
      drawConsolidation(sheet, { ...box, x: box.x + left, w: box.w - left }, content);
    },
  };
}

function drawSortMark(sheet: Sheet, box: Box, text: string): void {
  addText(sheet, inset(box, PAD, 0.3), text, {
    weight: 'bold',
    maxPt: 30,
    minPt: 8,
    wrapBelowPt: 9,
    align: 'center',
    maxLines: 2,
  });
}

function drawConsolidation(sheet: Sheet, box: Box, content: LabelContent): void {
  const place = content.consolidation;
  if (place === undefined) return;
  const captions = captionsOf(content);
  const inner = inset(box, PAD, 0.5);
  const nameMm = Math.min(inner.h * 0.45, 5.5);
  const name = { ...inner, h: nameMm };
  addText(sheet, name, `${captions.consolidation} ${place.name}`, { weight: 'bold', maxPt: 12 });
  const rest = { ...inner, y: inner.y + nameMm + 0.3, h: inner.h - nameMm - 0.3 };
  // The quiet zone may use the padding: the symbol gets the whole width of the cell.
  const wide = { x: box.x + 0.4, y: rest.y, w: box.w - 0.8, h: Math.min(rest.h - 2.4, 9) };
  if (isBarcodeCode(place.code) && wide.h >= 3 && addCode128(sheet, wide, place.code)) {
    addText(sheet, { ...rest, y: wide.y + wide.h, h: rest.y + rest.h - wide.y - wide.h }, place.code, {
      maxPt: 7.5,
      align: 'center',
    });
  } else {
    addText(sheet, rest, place.code, { weight: 'bold', maxPt: 14 });
  }
}

/** International labels: route code and sort mark share one row, so that the customs form has room. */
export function routingRowBand(content: LabelContent): Band | undefined {
  const route = routeText(content);
  const marks = [content.sortMark, content.consolidation?.name]
    .filter((text) => text !== undefined)
    .join(' ');
  if (route === '' && marks === '') return undefined;
  return {
    minMm: 8,
    grow: 1,
    draw: (sheet, box) => {
      const left = route === '' ? 0 : marks === '' ? box.w : box.w * 0.6;
      const style = {
        weight: 'bold',
        align: 'center',
        maxPt: 34,
        minPt: 8,
        wrapBelowPt: 12,
        maxLines: 2,
      } as const;
      if (left > 0) addText(sheet, inset({ ...box, w: left }, PAD, 0.2), route, style);
      if (left === box.w) return;
      if (left > 0) addRect(sheet, { x: box.x + left - RULE / 2, y: box.y, w: RULE, h: box.h });
      addText(sheet, inset({ ...box, x: box.x + left, w: box.w - left }, PAD, 0.2), marks, {
        ...style,
        maxPt: 20,
      });
    },
  };
}

export function partyBand(
  content: LabelContent,
  side: 'recipient' | 'sender',
  minMm: number,
  grow: number,
): Band {
  const captions = captionsOf(content);
  const main = side === 'recipient';
  const party = content[side];
  return {
    minMm,
    grow,
    draw: (sheet, box) => {
      const tagMm = 9;
      const tag = { x: box.x, y: box.y, w: tagMm, h: box.h };
      if (main) addRect(sheet, tag);
      else addRect(sheet, { x: box.x + tagMm, y: box.y, w: RULE, h: box.h });
      addText(sheet, inset(tag, 0.8, 0.5), main ? captions.to : captions.from, {
        weight: 'bold',
        maxPt: main ? 18 : 12,
        align: 'center',
        tone: main ? 'white' : 'black',
      });
      const body = { x: box.x + tagMm + PAD, y: box.y + 0.6, w: box.w - tagMm - 2 * PAD, h: box.h - 1.2 };
      drawParty(sheet, body, content, party, main);
    },
  };
}

function drawParty(sheet: Sheet, body: Box, content: LabelContent, party: LabelParty, main: boolean): void {
  const abroad = content.variant === 'international' && party.country !== undefined;
  const nameMm = Math.min(body.h * (main ? 0.34 : 0.38), 6.5);
  // The country may never be squeezed out: 2.4 mm is a line at 5.7 pt.
  const countryMm = abroad ? Math.min(Math.max(body.h * 0.24, 2.4), 5) : 0;
  const head = [party.name, party.phone].filter((text) => text !== undefined).join(' · ');
  addText(sheet, { ...body, h: nameMm }, head, { weight: 'bold', maxPt: main ? 14 : 9.5 });
  const glue = content.captions === 'zh' && !abroad ? ' ' : ', ';
  const address = party.addressLines.slice(0, 12).join(glue);
  addText(sheet, { ...body, y: body.y + nameMm, h: body.h - nameMm - countryMm }, address, {
    maxPt: main ? 14 : 9.5,
    maxLines: 5,
    valign: 'top',
  });
  const country = party.country;
  if (abroad && country !== undefined) {
    const line = { ...body, y: body.y + body.h - countryMm, h: countryMm };
    addText(sheet, line, `${country.name.slice(0, 80).toUpperCase()} (${country.code})`, {
      weight: 'bold',
      maxPt: main ? 12 : 8.5,
    });
  }
}

type Chip = { readonly text: string; readonly solid: boolean; readonly widthMm: number };
const CHIP_PT = 8.5;
const CHIP_ROW_MM = 5.5;

/** Marks that change how the parcel is handled. None may be left out: too many make the label refuse by height. */
export function marksBand(content: LabelContent, widthMm: number): Band | undefined {
  const captions = captionsOf(content);
  const texts: { text: string; solid: boolean }[] = content.services.map((service) => ({
    text: serviceText(service, captions),
    solid: true,
  }));
  if (printableText(content.batteryMark ?? '') !== '')
    texts.push({ text: content.batteryMark ?? '', solid: true });
  if (content.inspected) texts.push({ text: captions.inspected, solid: false });
  if (texts.length === 0) return undefined;
  const room = widthMm - 2 * PAD;
  const chips = texts.map(({ text, solid }): Chip => {
    const natural = widthEm(cellsOf(printableText(text), 'bold')) * CHIP_PT * MM_PER_POINT + 2.6;
    return { text, solid, widthMm: Math.min(natural, room) };
  });
  const rows: Chip[][] = [];
  let used = room;
  for (const chip of chips) {
    if (used + chip.widthMm > room + 1e-9) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(chip);
    used += chip.widthMm + 1;
  }
  return {
    minMm: rows.length * CHIP_ROW_MM,
    grow: 0,
    draw: (sheet, box) => {
      rows.forEach((row, index) => {
        let x = box.x + PAD;
        const y = box.y + index * CHIP_ROW_MM + 0.7;
        for (const chip of row) {
          const cell = { x, y, w: chip.widthMm, h: CHIP_ROW_MM - 1.4 };
          if (chip.solid) addRect(sheet, cell);
          else addFrame(sheet, cell, 0.25);
          addText(sheet, inset(cell, 0.9, 0.1), chip.text, {
            weight: 'bold',
            maxPt: CHIP_PT,
            align: 'center',
            tone: chip.solid ? 'white' : 'black',
          });
          x += chip.widthMm + 1;
        }
      });
    },
  };
}
