import { type Currency, isCurrency, minorDigits, parseInstant } from '../kernel/index.ts';

/** Where in the file something stands. */
export type Cell = { readonly line: number; readonly column: string };
export type ColumnError = Cell & { readonly code: string; readonly message: string };

/** An order as a file tells it: the body it would be, and from which cell each part of it came. */
export type Draft = {
  readonly reference: string;
  readonly lines: readonly number[];
  /** Why it is left out although nothing is wrong with it, such as an order that was fulfilled. */
  readonly skip: string | undefined;
  readonly input: Readonly<Record<string, unknown>>;
  /** By path in the body, `recipient/address/postcode`. */
  readonly cells: ReadonlyMap<string, Cell>;
  readonly errors: readonly ColumnError[];
};

/** One row by column name, trimmed; empty cells are absent. */
export type Row = { readonly line: number; get(column: string): string | undefined };

/**
 * A spreadsheet's guards are taken off: the apostrophe before a number that would lose its zeros or run as a formula
 * (Shopify writes postcodes so). Line breaks and tabs inside a cell become blanks.
 */
export function cleanCell(text: string): string | undefined {
  const clean = text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .replace(/^'(?=[=+\-@\d])/, '');
  return clean === '' ? undefined : clean;
}

/** Collects the parts of a draft together with the cells that they came from. */
export type DraftWriter = {
  readonly errors: ColumnError[];
  readonly cells: Map<string, Cell>;
  /** The text of a cell, noted as the source of `path`. */
  text(row: Row, column: string, path: string): string | undefined;
  whole(row: Row, column: string, path: string): number | undefined;
  /** `12.50` of a currency as minor units. */
  money(
    row: Row,
    column: string,
    path: string,
    currency: string | undefined,
  ): Record<string, unknown> | undefined;
  instant(row: Row, column: string, path: string): string | undefined;
};

export function draftWriter(): DraftWriter {
  const errors: ColumnError[] = [];
  const cells = new Map<string, Cell>();
  const text: DraftWriter['text'] = (row, column, path) => {
    const value = row.get(column);
    if (value !== undefined || !cells.has(path)) cells.set(path, { line: row.line, column });
    return value;
  };
  const wrong = (row: Row, column: string, code: string, message: string) => {
    errors.push({ line: row.line, column, code, message });
    return undefined;
  };
  return {
    errors,
    cells,
    text,
    whole: (row, column, path) => {
      const value = text(row, column, path);
      if (value === undefined) return undefined;
      return /^\d{1,9}$/.test(value)
        ? Number(value)
        : wrong(row, column, 'not_a_whole_number', 'a whole number is wanted here');
    },
    money: (row, column, path, currency) => {
      const value = text(row, column, path);
      if (value === undefined) return undefined;
      if (currency === undefined || !isCurrency(currency))
        return wrong(row, column, 'currency_missing', 'the row names no currency of ISO 4217');
      const amountMinor = minorOf(value, currency);
      return amountMinor === undefined
        ? wrong(
            row,
            column,
            'not_an_amount',
            `an amount such as 12.50, with at most ${minorDigits(currency)} decimals`,
          )
        : { amountMinor, currency };
    },
    instant: (row, column, path) => {
      const value = text(row, column, path);
      if (value === undefined) return undefined;
      return (
        instantOf(value) ??
        wrong(row, column, 'not_an_instant', 'a date and time such as 2026-11-22 09:30:00 +0800')
      );
    },
  };
}

/** `12.5` EUR -> 1250. Exact: no floating point. */
export function minorOf(text: string, currency: Currency): number | undefined {
  const digits = minorDigits(currency);
  const match = /^(\d{1,10})(?:\.(\d{1,6}))?$/.exec(text);
  if (match === null) return undefined;
  const decimals = (match[2] ?? '').replace(/0+$/, '');
  if (decimals.length > digits) return undefined;
  return Number(`${match[1]}${decimals.padEnd(digits, '0')}`);
}

/** RFC 3339, or Shopify's `2026-11-22 09:30:00 +0800`. */
function instantOf(text: string): string | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?) ?([+-]\d{2}):?(\d{2})$/.exec(text);
  if (match === null) return parseInstant(text);
  const [, date, time = '', hours, minutes] = match;
  return parseInstant(`${date}T${time.length === 5 ? `${time}:00` : time}${hours}:${minutes}`);
}

/** The cell of a JSON pointer or a path: that of the longest part of it that has one. */
export function cellOf(cells: ReadonlyMap<string, Cell>, path: readonly string[]): Cell | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const cell = cells.get(path.slice(0, length).join('/'));
    if (cell !== undefined) return cell;
  }
  return undefined;
}

/** Rows of one order each, in the order of the file. */
export function groupRows(rows: readonly Row[], column: string): { reference: string; rows: Row[] }[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const reference = row.get(column) ?? '';
    groups.set(reference, [...(groups.get(reference) ?? []), row]);
  }
  return [...groups].map(([reference, grouped]) => ({ reference, rows: grouped }));
}
