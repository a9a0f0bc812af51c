import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { plainLetter, REPLACEMENT } from './printable-text.policy.ts';
import { openTrueType, type TrueTypeFont } from './truetype.ts';

/** `latin`: Helvetica, one of the fonts every PDF reader brings; `han`: Noto Sans SC, embedded as a subset. */
export type Script = 'latin' | 'han';
export type Weight = 'regular' | 'bold';

/** One character with its font and its advance in em. */
export type Cell = { readonly text: string; readonly script: Script; readonly em: number };

const LATIN_NAMES: Readonly<Record<Weight, string>> = { regular: 'Helvetica', bold: 'Helvetica-Bold' };
const HAN_FILES: Readonly<Record<Weight, readonly [string, string]>> = {
  regular: ['@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf', 'NotoSansSC-Regular'],
  bold: ['@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf', 'NotoSansSC-Bold'],
};

export function latinFontName(weight: Weight): string {
  return LATIN_NAMES[weight];
}

const hanFonts: Partial<Record<Weight, TrueTypeFont>> = {};

/** Noto Sans SC, read once for each thread (10 MB) and only when a text needs it. */
export function hanFont(weight: Weight): TrueTypeFont {
  const opened = hanFonts[weight];
  if (opened !== undefined) return opened;
  const [file, name] = HAN_FILES[weight];
  const font = openTrueType(readFileSync(createRequire(import.meta.url).resolve(file)), name);
  hanFonts[weight] = font;
  return font;
}

/** Printable Latin-1 and the punctuation of Windows-1252 that labels meet: what Helvetica has in a PDF. */
const LATIN = /^[\x20-\x7e\xa1-\xac\xae-\xff€‚„…‘’“”•–—™ŠšŽžŒœŸ]$/u;

const cells: Record<Weight, Map<string, Cell>> = { regular: latinCells('regular'), bold: latinCells('bold') };

/** Advances of the standard fonts come from pdfkit's metrics (Adobe AFM), measured once. */
function latinCells(weight: Weight): Map<string, Cell> {
  const probe = new PDFDocument({ autoFirstPage: false });
  probe.font(LATIN_NAMES[weight], 1000);
  const map = new Map<string, Cell>();
  const extra = [...'€‚„…‘’“”•–—™ŠšŽžŒœŸ'].map((text) => text.codePointAt(0) ?? 0);
  for (const code of [...Array.from({ length: 224 }, (_, index) => index + 32), ...extra]) {
    const text = String.fromCodePoint(code);
    if (LATIN.test(text)) map.set(text, { text, script: 'latin', em: probe.widthOfString(text) / 1000 });
  }
  return map;
}

/** The characters of a printable text with the font each is set in; one without a glyph becomes its plain letter or the replacement. */
export function cellsOf(text: string, weight: Weight): readonly Cell[] {
  return Array.from(text, (character) => cellOf(character, weight));
}

function cellOf(character: string, weight: Weight): Cell {
  const known = cells[weight];
  const cell = known.get(character) ?? hanCell(character, weight);
  // Only what the font has is remembered: hostile text cannot grow the table past the font.
  if (cell.text === character) known.set(character, cell);
  return cell;
}

function hanCell(text: string, weight: Weight): Cell {
  const font = hanFont(weight);
  const glyph = font.glyphOf(text.codePointAt(0) ?? 0);
  if (glyph !== 0) return { text, script: 'han', em: font.advanceOf(glyph) / font.unitsPerEm };
  const plain = plainLetter(text);
  // Looked up like any letter: what is printed must not hang on which letters came before.
  if (plain !== text) return cellOf(plain, weight);
  return cells[weight].get(REPLACEMENT) ?? { text: REPLACEMENT, script: 'latin', em: 0.6 };
}
