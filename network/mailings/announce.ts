import type { EventType } from '../../platform/outbox/index.ts';
import { unreachable } from '../kernel/index.ts';
import type { MailingFact } from './decide.ts';
import * as events from './events.ts';
import type { Mailing } from './model.ts';

/** An event and what it says, but for the moment. */
export type Told = { readonly event: Pick<EventType, 'name'>; readonly payload: object };

function subjectOf(one: Mailing) {
  return {
    mailingId: one.id,
    organisationId: one.organisationId,
    state: one.state.name,
    goodsClass: one.intake?.goodsClass ?? one.goods.goodsClass,
    from: one.from,
    to: one.to,
    lineCode: one.quoted.lineCode,
    payment: one.payment,
    pointId: one.point?.id,
  };
}

export function announcePlaced(one: Mailing): Told {
  const dueAt = 'dueAt' in one.state ? one.state.dueAt : undefined;
  return { event: events.MailingPlaced, payload: { ...subjectOf(one), quoted: one.quoted.total, dueAt } };
}

/** What the others hear of a fact. */
export function announceFact(one: Mailing, fact: MailingFact): Told {
  const [event, more] = eventOf(one, fact);
  return { event, payload: { ...subjectOf(one), ...more } };
}

function eventOf(one: Mailing, fact: MailingFact): readonly [Pick<EventType, 'name'>, object] {
  switch (fact.kind) {
    case 'modified':
      return [events.MailingModified, {}];
    case 'sent_to_counter':
      return [events.MailingRouted, routeOf(one)];
    case 'handover_lost':
      return [events.MailingRouteLost, { reason: fact.reason }];
    case 'accepted':
      return [events.MailingAccepted, { at: fact.at, dueAt: fact.dueAt, ...intakeOf(one) }];
    case 'turned_away':
      return [events.MailingTurnedAway, { reason: fact.reason }];
    case 'undone':
      return [events.MailingUndone, { reason: fact.reason, ...intakeOf(one) }];
    case 'handover_late':
      return [events.MailingHandoverLate, {}];
    case 'handed_over':
      return [events.MailingHandedOver, { by: fact.by, ...parcelOf(one) }];
    case 'transit_late':
      return [events.MailingTransitLate, {}];
    case 'delivered':
      return [events.MailingDelivered, parcelOf(one)];
    case 'returned':
      return [events.MailingReturned, parcelOf(one)];
    case 'lost':
      return [events.MailingLost, parcelOf(one)];
    case 'closed':
      return [events.MailingClosed, { reason: fact.reason }];
    default:
      return unreachable(fact);
  }
}

function routeOf({ handover }: Mailing) {
  if (handover === undefined) return { method: 'any_point' };
  const { method, startsAt } = handover;
  return { method, startsAt, reason: method === 'point' ? handover.reason : undefined };
}

function parcelOf({ parcel }: Mailing) {
  return { number: parcel?.number, carrierCode: parcel?.carrierCode };
}

function intakeOf(one: Mailing) {
  const { intake } = one;
  return {
    ...parcelOf(one),
    weightGrams: intake?.measured.weightGrams,
    freight: intake?.freight,
    collected: intake?.collected,
    paidBy: intake?.paidBy,
  };
}
