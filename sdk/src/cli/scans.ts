import type { PostroadClient } from '../client.ts';
import type { components } from '../openapi.gen.ts';
import { captureDocument } from './epcis.ts';
import { EXIT, MisuseError } from './exit.ts';
import { clean, type Output, startProgress } from './output.ts';

type Receipts = components['schemas']['ScanReceipts'];

/** Lines of one request: the server takes 10,000 of them. */
const LINES = 5_000;

export type ScanFile =
  | {
      readonly kind: 'lines';
      readonly type: 'application/x-ndjson' | 'text/csv';
      readonly parts: readonly Part[];
    }
  | { readonly kind: 'payload'; readonly format: string; readonly type: string }
  | { readonly kind: 'epcis' };
/** `from`: the line of the file that its receipts count from. */
type Part = { readonly text: string; readonly from: number; readonly lines: number };

/**
 * What a file of scans is, by its contents: an EPCIS 2.0 document, a UN/EDIFACT interchange, CSV with a header, or one
 * scan in JSON a line. With `carrier` it is that carrier's own payload.
 */
export function readScanFile(text: string, carrier: string | undefined): ScanFile {
  const start = text.trimStart().slice(0, 4);
  if (carrier !== undefined)
    return {
      kind: 'payload',
      format: carrier,
      type: start.startsWith('<') ? 'application/xml' : 'application/json',
    };
  if (/^UN[AB]/.test(start)) return { kind: 'payload', format: 'edifact', type: 'application/edifact' };
  if (!start.startsWith('{')) return { kind: 'lines', type: 'text/csv', parts: csvParts(text) };
  if (isEpcis(text)) return { kind: 'epcis' };
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return {
    kind: 'lines',
    type: 'application/x-ndjson',
    parts: chunked(lines).map((chunk, index) => ({
      text: `${chunk.join('\n')}\n`,
      from: 1 + index * LINES,
      lines: chunk.length,
    })),
  };
}

function isEpcis(text: string): boolean {
  try {
    const document: unknown = JSON.parse(text);
    return typeof document === 'object' && document !== null && 'epcisBody' in document;
  } catch {
    return false;
  }
}

/** A cell in quotes may hold a line break, so such a file is cut by nobody. */
function csvParts(text: string): Part[] {
  const [header = '', ...rows] = text.split(/\r?\n/);
  const filled = rows.filter((row) => row.trim() !== '');
  if (filled.length <= LINES || text.includes('"')) return [{ text, from: 2, lines: filled.length }];
  return chunked(filled).map((chunk, index) => ({
    text: [header, ...chunk, ''].join('\n'),
    from: 2 + index * LINES,
    lines: chunk.length,
  }));
}

function chunked(lines: readonly string[]): string[][] {
  const parts = Math.ceil(lines.length / LINES);
  return Array.from({ length: parts }, (_, part) => lines.slice(part * LINES, (part + 1) * LINES));
}

/** Sends a file of scans and tells what became of it. Answers 1 when a line was refused. */
export async function importScans(
  client: PostroadClient,
  output: Output,
  text: string,
  carrier: string | undefined,
): Promise<number> {
  if (text.trim() === '') throw new MisuseError('the file is empty');
  const file = readScanFile(text, carrier);
  if (file.kind === 'epcis') return captureDocument(client, output, text, 'proceed');
  const raw = (type: string) => ({
    bodySerializer: (body: unknown) => body as string,
    headers: { 'content-type': type },
  });
  if (file.kind === 'payload') {
    const receipts = await client.post('/v1/scans/payloads/{format}', {
      params: { path: { format: file.format } },
      body: text as never,
      ...raw(file.type),
    });
    for (const { name, message, pointer } of receipts.errors)
      output.note(`${clean(`${pointer ?? ''} ${name}: ${message}`.trim())}\n`);
    return tellAll(output, [{ receipts, from: 0 }], receipts.errors.length);
  }
  const progress = startProgress(
    output,
    file.parts.reduce((sum, { lines }) => sum + lines, 0),
    'lines',
  );
  const answered: Answered[] = [];
  for (const part of file.parts) {
    const receipts = await client.post('/v1/scans', { body: part.text as never, ...raw(file.type) });
    answered.push({ receipts, from: part.from });
    progress.advance(part.lines);
  }
  progress.end();
  return tellAll(output, answered, 0);
}

type Answered = {
  readonly receipts: Pick<Receipts, 'accepted' | 'duplicates' | 'refused' | 'data'>;
  readonly from: number;
};

function tellAll(output: Output, answered: readonly Answered[], errors: number): number {
  const sum = (of: 'accepted' | 'duplicates' | 'refused') =>
    answered.reduce((total, { receipts }) => total + receipts[of], 0);
  for (const { receipts, from } of answered)
    for (const { index, result, code, message } of receipts.data)
      if (result === 'refused') output.note(`${clean(`${from + index}: ${code ?? ''} ${message ?? ''}`)}\n`);
  const totals = { accepted: sum('accepted'), duplicates: sum('duplicates'), refused: sum('refused') };
  output.write(
    output.json
      ? `${JSON.stringify(totals)}\n`
      : `${totals.accepted} accepted, ${totals.duplicates} known, ${totals.refused} refused\n`,
  );
  return totals.refused + errors === 0 ? EXIT.ok : EXIT.refused;
}
