/** Opaque list cursors: what a page ended with. The caller only hands them back. */
export function encodeCursor(parts: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/**
 * Undefined for anything that encodeCursor does not write in this shape. A forged cursor of the right shape is only
 * another place to go on from: the scope of the query, not the cursor, says what a caller sees.
 */
export function decodeCursor(
  text: string,
  shape: readonly ('string' | 'number')[],
): (string | number)[] | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(parts) || parts.length !== shape.length) return undefined;
    const fits = parts.every((part, index) => typeof part === shape[index] && isStorable(part));
    return fits && encodeCursor(parts) === text ? (parts as (string | number)[]) : undefined;
  } catch {
    return undefined;
  }
}

/** What PostgreSQL takes as text or bigint: no U+0000, no half characters, no number beyond 2^53. */
function isStorable(part: unknown): boolean {
  if (typeof part === 'string') return part.isWellFormed() && !part.includes('\u0000');
  return Number.isSafeInteger(part);
}
