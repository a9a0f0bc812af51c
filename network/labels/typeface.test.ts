import { beforeEach, describe, expect, it, vi } from 'vitest';

/** A typeface that has met no letter yet: its table is of the module. */
async function freshTypeface() {
  vi.resetModules();
  return import('./typeface.ts');
}

describe('the letters of a label', () => {
  let typeface: Awaited<ReturnType<typeof freshTypeface>>;
  beforeEach(async () => {
    typeface = await freshTypeface();
  });
  const shown = (text: string) =>
    typeface
      .cellsOf(text, 'regular')
      .map((cell) => cell.text)
      .join('');

  // Regression: the first print said "?" and the second "\u03c5", because the plain letter was only there once met.
  it('lose an accent that no font has in the same way the first time as the second', () => {
    const letter = '\u1f56';
    expect(shown(letter)).toBe('\u03c5');
    expect(shown('\u03c5')).toBe('\u03c5');
    expect(shown(letter)).toBe('\u03c5');
  });

  it('become the replacement where not even their plain letter has a glyph', () => {
    expect(shown('\u{10d50}')).toBe('?');
    expect(shown('\u{1f95f}')).toBe('?');
  });

  it('keep what a font has', () => {
    expect(shown('\u00e9 \u738b')).toBe('\u00e9 \u738b');
  });
});
