import type { PostroadClient } from '../client.ts';
import type { components } from '../openapi.gen.ts';
import { errorInFile, type FilePart, partsOfLines, textOfFile } from '../scan-file.ts';
import { captureDocument } from './epcis.ts';
import { EXIT, MisuseError } from './exit.ts';
import { clean, type Output, startProgress } from './output.ts';

type Receipts = components['schemas']['ScanReceipts'];

export type ScanFile =
  | {
      readonly kind: 'lines';
      readonly type: 'application/x-ndjson' | 'text/csv';
      readonly parts: readonly FilePart[];
    }
  | { readonly kind: 'payload'; readonly format: string; readonly type: string }
  | { readonly kind: 'epcis' };

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
  if (!start.startsWith('{')) return { kind: 'lines', type: 'text/csv', parts: partsOfLines(text, 'csv') };
  if (isEpcis(text)) return { kind: 'epcis' };
  return { kind: 'lines', type: 'application/x-ndjson', parts: partsOfLines(text, 'ndjson') };
}

function isEpcis(text: string): boolean {
  try {
    const document: unknown = JSON.parse(text);
    return typeof document === 'object' && document !== null && 'epcisBody' in document;
  } catch {
    return false;
  }
}

/** Sends a file of scans and tells what became of it. Answers 1 when a line was refused. */
export async function importScans(
  client: PostroadClient,
  output: Output,
  bytes: Uint8Array,
  carrier: string | undefined,
): Promise<number> {
  const readable = textOfFile(bytes);
  // Of what is in another encoding the letters of ASCII say what it is; the server reads the bytes.
  const text = readable ?? new TextDecoder('latin1').decode(bytes);
  if (text.trim() === '') throw new MisuseError('the file is empty');
  const file = readScanFile(text, carrier);
  if (file.kind !== 'payload' && readable === undefined)
    throw new MisuseError('the file is neither UTF-8 nor UTF-16 with a byte order mark: save it as UTF-8');
  if (file.kind === 'epcis') return captureDocument(client, output, text, 'proceed');
  const raw = (type: string) => ({
    bodySerializer: (body: unknown) => body as string | Uint8Array<ArrayBuffer>,
    headers: { 'content-type': type },
  });
  if (file.kind === 'payload') {
    const receipts = await client.post('/v1/scans/payloads/{format}', {
      params: { path: { format: file.format } },
      body: bytes as never,
      ...raw(file.type),
    });
    for (const { name, message, pointer } of receipts.errors)
      output.note(`${clean(`${pointer ?? ''} ${name}: ${message}`.trim())}\n`);
    return tellAll(output, [{ receipts, lineOf: (index) => index }], receipts.errors.length);
  }
  const progress = startProgress(
    output,
    file.parts.reduce((sum, { lines }) => sum + lines.length, 0),
    'lines',
  );
  const answered: Answered[] = [];
  try {
    for (const part of file.parts) {
      const receipts = await client.post('/v1/scans', { body: part.text as never, ...raw(file.type) });
      answered.push({ receipts, lineOf: (index) => part.lines[index]?.line ?? index });
      progress.advance(part.lines.length);
    }
  } catch (error) {
    progress.end();
    const missing = file.parts[answered.length];
    if (missing === undefined) throw error;
    if (answered.length > 0) {
      tellAll(output, answered, 0);
      output.note(`not sent: line ${missing.lines[0]?.line} and what follows. Import the file again.\n`);
    }
    throw errorInFile(error, missing);
  }
  progress.end();
  return tellAll(output, answered, 0);
}

type Answered = {
  readonly receipts: Pick<Receipts, 'accepted' | 'duplicates' | 'refused' | 'data'>;
  /** Where that begins in the file which the receipts call by an index; of a payload the number of the scan. */
  readonly lineOf: (index: number) => number;
};

function tellAll(output: Output, answered: readonly Answered[], errors: number): number {
  const sum = (of: 'accepted' | 'duplicates' | 'refused') =>
    answered.reduce((total, { receipts }) => total + receipts[of], 0);
  for (const { receipts, lineOf } of answered)
    for (const { index, result, code, message } of receipts.data)
      if (result === 'refused') output.note(`${clean(`${lineOf(index)}: ${code ?? ''} ${message ?? ''}`)}\n`);
  const totals = { accepted: sum('accepted'), duplicates: sum('duplicates'), refused: sum('refused') };
  output.write(
    output.json
      ? `${JSON.stringify(totals)}\n`
      : `${totals.accepted} accepted, ${totals.duplicates} known, ${totals.refused} refused\n`,
  );
  return totals.refused + errors === 0 ? EXIT.ok : EXIT.refused;
}
