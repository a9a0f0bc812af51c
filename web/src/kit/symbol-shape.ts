export type SymbolKind = 'qr' | 'code128';

export type CodeSymbolProps = {
  readonly kind: SymbolKind;
  /** What a scanner shall read: an address, a code, a number. */
  readonly text: string;
  /** What a screen reader says instead of the picture. */
  readonly label: string;
};

/** As large as a phone at an arm's length needs it, and the same before and after it comes. */
export function symbolSize(kind: SymbolKind): string {
  return kind === 'qr' ? 'size-48' : 'h-16 w-full max-w-80';
}
