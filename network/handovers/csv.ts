/** A cell that a spreadsheet could take for a formula begins with one of these (OWASP, CSV injection). */
const FORMULA = /^[\s\p{C}]*[=+\-@\t\r|]/u;

/** RFC 4180 text with CRLF; what could run as a formula gets an apostrophe in front. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
