/** Longest number that is kept; no carrier prints a longer one but for DHL's e-commerce, which has 41. */
const LONGEST = 40;

/** Longest text that is looked at: 47 characters of a routed barcode, each with a blank, and a scanner's prefix. */
const LONGEST_TEXT = 128;

/**
 * A number as people and scanners write it, made comparable: blanks and hyphens removed, upper case. Undefined when
 * what remains is not 4 to 40 letters and digits.
 */
export function normaliseNumber(text: string): string | undefined {
  if (text.length > 4 * LONGEST) return undefined;
  if (isBare(text)) return text.length >= 4 && text.length <= LONGEST ? text : undefined;
  const plain = text.replace(/[\s-]/g, '').toUpperCase();
  return /^[0-9A-Z]{4,40}$/.test(plain) ? plain : undefined;
}

/** Name a scanner's symbology in three characters (ISO/IEC 15424): `]C1` is GS1-128, `]d2` GS1 DataMatrix. */
const SYMBOLOGY = /^\][A-Za-z][0-9A-Za-z]/;
/** The separator FNC1 as programs show it; scanners send the control character 29, which goes with the others. */
const FNC1 = '\u001d';
const SHOWN_FNC1 = /[<{[(](?:GS|FNC1|0x1D)[>}\])]|\\x1D|\\u001D|\^\]|\u241D/gi;

/** Characters that stand where a hyphen was meant, beside those of U+2010 to U+2015: on Chinese and Japanese keyboards,
 * in other scripts, in copied web pages. */
const HYPHENS: ReadonlySet<number> = new Set([
  0x2d, 0xad, 0x2d7, 0x58a, 0x5be, 0x1806, 0x2043, 0x2212, 0x2796, 0x2e3a, 0x2e3b, 0x30a0, 0x30fc, 0xfe58,
  0xfe63, 0xff70,
]);
/** Blanks and marks of no width, beside those of U+2000 to U+200F: direction, line, joiner, byte order. */
const UNSEEN: ReadonlySet<number> = new Set([0x61c, 0x180e, 0x3000, 0xfeff]);

/**
 * The bare characters of a text that a person typed or a scanner sent: without blanks, hyphens of all kinds, control
 * characters, the parentheses of application identifiers, the stars of Code 39, DPD's per cent sign and the name of the
 * symbology; full-width characters as plain ones; upper case. Undefined where anything else is left, and for a text that is
 * longer than 128 characters.
 */
export function bareNumber(text: string): string | undefined {
  if (text.length > LONGEST_TEXT) return undefined;
  if (isBare(text)) return text;
  const sent = withoutNoiseAround(text.replace(SHOWN_FNC1, FNC1));
  const inside = withoutNoiseAround(sent.replace(SYMBOLOGY, '')).replace(/^[*%]/, '').replace(/\*$/, '');
  let bare = '';
  for (let index = 0; index < inside.length; index += 1) {
    const code = plainCode(inside.charCodeAt(index));
    if (isAlphanumeric(code)) bare += String.fromCharCode(code);
    else if (!isNoise(code)) return undefined;
  }
  return bare;
}

/**
 * What stands behind the destination in a GS1 barcode: 420 and a postcode, or 421, country and postcode, have no fixed
 * length and end with FNC1 (GS1 General Specifications 3.4.2 and 3.4.3). Undefined for any other text.
 */
export function behindDestination(text: string): string | undefined {
  if (text.length > LONGEST_TEXT || isBare(text)) return undefined;
  const [destination = '', ...rest] = text.replace(SHOWN_FNC1, FNC1).split(FNC1).filter(isSaid);
  const isDestination = /^42[01][0-9A-Z]{4,}$/.test(bareNumber(destination) ?? '');
  return isDestination && rest.length > 0 ? bareNumber(rest.join('')) : undefined;
}

const isSaid = (part: string): boolean => bareNumber(part) !== '';

function isBare(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (!isAlphanumeric(text.charCodeAt(index))) return false;
  }
  return true;
}

/** Digits and capital letters. */
function isAlphanumeric(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
}

/** Upper case; full-width forms (U+FF01 to U+FF5E), which Chinese keyboards type, as the plain ones. */
function plainCode(code: number): number {
  const half = code >= 0xff01 && code <= 0xff5e ? code - 0xfee0 : code;
  return half >= 97 && half <= 122 ? half - 32 : half;
}

/** Scanners put a start of text or an FNC1 before the name of the symbology, and an end behind the number. */
function withoutNoiseAround(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && isNoise(plainCode(text.charCodeAt(from)))) from += 1;
  while (to > from && isNoise(plainCode(text.charCodeAt(to - 1)))) to -= 1;
  return text.slice(from, to);
}

function isNoise(code: number): boolean {
  if (code <= 32 || (code >= 127 && code <= 160)) return true;
  if (code === 40 || code === 41) return true; // the parentheses of application identifiers
  // Blanks of all widths, dashes, marks of direction and joiners; the pictures of control characters.
  if ((code >= 0x2000 && code <= 0x2015) || (code >= 0x2028 && code <= 0x202f)) return true;
  if ((code >= 0x205f && code <= 0x206f) || (code >= 0x2400 && code <= 0x2421)) return true;
  return HYPHENS.has(code) || UNSEEN.has(code);
}
