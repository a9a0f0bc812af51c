import { scanLines } from '@postroad/sdk';

/** A table, lines of JSON, a document of GS1 EPCIS, or the code of a format that payloads are read by. */
export type ScanFormat = 'csv' | 'ndjson' | 'epcis' | `payload:${string}`;

/** What somebody pasted, by how it begins. Undefined: whose answer XML is does not stand at its beginning. */
export function formatOf(text: string): ScanFormat | undefined {
  const start = text.trimStart();
  if (/^UN[AB]/.test(start)) return 'payload:edifact';
  if (start.startsWith('<')) return undefined;
  if (asLines(text) !== text) return 'ndjson';
  if (!start.startsWith('{')) return 'csv';
  return /"type"\s*:\s*"EPCIS(?:Query)?Document"/.test(start.slice(0, 4_000)) ? 'epcis' : 'ndjson';
}

/**
 * A batch as the API takes it in JSON, `{ "scans": [...] }` or the list alone, as one scan a line; everything else as it
 * is.
 */
export function asLines(text: string): string {
  if (!/^\s*(?:\[|\{\s*"scans")/.test(text)) return text;
  try {
    const given = JSON.parse(text) as { scans?: unknown };
    const scans: unknown = Array.isArray(given) ? given : given.scans;
    return Array.isArray(scans) ? scans.map((scan) => `${JSON.stringify(scan)}\n`).join('') : text;
  } catch {
    return text;
  }
}

/**
 * Says in which line of the text, counted from 1, that begins which the server calls by an index from 0. Of a payload it is
 * the number of the scan.
 */
export function linesByIndex(text: string, format: ScanFormat): (index: number) => number {
  if (format !== 'csv' && format !== 'ndjson') return (index) => index + 1;
  const { lines } = scanLines(text, format);
  return (index) => lines[index]?.line ?? index + 1;
}

/** The lines of some indices as a file of the same format, to be mended and sent again; of CSV with its header. */
export function linesOf(text: string, format: 'csv' | 'ndjson', indices: readonly number[]): string {
  const { header, lines } = scanLines(text, format);
  return [...header, ...indices.flatMap((index) => lines[index] ?? [])]
    .map((row) => `${row.text}\n`)
    .join('');
}
