import type { Work } from '../../platform/world/index.ts';
import { addMs, type Instant, type Money } from '../kernel/index.ts';
import { BETWEEN_ATTEMPTS_MS, type DeliveryFact, evolve, type Proofs } from './decide.ts';
import * as events from './events.ts';
import type { Delivery } from './model.ts';
import { type DoorPlace, roundedPlace } from './place.policy.ts';
import type { StepRecord } from './store.ts';

/** What came with a report and is told on. */
export type Circumstances = {
  readonly occurredAt: Instant;
  readonly byCaller: string;
  readonly clientId?: string | undefined;
  readonly digest?: Uint8Array | undefined;
  readonly evidence?: object | undefined;
  readonly place?: DoorPlace | undefined;
  readonly proofs?: Proofs | undefined;
  readonly cash?: Money | undefined;
};

/** Applies facts in order and tells each; answers the delivery after them and its history's new lines. */
export function applyFacts(
  work: Work,
  before: Delivery,
  facts: readonly DeliveryFact[],
  about: Circumstances,
): { readonly delivery: Delivery; readonly steps: readonly StepRecord[] } {
  const steps: StepRecord[] = [];
  let delivery = before;
  for (const [index, fact] of facts.entries()) {
    const previous = delivery;
    delivery = evolve(delivery, fact, about.occurredAt);
    const first = index === 0;
    steps.push({
      deliveryId: delivery.id,
      version: delivery.version,
      fact: fact.kind,
      state: delivery.state,
      reason: 'reason' in fact ? fact.reason : undefined,
      evidence: first ? about.evidence : undefined,
      clientId: first ? about.clientId : undefined,
      digest: first ? about.digest : undefined,
      byCaller: about.byCaller,
      occurredAt: about.occurredAt,
    });
    const [event, more] = eventOf(previous, delivery, fact, about);
    tell(work, delivery, event, about, more);
  }
  if (about.cash !== undefined) {
    delivery = { ...delivery, version: delivery.version + 1 };
    steps.push({
      deliveryId: delivery.id,
      version: delivery.version,
      fact: 'cash_collected',
      state: delivery.state,
      reason: undefined,
      evidence: about.cash,
      clientId: undefined,
      digest: undefined,
      byCaller: about.byCaller,
      occurredAt: about.occurredAt,
    });
    tell(work, delivery, events.DeliveryCashCollected, about, { amount: about.cash });
  }
  return { delivery, steps };
}

type Told = readonly [event: { readonly name: string }, more: object];

function eventOf(previous: Delivery, delivery: Delivery, fact: DeliveryFact, about: Circumstances): Told {
  switch (fact.kind) {
    case 'assigned':
      return [events.DeliveryAssigned, {}];
    case 'departed':
      return [events.OutForDelivery, {}];
    case 'attempted': {
      const next = fact.counts ? { nextAttemptFrom: addMs(about.occurredAt, BETWEEN_ATTEMPTS_MS) } : {};
      return [events.DeliveryAttempted, { reason: fact.reason, ...next }];
    }
    case 'delivered': {
      const how = { collectedAtDepot: previous.state === 'held', cashCollected: about.cash !== undefined };
      return [events.Delivered, { ...signed(delivery, about), ...how }];
    }
    case 'left':
      return [events.DeliveredToSafePlace, signed(delivery, about)];
    case 'refused':
      return [events.DeliveryRefused, { reason: 'refused' }];
    case 'brought_back':
      return [events.DeliveryBroughtBack, {}];
    case 'held':
      return [events.HeldForPickup, { holdUntil: fact.until }];
    case 'return_started':
      return [events.ReturnStarted, { reason: fact.reason }];
    case 'disposal_ordered':
      return [events.DisposalOrdered, { reason: fact.reason }];
    case 'returned':
      return [events.ReturnCompleted, {}];
    case 'disposed':
      return [events.ParcelDisposed, {}];
  }
}

function signed(delivery: Delivery, about: Circumstances) {
  const proofs = Object.entries(about.proofs ?? {}).flatMap(([name, given]) => (given ? [name] : []));
  return { signKind: delivery.signKind, proofs, flags: delivery.flags };
}

function tell(
  work: Work,
  delivery: Delivery,
  event: { readonly name: string },
  about: Circumstances,
  more: object,
): void {
  const { merchantId, clientPlatformId, organisationId } = delivery;
  work.emit({
    type: event.name,
    group: { organisationId },
    subjectId: delivery.id,
    subjectSequence: delivery.version,
    audience: [...new Set([merchantId, clientPlatformId, organisationId].filter((id) => id !== undefined))],
    payload: {
      deliveryId: delivery.id,
      shipmentId: delivery.shipmentId,
      parcelId: delivery.parcelId,
      number: delivery.number,
      organisationId: merchantId,
      clientPlatformId,
      carrierId: organisationId,
      courierId: delivery.courierId,
      runId: delivery.runId,
      state: delivery.state,
      attempts: delivery.attempts,
      occurredAt: about.occurredAt,
      place: delivery.to,
      ...(about.place === undefined ? {} : { position: roundedPlace(about.place) }),
      ...more,
    },
  });
}
