/** Opaque list cursors: what a page ended with. The caller only hands them back. */
export function encodeCursor(parts: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Undefined for anything that this server did not make in this shape. */
export function decodeCursor(
  text: string,
  shape: readonly ('string' | 'number')[],
): (string | number)[] | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(parts) || parts.length !== shape.length) return undefined;
    return parts.every((part, index) => typeof part === shape[index])
      ? (parts as (string | number)[])
      : undefined;
  } catch {
    return undefined;
  }
}
