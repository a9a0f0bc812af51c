/** Standard output and error of a command; tests give their own. */
export type Output = {
  readonly json: boolean;
  readonly isTerminal: boolean;
  write(text: string): void;
  note(text: string): void;
};

export type Row = Readonly<Record<string, string | number | undefined>>;

/** `1234, CNY` is `12.34 CNY`: with as many digits as the currency has (ISO 4217 by Intl). */
export function moneyText(of: { readonly amount_minor: number; readonly currency: string }): string {
  const { amount_minor: minor, currency } = of;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const { maximumFractionDigits: digits = 2 } = format.resolvedOptions();
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const major = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return `${minor < 0 ? '-' : ''}${major} ${currency}`;
}

/** The last day of a promise by the clock of the destination, `2026-11-26`; the moment itself where that clock is not known. */
export function promisedDay(latest: string, destinationZone: string | undefined): string {
  if (destinationZone === undefined) return latest;
  return new Intl.DateTimeFormat('sv-SE', { timeZone: destinationZone }).format(new Date(latest));
}

/** JSON lines with `--json`, else a plain table whose columns are as wide as their widest cell. */
export function printRows(output: Output, rows: readonly Row[]): void {
  if (output.json) {
    for (const row of rows) output.write(`${JSON.stringify(row)}\n`);
    return;
  }
  if (rows.length === 0) return;
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = [columns, ...rows.map((row) => columns.map((column) => clean(String(row[column] ?? ''))))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)));
  for (const line of cells)
    output.write(
      `${line
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
}

const PAGE = 100;

/**
 * Prints a list page by page, at most `limit` items: with `--json` as the API answers them, else as a table of `rowOf`.
 * `fetchPage` is given what the query of each page needs.
 */
export async function printPages<Item>(
  output: Output,
  limit: number,
  fetchPage: (part: { readonly limit: number; readonly cursor?: string }) => Promise<{
    readonly data: readonly Item[];
    readonly next_cursor?: string;
  }>,
  rowOf: (item: Item) => Row,
): Promise<void> {
  let left = limit;
  let cursor: string | undefined;
  do {
    const part = { limit: Math.min(PAGE, left), ...(cursor === undefined ? {} : { cursor }) };
    const page = await fetchPage(part);
    if (output.json) for (const one of page.data) output.write(`${JSON.stringify(one)}\n`);
    else printRows(output, page.data.map(rowOf));
    left -= page.data.length;
    cursor = page.next_cursor;
  } while (cursor !== undefined && left > 0);
}

/** Text of others on a terminal: no control characters, so that no name can move the cursor or hide a line. */
export function clean(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}

const NOTE_EVERY_MS = 10_000;
const DRAW_EVERY_MS = 100;
const BAR_WIDTH = 24;

export type Progress = { advance(by: number): void; end(): void };

/** Long work: a bar with rate and time left on a terminal, a line every 10 s elsewhere. On standard error. */
export function startProgress(
  output: Output,
  total: number,
  unit: string,
  nowMs: () => number = () => performance.now(),
): Progress {
  const startedAt = nowMs();
  const every = output.isTerminal ? DRAW_EVERY_MS : NOTE_EVERY_MS;
  let done = 0;
  let shownAt = startedAt;
  let shown = false;
  const show = () => {
    const text = progressText({ done, total, unit, elapsedMs: nowMs() - startedAt });
    output.note(output.isTerminal ? `\r\x1b[2K${barOf(done, total)} ${text}` : `${text}\n`);
    shown = true;
  };
  return {
    advance: (by) => {
      done += by;
      if (nowMs() - shownAt < every) return;
      shownAt = nowMs();
      show();
    },
    end: () => {
      if (shown && output.isTerminal) output.note('\r\x1b[2K');
    },
  };
}

export function progressText(state: {
  readonly done: number;
  readonly total: number;
  readonly unit: string;
  readonly elapsedMs: number;
}): string {
  const { done, total, unit, elapsedMs } = state;
  const rate = elapsedMs > 0 ? (done / elapsedMs) * 1000 : 0;
  const left = rate > 0 ? `, ${Math.ceil((total - done) / rate)} s left` : '';
  return `${done} of ${total} ${unit}, ${rate >= 10 ? Math.round(rate) : rate.toFixed(1)} a second${left}`;
}

function barOf(done: number, total: number): string {
  const filled = total === 0 ? BAR_WIDTH : Math.round((Math.min(done, total) / total) * BAR_WIDTH);
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}]`;
}
