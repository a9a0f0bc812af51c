import { type components, errorInFile, type FilePart, partsOfLines } from '@postroad/sdk';
import { api } from '../ground/api.ts';
import type { ScanFormat } from './scan-text.ts';

type Receipts = components['schemas']['ScanReceipts'] & Partial<components['schemas']['PayloadReceipts']>;

/** What somebody chose or pasted. `bytes`: the file as it is, as long as nobody has changed its text. */
export type Given = {
  readonly text: string;
  readonly format: ScanFormat;
  readonly bytes: Uint8Array<ArrayBuffer> | undefined;
};

/** What became of it. `failed`: lines from there on were not taken; those before it were. */
export type Answer = Pick<Given, 'text' | 'format'> & {
  readonly receipts?: Receipts;
  readonly captureId?: string;
  readonly failed?: { readonly from: number; readonly error: unknown };
};

const asIs = (type: string) => ({
  bodySerializer: (body: unknown) => body as string | Uint8Array<ArrayBuffer>,
  headers: { 'content-type': type },
});

/** Sends it in as many requests as it takes. `told`: how many lines are through, of how many. */
export async function sendScans(
  { text, format, bytes }: Given,
  told: (done: number, all: number) => void,
): Promise<Answer> {
  if (format === 'epcis') {
    const job = await api.post('/epcis/capture', { body: text as never, ...asIs('application/ld+json') });
    return { text, format, captureId: String(job.captureID) };
  }
  if (format === 'csv' || format === 'ndjson') return sendLines(text, format, told);
  const receipts = await api.post('/v1/scans/payloads/{format}', {
    params: { path: { format: format.slice('payload:'.length) } },
    // The server reads the encoding that the file is in.
    body: (bytes ?? text) as never,
    ...asIs(typeOf(text)),
  });
  return { text, format, receipts };
}

async function sendLines(
  text: string,
  format: 'csv' | 'ndjson',
  told: (done: number, all: number) => void,
): Promise<Answer> {
  const parts = partsOfLines(text, format);
  const all = parts.reduce((sum, { lines }) => sum + lines.length, 0);
  let receipts: Receipts | undefined;
  for (const part of parts) {
    told(part.from, all);
    try {
      receipts = joined(receipts, part, await sendPart(part, format));
    } catch (thrown) {
      const error = errorInFile(thrown, part);
      if (receipts === undefined) throw error;
      return { text, format, receipts, failed: { from: part.from, error } };
    }
  }
  return { text, format, ...(receipts === undefined ? {} : { receipts }) };
}

function sendPart({ text }: FilePart, format: 'csv' | 'ndjson'): Promise<Receipts> {
  const type = format === 'csv' ? 'text/csv' : 'application/x-ndjson';
  return api.post('/v1/scans', { body: text as never, ...asIs(type) });
}

/** Receipts of a part count from its own first line. */
function joined(before: Receipts | undefined, { from }: FilePart, next: Receipts): Receipts {
  return {
    accepted: (before?.accepted ?? 0) + next.accepted,
    duplicates: (before?.duplicates ?? 0) + next.duplicates,
    refused: (before?.refused ?? 0) + next.refused,
    data: [...(before?.data ?? []), ...next.data.map((one) => ({ ...one, index: one.index + from }))],
  };
}

/** What a payload is, by its first character. */
function typeOf(text: string): string {
  const first = text.trimStart()[0];
  if (first === '{' || first === '[') return 'application/json';
  return first === '<' ? 'application/xml' : 'application/edifact';
}
