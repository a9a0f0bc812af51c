import PDFDocument from 'pdfkit';
import { type Instant, msOf } from '../kernel/index.ts';
import type { Primitive, Sheet, Tone } from './sheet.ts';
import type { TrueTypeFont } from './truetype.ts';
import { createSubset } from './truetype-subset.ts';
import { hanFont, latinFontName, type Script, type Weight } from './typeface.ts';

const POINTS_PER_MM = 72 / 25.4;

/** A number in a content stream: three decimals of a point are 0.4 micrometres. */
function points(mm: number): number {
  return Math.round(mm * POINTS_PER_MM * 1000) / 1000;
}

/**
 * What pdfkit asks of an opened font (its own engine's objects have more). Handing it our light reader keeps the
 * shaping engine out of the way; one object for each document, because the subset belongs to the document.
 */
function embeddable(font: TrueTypeFont): object {
  const glyph = (id: number, codePoints: readonly number[]) => ({
    id,
    advanceWidth: font.advanceOf(id),
    codePoints,
  });
  return {
    postscriptName: font.postscriptName,
    unitsPerEm: font.unitsPerEm,
    ascent: font.ascent,
    descent: font.descent,
    capHeight: font.ascent,
    xHeight: 0,
    lineGap: 0,
    bbox: font.bbox,
    italicAngle: 0,
    post: { isFixedPitch: false },
    head: { macStyle: { italic: false } },
    createSubset: () => createSubset(font),
    getGlyph: (id: number) => glyph(id, []),
    layout: (text: string) => {
      const glyphs = Array.from(text, (character) => {
        const code = character.codePointAt(0) ?? 0;
        return glyph(font.glyphOf(code), [code]);
      });
      const positions = glyphs.map(({ advanceWidth }) => ({
        xAdvance: advanceWidth,
        yAdvance: 0,
        xOffset: 0,
        yOffset: 0,
      }));
      return { glyphs, positions, advanceWidth: glyphs.reduce((sum, each) => sum + each.advanceWidth, 0) };
    },
  };
}

type Pen = {
  readonly document: PDFKit.PDFDocument;
  readonly registered: Set<string>;
  tone: Tone;
};

/**
 * One PDF of one page for each sheet. Vector bars, text as text. The document carries no date or id but those that
 * follow from `createdAt`, so equal sheets give equal bytes.
 */
export function writePdf(sheets: readonly Sheet[], createdAt: Instant): Uint8Array {
  const document = new PDFDocument({
    autoFirstPage: false,
    margin: 0,
    info: {
      Producer: 'Postroad',
      Creator: 'Postroad',
      Title: 'Label',
      CreationDate: new Date(msOf(createdAt)),
    },
  });
  const pen: Pen = { document, registered: new Set(), tone: 'black' };
  for (const sheet of sheets) {
    document.addPage({ size: [points(sheet.widthMm), points(sheet.heightMm)], margin: 0 });
    pen.tone = 'black';
    document.addContent('0 g');
    for (const primitive of sheet.primitives) drawPrimitive(pen, sheet, primitive);
  }
  document.end();
  // pdfkit pushes everything before end() returns, so reading drains the whole file without waiting for a tick.
  const chunks: Uint8Array[] = [];
  for (let chunk: unknown = document.read(); chunk instanceof Uint8Array; chunk = document.read()) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function setTone(pen: Pen, tone: Tone): void {
  if (pen.tone === tone) return;
  pen.tone = tone;
  pen.document.addContent(tone === 'black' ? '0 g' : '1 g');
}

function rectangle(x: number, y: number, w: number, h: number): string {
  return `${points(x)} ${points(y)} ${points(w)} ${points(h)} re`;
}

function drawPrimitive(pen: Pen, sheet: Sheet, primitive: Primitive): void {
  if (primitive.kind === 'text') {
    drawText(pen, primitive);
    return;
  }
  setTone(pen, 'black');
  const path: string[] = [];
  if (primitive.kind === 'rect') {
    const { x, y, w, h } = primitive.box;
    path.push(rectangle(x, y, w, h));
  } else if (primitive.kind === 'code128') {
    const moduleMm = primitive.moduleDots / sheet.dotsPerMm;
    let x = primitive.barsX;
    primitive.widths.forEach((width, index) => {
      if (index % 2 === 0) path.push(rectangle(x, primitive.box.y, width * moduleMm, primitive.box.h));
      x += width * moduleMm;
    });
  } else {
    const moduleMm = primitive.moduleDots / sheet.dotsPerMm;
    for (const { row, from, to } of darkRuns(primitive.side, primitive.modules)) {
      path.push(
        rectangle(
          primitive.x + from * moduleMm,
          primitive.y + row * moduleMm,
          (to - from) * moduleMm,
          moduleMm,
        ),
      );
    }
  }
  path.push('f');
  pen.document.addContent(path.join('\n'));
}

/** Neighbouring dark modules of a row as one run. */
export function darkRuns(
  side: number,
  modules: readonly number[],
): readonly { readonly row: number; readonly from: number; readonly to: number }[] {
  const runs: { row: number; from: number; to: number }[] = [];
  for (let row = 0; row < side; row++) {
    for (let from = 0; from < side; from++) {
      if (modules[row * side + from] !== 1) continue;
      let to = from + 1;
      while (to < side && modules[row * side + to] === 1) to += 1;
      runs.push({ row, from, to });
      from = to;
    }
  }
  return runs;
}

function drawText(pen: Pen, text: Extract<Primitive, { kind: 'text' }>): void {
  setTone(pen, text.tone);
  for (const run of text.runs) {
    pen.document.font(fontKey(pen, run.script, text.weight), text.sizePt);
    pen.document.text(run.text, points(run.xMm), points(text.baselineMm), {
      lineBreak: false,
      baseline: 'alphabetic',
    });
  }
}

function fontKey(pen: Pen, script: Script, weight: Weight): string {
  if (script === 'latin') return latinFontName(weight);
  const key = `han-${weight}`;
  if (!pen.registered.has(key)) {
    pen.registered.add(key);
    // The types name files and bytes only; an opened font is accepted too (PDFFontFactory.open looks for `layout`).
    pen.document.registerFont(key, embeddable(hanFont(weight)) as unknown as Uint8Array<ArrayBuffer>);
  }
  return key;
}
