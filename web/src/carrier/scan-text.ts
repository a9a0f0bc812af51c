export type ScanFormat = 'csv' | 'ndjson';

/** What somebody pasted, by its first character. */
export function formatOf(text: string): ScanFormat {
  return text.trimStart().startsWith('{') ? 'ndjson' : 'csv';
}

/**
 * The line of the text, counted from 1, that the server calls by an index from 0: a CSV file begins with a header. For
 * a CSV cell that holds a line break the number is that of the row.
 */
export function lineOfIndex(text: string, format: ScanFormat, index: number): number {
  return format === 'csv' ? index + 2 : (filledLines(text)[index] ?? index + 1);
}

/** Empty lines are no scans. */
function filledLines(text: string): readonly number[] {
  return text.split('\n').flatMap((line, at) => (line.trim() === '' ? [] : [at + 1]));
}
