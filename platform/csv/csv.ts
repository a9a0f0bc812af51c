/** A cell that a spreadsheet could take for a formula begins with one of these (OWASP, CSV injection). */
const FORMULA = /^[\s\p{C}]*[=+\-@\t\r|]/u;
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;

/**
 * RFC 4180 text with CRLF. A cell that could run as a formula gets an apostrophe in front; plain numbers, also
 * negative ones, stay numbers.
 */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number): string {
  const text = String(value);
  const safe = FORMULA.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
