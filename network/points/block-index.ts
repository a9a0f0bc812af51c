import { createBlindIndex, type KeyRing } from '../../platform/crypto/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import { accepted, type CountryCode, type FieldError, type Outcome, refused } from '../kernel/index.ts';
import { type Address, addressKey, normalisePhone, validateAddress } from '../places/index.ts';
import type { Party, PartyKey, Vault } from '../vault/index.ts';
import { findBlockKey, insertBlockKey } from './partner-store.ts';

const CONTEXT = ['points', 'block key'];
/** One for all networks of a world: who asks for a point knows the person, not which network will be asked. */
const TENANT = 'points';

/** A person or a place in clear, as it came; nothing of it is kept. */
export type Person = {
  readonly country: CountryCode;
  readonly phone?: string | undefined;
  readonly address?: object | undefined;
};
/** Keyed digests by which block lists are read. */
export type BlockKeys = {
  readonly phoneIndex?: string | undefined;
  readonly addressKey?: string | undefined;
};
type Reachable = Pick<Party, 'phone' | 'address'>;
export type BlockIndex = {
  /** Digests of what can be read; without a phone and an address the database is not asked. */
  of(db: Queryable, person: Person): Promise<Outcome<BlockKeys, 'invalid_request'>>;
  /** Of a person whom a room has taken in already: what cannot be read meets no block. Writes nothing. */
  ofParty(db: Queryable, party: Reachable, country: CountryCode): Promise<BlockKeys>;
  /** As `ofParty`, of a party in the vault; in the scope of its owner. */
  ofRef(db: Queryable, key: PartyKey, country: CountryCode): Promise<BlockKeys>;
};

/** Phones are compared as E.164, addresses without case, width and punctuation. */
export function createBlockIndex(keyRing: KeyRing, vault: Pick<Vault, 'judgeParty'>): BlockIndex {
  const keyOf = async (db: Queryable): Promise<Uint8Array> => {
    const known = await findBlockKey(db);
    if (known !== undefined) return keyRing.unwrap(known, CONTEXT);
    await insertBlockKey(db, keyRing.generateDataKey(CONTEXT).wrapped);
    const kept = await findBlockKey(db);
    if (kept === undefined) throw new Error('the key of blocks was not kept');
    return keyRing.unwrap(kept, CONTEXT);
  };
  const ofParty: BlockIndex['ofParty'] = async (db, { phone, address }, country) => {
    const wrapped = await findBlockKey(db);
    // Nobody has blocked anybody yet.
    if (wrapped === undefined) return {};
    return digestsOf(
      keyRing.unwrap(wrapped, CONTEXT),
      phone === undefined ? undefined : readOrNone(normalisePhone(phone, country))?.e164,
      address === undefined ? undefined : readOrNone(validateAddress(address)),
    );
  };
  return {
    ofParty,
    ofRef: async (db, key, country) =>
      (await vault.judgeParty(db, key, (party) => ofParty(db, party, country))) ?? {},
    of: async (db, { country, phone, address }) => {
      if (phone === undefined && address === undefined) return accepted({});
      const number = phone === undefined ? undefined : normalisePhone(phone, country);
      if (number?.ok === false) return unreadable([{ pointer: '/phone', ...textOf(number.rejection) }]);
      const place = address === undefined ? undefined : validateAddress({ ...address, country });
      if (place?.ok === false)
        return unreadable(
          (place.rejection.errors ?? []).map((one) => ({ ...one, pointer: `/address${one.pointer}` })),
        );
      return accepted(digestsOf(await keyOf(db), number?.value.e164, place?.value));
    },
  };
}

function digestsOf(key: Uint8Array, phone: string | undefined, address: Address | undefined): BlockKeys {
  const index = createBlindIndex({ key });
  const digest = (field: string, text: string | undefined) => {
    const bytes = text === undefined ? undefined : index.of(TENANT, field, text);
    return bytes === undefined ? undefined : Buffer.from(bytes).toString('hex');
  };
  return {
    phoneIndex: digest('phone', phone),
    addressKey: digest('address', address === undefined ? undefined : addressKey(address)),
  };
}

function readOrNone<Value>(read: Outcome<Value, string>): Value | undefined {
  return read.ok ? read.value : undefined;
}

const textOf = ({ code, detail }: { readonly code: string; readonly detail: string }) => ({
  code,
  message: detail,
});

function unreadable(errors: readonly FieldError[]) {
  return refused('invalid_request', 'Mend the fields named in errors.', errors);
}
