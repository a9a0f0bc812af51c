import type { Reaction } from '../../platform/outbox/index.ts';
import { findOperatorOrganisation } from '../accounts/index.ts';
import { recordEarnings } from '../ledger/index.ts';
import { MailingAccepted, MailingUndone } from './events.ts';
import { findMailing } from './store.ts';

/**
 * What a courier took at a door his carrier owes to the operator, once for a mailing; what he gave back, it owes no more.
 * Of what counters took `commissions` keeps account. Begins and ends in the network's scope.
 */
export const doorFreight: Reaction = {
  name: 'mailings.door_freight',
  on: [MailingAccepted.name, MailingUndone.name],
  run: async (work, { type, payload }) => {
    const { mailingId, pointId } = payload as { mailingId: string; pointId?: string };
    const intake = pointId === undefined ? (await findMailing(work.db, mailingId))?.intake : undefined;
    if (intake === undefined || intake.pointId !== undefined || intake.collected.amountMinor === 0) return;
    const operatorId = await findOperatorOrganisation(work.db);
    if (operatorId === undefined) return;
    const { byOrganisationId: partnerId, collected } = intake;
    const isTaken = type === MailingAccepted.name;
    await work.actFor({ organisationId: partnerId });
    await recordEarnings(work, { partnerId, clearsWith: operatorId }, [
      {
        reference: { kind: isTaken ? 'mailing' : 'mailing_undone', id: mailingId },
        subject: { kind: 'mailing', id: mailingId },
        currency: collected.currency,
        amountMinor: isTaken ? 0 - collected.amountMinor : collected.amountMinor,
        counterKind: 'income',
        kind: 'freight_collected',
      },
    ]);
    await work.actFor('network');
  },
};
