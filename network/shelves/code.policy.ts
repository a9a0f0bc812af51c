/**
 * Pick-up codes as a resource that is used again and again: unique among the active ones of its scope, resting after a
 * hand-out so that yesterday's notice opens nothing today. Source: domain reference 5.5.
 */

/** `place`: `shelf-row-sequence` as stations write on the parcel. `digits`: a secret, 4 to 8 digits (lockers 6 to 8). */
export const CODE_FORMS = ['place', 'digits'] as const;
/** Within what a sequence is unique. */
export const CODE_SCOPES = ['full', 'shelf', 'row'] as const;
export type CodeScheme =
  | { readonly form: 'place'; readonly scope: (typeof CODE_SCOPES)[number] }
  | { readonly form: 'digits'; readonly digits: number };

/** Four digits fit on a label that is read across a counter. Our default. */
export const SEQUENCES_OF_SCOPE = 9_999;

export type Place = { readonly shelf: string; readonly row: string };

const PLACE = /^([0-9]{1,3}|[A-Z]{1,2}[0-9]{0,2})-([0-9]{1,2})$/;

/** `015-01` is `15-1`; undefined when it is no place of a shelf. */
export function readPlace(text: string): Place | undefined {
  const [, shelf, row] = PLACE.exec(text.trim().toUpperCase()) ?? [];
  if (shelf === undefined || row === undefined) return undefined;
  return { shelf: withoutZeros(shelf), row: withoutZeros(row) };
}

export function placeText({ shelf, row }: Place): string {
  return `${shelf}-${row}`;
}

const COMPARTMENT = /^[A-Z0-9][A-Z0-9-]{0,11}$/;

/** A locker's door has a name of its own. */
export function readCompartment(text: string): string | undefined {
  const name = text.trim().toUpperCase();
  return COMPARTMENT.test(name) ? name : undefined;
}

/** The scope whose sequences a code is drawn from, in one word. */
export function scopeKey(scheme: CodeScheme, place: Place | undefined): string {
  if (scheme.form === 'digits' || scheme.scope === 'full' || place === undefined) return 'full';
  return scheme.scope === 'shelf' ? place.shelf : placeText(place);
}

export function codesOfScope(scheme: CodeScheme): number {
  return scheme.form === 'digits' ? 10 ** scheme.digits : SEQUENCES_OF_SCOPE;
}

/** As the recipient reads it. */
export function codeText(scheme: CodeScheme, place: Place | undefined, sequence: number): string {
  if (scheme.form === 'digits') return String(sequence).padStart(scheme.digits, '0');
  return `${place === undefined ? '0-0' : placeText(place)}-${sequence}`;
}

/** Stands on the parcel for everybody who works at the counter to read; digits are the recipient's secret. */
export function isWritten(code: string): boolean {
  return code.includes('-');
}

/** What somebody said at the counter, in the form of the codes: leading zeros, blanks and dashes are not held against him. */
export function normaliseCode(scheme: CodeScheme, said: string): string {
  const text = said.trim().toUpperCase().replace(/\s+/g, '');
  if (scheme.form === 'digits') return text.replace(/\D/g, '');
  return text
    .split(/[-\u2010-\u2015_.]/)
    .filter((part) => part !== '')
    .map(withoutZeros)
    .join('-');
}

function withoutZeros(part: string): string {
  return part.replace(/^([A-Z]*)0+(?=\d)/, '$1');
}

/** How often another sequence is tried before the scope counts as used up. */
export const CODE_TRIES = 12;

/**
 * Which sequence to try. A station's codes go on from the last one, so that neighbours on the shelf have neighbouring
 * codes; after a collision each clerk jumps by a chance of his own, or eight of them would collide in lock-step. Secret
 * digits are always drawn. `drawn`: a fair random number from 0 to 2^32-1.
 */
export function sequenceToTry(
  scheme: CodeScheme,
  attempt: number,
  lastIssued: number | undefined,
  drawn: number,
): number {
  const count = codesOfScope(scheme);
  if (scheme.form === 'digits') return drawn % count;
  const next = (lastIssued ?? 0) + 1 + (attempt === 0 ? 0 : drawn % (16 * attempt));
  return ((next - 1) % count) + 1;
}

/** Draws above are thrown away, or small numbers would come more often. */
export function isFairDraw(scheme: CodeScheme, drawn: number): boolean {
  const count = codesOfScope(scheme);
  return scheme.form === 'place' || drawn < 2 ** 32 - (2 ** 32 % count);
}
