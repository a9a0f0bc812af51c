import type { Caller, Ledger } from './caller.ts';
import { callerOf } from './caller.ts';

/** A party of the world and the key that it acts with. Written down, so that a world that was stopped goes on. */
export type Seat = {
  readonly kind: 'marketplace' | 'merchant' | 'carrier' | 'warehouse' | 'point_operator' | 'operator';
  readonly name: string;
  readonly organisationId: string;
  readonly role: string;
  readonly key: string;
  readonly keyId: string;
};

/** Name of every key that the world mints, so that it finds its own again. */
const KEY_NAME = 'living world';

export type Opening = {
  readonly kind: Exclude<Seat['kind'], 'operator'>;
  readonly name: string;
  readonly country: string;
  readonly carrierCode?: string;
  readonly marketplaceId?: string;
};

/** Opens organisations and mints keys as the operator does; what is there already is found again. */
export type Registrar = {
  readonly operator: Caller;
  organisation(opening: Opening): Promise<Opened>;
  seat(kind: Seat['kind'], name: string, organisationId: string, role: string): Promise<Seat>;
  callerOf(seat: Seat): Caller;
};

/** `marketplaceId`: of one that was there before, the marketplace that it really belongs to. */
export type Opened = { readonly id: string; readonly marketplaceId: string | undefined };

type Known = {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly carrier_code?: string | undefined;
  readonly client_platform_id?: string | undefined;
};

export async function createRegistrar(
  baseUrl: string,
  operator: Caller,
  ledger: Ledger,
  known: readonly Seat[] = [],
): Promise<Registrar> {
  const organisations = (await Array.fromAsync(operator.listAll('/v1/organisations'))) as Known[];
  const mint = async (organisationId: string, role: string) => {
    const body = { organisation_id: organisationId, role, name: KEY_NAME } as never;
    return operator.post('/v1/api-keys', { body });
  };
  return {
    operator,
    organisation: async (opening) => {
      const { kind, name, country, carrierCode, marketplaceId } = opening;
      const found = organisations.find((one) =>
        kind === 'carrier' ? one.carrier_code === carrierCode : one.kind === kind && one.name === name,
      );
      if (found !== undefined) return { id: found.id, marketplaceId: found.client_platform_id };
      const opened = await operator.post('/v1/organisations', {
        body: {
          kind,
          name,
          country,
          ...(carrierCode === undefined ? {} : { carrier_code: carrierCode }),
          ...(marketplaceId === undefined ? {} : { client_platform_id: marketplaceId }),
        } as never,
      });
      return { id: opened.id, marketplaceId };
    },
    seat: async (kind, name, organisationId, role) => {
      const before = known.find((one) => one.organisationId === organisationId && one.role === role);
      if (before !== undefined) return before;
      let minted: Awaited<ReturnType<typeof mint>>;
      try {
        minted = await mint(organisationId, role);
      } catch (error) {
        // A role has two active keys at most: a key of an earlier world that was forgotten makes room.
        if (!(await revokeForgotten(operator, organisationId, role))) throw error;
        minted = await mint(organisationId, role);
      }
      return { kind, name, organisationId, role, key: minted.secret, keyId: minted.key.id };
    },
    callerOf: (seat) => callerOf(baseUrl, seat.key, ledger),
  };
}

async function revokeForgotten(operator: Caller, organisationId: string, role: string): Promise<boolean> {
  for await (const key of operator.listAll('/v1/api-keys')) {
    if (key.organisation_id !== organisationId || key.role !== role || key.name !== KEY_NAME) continue;
    if (key.revoked_at !== undefined) continue;
    await operator.delete('/v1/api-keys/{api_key_id}', { params: { path: { api_key_id: key.id } } });
    return true;
  }
  return false;
}
