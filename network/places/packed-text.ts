/** Many short texts in one byte array: about their UTF-8 size plus 4 bytes each, where an array of strings takes 40 more. */
export type PackedText = { readonly bytes: Buffer; readonly ends: Uint32Array };

export function packTexts(texts: readonly string[]): PackedText {
  const ends = new Uint32Array(texts.length);
  const bytes = Buffer.from(texts.join(''), 'utf8');
  let end = 0;
  for (const [index, text] of texts.entries()) {
    end += Buffer.byteLength(text, 'utf8');
    ends[index] = end;
  }
  return { bytes, ends };
}

/** Empty outside the table. */
export function textAt(table: PackedText, index: number): string {
  return table.bytes.toString('utf8', startOf(table, index), table.ends[index] ?? 0);
}

/** Order of the bytes of entry `index` against `key` (UTF-8 order, which is code point order). */
export function compareAt(table: PackedText, index: number, key: Uint8Array): number {
  return table.bytes.compare(key, 0, key.length, startOf(table, index), table.ends[index] ?? 0);
}

function startOf(table: PackedText, index: number): number {
  return index === 0 ? 0 : (table.ends[index - 1] ?? 0);
}
