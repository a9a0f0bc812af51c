import { type KeyRing, open, seal } from '../../platform/crypto/index.ts';
import type { CredentialField, CredentialFields } from './connector-contract.ts';

/** Fields of a credential as they lie in the database: sealed by a data key of its own, which the key ring wraps. */
export type SealedFields = { readonly sealed: Uint8Array; readonly wrappedKey: Uint8Array };

/** Bound to its row: copied to another one it does not open. */
const bindingOf = (organisationId: string, id: string) => ['carrier_credential', organisationId, id];

export function sealFields(
  keys: KeyRing,
  organisationId: string,
  id: string,
  fields: CredentialFields,
): SealedFields {
  const binding = bindingOf(organisationId, id);
  const dataKey = keys.generateDataKey(binding);
  const plain = new TextEncoder().encode(JSON.stringify(fields));
  return { sealed: seal(dataKey.plain, plain, binding), wrappedKey: dataKey.wrapped };
}

/** Throws SealError when the row was altered or the key is another. */
export function openFields(
  keys: KeyRing,
  row: { readonly organisationId: string; readonly id: string; readonly sealed: SealedFields },
): CredentialFields {
  const binding = bindingOf(row.organisationId, row.id);
  const plain = open(keys.unwrap(row.sealed.wrappedKey, binding), row.sealed.sealed, binding);
  return JSON.parse(new TextDecoder().decode(plain)) as CredentialFields;
}

/** Exactly the fields that are asked for. Undefined when they are; else what is asked for, without any value. */
export function fieldsFault(
  asked: readonly CredentialField[],
  given: Readonly<Record<string, string>>,
): string | undefined {
  const names = asked.map(({ name }) => name).sort();
  if (names.join(' ') === Object.keys(given).sort().join(' ')) return undefined;
  return names.length === 0
    ? 'It asks for no fields.'
    : `It asks for ${asked.map(({ name, about }) => `${name} (${about})`).join(', ')}.`;
}
