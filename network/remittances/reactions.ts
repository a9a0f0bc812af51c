import { type PublishedEvent, type Reaction, reactionOfAll } from '../../platform/outbox/index.ts';
import { DeductionDecided } from '../commissions/events.ts';
import type { Instant, Money, OrganisationId, PointId } from '../kernel/index.ts';
import { CashCharged, CashRecorded, PickedUpFromPoint, ShelfParcelUndone } from '../shelves/events.ts';
import { findChargedLine } from './line-store.ts';
import type { StatementLine } from './model.ts';
import { type CashFact, oweOn } from './owe-on.ts';

type OfShelf = {
  readonly shelfParcelId: string;
  /** The point network. */
  readonly organisationId: string;
  readonly pointId: PointId;
  readonly announcedBy: OrganisationId;
  readonly number: string;
  readonly occurredAt: Instant;
  readonly cashCollected?: Money;
  readonly cashOpen?: Money;
  readonly cashPaidBy?: StatementLine['paidBy'];
  readonly undone?: 'stored' | 'handed_out';
};
type OfDeduction = {
  readonly reason: string;
  readonly decision: string;
  readonly subject: { readonly id: string };
  readonly occurredAt: Instant;
};
export type Heard = Pick<PublishedEvent<never>, 'eventId'> & { readonly payload: unknown };

/** What an event of a waiting parcel says of the money for its goods. Pure. */
export function factsOf({ eventId, payload }: Heard): readonly CashFact[] {
  const told = payload as OfShelf;
  const { shelfParcelId, organisationId: networkId, pointId, announcedBy, number, occurredAt } = told;
  const shared = { eventId, announcedBy, shelfParcelId, number, networkId, pointId, occurredAt };
  if (told.undone !== undefined) return told.undone === 'handed_out' ? [{ ...shared, kind: 'undone' }] : [];
  const { cashOpen, cashCollected: amount = cashOpen } = told;
  const paidBy = cashOpen === undefined ? told.cashPaidBy : 'charged';
  return amount === undefined || paidBy === undefined
    ? []
    : [{ ...shared, kind: 'collected', amount, paidBy }];
}

/** What counters took for goods is owed on to who announced them. */
export function remittanceReactions(): readonly Reaction[] {
  return [
    reactionOfAll(
      'remittances.owe_on',
      [PickedUpFromPoint.name, ShelfParcelUndone.name, CashRecorded.name, CashCharged.name],
      (work, events: readonly PublishedEvent<never>[]) => oweOn(work, events.flatMap(factsOf)),
    ),
    {
      name: 'remittances.charge_overturned',
      on: [DeductionDecided.name],
      run: async (work, { eventId, payload }: PublishedEvent<OfDeduction>) => {
        const { reason, decision, subject, occurredAt } = payload;
        if (reason !== 'cash_not_recorded' || decision !== 'overturned') return;
        const line = await findChargedLine(work.db, subject.id);
        if (line === undefined) return;
        const { organisationId: announcedBy, shelfParcelId, number, networkId, pointId } = line;
        await oweOn(work, [
          { eventId, announcedBy, shelfParcelId, number, networkId, pointId, occurredAt, kind: 'undone' },
        ]);
      },
    },
  ];
}
