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

/**
 * Rows of RFC 4180 text; lines may end in CRLF, LF or CR, and a byte order mark is skipped. The delimiter is the one
 * of comma, semicolon and tab that the first line has most of. Empty lines are left out. Throws CsvError for a quote
 * that never ends, text behind a closing quote, and more than `maxRows` rows.
 */
export function readCsv(text: string, maxRows: number): CsvRow[] {
  const source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const delimiter = delimiterOf(source);
  const rows: CsvRow[] = [];
  let at = 0;
  let line = 1;
  while (at < source.length) {
    const begin = line;
    const cells: string[] = [];
    for (;;) {
      const cell = readCell(source, at, delimiter, line);
      cells.push(cell.text);
      at = cell.end;
      line = cell.line;
      if (source[at] !== delimiter) break;
      at += 1;
    }
    if (source[at] === '\r' && source[at + 1] === '\n') at += 2;
    else if (at < source.length) at += 1;
    line += 1;
    if (cells.length === 1 && cells[0]?.trim() === '') continue;
    if (rows.length === maxRows) throw new CsvError(begin, 'too_many_rows');
    rows.push({ line: begin, cells });
  }
  return rows;
}

type Cell = { readonly text: string; readonly end: number; readonly line: number };

function readCell(source: string, from: number, delimiter: string, line: number): Cell {
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
