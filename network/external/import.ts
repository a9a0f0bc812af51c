import { CsvError, readCsv } from '../../platform/csv/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { accepted, type OrganisationId, type Outcome, type Rejection, refused } from '../kernel/index.ts';
import { declarationSchema } from './contract.ts';
import { declareShipment } from './handle.ts';
import type { ExternalErrorCode, ExternalShipmentId } from './model.ts';

/** Rows of one file, as of a file of orders. Our default. */
const MAX_ROWS = 5_000;

const FIELD_OF: Readonly<Record<string, string>> = {
  order_reference: 'orderReference',
  carrier_code: 'carrierCode',
  number: 'number',
  send_type: 'sendType',
  service_name: 'serviceName',
  shipped_at: 'shippedAt',
  ship_from_country: 'shipFromCountry',
  weight_grams: 'weightGrams',
  tracking_site: 'trackingSite',
  description: 'description',
};
const NEEDED = ['order_reference', 'carrier_code', 'number'];

export type ColumnFault = { readonly column: string; readonly code: string; readonly message: string };
export type ImportedRow = {
  readonly line: number;
  readonly orderReference: string | undefined;
  readonly outcome: 'created' | 'existing' | 'refused';
  readonly externalShipmentId?: ExternalShipmentId;
  readonly errors: readonly ColumnFault[];
};

type Row = {
  readonly line: number;
  readonly cells: ReadonlyMap<string, string>;
  /** Something stands behind the last column: a comma without quotes has moved what is before it. */
  readonly isTooLong: boolean;
};

/** Reads a file of declarations and makes those that are right; the others say which cell is wrong. */
export async function importShipments(
  work: Work,
  organisationId: OrganisationId,
  bytes: Uint8Array,
): Promise<Outcome<ImportedRow[], ExternalErrorCode>> {
  const rows = readTable(bytes);
  if (!rows.ok) return rows;
  const results: ImportedRow[] = [];
  for (const row of rows.value) results.push(await importRow(work, organisationId, row));
  return accepted(results);
}

async function importRow(
  work: Work,
  organisationId: OrganisationId,
  { line, cells, isTooLong }: Row,
): Promise<ImportedRow> {
  const head = { line, orderReference: cells.get('order_reference') };
  if (isTooLong) {
    const message = 'The row has more cells than the header.';
    return { ...head, outcome: 'refused', errors: [{ column: '', code: 'malformed_line', message }] };
  }
  const input = Object.fromEntries(
    [...cells].map(([column, cell]) => [FIELD_OF[column] ?? column, readCell(column, cell)]),
  );
  const parsed = declarationSchema.safeParse(input);
  if (!parsed.success)
    return {
      ...head,
      outcome: 'refused',
      errors: parsed.error.issues.map(({ path, code, message }) => ({
        column: columnOf(String(path[0] ?? '')),
        code,
        message,
      })),
    };
  const { orderReference, ...command } = parsed.data;
  const outcome = await declareShipment(work, organisationId, { ...command, reference: orderReference });
  if (!outcome.ok) return { ...head, outcome: 'refused', errors: faultsOf(outcome.rejection) };
  const { shipment, isNew } = outcome.value;
  return { ...head, outcome: isNew ? 'created' : 'existing', externalShipmentId: shipment.id, errors: [] };
}

/** Whole numbers are written by their digits alone; what is written otherwise stays a text, which the schema refuses. */
function readCell(column: string, cell: string): string | number {
  return column === 'weight_grams' && /^\d{1,9}$/.test(cell) ? Number(cell) : cell;
}

function columnOf(field: string): string {
  return Object.keys(FIELD_OF).find((column) => FIELD_OF[column] === field) ?? field;
}

function faultsOf({ code, detail, errors }: Rejection): ColumnFault[] {
  if (errors === undefined || errors.length === 0) return [{ column: '', code, message: detail }];
  return errors.map((one) => ({ column: one.pointer.slice(1), code: one.code, message: one.message }));
}

function readTable(bytes: Uint8Array): Outcome<Row[], ExternalErrorCode> {
  let lines: ReturnType<typeof readCsv>;
  try {
    lines = readCsv(new TextDecoder('utf-8', { fatal: true }).decode(bytes), MAX_ROWS + 1);
  } catch (error) {
    if (!(error instanceof CsvError)) return refused('external_file_unreadable', 'The file is not UTF-8.');
    return error.message === 'too_many_rows'
      ? refused('external_file_too_large', '')
      : refused('external_file_unreadable', `Line ${error.line}: ${error.message.replaceAll('_', ' ')}.`);
  }
  const header = (lines[0]?.cells ?? []).map((cell) => cell.trim());
  const missing = NEEDED.filter((column) => !header.includes(column));
  if (missing.length > 0)
    return refused('external_file_unreadable', `Columns are missing: ${missing.join(', ')}.`);
  const unknown = header.findIndex((column) => FIELD_OF[column] === undefined);
  if (unknown >= 0)
    return refused('external_file_unreadable', `Column ${unknown + 1} of the header is none of ours.`);
  if (new Set(header).size < header.length)
    return refused('external_file_unreadable', 'A column stands twice in the header.');
  return accepted(
    lines.slice(1).map(({ line, cells }) => ({
      line,
      cells: new Map(
        header.flatMap((column, index) => {
          const cell = (cells[index] ?? '').trim();
          return cell === '' ? [] : [[column, cell] as const];
        }),
      ),
      isTooLong: cells.slice(header.length).some((cell) => cell.trim() !== ''),
    })),
  );
}
