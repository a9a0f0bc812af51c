import type { RelationFinder } from '../accounts/index.ts';
import type { Instant } from '../kernel/index.ts';
import { findCredential } from './credential-store.ts';
import type { Credential, PushSubscription, WantedNumber } from './model.ts';
import { findPolled } from './number-store.ts';
import { type CarrierPayload, findPayload } from './payload-store.ts';
import { clientOf, type PollingPorts } from './ports.ts';
import { findSubscription } from './push-store.ts';

export function credentialView(one: Credential, ports: PollingPorts) {
  const client = clientOf(ports, one.connector);
  const { id, connector, label, servesNetwork, requestsPerDay, createdAt, rotatedAt } = one;
  return {
    id,
    connector,
    label,
    carriers: [...(client?.carriers ?? [])],
    fieldNames: (client?.fields ?? []).map(({ name }) => name),
    servesNetwork,
    requestsPerDay,
    createdAt,
    rotatedAt,
  };
}

export function subscriptionView(one: PushSubscription, ports: PollingPorts, now: Instant) {
  const { id, connector, label, accepted, unreadable, refused, lastPushAt, lastRefusedAt } = one;
  return {
    id,
    connector,
    label,
    path: `/v1/pushes/${connector}/${id}`,
    proof: ports.receiverOf(connector)?.source ?? '',
    accepted,
    unreadable,
    refused,
    lastPushAt,
    lastRefusedAt,
    createdAt: one.createdAt,
    rotatedAt: one.rotatedAt,
    oldFieldsUntil: one.previous !== undefined && one.previous.until > now ? one.previous.until : undefined,
  };
}

export function polledNumberView(one: WantedNumber) {
  const { id, number, carrierCode, status, wantedAt, polls, lastPollAt, lastResult, newestScanAt } = one;
  return {
    id,
    number,
    carrierCode,
    status,
    wantedAt,
    polls,
    lastPollAt,
    lastResult,
    newestScanAt,
    nextPollAt: one.endReason === undefined ? one.nextPollAt : undefined,
    endReason: one.endReason,
  };
}

export function payloadView(one: CarrierPayload) {
  const { organisationId: _, reporter: __, ...shown } = one;
  return shown;
}

/** What each connector asks for before it pulls, and before it takes pushes. `receives`: of which the caller may open any. */
export function connectorViews(ports: PollingPorts, receives: (connector: string) => boolean) {
  return ports.connectors.map((code) => {
    const client = clientOf(ports, code);
    const receiver = receives(code) ? ports.receiverOf(code) : undefined;
    return {
      code,
      pull: client && { source: client.source, carriers: [...client.carriers], fields: [...client.fields] },
      push: receiver && { source: receiver.source, fields: [...receiver.fields] },
    };
  });
}

export const pollingRelations: Readonly<Record<string, RelationFinder>> = {
  tracking_credential: async (db, id, caller) =>
    ownedBy((await findCredential(db, id))?.organisationId, caller),
  push_subscription: async (db, id, caller) =>
    ownedBy((await findSubscription(db, id))?.organisationId, caller),
  polled_number: async (db, id, caller) => ownedBy((await findPolled(db, id))?.organisationId, caller),
  carrier_payload: async (db, id, caller) =>
    ownedBy((await findPayload(db, id))?.payload.organisationId, caller),
};

function ownedBy(owner: string | undefined, caller: Parameters<RelationFinder>[2]) {
  return owner === undefined
    ? undefined
    : { owner, relations: owner === caller.organisationId ? ['own'] : [] };
}
