import { CsvError, readCsv } from '../../platform/csv/index.ts';
import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { accepted, type Outcome, type Rejection, refused } from '../kernel/index.ts';
import type { Vault } from '../vault/index.ts';
import { type OrderInput, orderInputSchema } from './contract.ts';
import { type ColumnError, cellOf, cleanCell, type Draft, type Row } from './draft.policy.ts';
import { GENERIC_COLUMNS, genericDrafts, KNOWN_GENERIC_COLUMNS } from './generic-dialect.policy.ts';
import type { OrderId } from './model.ts';
import { type Recorded, recordOrders } from './record.ts';
import { SHOPIFY_COLUMNS, shopifyDrafts } from './shopify-dialect.policy.ts';

/** Rows of one file. Our default. */
const MAX_ROWS = 5_000;

export type ImportOptions = {
  readonly dialect: 'auto' | 'shopify' | 'generic';
  readonly dryRun: boolean;
  readonly weightGrams: number;
  readonly goodsClass: string;
};
export type ImportedOrder = {
  readonly lines: readonly number[];
  readonly reference: string | undefined;
  readonly outcome: 'created' | 'existing' | 'skipped' | 'refused';
  readonly reason?: string | undefined;
  readonly orderId?: OrderId | undefined;
  readonly errors: readonly ColumnError[];
};
export type Imported = {
  readonly dialect: 'shopify' | 'generic';
  readonly rows: number;
  readonly results: readonly ImportedOrder[];
};

/** Reads a file of orders and records those that are right; the others say which cell is wrong. */
export async function importOrders(
  work: Work,
  caller: Principal,
  bytes: Uint8Array,
  options: ImportOptions,
  vault: Vault,
): Promise<Outcome<Imported>> {
  const table = readTable(bytes, options.dialect);
  if (!table.ok) return table;
  const { dialect, rows } = table.value;
  const defaults = { weightGrams: options.weightGrams, goodsClass: options.goodsClass, now: work.now };
  const drafts = dialect === 'shopify' ? shopifyDrafts(rows, defaults) : genericDrafts(rows, defaults);
  const judged = drafts.map(judge);
  const good = judged.flatMap((one) => (one.input === undefined ? [] : [one.input]));
  const recorded = await recordOrders(work, caller, good, { vault, dryRun: options.dryRun });
  let next = 0;
  const results = judged.map((one): ImportedOrder => {
    if (one.input === undefined) return one.result;
    const outcome = recorded[next] as Recorded;
    next += 1;
    return told(one.draft, outcome);
  });
  return accepted({ dialect, rows: rows.length, results });
}

function told(draft: Draft, recorded: Recorded): ImportedOrder {
  const head = { lines: draft.lines, reference: draft.reference };
  return recorded.outcome === 'refused'
    ? { ...head, outcome: 'refused', errors: columnErrors(draft, recorded.rejection) }
    : { ...head, ...recorded, errors: [] };
}

type Judged = { readonly draft: Draft } & (
  | { readonly input: OrderInput }
  | { readonly input: undefined; readonly result: ImportedOrder }
);

/** What can be said about an order before anything is looked up. */
function judge(draft: Draft): Judged {
  const head = { lines: draft.lines, reference: draft.reference === '' ? undefined : draft.reference };
  if (draft.skip !== undefined)
    return {
      draft,
      input: undefined,
      result: { ...head, outcome: 'skipped', reason: draft.skip, errors: [] },
    };
  const parsed = orderInputSchema.safeParse(draft.input);
  const issues = parsed.success
    ? []
    : parsed.error.issues.map(({ path, code, message }) => ({
        ...(cellOf(draft.cells, path.map(String)) ?? {
          line: draft.lines[0] ?? 1,
          column: path.map(String).join('.'),
        }),
        code,
        message,
      }));
  // A cell that could not be read is missing in the body as well: it is told once.
  const read = new Set(draft.errors.map((error) => `${error.line} ${error.column}`));
  const errors = [...draft.errors, ...issues.filter((issue) => !read.has(`${issue.line} ${issue.column}`))];
  return errors.length === 0 && parsed.success
    ? { draft, input: parsed.data }
    : { draft, input: undefined, result: { ...head, outcome: 'refused', errors } };
}

function columnErrors(draft: Draft, rejection: Rejection): ColumnError[] {
  const first = { line: draft.lines[0] ?? 1, column: '' };
  if (rejection.errors === undefined || rejection.errors.length === 0)
    return [{ ...first, code: rejection.code, message: rejection.detail }];
  return rejection.errors.map(({ pointer, code, message }) => ({
    ...(cellOf(draft.cells, pointer.slice(1).split('/')) ?? first),
    code,
    message,
  }));
}

type Table = { readonly dialect: 'shopify' | 'generic'; readonly rows: readonly Row[] };

function readTable(bytes: Uint8Array, wanted: ImportOptions['dialect']): Outcome<Table> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refused('order_file_unreadable', 'The file is not UTF-8.');
  }
  let lines: ReturnType<typeof readCsv>;
  try {
    lines = readCsv(text, MAX_ROWS + 1);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return error.message === 'too_many_rows'
      ? refused('order_file_too_large', '')
      : refused('order_file_unreadable', `Line ${error.line}: ${error.message.replaceAll('_', ' ')}.`);
  }
  const header = (lines[0]?.cells ?? []).map((cell) => cell.trim());
  const dialect = dialectOf(header, wanted);
  if (!dialect.ok) return dialect;
  const at = new Map(header.map((name, index) => [name, index] as const).reverse());
  const rows = lines.slice(1).map(({ line, cells }) => ({
    line,
    get: (column: string) => {
      const index = at.get(column);
      return index === undefined ? undefined : cleanCell(cells[index] ?? '');
    },
  }));
  return accepted({ dialect: dialect.value, rows });
}

function dialectOf(
  header: readonly string[],
  wanted: ImportOptions['dialect'],
): Outcome<'shopify' | 'generic'> {
  const lacks = (columns: readonly string[]) => columns.filter((column) => !header.includes(column));
  const dialect = wanted === 'auto' ? (lacks(SHOPIFY_COLUMNS).length === 0 ? 'shopify' : 'generic') : wanted;
  const missing = lacks(dialect === 'shopify' ? SHOPIFY_COLUMNS : GENERIC_COLUMNS);
  if (missing.length > 0)
    return refused('order_file_unreadable', `Columns are missing: ${missing.join(', ')}.`);
  const unknown =
    dialect === 'generic' ? header.findIndex((column) => !KNOWN_GENERIC_COLUMNS.has(column)) : -1;
  return unknown >= 0
    ? refused('order_file_unreadable', `Column ${unknown + 1} of the header is none of the dialect.`)
    : accepted(dialect);
}
