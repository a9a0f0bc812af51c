import type { EffectDone } from '../../platform/http/index.ts';
import type { PublishedEvent, Reaction } from '../../platform/outbox/index.ts';
import type { Work } from '../../platform/world/index.ts';
import type { Operation } from '../accounts/index.ts';
import { AUDITED, concernedBy, subjectOf, VAULT_ACTS } from './audited.policy.ts';
import { insertRecord } from './store.ts';

/** Notes an act in its own transaction; a refused one leaves nothing, as it did nothing. */
export async function recordEffect(work: Work, done: EffectDone): Promise<void> {
  if (!AUDITED.has(done.operation as Operation)) return;
  await insertRecord(work.db, {
    id: work.newId('adt'),
    organisationId: concernedBy(done.owner, done.answer),
    at: work.now,
    operation: done.operation,
    subject: subjectOf(done.params, done.answer),
    actorId: done.caller.id,
    actorRole: done.caller.role,
    actorOrganisationId: done.caller.organisationId,
    requestId: done.requestId,
  });
}

type VaultAct = {
  readonly partyId: string;
  readonly actorId?: string;
  readonly actorRole?: string;
  readonly actorOrganisationId?: string;
};

/** Reveals and erasures stand in the vault's chain; here is that they happened, beside the other acts. */
export const auditReactions: readonly Reaction[] = [
  {
    name: 'audit.vault_acts',
    on: Object.keys(VAULT_ACTS),
    run: async (work, event: PublishedEvent<VaultAct>) => {
      const { organisationId, payload } = event;
      if (organisationId === undefined) return;
      await work.actFor({ organisationId });
      await insertRecord(work.db, {
        id: work.newId('adt'),
        organisationId,
        at: event.occurredAt,
        operation: VAULT_ACTS[event.type as keyof typeof VAULT_ACTS],
        subject: payload.partyId,
        actorId: payload.actorId ?? 'retention',
        actorRole: payload.actorRole ?? 'system',
        actorOrganisationId: payload.actorOrganisationId ?? organisationId,
        requestId: undefined,
      });
    },
  },
];
