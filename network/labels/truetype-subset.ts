import type { TrueTypeFont } from './truetype.ts';

/** Collects the glyphs that a document uses and writes a font of only those. Glyph 0 is always the first. */
export type TrueTypeSubset = {
  /** Glyph number in the subset. Order of first use, so that equal documents have equal subsets. */
  readonly includeGlyph: (glyph: number) => number;
  readonly encode: () => Uint8Array;
};

export function createSubset(font: TrueTypeFont): TrueTypeSubset {
  const glyphs = [0];
  const numbers = new Map<number, number>([[0, 0]]);
  const includeGlyph = (glyph: number): number => {
    const known = numbers.get(glyph);
    if (known !== undefined) return known;
    const number = glyphs.length;
    glyphs.push(glyph);
    numbers.set(glyph, number);
    return number;
  };
  return { includeGlyph, encode: () => encodeSubset(font, glyphs, includeGlyph) };
}

const MORE_COMPONENTS = 0x20;
const WORDS = 0x1;
const SCALE = 0x8;
const TWO_SCALES = 0x40;
const MATRIX = 0x80;

/** A composite names its components by glyph number: include them and rewrite the numbers in a copy. */
function renumberComposite(outline: Buffer, includeGlyph: (glyph: number) => number): Buffer {
  if (outline.length === 0 || outline.readInt16BE(0) >= 0) return outline;
  const copy = Buffer.from(outline);
  let at = 10;
  for (;;) {
    const flags = copy.readUInt16BE(at);
    copy.writeUInt16BE(includeGlyph(copy.readUInt16BE(at + 2)), at + 2);
    if ((flags & MORE_COMPONENTS) === 0) return copy;
    at += 4 + (flags & WORDS ? 4 : 2);
    at += flags & SCALE ? 2 : flags & TWO_SCALES ? 4 : flags & MATRIX ? 8 : 0;
  }
}

function encodeSubset(
  font: TrueTypeFont,
  glyphs: number[],
  includeGlyph: (glyph: number) => number,
): Uint8Array {
  const outlines: Buffer[] = [];
  const offsets: number[] = [0];
  let total = 0;
  // The list grows while composites are renumbered: read its length each time.
  for (let index = 0; index < glyphs.length; index++) {
    const outline = renumberComposite(font.outlineOf(glyphs[index] ?? 0), includeGlyph);
    const padded = (outline.length + 3) & ~3;
    outlines.push(outline, Buffer.alloc(padded - outline.length));
    total += padded;
    offsets.push(total);
  }
  const loca = Buffer.alloc(offsets.length * 4);
  offsets.forEach((offset, index) => {
    loca.writeUInt32BE(offset, index * 4);
  });
  const hmtx = Buffer.alloc(glyphs.length * 4);
  glyphs.forEach((glyph, index) => {
    hmtx.writeUInt16BE(font.advanceOf(glyph), index * 4);
    const outline = font.outlineOf(glyph);
    hmtx.writeInt16BE(outline.length === 0 ? 0 : outline.readInt16BE(2), index * 4 + 2);
  });
  const head = patched(font, 'head', (table) => table.writeInt16BE(1, 50));
  const hhea = patched(font, 'hhea', (table) => table.writeUInt16BE(glyphs.length, 34));
  const maxp = patched(font, 'maxp', (table) => table.writeUInt16BE(glyphs.length, 4));
  const tables: [string, Buffer][] = [
    ['glyf', Buffer.concat(outlines)],
    ['head', head],
    ['hhea', hhea],
    ['hmtx', hmtx],
    ['loca', loca],
    ['maxp', maxp],
  ];
  for (const tag of ['cvt ', 'fpgm', 'prep']) {
    const table = font.table(tag);
    if (table !== undefined) tables.push([tag, table]);
  }
  return assemble(tables.sort(([first], [second]) => (first < second ? -1 : 1)));
}

function patched(font: TrueTypeFont, tag: string, change: (table: Buffer) => void): Buffer {
  const table = font.table(tag);
  if (table === undefined) throw new Error(`the font has no ${tag} table`);
  const copy = Buffer.from(table);
  change(copy);
  return copy;
}

function assemble(tables: readonly [string, Buffer][]): Uint8Array {
  const directory = Buffer.alloc(12 + tables.length * 16);
  const power = 2 ** Math.floor(Math.log2(tables.length));
  directory.writeUInt32BE(0x00010000, 0);
  directory.writeUInt16BE(tables.length, 4);
  directory.writeUInt16BE(power * 16, 6);
  directory.writeUInt16BE(Math.log2(power), 8);
  directory.writeUInt16BE((tables.length - power) * 16, 10);
  const parts: Buffer[] = [directory];
  let offset = directory.length;
  tables.forEach(([tag, table], index) => {
    const at = 12 + index * 16;
    const padded = Buffer.concat([table, Buffer.alloc(((table.length + 3) & ~3) - table.length)]);
    directory.write(tag, at, 'latin1');
    directory.writeUInt32BE(checksum(padded), at + 4);
    directory.writeUInt32BE(offset, at + 8);
    directory.writeUInt32BE(table.length, at + 12);
    parts.push(padded);
    offset += padded.length;
  });
  return Buffer.concat(parts);
}

function checksum(table: Buffer): number {
  let sum = 0;
  for (let at = 0; at + 4 <= table.length; at += 4) sum = (sum + table.readUInt32BE(at)) >>> 0;
  return sum;
}
