import { accepted, type FieldError, isCountryShape, type Outcome, refused } from '../kernel/index.ts';
import { parseRouteCode, type RoutingRule } from './routing.policy.ts';

/** Rows of one load (our limit). */
export const MAX_ROUTING_ROWS = 10_000;
/** Errors that one answer names; the first ones help, ten thousand do not. */
const MAX_ROW_ERRORS = 50;

const COLUMNS = [
  'rule_id',
  'country',
  'division',
  'city',
  'town',
  'postcode_prefix',
  'sort_mark',
  'consolidation_name',
  'consolidation_code',
  'route_code',
] as const;
type Column = (typeof COLUMNS)[number];

const LONGEST: Readonly<Partial<Record<Column, number>>> = {
  rule_id: 64,
  postcode_prefix: 12,
  sort_mark: 40,
};
const DEFAULT_LONGEST = 80;
const PLAIN_TEXT = /^[^\p{Cc}\p{Cs}]*$/u;

/** Rows as they come from JSON or CSV, keyed by column, to rules. All or none: each wrong field is named. */
export function readRoutingRows(
  rows: readonly Readonly<Record<string, unknown>>[],
): Outcome<readonly RoutingRule[], 'routing_rows_invalid'> {
  const errors: FieldError[] = [];
  const rules: RoutingRule[] = [];
  const seen = new Set<string>();
  if (rows.length === 0 || rows.length > MAX_ROUTING_ROWS)
    return refused('routing_rows_invalid', `Give 1 to ${MAX_ROUTING_ROWS} rows.`);
  for (const [index, row] of rows.entries()) {
    if (errors.length >= MAX_ROW_ERRORS) break;
    const report = (column: string, code: string, message: string) =>
      errors.push({ pointer: `/rules/${index}/${column}`, code, message });
    const rule = readRow(row, `row-${index + 1}`, report);
    if (rule === undefined) continue;
    if (seen.has(rule.ruleId)) report('rule_id', 'repeated', 'this rule id stands twice');
    seen.add(rule.ruleId);
    rules.push(rule);
  }
  if (errors.length > 0)
    return refused(
      'routing_rows_invalid',
      `${errors.length} fields are wrong.`,
      errors.slice(0, MAX_ROW_ERRORS),
    );
  return accepted(rules);
}

function readRow(
  row: Readonly<Record<string, unknown>>,
  fallbackId: string,
  report: (column: string, code: string, message: string) => void,
): RoutingRule | undefined {
  let good = true;
  const wrong = (column: string, code: string, message: string) => {
    good = false;
    report(column, code, message);
  };
  for (const name of Object.keys(row)) {
    if (!COLUMNS.some((column) => column === name))
      wrong(name.slice(0, 40), 'unknown_field', 'there is no such column');
  }
  const text = (column: Column): string | undefined => {
    const value = row[column];
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string' || !PLAIN_TEXT.test(value) || value.trim() === '') {
      wrong(column, 'invalid_type', 'this is text without control characters');
      return undefined;
    }
    if (value.length > (LONGEST[column] ?? DEFAULT_LONGEST))
      wrong(column, 'too_big', 'this text is too long');
    return value.trim();
  };
  const country = text('country');
  if (country === undefined || !isCountryShape(country))
    wrong('country', 'invalid_format', 'ISO 3166-1 alpha-2, such as DE');
  const sortMark = text('sort_mark');
  if (sortMark === undefined) wrong('sort_mark', 'required', 'a rule gives a sort mark');
  const [name, code] = [text('consolidation_name'), text('consolidation_code')];
  if ((name === undefined) !== (code === undefined))
    wrong('consolidation_code', 'required', 'a consolidation place has a name and a code');
  const raw = text('route_code');
  const matchers = {
    division: text('division'),
    city: text('city'),
    town: text('town'),
    postcodePrefix: text('postcode_prefix'),
  };
  const ruleId = text('rule_id') ?? fallbackId;
  if (!good || country === undefined || sortMark === undefined) return undefined;
  return {
    ruleId,
    country,
    ...matchers,
    routing: {
      sortMark,
      ...(name !== undefined && code !== undefined ? { consolidation: { name, code } } : {}),
      ...(raw === undefined ? {} : { routeCode: parseRouteCode(raw) }),
    },
  };
}

/** RFC 4180 CSV with a header line, comma or semicolon; undefined when a quote is left open or a line has other columns. */
export function parseCsv(text: string): Record<string, string>[] | undefined {
  const lines = csvLines(text.replace(/^\uFEFF/, ''));
  const header = lines?.[0]?.map((name) => name.trim().toLowerCase());
  if (lines === undefined || header === undefined || new Set(header).size !== header.length) return undefined;
  const rows: Record<string, string>[] = [];
  for (const cells of lines.slice(1)) {
    if (cells.length === 1 && cells[0] === '') continue;
    if (cells.length !== header.length) return undefined;
    rows.push(Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])));
  }
  return rows;
}

function csvLines(text: string): string[][] | undefined {
  const head = text.slice(0, text.search(/[\r\n]|$/));
  const comma = head.includes(';') && !head.includes(',') ? ';' : ',';
  const lines: string[][] = [];
  let cells: string[] = [];
  let at = 0;
  while (at <= text.length) {
    let cell = '';
    if (text[at] === '"') {
      const [value, next] = quotedCell(text, at + 1);
      if (next === undefined) return undefined;
      cell = value;
      at = next;
    } else {
      let end = at;
      while (end < text.length && text[end] !== comma && text[end] !== '\n' && text[end] !== '\r') end += 1;
      cell = text.slice(at, end);
      at = end;
    }
    cells.push(cell);
    if (text[at] === comma) {
      at += 1;
      continue;
    }
    if (at < text.length && text[at] !== '\n' && text[at] !== '\r') return undefined;
    lines.push(cells);
    cells = [];
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1;
    if (at >= text.length) break;
  }
  return lines;
}

/** Text of a quoted cell and the place behind its closing quote; undefined place when it never closes. */
function quotedCell(text: string, start: number): [string, number | undefined] {
  let value = '';
  let at = start;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return [value, undefined];
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') return [value, quote + 1];
    value += '"';
    at = quote + 2;
  }
}
