import { describe, expect, test } from 'vitest';
import { openTrueType } from './truetype.ts';
import { createSubset } from './truetype-subset.ts';
import { hanFont } from './typeface.ts';

const font = hanFont('regular');

function tablesOf(bytes: Uint8Array): ReadonlyMap<string, Buffer> {
  const file = Buffer.from(bytes);
  const tables = new Map<string, Buffer>();
  for (let index = 0; index < file.readUInt16BE(4); index++) {
    const at = 12 + index * 16;
    const start = file.readUInt32BE(at + 8);
    tables.set(file.toString('latin1', at, at + 4), file.subarray(start, start + file.readUInt32BE(at + 12)));
  }
  return tables;
}

function outline(tables: ReadonlyMap<string, Buffer>, glyph: number): Buffer {
  const loca = tables.get('loca')!;
  return tables.get('glyf')!.subarray(loca.readUInt32BE(glyph * 4), loca.readUInt32BE(glyph * 4 + 4));
}

describe('a TrueType font', () => {
  test('knows glyphs and advances: every Chinese character is one em wide', () => {
    for (const character of '金华義烏') {
      const glyph = font.glyphOf(character.codePointAt(0)!);
      expect(glyph).toBeGreaterThan(0);
      expect(font.advanceOf(glyph)).toBe(font.unitsPerEm);
    }
    expect(font.glyphOf(0x1f3e0)).toBe(0);
  });

  test('a subset holds the outlines and advances of the glyphs in order of first use', () => {
    const subset = createSubset(font);
    const glyphs = [...'金华金362'].map((character) => font.glyphOf(character.codePointAt(0)!));
    expect(glyphs.map(subset.includeGlyph)).toEqual([1, 2, 1, 3, 4, 5]);
    const tables = tablesOf(subset.encode());
    expect(tables.get('maxp')!.readUInt16BE(4)).toBe(6);
    [0, ...new Set(glyphs)].forEach((glyph, index) => {
      const original = font.outlineOf(glyph);
      expect(outline(tables, index).subarray(0, original.length).equals(original)).toBe(true);
      expect(tables.get('hmtx')!.readUInt16BE(index * 4)).toBe(font.advanceOf(glyph));
    });
  });

  test('a composite brings its components under their new numbers', () => {
    // Noto Sans SC has no composites, so two are made up: glyph 9 = 7 (word offsets) + 8 (byte offsets, scaled).
    const composite = Buffer.alloc(10 + 8 + 8);
    composite.writeInt16BE(-1, 0);
    composite.writeUInt16BE(0x21, 10);
    composite.writeUInt16BE(7, 12);
    composite.writeUInt16BE(0x08, 18);
    composite.writeUInt16BE(8, 20);
    const made = { ...font, outlineOf: (glyph: number) => (glyph === 9 ? composite : font.outlineOf(glyph)) };
    const subset = createSubset(made);
    expect(subset.includeGlyph(9)).toBe(1);
    const tables = tablesOf(subset.encode());
    const written = outline(tables, 1);
    expect([written.readUInt16BE(12), written.readUInt16BE(20)]).toEqual([2, 3]);
    for (const [number, original] of [
      [2, font.outlineOf(7)],
      [3, font.outlineOf(8)],
    ] as const) {
      expect(outline(tables, number).subarray(0, original.length).equals(original)).toBe(true);
    }
    expect(composite.readUInt16BE(12)).toBe(7);
  });

  test('bytes that are no font are refused', () => {
    expect(() => openTrueType(Buffer.alloc(64), 'X')).toThrow(/no head table/);
  });
});
