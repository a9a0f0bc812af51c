import { z } from 'zod';
import { accepted, type FieldError, type Outcome, refused, textSchema } from '../kernel/index.ts';
import type { Party, PartyAddress } from '../vault/index.ts';
import { validateAddress } from './address.ts';
import { AddressInput } from './contract.ts';
import { normalisePhone } from './phone.ts';

/** A person or firm with an address. Goes to the vault at once; answers show it masked. */
export const partyInputSchema = z
  .strictObject({
    name: textSchema(80),
    company: textSchema(120).optional(),
    phone: z.string().trim().min(3).max(40).optional(),
    email: z.email().max(254).optional(),
    address: AddressInput,
    taxIds: z
      .array(z.strictObject({ kind: z.string().regex(/^[a-z0-9_]{2,20}$/), number: textSchema(40) }))
      .max(10)
      .optional(),
  })
  .meta({ id: 'PartyInput' });

/** A party as it stands in a body. */
export type PartyInput = {
  readonly name: string;
  readonly company?: string | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
  readonly address: unknown;
  readonly taxIds?: readonly { readonly kind: string; readonly number: string }[] | undefined;
};

/**
 * Checks the address and brings the phone to E.164. `pointer` is where the party stands in the body; field errors
 * point into it. A phone that hides digits is refused before anything else reads it.
 */
export function readParty(
  input: PartyInput,
  pointer: string,
): Outcome<Party & { readonly address: PartyAddress }> {
  const address = validateAddress(input.address);
  if (!address.ok) {
    const errors: FieldError[] = address.rejection.errors.map((error) => ({
      pointer: `${pointer}/address${error.pointer}`,
      code: error.code,
      message:
        error.suggestion === undefined ? error.message : `${error.message} Did you mean ${error.suggestion}?`,
      ...(error.suggestion === undefined ? {} : { suggestion: error.suggestion }),
    }));
    return refused('address_invalid', address.rejection.detail, errors);
  }
  let phone: string | undefined;
  if (input.phone !== undefined) {
    const read = normalisePhone(input.phone, address.value.country);
    if (!read.ok) {
      return refused(read.rejection.code, read.rejection.detail, [
        { pointer: `${pointer}/phone`, code: read.rejection.code, message: read.rejection.detail },
      ]);
    }
    phone =
      read.value.extension === undefined ? read.value.e164 : `${read.value.e164}-${read.value.extension}`;
  }
  return accepted({
    name: input.name,
    company: input.company,
    phone,
    email: input.email,
    taxIds: input.taxIds,
    address: address.value,
  });
}

/** What of an address everybody may know. */
export function coarsePlaceOf(address: PartyAddress) {
  return {
    country: address.country,
    division: address.divisionCodes?.[0] ?? address.division,
    city: address.city,
    postcode: address.postcode,
  };
}

/** An exact position of a home is not needed to deliver by address, so it is not kept. */
export function withoutPosition(party: Party & { readonly address: PartyAddress }): Party {
  const { position: _position, ...address } = party.address;
  return { ...party, address };
}
