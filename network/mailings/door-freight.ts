import type { Reaction } from '../../platform/outbox/index.ts';
import { findOperatorOrganisation, findOrganisation } from '../accounts/index.ts';
import { type Instant, localDate } from '../kernel/index.ts';
import { recordEarnings } from '../ledger/index.ts';
import { findCountry } from '../places/index.ts';
import { insertDoorFreight } from './door-freight-store.ts';
import { MailingAccepted, MailingUndone } from './events.ts';
import { doorOf } from './model.ts';
import { findMailing } from './store.ts';

/**
 * What a courier took at a door his carrier owes to the operator, once for a mailing; what he gave back, it owes no more.
 * Of what counters took `commissions` keeps account. Begins and ends in the network's scope.
 */
export const doorFreight: Reaction = {
  name: 'mailings.door_freight',
  on: [MailingAccepted.name, MailingUndone.name],
  run: async (work, { type, payload }) => {
    const { mailingId, pointId, occurredAt } = payload as {
      mailingId: string;
      pointId?: string;
      occurredAt: Instant;
    };
    const mailing = pointId === undefined ? await findMailing(work.db, mailingId) : undefined;
    const intake = mailing?.intake;
    if (
      mailing === undefined ||
      intake === undefined ||
      intake.pointId !== undefined ||
      intake.collected.amountMinor === 0
    )
      return;
    const operatorId = await findOperatorOrganisation(work.db);
    if (operatorId === undefined) return;
    const { byOrganisationId: partnerId, collected } = intake;
    const isTaken = type === MailingAccepted.name;
    const carrier = await findOrganisation(work.db, partnerId);
    const zone = (carrier && findCountry(carrier.country)?.zone) ?? 'UTC';
    const amountMinor = isTaken ? collected.amountMinor : 0 - collected.amountMinor;
    await work.actFor({ organisationId: partnerId });
    await insertDoorFreight(work.db, {
      id: work.newId('dfl'),
      organisationId: partnerId,
      mailingId: mailing.id,
      kind: isTaken ? 'taken' : 'given_back',
      courierId: doorOf(mailing)?.courierId,
      number: mailing.parcel?.number,
      day: localDate(occurredAt, zone),
      occurredAt,
      paidBy: intake.paidBy,
      currency: collected.currency,
      amountMinor,
    });
    await recordEarnings(work, { partnerId, clearsWith: operatorId }, [
      {
        reference: { kind: isTaken ? 'mailing' : 'mailing_undone', id: mailingId },
        subject: { kind: 'mailing', id: mailingId },
        currency: collected.currency,
        amountMinor: 0 - amountMinor,
        counterKind: 'income',
        kind: 'freight_collected',
      },
    ]);
    await work.actFor('network');
  },
};
