/** Longest line that is read. A scan with all its fields full has about 3 kB; more is no scan (our default). */
export const MAX_LINE_BYTES = 16_384;

export type RawLine =
  | { readonly index: number; readonly ok: true; readonly text: string }
  | { readonly index: number; readonly ok: false; readonly message: string };

/**
 * Lines of newline-delimited JSON. Blank lines are passed over; `index` counts all lines from 0. A line that is too
 * long or no UTF-8 is named and does not disturb the others. Undefined when there are more than `maxLines`.
 */
export function splitLines(bytes: Uint8Array, maxLines: number): RawLine[] | undefined {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const lines: RawLine[] = [];
  let index = 0;
  for (let start = 0; start < bytes.length; index += 1) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    const line = bytes.subarray(start, end);
    start = end + 1;
    if (isBlank(line)) continue;
    if (lines.length >= maxLines) return undefined;
    lines.push(readLine(line, index, decoder));
  }
  return lines;
}

function readLine(line: Uint8Array, index: number, decoder: TextDecoder): RawLine {
  if (line.length > MAX_LINE_BYTES) {
    return { index, ok: false, message: `The line has more than ${MAX_LINE_BYTES} bytes.` };
  }
  try {
    return { index, ok: true, text: decoder.decode(line) };
  } catch {
    return { index, ok: false, message: 'The line is not valid UTF-8.' };
  }
}

function isBlank(line: Uint8Array): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}
