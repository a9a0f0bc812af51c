/**
 * Prefixed, sortable identifiers: `shp_01jd3v9k2m4n6p8q0r1s2t3v4w`.
 * The part behind the underscore is a UUID version 7 (RFC 9562) in lower-case Crockford base 32, 26 characters,
 * so ids of one kind sort by birth and hold 74 random bits.
 */
declare const idBrand: unique symbol;
export type Id<Prefix extends string> = `${Prefix}_${string}` & { readonly [idBrand]: Prefix };

const LETTERS = [...'0123456789abcdefghjkmnpqrstvwxyz'].map((letter) => letter.charCodeAt(0));
const UNDERSCORE = 0x5f;
const BODY_LENGTH = 26;
const BODY = /^[0-9a-hjkmnp-tv-z]{26}$/;

/** Makes ids; the only source of randomness that handlers get. */
export type IdSource = <Prefix extends string>(prefix: Prefix) => Id<Prefix>;

/** `uuid`: 16 bytes of a UUID. Throws RangeError on another length. */
export function idFromUuid<Prefix extends string>(prefix: Prefix, uuid: Uint8Array): Id<Prefix> {
  if (uuid.length !== 16) throw new RangeError('a UUID has 16 bytes');
  let bits = 0;
  let held = 0;
  let at = 0;
  for (; at < prefix.length; at += 1) letters[at] = prefix.charCodeAt(at);
  letters[at] = UNDERSCORE;
  at += 1;
  if (letters.length !== at + BODY_LENGTH) letters.length = at + BODY_LENGTH;
  for (let index = 0; index < 16; index += 1) {
    held = (held << 8) | (uuid[index] as number);
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      letters[at] = LETTERS[(held >> bits) & 31] as number;
      at += 1;
    }
    held &= (1 << bits) - 1;
  }
  letters[at] = LETTERS[(held << (5 - bits)) & 31] as number;
  return String.fromCharCode(...letters) as Id<Prefix>;
}

/** The letters of the id that is being made: in one go they become one text in one piece (see inOnePiece). */
const letters: number[] = [];

export function isId<Prefix extends string>(prefix: Prefix, text: string): text is Id<Prefix> {
  return text.startsWith(`${prefix}_`) && BODY.test(text.slice(prefix.length + 1));
}

export type OrganisationId = Id<'org'>;
export type PersonId = Id<'per'>;
export type ShipmentId = Id<'shp'>;
export type ParcelId = Id<'pcl'>;
export type WaybillId = Id<'wbl'>;
export type OfferId = Id<'ofr'>;
export type PickupId = Id<'pku'>;
export type PointId = Id<'pnt'>;
export type PartyRef = Id<'pty'>;
