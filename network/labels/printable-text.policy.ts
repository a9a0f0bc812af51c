/**
 * What may reach a label as text, for PDF and ZPL alike: one place, so that no writer needs to trust its input.
 *
 * - control characters, line breaks and tabs become a space;
 * - invisible characters are dropped: bidi overrides and isolates, zero-width, soft hyphen, tags, variation
 *   selectors (Cf, Hangul fillers, and by the marks below the variation selectors): they can make a printed address read differently from the stored one;
 * - lone surrogates, private use and unassigned characters become the visible replacement;
 * - combining marks that have no composed form are dropped: no label font stacks them;
 * - Latin letters without a glyph lose their accent (`ř` to `r`, `ł` to `l`), as posts accept; other characters
 *   without one (emoji, other scripts) become the replacement. Both happen when the font is chosen.
 */

/** Visible, in every font of every printer, and never drags in a second font. */
export const REPLACEMENT = '?';

/** Longest text of one field that is looked at; no field of a label holds more at 5 pt. Our limit. */
export const MAX_FIELD_CODE_POINTS = 400;

const SAFE = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\p{Zs}]+/gu;
const INVISIBLE = /[\p{Cf}\u115f\u1160\u3164\uffa0]/gu;
const MARKS = /\p{M}/gu;
const UNPRINTABLE = /[\p{Cs}\p{Co}\p{Cn}\ufffc\ufffd]/gu;

/** The printable form of any string: never throws, no control character, single spaces, at most 400 code points. */
export function printableText(text: string): string {
  if (text.length <= MAX_FIELD_CODE_POINTS && SAFE.test(text)) return text;
  // Four times the limit leaves room for what is dropped, and bounds the work for hostile megabytes.
  const head = text.slice(0, MAX_FIELD_CODE_POINTS * 4).toWellFormed();
  const clean = head
    .normalize('NFC')
    .replace(BREAKS, ' ')
    .replace(INVISIBLE, '')
    .replace(MARKS, '')
    .replace(UNPRINTABLE, REPLACEMENT)
    .replace(/ {2,}/g, ' ')
    .trim();
  const points = [...clean];
  return points.length <= MAX_FIELD_CODE_POINTS
    ? clean
    : `${points.slice(0, MAX_FIELD_CODE_POINTS - 1).join('')}…`;
}

/** Letters that Unicode does not decompose (UTS 39 and common passport practice). */
const PLAIN: Readonly<Record<string, string>> = {
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ħ: 'h',
  Ħ: 'H',
  ı: 'i',
  ŧ: 't',
  Ŧ: 'T',
};

/** The letter without its accents; the character itself when it has none. */
export function plainLetter(character: string): string {
  return PLAIN[character] ?? character.normalize('NFD').charAt(0);
}
