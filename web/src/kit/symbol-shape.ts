export type SymbolKind = 'qr' | 'code128';

export type CodeSymbolProps = {
  readonly kind: SymbolKind;
  /** What a scanner shall read: an address, a code, a number. */
  readonly text: string;
  /** What a screen reader says instead of the picture. */
  readonly label: string;
};

/** Room for it while it comes: as large as a phone at an arm's length needs it. */
export function symbolRoom(kind: SymbolKind): string {
  return kind === 'qr' ? 'size-48' : 'h-20 w-60';
}
