import { PostroadProblem } from './problem.ts';

/** Lines of one request: the server takes 10,000 of them (source: its contract). */
const LINES = 5_000;

/** A piece of a file of lines that is sent by itself. `from`: how many scans come before it. */
export type FilePart = {
  readonly text: string;
  readonly from: number;
  readonly header: readonly FileLine[];
  readonly lines: readonly FileLine[];
};

/**
 * Bytes of a file as text: UTF-8, or UTF-16 where a byte order mark says so, as spreadsheets save it; without the mark.
 * Undefined when it is neither: read as if it were, letters would be lost without a word.
 */
export function textOfFile(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A row or line as it stands in a file. `line`: where it begins, counted from 1. */
export type FileLine = { readonly text: string; readonly line: number };

/** A file of any length in pieces that the server takes; those of a table begin with its header. Empty lines are none. */
export function partsOfLines(text: string, format: 'csv' | 'ndjson'): readonly FilePart[] {
  const { header, lines } = scanLines(text, format);
  const count = Math.max(1, Math.ceil(lines.length / LINES));
  return Array.from({ length: count }, (_, part) => {
    const from = part * LINES;
    const chosen = lines.slice(from, from + LINES);
    return {
      text: [...header, ...chosen].map((row) => `${row.text}\n`).join(''),
      from,
      header,
      lines: chosen,
    };
  });
}

/**
 * An error of sending a part, as one of the whole file: the server's sentence begins with the line of the part that it
 * cannot read, and no part begins where the file does. Every other error stays as it is.
 */
export function errorInFile(error: unknown, { header, lines }: FilePart): unknown {
  const named = error instanceof PostroadProblem ? /^Line (\d+)(?=:)/.exec(error.detail) : null;
  if (named === null) return error;
  let rest = Number(named[1]);
  for (const row of [...header, ...lines]) {
    const height = row.text.split('\n').length;
    if (rest <= height) {
      const problem = error as PostroadProblem;
      const detail = problem.detail.replace(named[0], `Line ${row.line + rest - 1}`);
      return new PostroadProblem({ ...problem, detail });
    }
    rest -= height;
  }
  return error;
}

/** The scans of a file, and apart from them what names its columns. Empty lines are neither. */
export function scanLines(
  text: string,
  format: 'csv' | 'ndjson',
): { readonly header: readonly FileLine[]; readonly lines: readonly FileLine[] } {
  if (format === 'ndjson') return { header: [], lines: rowsOf(text, () => false) };
  const rows = rowsOf(text, (line) => (line.match(/"/g)?.length ?? 0) % 2 === 1);
  return { header: rows.slice(0, 1), lines: rows.slice(1) };
}

/** `turns`: whether a line leaves a row open that was closed, or the other way round, as a quote does. */
function rowsOf(text: string, turns: (line: string) => boolean): FileLine[] {
  const rows: FileLine[] = [];
  let lines: string[] = [];
  let isOpen = false;
  const end = (next: number) => {
    const row = lines.join('\n').replace(/\r$/, '');
    if (row.trim() !== '') rows.push({ text: row, line: next - lines.length });
    lines = [];
  };
  const all = text.split('\n');
  for (const [index, line] of all.entries()) {
    lines.push(line);
    if (turns(line)) isOpen = !isOpen;
    if (!isOpen) end(index + 2);
  }
  end(all.length + 1);
  return rows;
}
