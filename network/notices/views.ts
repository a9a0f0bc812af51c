import type { z } from 'zod';
import { decodeCursor, encodeCursor } from '../../platform/http/index.ts';
import { accepted, type Outcome, refused } from '../kernel/index.ts';
import type { eventSchema, webhookDeliverySchema, webhookEndpointSchema } from './contract.ts';
import type { FeedEvent, WebhookAttempt, WebhookDelivery, WebhookEndpoint } from './model.ts';

/** The mark keeps cursors of lists and of the feed apart. */
const MARK = 'feed';

export function feedCursor(position: number): string {
  return encodeCursor([MARK, position]);
}

export function positionOf(cursor: string): Outcome<number, 'cursor_unknown'> {
  const [mark, position] = decodeCursor(cursor, ['string', 'number']) ?? [];
  return mark === MARK && Number.isSafeInteger(position) && Number(position) >= 0
    ? accepted(Number(position))
    : refused('cursor_unknown', '');
}

export function eventView(event: FeedEvent): z.input<typeof eventSchema> {
  return {
    id: event.id,
    type: event.type,
    timestamp: event.occurredAt,
    subject: event.subject,
    sequence: event.sequence,
    data: { ...event.data },
    cursor: feedCursor(event.position),
  };
}

/** What is sent to a receiver, as the bytes that are signed. Source of the first three: Standard Webhooks. */
export function webhookBody(event: Omit<FeedEvent, 'position'>): Uint8Array {
  const { type, occurredAt: timestamp, data, id, subject, sequence } = event;
  return Buffer.from(JSON.stringify({ type, timestamp, data, id, subject, sequence }));
}

/** A document goes out as it is. */
export function documentBody(document: Readonly<Record<string, unknown>>): Uint8Array {
  return Buffer.from(JSON.stringify(document));
}

export function endpointView(endpoint: WebhookEndpoint): z.input<typeof webhookEndpointSchema> {
  const { id, purpose, url, description, state, disabledReason, disabledAt, failingSince, createdAt } =
    endpoint;
  return {
    id,
    purpose,
    url,
    description,
    eventTypes: [...endpoint.eventTypes],
    state,
    disabledReason,
    disabledAt,
    failingSince,
    cursor: feedCursor(endpoint.position),
    createdAt,
  };
}

export function deliveryView(
  delivery: WebhookDelivery,
  attempts: readonly WebhookAttempt[],
): z.input<typeof webhookDeliverySchema> {
  const { id, webhookEndpointId, eventId, type, subject, sequence, origin, state, createdAt, finishedAt } =
    delivery;
  return {
    id,
    webhookEndpointId,
    eventId,
    type,
    subject,
    sequence,
    origin,
    state,
    createdAt,
    finishedAt,
    nextAttemptAt: state === 'pending' ? delivery.nextAttemptAt : undefined,
    attempts: attempts.map((attempt) => ({ ...attempt })),
  };
}
