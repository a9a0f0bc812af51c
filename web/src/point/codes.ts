import type { components } from '@postroad/sdk';

export type Scheme = components['schemas']['PickUpCodeScheme'];

const withoutZeros = (part: string) => part.replace(/^([A-Z]*)0+(?=\d)/, '$1');

/**
 * What somebody said at the counter in the plain form of the codes, as the server has it before it compares or hashes:
 * leading zeros, blanks and dashes are not held against him.
 */
export function plainPickUpCode(scheme: Scheme, said: string): string {
  const text = said.trim().toUpperCase().replace(/\s+/g, '');
  if (scheme.form === 'digits') return text.replace(/\D/g, '');
  return text
    .split(/[-\u2010-\u2015_.]/)
    .filter((part) => part !== '')
    .map(withoutZeros)
    .join('-');
}

const WRITTEN = /^([0-9]{1,3}|[A-Z]{1,2}[0-9]{0,2})-[0-9]{1,2}-[0-9]{1,4}$/;

/** A code as it is written on a parcel, which names one by itself; undefined: it is something else. */
export function writtenCodeIn(said: string): string | undefined {
  const plain = plainPickUpCode({ form: 'place', scope: 'full' }, said);
  return WRITTEN.test(plain) ? plain : undefined;
}

const ROW = /^([0-9]{1,3}|[A-Z]{1,2}[0-9]{0,2})-([0-9]{1,2})$/;
const COMPARTMENT = /^[A-Z0-9][A-Z0-9-]{0,11}$/;

/** Shelf and row like `15-1`, or the compartment of a locker; undefined when it is no place of such a point. */
export function placeIn(kind: string, said: string): string | undefined {
  const text = said.trim().toUpperCase();
  if (kind === 'locker') return COMPARTMENT.test(text) ? text : undefined;
  const [, shelf = '', row = ''] = ROW.exec(text) ?? [];
  return shelf === '' ? undefined : `${withoutZeros(shelf)}-${withoutZeros(row)}`;
}

/** Names of doors are short; a longer scan at a locker is the next parcel. Our default. */
const SCANNED_DOOR = 5;

/** The place that a label names which was scanned after a parcel; undefined when it may be another parcel. */
export function scannedPlaceIn(kind: string, code: string): string | undefined {
  const place = placeIn(kind, code);
  return kind === 'locker' && code.trim().length > SCANNED_DOOR ? undefined : place;
}

const BROUGHT = /^(P[RM]1:)?[2-9A-Z]{4}[\s-]?[2-9A-Z]{4}(:[A-Za-z0-9_-]{22})?$/;
export type Brought = 'return' | 'mailing';
const MARKS: Readonly<Record<string, Brought>> = { 'PR1:': 'return', 'PM1:': 'mailing' };

/**
 * What somebody shows who brings a parcel, by the look of it: eight characters, which may be either, or all that a QR
 * holds, which says what it is. Undefined: it is no such code.
 */
export function broughtBy(said: string): Brought | 'either' | undefined {
  const text = said.trim();
  const mark = text.slice(0, 4);
  const kind = MARKS[mark];
  if (!BROUGHT.test(kind === undefined ? text.toUpperCase() : text)) return undefined;
  return kind ?? 'either';
}

/** May it be the code of a return, by the look of it? */
export function isReturnCode(said: string): boolean {
  const kind = broughtBy(said);
  return kind === 'return' || kind === 'either';
}

/** The code of a QR as people read it. */
export const spelled = (code: string): string => code.replace(/^P[RM]1:(.{4})(.{4}):.*$/, '$1-$2');
