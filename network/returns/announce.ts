import type { EventType } from '../../platform/outbox/index.ts';
import type { ReturnFact } from './decide.ts';
import * as events from './events.ts';
import { ENDED, type Refund, type ReturnCase } from './model.ts';

/** An event and what it says, but for the moment. */
export type Told = { readonly event: Pick<EventType, 'name'>; readonly payload: object };

export function subjectOf(one: ReturnCase) {
  return {
    returnId: one.id,
    organisationId: one.organisationId,
    clientPlatformId: one.clientPlatformId,
    orderId: one.orderId,
    kind: one.kind,
    state: one.state.name,
    lines: one.items.map(({ line, quantity, reason }) => ({ line, quantity, reason })),
    amount: one.amount,
    freightPayer: one.freightPayer,
    place: one.place,
  };
}

export function announceRefund(one: ReturnCase, refund: Refund): Told {
  const { id: refundId, amount, basis } = refund;
  return { event: events.RefundInstructed, payload: { ...subjectOf(one), refundId, refund: amount, basis } };
}

/** What the others hear of a fact; the end of a case is told beside what ended it. */
export function announceFact(one: ReturnCase, fact: ReturnFact): Told[] {
  const told = eventOf(one, fact);
  const all = told === undefined ? [] : [{ event: told[0], payload: { ...subjectOf(one), ...told[1] } }];
  if (!ENDED.has(one.state.name)) return all;
  return [...all, { event: events.ReturnClosed, payload: { ...subjectOf(one), outcome: outcomeOf(one) } }];
}

function outcomeOf({ state }: ReturnCase): string {
  if (state.name === 'closed') return state.reason;
  return state.name === 'success' ? 'exchanged' : 'refunded';
}

function eventOf(one: ReturnCase, fact: ReturnFact): readonly [Pick<EventType, 'name'>, object] | undefined {
  switch (fact.kind) {
    case 'agreed':
      return [events.ReturnAgreed, { by: fact.by, dueAt: fact.dueAt }];
    case 'refused':
      return [events.ReturnRefused, { reason: fact.reason, dueAt: fact.dueAt }];
    case 'escalated':
      return [events.ReturnEscalated, { reason: fact.reason, about: fact.about }];
    case 'routed':
      return [events.ReturnRouted, routeOf(one)];
    case 'route_lost':
      return [events.ReturnRouteLost, { reason: fact.reason }];
    case 'turned_away':
      return [events.ReturnTurnedAway, { reason: fact.reason, pointId: one.point?.id }];
    case 'accepted':
      return [events.ReturnAccepted, { at: fact.at, ...intakeOf(one) }];
    case 'number_declared':
      return [events.ReturnHandedOver, { by: 'buyer', ...parcelOf(one) }];
    case 'handed_over':
      return [events.ReturnHandedOver, { by: fact.by, pointId: one.point?.id, ...parcelOf(one) }];
    case 'handover_late':
      return [events.ReturnHandoverLate, { pointId: one.point?.id }];
    case 'received':
      return [events.ReturnReceived, { dueAt: fact.dueAt }];
    case 'screened':
      return [events.ReturnScreened, { isAllOk: fact.isAllOk, grades: gradesOf(one) }];
    case 'amendment_asked':
      return [events.ExchangeAmendmentAsked, { reason: fact.reason, dueAt: fact.dueAt }];
    case 'replacement_due':
      return [events.ExchangeReplacementDue, { dueAt: fact.dueAt }];
    case 'replacement_sent':
      return [events.ExchangeReplacementSent, { ...one.replacement }];
    case 'code_issued':
    case 'delivered':
    case 'refunded':
    case 'exchanged':
    case 'refund_instead':
    case 'closed':
      return undefined;
  }
}

function routeOf({ route }: ReturnCase) {
  if (route?.method === 'point')
    return {
      method: route.method,
      pointId: route.pointId,
      startsAt: route.startsAt,
      reason: route.reason,
    };
  return route?.method === 'door'
    ? { method: route.method, startsAt: route.startsAt }
    : { method: 'self_post' };
}

function parcelOf({ parcel }: ReturnCase) {
  return { number: parcel?.number, carrierCode: parcel?.carrierCode };
}

function intakeOf(one: ReturnCase) {
  const { intake, items } = one;
  return {
    ...parcelOf(one),
    pointId: intake?.pointId,
    weightGrams: intake?.weightGrams,
    payment: intake?.payment,
    freight: intake?.freight,
    findings: items.map(({ line, counter }) => ({ line, finding: counter?.finding ?? 'as_described' })),
  };
}

function gradesOf({ items }: ReturnCase) {
  return items.flatMap(({ line, screening }) =>
    screening === undefined ? [] : [{ line, ...screening, reason: screening.reason }],
  );
}
