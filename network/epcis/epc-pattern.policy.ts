/**
 * EPC patterns in queries (EPCIS 2.0, 8.2.7.1.1; GS1 EPC Tag Data Standard 2.0, section 8: once a component is `*`, all
 * behind it are). Stored EPCs are canonical Digital Links, so a pattern becomes a pattern of theirs.
 */
const ROOT = 'https://id.gs1.org';

/** SQL LIKE pattern over canonical EPCs; undefined for a text that is no pattern, or one of a scheme without any. */
export function likeOfEpcPattern(uri: string): string | undefined {
  const match = /^urn:epc:idpat:([a-z]{3,5}):(\d{6,12})\.(.{1,120})$/.exec(uri);
  if (match === null) return undefined;
  const [, scheme = '', prefix = '', rest = ''] = match;
  const shape = Object.hasOwn(SHAPES, scheme) ? SHAPES[scheme] : undefined;
  const path = shape?.(prefix, rest.split('.'));
  return path === undefined ? undefined : ROOT + path;
}

type Shape = (prefix: string, parts: readonly string[]) => string | undefined;

/** So many digits that are not told. */
const any = (digits: number) => '_'.repeat(Math.max(0, digits));
const isDigits = (text: string, length: number) => text.length === length && /^\d*$/.test(text);

/** `prefix.reference.serial`: all serials of a reference, or of all references of a prefix; the check digit is left open. */
const keyed =
  (options: {
    readonly path: string;
    /** Digits of prefix and reference, without the check digit. */
    readonly digits: number;
    /** The reference begins with an indicator that stands before the prefix. */
    readonly isIndicated: boolean;
    /** Between key and serial. */
    readonly between: string;
  }): Shape =>
  (prefix, [reference = '', serial, ...surplus]) => {
    const { path, digits, isIndicated, between } = options;
    const length = digits - prefix.length;
    if (serial !== '*' || surplus.length > 0 || length < (isIndicated ? 1 : 0)) return undefined;
    if (reference === '*') {
      const key = isIndicated ? `_${prefix}${any(length - 1)}` : `${prefix}${any(length)}`;
      return `${path}${key}_${between}%`;
    }
    if (!isDigits(reference, length)) return undefined;
    const key = isIndicated ? `${reference[0]}${prefix}${reference.slice(1)}` : `${prefix}${reference}`;
    return `${path}${key}_${between}%`;
  };

const SHAPES: Readonly<Record<string, Shape>> = {
  sgtin: keyed({ path: '/01/', digits: 13, isIndicated: true, between: '/21/' }),
  sgln: keyed({ path: '/414/', digits: 12, isIndicated: false, between: '' }),
  grai: keyed({ path: '/8003/0', digits: 12, isIndicated: false, between: '' }),
  gdti: keyed({ path: '/253/', digits: 12, isIndicated: false, between: '' }),
  sscc: (prefix, parts) =>
    parts.length === 1 && parts[0] === '*' ? `/00/_${prefix}${any(16 - prefix.length)}_` : undefined,
  giai: (prefix, parts) => (parts.length === 1 && parts[0] === '*' ? `/8004/${prefix}%` : undefined),
};
