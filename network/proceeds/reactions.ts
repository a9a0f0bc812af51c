import { type PublishedEvent, type Reaction, reactionOfAll } from '../../platform/outbox/index.ts';
import type { Instant, Money, OrganisationId, PointId } from '../kernel/index.ts';
import { PickedUpFromPoint, ShelfParcelUndone } from '../shelves/events.ts';
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
  readonly cashPaidBy?: StatementLine['paidBy'];
  readonly undone?: 'stored' | 'handed_out';
};
export type Heard = Pick<PublishedEvent<never>, 'eventId'> & { readonly payload: unknown };

/** What an event of a waiting parcel says of the money for its goods. Pure. */
export function factsOf({ eventId, payload }: Heard): readonly CashFact[] {
  const told = payload as OfShelf;
  const { shelfParcelId, organisationId: networkId, pointId, announcedBy, number, occurredAt } = told;
  const shared = { eventId, announcedBy, shelfParcelId, number, networkId, pointId, occurredAt };
  if (told.undone !== undefined) return told.undone === 'handed_out' ? [{ ...shared, kind: 'undone' }] : [];
  const { cashCollected: amount, cashPaidBy: paidBy } = told;
  return amount === undefined || paidBy === undefined
    ? []
    : [{ ...shared, kind: 'collected', amount, paidBy }];
}

/** What counters took for goods is owed on to who announced them. */
export function proceedsReactions(): readonly Reaction[] {
  return [
    reactionOfAll(
      'proceeds.owe_on',
      [PickedUpFromPoint.name, ShelfParcelUndone.name],
      (work, events: readonly PublishedEvent<never>[]) => oweOn(work, events.flatMap(factsOf)),
    ),
  ];
}
