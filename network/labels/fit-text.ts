import { type Cell, cellsOf, type Weight } from './typeface.ts';

export const MM_PER_POINT = 25.4 / 72;
/** Height of a line in em: room for Chinese glyphs and for Latin descenders without touching the next line. */
export const LINE_EM = 1.18;

export type FitRule = {
  readonly weight: Weight;
  readonly maxPt: number;
  /** Below this a text is wrapped and then cut with an ellipsis instead of shrunk. */
  readonly minPt: number;
  readonly maxLines: number;
  /** One line is preferred down to this size; below it the text may wrap. Without it the largest type wins. */
  readonly wrapBelowPt?: number;
};

export type FittedText = { readonly sizePt: number; readonly lines: readonly (readonly Cell[])[] };

const ELLIPSIS = '…';
const STEP = 0.94;

/**
 * The largest size at which the text stands in the box by breaking at spaces, after some punctuation and between
 * Chinese characters; at the smallest size also inside words, and cut with an ellipsis when even that is too long.
 * `undefined` when the box cannot hold one character at the smallest size, or the text is empty.
 */
export function fitText(
  text: string,
  widthMm: number,
  heightMm: number,
  rule: FitRule,
): FittedText | undefined {
  const cells = cellsOf(text, rule.weight);
  if (cells.length === 0) return undefined;
  const tallest = heightMm / LINE_EM / MM_PER_POINT;
  const minPt = Math.min(rule.minPt, rule.maxPt);
  if (tallest < minPt) return undefined;
  if (rule.wrapBelowPt !== undefined) {
    const sizePt = Math.min(rule.maxPt, tallest, widthMm / (widthEm(cells) * MM_PER_POINT));
    if (sizePt >= rule.wrapBelowPt) return { sizePt, lines: [cells] };
  }
  const linesAt = (sizePt: number): number =>
    Math.min(rule.maxLines, Math.floor(heightMm / (sizePt * LINE_EM * MM_PER_POINT) + 1e-9));
  for (let sizePt = Math.min(rule.maxPt, tallest); sizePt > minPt; sizePt *= STEP) {
    const lines = wrap(cells, widthMm / (sizePt * MM_PER_POINT), linesAt(sizePt), false);
    if (lines !== undefined) return { sizePt, lines };
  }
  const emWide = widthMm / (minPt * MM_PER_POINT);
  const count = linesAt(minPt);
  const lines =
    wrap(cells, emWide, count, false) ??
    wrap(cells, emWide, count, true) ??
    cut(cells, emWide, count, rule.weight);
  return lines === undefined ? undefined : { sizePt: minPt, lines };
}

/** May a line end after this cell? */
function breaksAfter(cell: Cell, next: Cell | undefined): boolean {
  if (cell.text === ' ') return true;
  if (cell.script === 'han' && cell.em >= 0.9)
    return next === undefined || !/^[，。、；：！？）」』】》,.)]$/.test(next.text);
  if (next !== undefined && next.script === 'han' && next.em >= 0.9)
    return !/^[，。、；：！？）」』】》]$/.test(next.text);
  return cell.text === '-' || cell.text === '/' || cell.text === ',' || cell.text === ';';
}

/** Lines no wider than `emWide`, or undefined when they would be more than `count`. `hard`: also inside words. */
function wrap(
  cells: readonly Cell[],
  emWide: number,
  count: number,
  hard: boolean,
): readonly (readonly Cell[])[] | undefined {
  const lines: (readonly Cell[])[] = [];
  let start = 0;
  while (start < cells.length) {
    if (lines.length === count) return undefined;
    const end = lineEnd(cells, start, emWide, hard);
    if (end === undefined) return undefined;
    lines.push(trimmed(cells, start, end));
    start = end;
  }
  return lines;
}

function lineEnd(cells: readonly Cell[], start: number, emWide: number, hard: boolean): number | undefined {
  let used = 0;
  let breakAt: number | undefined;
  for (let index = start; index < cells.length; index++) {
    const cell = cells[index];
    if (cell === undefined) break;
    // A space at the end of a line hangs outside.
    if (used + cell.em > emWide + 1e-9 && cell.text !== ' ') {
      return breakAt ?? (hard && index > start ? index : undefined);
    }
    used += cell.em;
    if (breaksAfter(cell, cells[index + 1])) breakAt = index + 1;
  }
  return cells.length;
}

function trimmed(cells: readonly Cell[], start: number, end: number): readonly Cell[] {
  let last = end;
  while (last > start && cells[last - 1]?.text === ' ') last -= 1;
  return cells.slice(start, last);
}

function cut(
  cells: readonly Cell[],
  emWide: number,
  count: number,
  weight: Weight,
): readonly (readonly Cell[])[] | undefined {
  const [dots] = cellsOf(ELLIPSIS, weight);
  if (dots === undefined || dots.em > emWide) return undefined;
  const lines: (readonly Cell[])[] = [];
  let start = 0;
  while (lines.length < count - 1) {
    const end = lineEnd(cells, start, emWide, true);
    if (end === undefined) return undefined;
    lines.push(trimmed(cells, start, end));
    start = end;
  }
  let end = start;
  for (let used = dots.em; end < cells.length; end++) {
    used += cells[end]?.em ?? 0;
    if (used > emWide) break;
  }
  lines.push([...trimmed(cells, start, end), dots]);
  return lines;
}

export function widthEm(cells: readonly Cell[]): number {
  let sum = 0;
  for (const cell of cells) sum += cell.em;
  return sum;
}
