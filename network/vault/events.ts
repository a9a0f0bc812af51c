import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/index.ts';
import { idSchema } from '../kernel/index.ts';

/** Ids, roles and names of fields only: what was seen stands nowhere outside the vault. */
export const PiiRevealed = defineEvent(
  'PiiRevealed',
  'pii.revealed',
  z.object({
    auditId: idSchema('aud'),
    partyId: idSchema('pty'),
    actorId: z.string(),
    actorRole: z.string(),
    actorOrganisationId: idSchema('org'),
    purpose: z.string(),
    fields: z.array(z.string()),
  }),
);
export const PartyErased = defineEvent(
  'PartyErased',
  'party.erased',
  z.object({ auditId: idSchema('aud'), partyId: idSchema('pty'), purpose: z.string() }),
);

export const VAULT_EVENTS = [PiiRevealed, PartyErased] as const;
