import { z } from 'zod';
import type { Queryable } from '../../platform/db/index.ts';
import { replyWith } from '../../platform/http/index.ts';
import type { World } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { accepted, idSchema, type OrganisationId, type Outcome, type PartyRef } from '../kernel/index.ts';
import type { Vault } from '../vault/index.ts';

const seen = {
  auditId: idSchema('aud'),
  name: z.string().optional(),
  company: z.string().optional(),
  phone: z.string().optional(),
  address: z
    .object({
      country: z.string(),
      division: z.string().optional(),
      city: z.string(),
      district: z.string().optional(),
      town: z.string().optional(),
      postcode: z.string().optional(),
      lines: z.array(z.string()),
    })
    .optional(),
};

/** What a courier sees of a door that he is sent to; `subject` names the thing that he comes for. */
export function doorContactSchema<Subject extends z.ZodRawShape>(id: string, subject: Subject) {
  return z
    .object({ ...subject, ...seen })
    .meta({ id, description: 'Clear text; that it was seen is on record.' });
}

export const DOOR_REFUSALS = ['reveal_not_allowed', 'reveal_quota_exhausted', 'party_erased'] as const;

/** Shows a door in clear text; that it was seen is logged and counted, in the owner's scope. */
export async function showDoor<Subject extends object>(
  { world, vault, caller }: { readonly world: World; readonly vault: Vault; readonly caller: Principal },
  organisationId: OrganisationId,
  subject: Subject,
  /** Whose door it is; a refusal where the visit is over, for that is no reason to see it. */
  doorOf: (db: Queryable) => Promise<Outcome<PartyRef>>,
) {
  const outcome = await world.command({ organisationId }, async (work) => {
    const door = await doorOf(work.db);
    if (!door.ok) return door;
    const fields = ['name', 'company', 'phone', 'address'] as const;
    return vault.revealParty(work, caller, { organisationId, ref: door.value, purpose: 'pickup', fields });
  });
  if (!outcome.ok) return outcome;
  const { party, audit } = outcome.value;
  const body = { ...subject, auditId: audit.id, ...party };
  return accepted(replyWith(201, body, { 'cache-control': 'no-store' }));
}
