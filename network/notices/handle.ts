import type { KeyRing } from '../../platform/crypto/index.ts';
import { readTarget } from '../../platform/outbound/index.ts';
import type { Work } from '../../platform/world/index.ts';
import {
  accepted,
  addDays,
  type Instant,
  type OrganisationId,
  type Outcome,
  refused,
} from '../kernel/index.ts';
import {
  findDelivery,
  hurryDelivery,
  insertDeliveries,
  type NewDelivery,
  repeatDelivery,
} from './delivery-store.ts';
import {
  countEndpoints,
  deleteEndpoint,
  insertEndpoint,
  insertSecret,
  lockEndpoint,
  moveEndpoint,
  resumeEndpoint,
  saveEndpoint,
} from './endpoint-store.ts';
import { findUnknownType } from './event-types.policy.ts';
import { WebhookSecretRotated } from './events.ts';
import { feedBounds, positionBefore } from './feed-store.ts';
import {
  DOCUMENT_TYPE,
  MAX_ENDPOINTS,
  type NoticeErrorCode,
  SECRET_OVERLAP_DAYS,
  TEST_TYPE,
  type WebhookDelivery,
  type WebhookEndpoint,
} from './model.ts';
import { mintSecret } from './secrets.ts';
import { secretText } from './signature.policy.ts';
import { positionOf } from './views.ts';

export type NoticePorts = {
  readonly keys: KeyRing;
  readonly allowLoopback: boolean;
  /** Public names of all events of the program. */
  readonly publicTypes: readonly string[];
};

type Refusal = NoticeErrorCode | 'not_found';

export type CreateEndpoint = {
  readonly url: string;
  readonly description: string;
  readonly eventTypes: readonly string[];
  readonly after?: string | undefined;
};

/** The clear secret is answered once and never stored. */
export async function createEndpoint(
  work: Work,
  ports: NoticePorts,
  organisationId: OrganisationId,
  command: CreateEndpoint,
): Promise<Outcome<{ endpoint: WebhookEndpoint; secret: string }, Refusal>> {
  const fit = checkSettings(ports, command);
  if (!fit.ok) return fit;
  if ((await countEndpoints(work.db, organisationId, 'events')) >= MAX_ENDPOINTS)
    return refused('webhook_endpoint_limit_reached', '');
  const position = await startPosition(work, organisationId, command.after);
  if (!position.ok) return position;
  const endpoint: WebhookEndpoint = {
    id: work.newId('whk'),
    organisationId,
    purpose: 'events',
    url: command.url,
    description: command.description,
    eventTypes: command.eventTypes,
    state: 'enabled',
    disabledReason: undefined,
    disabledAt: undefined,
    position: position.value,
    failingSince: undefined,
    isSlow: false,
    failures: 0,
    resumeAt: undefined,
    version: 1,
    createdAt: work.now,
  };
  await insertEndpoint(work.db, endpoint);
  const minted = mintSecret(ports.keys, organisationId, endpoint.id);
  await insertSecret(work.db, endpoint, minted, work.now, work.now);
  return accepted({ endpoint, secret: secretText(minted.secret) });
}

export type ChangeEndpoint = {
  readonly url?: string | undefined;
  readonly description?: string | undefined;
  readonly eventTypes?: readonly string[] | undefined;
  readonly state?: 'enabled' | 'disabled' | undefined;
};

/** Enabling forgets past failures: the five days begin anew. Events that came meanwhile are sent. */
export async function changeEndpoint(
  work: Work,
  ports: NoticePorts,
  id: string,
  command: ChangeEndpoint,
): Promise<Outcome<WebhookEndpoint, Refusal>> {
  const fit = checkSettings(ports, command);
  if (!fit.ok) return fit;
  const known = await lockEndpoint(work.db, id);
  if (known === undefined) return refused('not_found', '');
  if (known.purpose !== 'events' && (command.url ?? command.eventTypes) !== undefined)
    return refused('webhook_endpoint_of_subscription', '');
  const changed: WebhookEndpoint = {
    ...known,
    url: command.url ?? known.url,
    description: command.description ?? known.description,
    eventTypes: command.eventTypes ?? known.eventTypes,
    ...stateChange(known, command.state, work.now),
  };
  await saveEndpoint(work.db, changed);
  return accepted(changed);
}

/** Deletes an endpoint with its log. */
export async function dropEndpoint(work: Work, id: string): Promise<Outcome<undefined, Refusal>> {
  const locked = await lockOwn(work, id);
  if (!locked.ok) return locked;
  await deleteEndpoint(work.db, id);
  return accepted(undefined);
}

/** Locked; one of a subscription is not its owner's to change. */
async function lockOwn(work: Work, id: string): Promise<Outcome<WebhookEndpoint, Refusal>> {
  const endpoint = await lockEndpoint(work.db, id);
  if (endpoint === undefined) return refused('not_found', '');
  return endpoint.purpose === 'events' ? accepted(endpoint) : refused('webhook_endpoint_of_subscription', '');
}

function stateChange(
  known: WebhookEndpoint,
  state: 'enabled' | 'disabled' | undefined,
  now: Instant,
): Partial<WebhookEndpoint> {
  if (state === undefined || state === known.state) return {};
  return state === 'enabled'
    ? {
        state,
        ...{ disabledReason: undefined, disabledAt: undefined, failingSince: undefined, isSlow: false },
        ...{ failures: 0, resumeAt: undefined },
      }
    : { state, disabledReason: 'by_owner', disabledAt: now };
}

/** Both secrets sign until the old one ends, so that a receiver can change over without a gap. */
export async function rotateSecret(
  work: Work,
  ports: NoticePorts,
  id: string,
): Promise<Outcome<{ secret: string; previousExpiresAt: Instant }, Refusal>> {
  const locked = await lockOwn(work, id);
  if (!locked.ok) return locked;
  const endpoint = locked.value;
  const previousExpiresAt = addDays(work.now, SECRET_OVERLAP_DAYS);
  const minted = mintSecret(ports.keys, endpoint.organisationId, endpoint.id);
  await insertSecret(work.db, endpoint, minted, work.now, previousExpiresAt);
  await saveEndpoint(work.db, endpoint);
  work.emit({
    type: WebhookSecretRotated.name,
    group: { organisationId: endpoint.organisationId },
    subjectId: endpoint.id,
    subjectSequence: endpoint.version + 1,
    audience: [endpoint.organisationId],
    payload: { organisationId: endpoint.organisationId, webhookEndpointId: endpoint.id, previousExpiresAt },
  });
  return accepted({ secret: secretText(minted.secret), previousExpiresAt });
}

/** Sets the cursor of an endpoint; what lies behind it is sent again, under the same event ids. */
export async function replayEndpoint(
  work: Work,
  id: string,
  from: { readonly after?: string | undefined; readonly since?: Instant | undefined },
): Promise<Outcome<WebhookEndpoint, Refusal>> {
  const locked = await lockOwn(work, id);
  if (!locked.ok) return locked;
  const endpoint = locked.value;
  if (endpoint.state === 'disabled') return refused('webhook_endpoint_disabled', '');
  const position =
    from.since === undefined
      ? await startPosition(work, endpoint.organisationId, from.after)
      : accepted(await positionBefore(work.db, endpoint.organisationId, from.since));
  if (!position.ok) return position;
  await resumeEndpoint(work.db, endpoint);
  await moveEndpoint(work.db, endpoint, position.value);
  return accepted({ ...endpoint, position: position.value });
}

/** A finished delivery is made anew; an unfinished one is tried at once. */
export async function replayDelivery(work: Work, id: string): Promise<Outcome<WebhookDelivery, Refusal>> {
  const found = await findDelivery(work.db, id);
  const endpoint = found === undefined ? undefined : await lockEndpoint(work.db, found.webhookEndpointId);
  const known = await findDelivery(work.db, id);
  if (known === undefined || endpoint === undefined) return refused('not_found', '');
  if (endpoint.state === 'disabled') return refused('webhook_endpoint_disabled', '');
  await resumeEndpoint(work.db, endpoint);
  if (known.state === 'pending') {
    await hurryDelivery(work.db, known.id, work.now);
    return accepted({ ...known, nextAttemptAt: work.now });
  }
  const newDeliveryId = work.newId('whd');
  if (known.type === DOCUMENT_TYPE) {
    await repeatDelivery(work.db, known, newDeliveryId, work.now);
    const repeated = await findDelivery(work.db, newDeliveryId);
    return repeated === undefined ? refused('not_found', '') : accepted(repeated);
  }
  const { floor } = await feedBounds(work.db, known.organisationId);
  const isTest = known.type === TEST_TYPE;
  if (!isTest && known.position <= floor) return refused('cursor_expired', '');
  return insertOne(work, {
    id: newDeliveryId,
    organisationId: known.organisationId,
    webhookEndpointId: known.webhookEndpointId,
    event: {
      id: known.eventId,
      position: known.position,
      type: known.type,
      subject: known.subject,
      sequence: known.sequence,
      occurredAt: known.occurredAt,
      ...(isTest ? { data: testData(endpoint) } : {}),
    },
    origin: 'replay',
  });
}

/** Sends a message that is in no feed, to see whether a receiver works. */
export async function testEndpoint(work: Work, id: string): Promise<Outcome<WebhookDelivery, Refusal>> {
  const locked = await lockOwn(work, id);
  if (!locked.ok) return locked;
  const endpoint = locked.value;
  if (endpoint.state === 'disabled') return refused('webhook_endpoint_disabled', '');
  await resumeEndpoint(work.db, endpoint);
  const eventId = work.newId('evt');
  return insertOne(work, {
    id: work.newId('whd'),
    organisationId: endpoint.organisationId,
    webhookEndpointId: endpoint.id,
    event: {
      id: eventId,
      position: endpoint.position,
      type: TEST_TYPE,
      // A subject of its own: a test waits for nothing that was not delivered yet.
      subject: eventId,
      sequence: 1,
      occurredAt: work.now,
      data: testData(endpoint),
    },
    origin: 'test',
  });
}

/** In the names of the wire, as all `data` is. */
function testData(endpoint: WebhookEndpoint): object {
  return { webhook_endpoint_id: endpoint.id };
}

async function insertOne(work: Work, delivery: NewDelivery): Promise<Outcome<WebhookDelivery, Refusal>> {
  await insertDeliveries(work.db, [delivery], work.now);
  const stored = await findDelivery(work.db, delivery.id);
  return stored === undefined ? refused('not_found', '') : accepted(stored);
}

function checkSettings(
  ports: NoticePorts,
  settings: { readonly url?: string | undefined; readonly eventTypes?: readonly string[] | undefined },
): Outcome<undefined, Refusal> {
  if (settings.url !== undefined) {
    const target = readTarget(settings.url, ports);
    if (!target.ok) {
      const { code, detail } = target.rejection;
      return refused('webhook_url_refused', detail, [{ pointer: '/url', code, message: detail }]);
    }
  }
  const unknown = findUnknownType(settings.eventTypes ?? [], ports.publicTypes);
  return unknown === undefined
    ? accepted(undefined)
    : refused('event_type_unknown', `There is no event ${unknown}.`);
}

/** Where a cursor of the feed stands; without one behind the newest event. */
async function startPosition(
  work: Work,
  organisationId: string,
  after: string | undefined,
): Promise<Outcome<number, Refusal>> {
  const { newest, floor } = await feedBounds(work.db, organisationId);
  if (after === undefined) return accepted(Math.max(newest, floor));
  const position = positionOf(after);
  if (!position.ok) return position;
  if (position.value < floor) return refused('cursor_expired', '');
  // A cursor from beyond the feed's end would swallow what comes.
  return position.value > Math.max(newest, floor) ? refused('cursor_unknown', '') : position;
}
