/** A row with the line of the file that it begins on (the first line is 1). */
export type CsvRow = { readonly line: number; readonly cells: readonly string[] };

/** What is wrong with a text that is no table. */
export class CsvError extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.name = 'CsvError';
    this.line = line;
  }
}

const DELIMITERS = [',', ';', '\t'] as const;

/** A table that comes in pieces of text, cut anywhere. Both throw as `readCsv`. */
export type CsvReader = {
  /** The rows that are complete by now and were not answered before. */
  push(text: string): CsvRow[];
  /** The rows that nothing follows any more. */
  end(): CsvRow[];
};

/**
 * Rows of RFC 4180 text; lines may end in CRLF, LF or CR, and a byte order mark is skipped. The delimiter is the one
 * of comma, semicolon and tab that the first line has most of. Empty lines are left out. Throws CsvError for a quote
 * that never ends, text behind a closing quote, and more than `maxRows` rows.
 */
export function readCsv(text: string, maxRows: number): CsvRow[] {
  const reader = openCsv(maxRows);
  return [...reader.push(text), ...reader.end()];
}

/** `maxRowLength`: a row of more characters is refused (`row_too_long`), so that what waits for its end stays small. */
export function openCsv(maxRows: number, maxRowLength = Number.POSITIVE_INFINITY): CsvReader {
  let source = '';
  let line = 1;
  let found = 0;
  let delimiter: string | undefined;
  let isBegun = false;

  /** The row at a place; undefined: what follows may still be a part of it. */
  function rowAt(at: number, isLast: boolean): (Omit<Cell, 'text'> & { cells: string[] }) | undefined {
    const cells: string[] = [];
    let place = { end: at, line };
    for (;;) {
      const cell = readCell(source, place.end, delimiter ?? ',', place.line, isLast);
      if (cell === undefined) return undefined;
      cells.push(cell.text);
      place = cell;
      if (source[cell.end] !== delimiter) break;
      place.end += 1;
    }
    // Behind a CR may come the LF that belongs to it.
    if (!isLast && place.end >= source.length - (source[place.end] === '\r' ? 1 : 0)) return undefined;
    if (source[place.end] === '\r' && source[place.end + 1] === '\n') place.end += 2;
    else if (place.end < source.length) place.end += 1;
    return { cells, end: place.end, line: place.line + 1 };
  }

  function read(text: string, isLast: boolean): CsvRow[] {
    source += text;
    if (!isBegun && source !== '') {
      isBegun = true;
      if (source.charCodeAt(0) === 0xfeff) source = source.slice(1);
    }
    if (delimiter === undefined && (isLast || /[\r\n]/.test(source))) delimiter = delimiterOf(source);
    const rows: CsvRow[] = [];
    let at = 0;
    while (delimiter !== undefined && at < source.length) {
      const row = rowAt(at, isLast);
      if ((row?.end ?? source.length) - at > maxRowLength) throw new CsvError(line, 'row_too_long');
      if (row === undefined) break;
      const { cells } = row;
      const begin = line;
      ({ end: at, line } = row);
      if (cells.length === 1 && cells[0]?.trim() === '') continue;
      if (found === maxRows) throw new CsvError(begin, 'too_many_rows');
      found += 1;
      rows.push({ line: begin, cells });
    }
    source = source.slice(at);
    if (source.length > maxRowLength) throw new CsvError(line, 'row_too_long');
    return rows;
  }
  return { push: (text) => read(text, false), end: () => read('', true) };
}

type Cell = { readonly text: string; end: number; readonly line: number };

/** Undefined: the text ends in the middle of quotes, and more of it may come. */
function readCell(
  source: string,
  from: number,
  delimiter: string,
  line: number,
  isLast: boolean,
): Cell | undefined {
  if (source[from] !== '"') {
    let end = from;
    while (end < source.length && source[end] !== delimiter && source[end] !== '\n' && source[end] !== '\r')
      end += 1;
    return { text: source.slice(from, end), end, line };
  }
  let text = '';
  let at = from + 1;
  let lines = line;
  for (;;) {
    const quote = source.indexOf('"', at);
    // A quote at the end may be the first of two.
    if (!isLast && (quote < 0 || quote === source.length - 1)) return undefined;
    if (quote < 0) throw new CsvError(line, 'unclosed_quote');
    const piece = source.slice(at, quote);
    text += piece;
    lines += piece.split('\n').length - 1;
    at = quote + 1;
    if (source[at] !== '"') break;
    text += '"';
    at += 1;
  }
  const next = source[at];
  if (next !== undefined && next !== delimiter && next !== '\n' && next !== '\r')
    throw new CsvError(lines, 'text_after_quote');
  return { text, end: at, line: lines };
}

function delimiterOf(source: string): string {
  const head = source.slice(0, source.search(/[\r\n]|$/));
  const counts = DELIMITERS.map((candidate) => head.split(candidate).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}
