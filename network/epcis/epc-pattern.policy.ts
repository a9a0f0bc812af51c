/**
 * EPC patterns in queries (EPCIS 2.0, 8.2.7.1.1; GS1 EPC Tag Data Standard 2.0, section 8: once a component is `*`, all
 * behind it are). Stored EPCs are canonical Digital Links, so a pattern becomes patterns of theirs.
 */
const ROOT = 'https://id.gs1.org';

/** Values from `low` to `high`, both included and byte by byte, that fit the SQL LIKE pattern `like`. */
export type Pattern = { readonly low: string; readonly high: string; readonly like: string };

/** Behind every text that begins with what stands before it. */
const LAST = '\u{10ffff}';

export function patternOfPrefix(prefix: string): Pattern {
  return { low: prefix, high: prefix + LAST, like: `${escaped(prefix)}%` };
}

/** Fits one value alone. */
export function patternOfValue(value: string): Pattern {
  return { low: value, high: value, like: escaped(value) };
}

const escaped = (text: string) => text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);

/** A text that says it is a pattern, be it one or not. */
export const isPatternUri = (uri: string) => uri.startsWith('urn:epc:idpat:');

/** Patterns over canonical EPCs; undefined for a text that is no pattern, or one of a scheme without any. */
export function patternsOfEpcs(uri: string): readonly Pattern[] | undefined {
  return shapeOf(uri)?.instances;
}

/**
 * Patterns over canonical classes of goods: the class that the pattern names and what lies in it, such as the batches of a
 * GTIN. Undefined for a text that is no pattern, or one of a scheme without classes.
 */
export function patternsOfClasses(uri: string): readonly Pattern[] | undefined {
  return shapeOf(uri)?.classes;
}

type Shape = { readonly instances: readonly Pattern[]; readonly classes?: readonly Pattern[] };

function shapeOf(uri: string): Shape | undefined {
  const match = /^urn:epc:idpat:([a-z]{3,5}):(\d{6,12})\.(.{1,120})$/.exec(uri);
  if (match === null) return undefined;
  const [, scheme = '', prefix = '', rest = ''] = match;
  const shape = Object.hasOwn(SHAPES, scheme) ? SHAPES[scheme] : undefined;
  return shape?.(prefix, rest.split('.'));
}

type ReadShape = (prefix: string, parts: readonly string[]) => Shape | undefined;

/** So many digits that are not told. */
const any = (digits: number) => '_'.repeat(Math.max(0, digits));
const isDigits = (text: string, length: number) => text.length === length && /^\d*$/.test(text);
const DIGITS = [...'0123456789'];

/** `open`: what follows the fixed beginning, as SQL LIKE has it. */
function patternFrom(path: string, open: string): Pattern {
  return { ...patternOfPrefix(ROOT + path), like: `${ROOT}${path}${open}` };
}

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
    /** What may follow the key of a class; undefined: the scheme has no classes. */
    readonly classes?: readonly string[];
  }): ReadShape =>
  (prefix, [reference = '', serial, ...surplus]) => {
    const { path, digits, isIndicated, between, classes } = options;
    const length = digits - prefix.length;
    if (serial !== '*' || surplus.length > 0 || length < (isIndicated ? 1 : 0)) return undefined;
    if (reference !== '*' && !isDigits(reference, length)) return undefined;
    const rest =
      reference === '*' ? any(isIndicated ? length - 1 : length) : reference.slice(isIndicated ? 1 : 0);
    const indicators = !isIndicated ? [''] : reference === '*' ? DIGITS : [reference.slice(0, 1)];
    const withEnd = (end: string) =>
      indicators.map((one) => patternFrom(path + one + prefix, `${rest}_${end}`));
    return {
      instances: withEnd(`${between}%`),
      ...(classes === undefined ? {} : { classes: classes.flatMap(withEnd) }),
    };
  };

const SHAPES: Readonly<Record<string, ReadShape>> = {
  // A class is a GTIN, or a batch of it (AI 10).
  sgtin: keyed({ path: '/01/', digits: 13, isIndicated: true, between: '/21/', classes: ['', '/10/%'] }),
  sgln: keyed({ path: '/414/', digits: 12, isIndicated: false, between: '' }),
  grai: keyed({ path: '/8003/0', digits: 12, isIndicated: false, between: '', classes: [''] }),
  gdti: keyed({ path: '/253/', digits: 12, isIndicated: false, between: '', classes: [''] }),
  sscc: (prefix, parts) =>
    parts.length === 1 && parts[0] === '*'
      ? { instances: DIGITS.map((one) => patternFrom(`/00/${one}${prefix}`, `${any(16 - prefix.length)}_`)) }
      : undefined,
  giai: (prefix, parts) =>
    parts.length === 1 && parts[0] === '*' ? { instances: [patternFrom(`/8004/${prefix}`, '%')] } : undefined,
};
