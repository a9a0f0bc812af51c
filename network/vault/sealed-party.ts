import { createHmac } from 'node:crypto';
import {
  type BlindIndex,
  deriveKey,
  normaliseDigits,
  open,
  SealError,
  seal,
} from '../../platform/crypto/index.ts';
import { canonicalJson } from '../rulebooks/index.ts';
import { blindIndexOf, hexOf, type OwnerKeys } from './keys.ts';
import type { Party, PartyKey } from './model.ts';
import type { IndexedField, SealedRow } from './store.ts';

/** Bound to owner, reference and month: a row that was moved or swapped does not open. */
function bindingOf(key: PartyKey, purpose: string): readonly string[] {
  return ['party', key.organisationId, key.ref, purpose];
}

/** 16 bytes that tell equal parties of one owner apart from others, exactly as they were written; hex. */
export function contentIndexOf(indexKey: Uint8Array, party: Party): string {
  const mac = createHmac('sha256', deriveKey(indexKey, 'content')).update(canonicalJson(party)).digest();
  return hexOf(mac.subarray(0, 16));
}

export function sealParty(keys: OwnerKeys, key: PartyKey, content: string, party: Party): SealedRow {
  const plain = Buffer.from(canonicalJson(party));
  const indexes = blindIndexOf(keys.indexKey);
  const hex = (field: IndexedField, text: string | undefined) => {
    const index = text === undefined ? undefined : lookUpIndex(indexes, key.organisationId, field, text);
    return index === undefined ? null : hexOf(index);
  };
  return {
    ref: key.ref,
    sealed: hexOf(seal(keys.key, plain, bindingOf(key, keys.purpose))),
    content,
    name: hex('name', party.name),
    phone: hex('phone', party.phone),
    tail: hex('phone_tail', tailOf(party.phone)),
    nameTail: hex('name_tail', nameTailOf(party.name)),
    email: hex('email', party.email),
  };
}

/** Throws SealError for ciphertext that was altered or lies in another row than it was written to. */
export function openParty(key: PartyKey, purpose: string, dataKey: Uint8Array, sealed: Uint8Array): Party {
  const plain = open(dataKey, sealed, bindingOf(key, purpose));
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain)) as Party;
}

/** The index to look a text up by; undefined for text that cannot be looked up, such as a masked number. */
export function lookUpIndex(
  indexes: BlindIndex,
  organisationId: string,
  field: IndexedField,
  text: string,
): Uint8Array | undefined {
  return indexes.of(
    organisationId,
    field,
    text,
    field === 'phone' || field === 'phone_tail' ? 'digits' : 'text',
  );
}

/** Last four digits, by which points search (domain 1.5). Undefined for a masked or shorter number. */
export function tailOf(phone: string | undefined): string | undefined {
  const digits = normaliseDigits(phone ?? '')?.replace('+', '');
  return digits === undefined || digits.length < 4 ? undefined : digits.slice(-4);
}

/**
 * The part of a name that people ask by: the last word, and of a name without blanks in Han, kana or Hangul what
 * follows the first character (the given name, as masks too hide what follows it). Undefined when that is nothing.
 */
export function nameTailOf(name: string): string | undefined {
  const words = name.normalize('NFKC').trim().split(/\s+/u);
  if (words.length > 1) return words.at(-1);
  const characters = [...(words[0] ?? '')];
  const isEastAsian = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+$/u.test(
    words[0] ?? '',
  );
  return isEastAsian && characters.length > 1 ? characters.slice(1).join('') : undefined;
}

/** `PRVB`, format 1, the month of the key in ASCII; then what `seal` makes. */
const BLOB_HEAD = Buffer.from('PRVB\u0001');
const MONTH_BYTES = 7;

/** Seals and opens bytes that hold personal data and lie outside the database, such as labels. */
export function sealBytes(
  keys: OwnerKeys,
  organisationId: string,
  name: string,
  bytes: Uint8Array,
): Uint8Array {
  const sealed = seal(keys.key, bytes, ['blob', organisationId, name, keys.purpose]);
  return Buffer.concat([BLOB_HEAD, Buffer.from(keys.purpose, 'ascii'), sealed]);
}

/** Month of the key of a sealed blob. Throws SealError for bytes that are not one. */
export function monthOfBlob(sealed: Uint8Array): string {
  const head = Buffer.from(sealed.subarray(0, BLOB_HEAD.length));
  const month = Buffer.from(sealed.subarray(BLOB_HEAD.length, BLOB_HEAD.length + MONTH_BYTES)).toString(
    'ascii',
  );
  if (!head.equals(BLOB_HEAD) || !/^\d{4}-\d{2}$/.test(month)) throw new SealError('malformed');
  return month;
}

export function openBytes(
  dataKey: Uint8Array,
  organisationId: string,
  name: string,
  sealed: Uint8Array,
): Uint8Array {
  const body = sealed.subarray(BLOB_HEAD.length + MONTH_BYTES);
  return open(dataKey, body, ['blob', organisationId, name, monthOfBlob(sealed)]);
}
