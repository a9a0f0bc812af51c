import { CsvError, readCsv } from '../../platform/csv/index.ts';
import { type IntakeFacts, type RefusedLine, readScanLine, refuse, type ScanLine } from './intake-line.ts';

/** Columns of a file of scans, in the names of the wire; those of the place stand flat beside them. */
const PLACE_COLUMNS: ReadonlySet<string> = new Set(['country', 'city', 'postcode', 'facility']);
export const SCAN_COLUMNS: ReadonlySet<string> = new Set([
  'number',
  'carrier',
  'code',
  'milestone',
  'occurred_at',
  'local_time',
  'zone',
  'text',
  'operator',
  'proof',
  'weight_grams',
  ...PLACE_COLUMNS,
]);

type LineReader = (facts: IntakeFacts) => ScanLine | RefusedLine;
export type ScanFile =
  | { readonly ok: true; readonly lines: LineReader[] }
  | {
      readonly ok: false;
      readonly code: 'scan_file_unreadable' | 'scan_batch_too_large';
      readonly detail: string;
    };

/**
 * Readers of the rows of a CSV file. The index of a row is its number below the header, from 0. Empty cells are left
 * out; a row that is wrong refuses only itself, a header that is wrong the file.
 */
export function readScanFile(bytes: Uint8Array, maxRows: number): ScanFile {
  const unreadable = (detail: string) => ({ ok: false, code: 'scan_file_unreadable', detail }) as const;
  let rows: ReturnType<typeof readCsv>;
  try {
    rows = readCsv(new TextDecoder('utf-8', { fatal: true }).decode(bytes), maxRows + 1);
  } catch (error) {
    if (error instanceof CsvError && error.message === 'too_many_rows')
      return { ok: false, code: 'scan_batch_too_large', detail: '' };
    if (error instanceof CsvError)
      return unreadable(`Line ${error.line}: ${error.message.replaceAll('_', ' ')}.`);
    if (error instanceof TypeError) return unreadable('The file is not UTF-8.');
    throw error;
  }
  const header = (rows[0]?.cells ?? []).map((name) => name.trim());
  const unknown = header.findIndex((name) => !SCAN_COLUMNS.has(name));
  if (!header.includes('number')) return unreadable('The header has no column number.');
  if (unknown >= 0) return unreadable(`Column ${unknown + 1} of the header is none of the documented ones.`);
  if (new Set(header).size < header.length) return unreadable('A column stands twice in the header.');
  const lines = rows.slice(1).map(({ cells }, index): LineReader => {
    if (cells.length > header.length)
      return () => refuse(index, 'malformed_line', 'The row has more cells than the header.');
    return (facts) => readScanLine(index, wireOf(header, cells), facts);
  });
  return { ok: true, lines };
}

function wireOf(header: readonly string[], cells: readonly string[]): Record<string, unknown> {
  const scan: Record<string, unknown> = {};
  const place: Record<string, string> = {};
  for (const [index, name] of header.entries()) {
    const value = (cells[index] ?? '').trim();
    if (value === '') continue;
    if (PLACE_COLUMNS.has(name)) place[name] = value;
    // Another text than digits is refused as the text that it is.
    else if (name === 'weight_grams' && /^\d{1,9}$/.test(value)) scan[name] = Number(value);
    else scan[name] = value;
  }
  return Object.keys(place).length === 0 ? scan : { ...scan, place };
}
