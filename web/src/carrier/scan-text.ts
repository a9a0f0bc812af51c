/** A table, lines of JSON, a document of GS1 EPCIS, or the code of a format that payloads are read by. */
export type ScanFormat = 'csv' | 'ndjson' | 'epcis' | `payload:${string}`;

/** What somebody pasted, by how it begins. `payloads`: the formats that the server reads. */
export function formatOf(text: string): ScanFormat {
  const start = text.trimStart();
  if (/^UN[AB]/.test(start)) return 'payload:edifact';
  if (!start.startsWith('{')) return 'csv';
  return /"type"\s*:\s*"EPCIS(?:Query)?Document"/.test(start.slice(0, 4_000)) ? 'epcis' : 'ndjson';
}

/**
 * The line of the text, counted from 1, that the server calls by an index from 0: a CSV file begins with a header. For
 * a CSV cell that holds a line break the number is that of the row. Of a payload it is the number of the scan.
 */
export function lineOfIndex(text: string, format: ScanFormat, index: number): number {
  if (format === 'csv') return index + 2;
  return format === 'ndjson' ? (filledLines(text)[index] ?? index + 1) : index + 1;
}

/** Empty lines are no scans. */
function filledLines(text: string): readonly number[] {
  return text.split('\n').flatMap((line, at) => (line.trim() === '' ? [] : [at + 1]));
}

/** The lines of some indices as a file of the same format, to be mended and sent again; of CSV with its header. */
export function linesOf(text: string, format: 'csv' | 'ndjson', indices: readonly number[]): string {
  const rows = format === 'csv' ? csvRows(text) : text.split('\n').filter((line) => line.trim() !== '');
  const header = format === 'csv' ? 1 : 0;
  const chosen = indices.map((index) => rows[index + header] ?? '');
  return [...rows.slice(0, header), ...chosen].map((row) => `${row.replace(/\r$/, '')}\n`).join('');
}

/** Rows as they stand in the text; a line break inside quotes does not end one, and an empty line is none. */
function csvRows(text: string): string[] {
  const rows: string[] = [];
  let row = '';
  for (const line of text.split('\n')) {
    row = row === '' ? line : `${row}\n${line}`;
    if ((row.match(/"/g)?.length ?? 0) % 2 === 1) continue;
    if (row.trim() !== '') rows.push(row);
    row = '';
  }
  if (row !== '') rows.push(row);
  return rows;
}
