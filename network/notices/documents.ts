import type { KeyRing } from '../../platform/crypto/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import { readTarget } from '../../platform/outbound/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { accepted, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import { countPending, insertDeliveries } from './delivery-store.ts';
import {
  countEndpoints,
  deleteEndpoint,
  findEndpoint,
  insertEndpoint,
  insertSecret,
} from './endpoint-store.ts';
import { DOCUMENT_TYPE, type WebhookEndpoint, type WebhookEndpointId } from './model.ts';
import { mintSecret, sealSecret } from './secrets.ts';

/*
 * Endpoints that other rooms open for documents of theirs. They share with those of events how they are guarded, signed,
 * tried again, left alone, disabled and logged; what is sent is the document itself.
 */

export type DocumentPorts = { readonly keys: KeyRing; readonly allowLoopback: boolean };
export type DocumentEndpoint = Pick<
  WebhookEndpoint,
  'id' | 'organisationId' | 'url' | 'state' | 'failingSince'
>;

export type OpenDocumentEndpoint = {
  readonly organisationId: OrganisationId;
  readonly url: string;
  readonly description: string;
  /** Signs what is sent; without it a secret that nobody is told does. */
  readonly secret: Uint8Array | undefined;
};

export async function openDocumentEndpoint(
  work: Work,
  { keys, allowLoopback }: DocumentPorts,
  { organisationId, url, description, secret }: OpenDocumentEndpoint,
): Promise<Outcome<WebhookEndpointId, 'webhook_url_refused'>> {
  const target = readTarget(url, { allowLoopback });
  if (!target.ok) return refused('webhook_url_refused', target.rejection.detail);
  const id = work.newId('whk');
  await insertEndpoint(work.db, {
    ...{ id, organisationId, purpose: 'epcis', url, description, eventTypes: [], position: 0 },
    ...{ state: 'enabled', disabledReason: undefined, disabledAt: undefined, failingSince: undefined },
    ...{ isSlow: false, failures: 0, resumeAt: undefined, version: 1, createdAt: work.now },
  });
  const sealed =
    secret === undefined
      ? mintSecret(keys, organisationId, id)
      : sealSecret(keys, organisationId, id, secret);
  await insertSecret(work.db, { organisationId, id }, sealed, work.now, work.now);
  return accepted(id);
}

/** Under a lock until the transaction ends, as their number is limited by whoever opens them. */
export function countDocumentEndpoints(db: Queryable, organisationId: string): Promise<number> {
  return countEndpoints(db, organisationId, 'epcis');
}

export function findDocumentEndpoint(
  db: Queryable,
  id: WebhookEndpointId,
): Promise<DocumentEndpoint | undefined> {
  return findEndpoint(db, id);
}

/** With its log and all that was not delivered. */
export async function closeDocumentEndpoint(db: Queryable, id: WebhookEndpointId): Promise<void> {
  await deleteEndpoint(db, id);
}

export type OutgoingDocument = {
  readonly document: Readonly<Record<string, unknown>>;
  /** Documents of one subject go one after another. */
  readonly subject: string;
  /** Grows with the documents of the subject. */
  readonly sequence: number;
};

export async function sendDocuments(
  work: Work,
  endpoint: Pick<WebhookEndpoint, 'id' | 'organisationId'>,
  documents: readonly OutgoingDocument[],
): Promise<void> {
  const deliveries = documents.map(({ document, subject, sequence }) => ({
    id: work.newId('whd'),
    organisationId: endpoint.organisationId,
    webhookEndpointId: endpoint.id,
    event: {
      id: work.newId('evt'),
      position: sequence,
      type: DOCUMENT_TYPE,
      subject,
      sequence,
      occurredAt: work.now,
      data: document,
    },
    origin: 'event' as const,
  }));
  if (deliveries.length > 0) await insertDeliveries(work.db, deliveries, work.now);
}

/** Documents that wait for an endpoint, counted up to `limit`. */
export function countWaitingDocuments(
  db: Queryable,
  endpoint: Pick<WebhookEndpoint, 'id' | 'organisationId'>,
  limit: number,
): Promise<number> {
  return countPending(db, endpoint.organisationId, endpoint.id, limit);
}
