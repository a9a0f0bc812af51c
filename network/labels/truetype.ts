/**
 * A reader of TrueType outlines with just what a label needs: character to glyph, advance, and a subset.
 * Reason: opening a 10 MB Chinese font with a full shaping engine and encoding its subset costs many milliseconds
 * per document; a table look-up and byte copies cost microseconds. Chinese and Latin text needs no shaping.
 * Format: ISO/IEC 14496-22 (OpenType).
 */
export type TrueTypeFont = {
  readonly postscriptName: string;
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly bbox: {
    readonly minX: number;
    readonly minY: number;
    readonly maxX: number;
    readonly maxY: number;
  };
  /** Glyph number of a code point, 0 when the font has none. */
  readonly glyphOf: (codePoint: number) => number;
  /** Advance width of a glyph in font units. */
  readonly advanceOf: (glyph: number) => number;
  /** Outline bytes of a glyph, empty for a blank. */
  readonly outlineOf: (glyph: number) => Buffer;
  readonly table: (tag: string) => Buffer | undefined;
};

/** Throws when the bytes are not a TrueType font with `glyf` outlines. */
export function openTrueType(bytes: Buffer, postscriptName: string): TrueTypeFont {
  const tables = new Map<string, Buffer>();
  const count = bytes.readUInt16BE(4);
  for (let index = 0; index < count; index++) {
    const at = 12 + index * 16;
    const start = bytes.readUInt32BE(at + 8);
    tables.set(
      bytes.toString('latin1', at, at + 4),
      bytes.subarray(start, start + bytes.readUInt32BE(at + 12)),
    );
  }
  const need = (tag: string): Buffer => {
    const table = tables.get(tag);
    if (table === undefined) throw new Error(`the font has no ${tag} table`);
    return table;
  };
  const [head, hhea, hmtx, loca, glyf] = [
    need('head'),
    need('hhea'),
    need('hmtx'),
    need('loca'),
    need('glyf'),
  ];
  const metrics = hhea.readUInt16BE(34);
  const longOffsets = head.readInt16BE(50) === 1;
  const offset = (glyph: number): number =>
    longOffsets ? loca.readUInt32BE(glyph * 4) : loca.readUInt16BE(glyph * 2) * 2;
  const glyphs = readCharacterMap(need('cmap'));
  return {
    postscriptName,
    unitsPerEm: head.readUInt16BE(18),
    ascent: hhea.readInt16BE(4),
    descent: hhea.readInt16BE(6),
    bbox: {
      minX: head.readInt16BE(36),
      minY: head.readInt16BE(38),
      maxX: head.readInt16BE(40),
      maxY: head.readInt16BE(42),
    },
    glyphOf: (codePoint) => glyphs.get(codePoint) ?? 0,
    advanceOf: (glyph) => hmtx.readUInt16BE(Math.min(glyph, metrics - 1) * 4),
    outlineOf: (glyph) => glyf.subarray(offset(glyph), offset(glyph + 1)),
    table: (tag) => tables.get(tag),
  };
}

function readCharacterMap(cmap: Buffer): ReadonlyMap<number, number> {
  const count = cmap.readUInt16BE(2);
  const starts = new Map<number, number>();
  for (let index = 0; index < count; index++) {
    const start = cmap.readUInt32BE(8 + index * 8);
    starts.set(cmap.readUInt16BE(start), start);
  }
  const groups = starts.get(12);
  if (groups !== undefined) return readGroups(cmap.subarray(groups));
  const segments = starts.get(4);
  if (segments !== undefined) return readSegments(cmap.subarray(segments));
  throw new Error('the font has no Unicode character map');
}

function readGroups(table: Buffer): ReadonlyMap<number, number> {
  const map = new Map<number, number>();
  const count = table.readUInt32BE(12);
  for (let index = 0; index < count; index++) {
    const at = 16 + index * 12;
    const first = table.readUInt32BE(at);
    const last = table.readUInt32BE(at + 4);
    const glyph = table.readUInt32BE(at + 8);
    for (let code = first; code <= last; code++) map.set(code, glyph + code - first);
  }
  return map;
}

function readSegments(table: Buffer): ReadonlyMap<number, number> {
  const map = new Map<number, number>();
  const doubled = table.readUInt16BE(6);
  for (let at = 0; at < doubled; at += 2) {
    const last = table.readUInt16BE(14 + at);
    const first = table.readUInt16BE(16 + doubled + at);
    const delta = table.readUInt16BE(16 + 2 * doubled + at);
    const rangeAt = 16 + 3 * doubled + at;
    const range = table.readUInt16BE(rangeAt);
    for (let code = first; code <= last && code !== 0xffff; code++) {
      const glyph = range === 0 ? code : table.readUInt16BE(rangeAt + range + (code - first) * 2);
      if (glyph !== 0) map.set(code, (glyph + delta) & 0xffff);
    }
  }
  return map;
}
