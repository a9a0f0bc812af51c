import type { Catalogue, Id, Instant, OrganisationId } from '../kernel/index.ts';

export type WebhookEndpointId = Id<'whk'>;
export type WebhookDeliveryId = Id<'whd'>;
export type EventId = Id<'evt'>;

/** `gone`: it answered 410. `failing`: nothing but failures for five days. `by_owner`: its owner switched it off. */
export const DISABLED_REASONS = ['gone', 'failing', 'by_owner'] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

export const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
/** `event`: news; `replay`: sent again on request, under the same event id; `test`: asked for by the owner. */
export const DELIVERY_ORIGINS = ['event', 'replay', 'test'] as const;
export type DeliveryOrigin = (typeof DELIVERY_ORIGINS)[number];

/** `events`: of the feed. `epcis`: results of an EPCIS query, for a subscription that opened it. */
export const ENDPOINT_PURPOSES = ['events', 'epcis'] as const;
export type EndpointPurpose = (typeof ENDPOINT_PURPOSES)[number];

/** One line of an organisation's feed. `data` is in the names of the wire. */
export type FeedEvent = {
  readonly id: EventId;
  readonly position: number;
  readonly type: string;
  readonly subject: string;
  readonly sequence: number;
  readonly occurredAt: Instant;
  readonly data: Readonly<Record<string, unknown>>;
};

export type WebhookEndpoint = {
  readonly id: WebhookEndpointId;
  readonly organisationId: OrganisationId;
  readonly purpose: EndpointPurpose;
  readonly url: string;
  readonly description: string;
  /** Public names or prefixes such as `shipment.*`; empty: all. */
  readonly eventTypes: readonly string[];
  readonly state: 'enabled' | 'disabled';
  readonly disabledReason: DisabledReason | undefined;
  readonly disabledAt: Instant | undefined;
  /** The feed's position up to which everything has a delivery or was filtered out. */
  readonly position: number;
  readonly failingSince: Instant | undefined;
  readonly isSlow: boolean;
  /** Attempts that failed in a row, since the last success. */
  readonly failures: number;
  /** It is left alone until then. */
  readonly resumeAt: Instant | undefined;
  readonly version: number;
  readonly createdAt: Instant;
};

export type WebhookAttempt = {
  readonly number: number;
  readonly attemptedAt: Instant;
  readonly durationMs: number;
  readonly status: number | undefined;
  readonly failure: string | undefined;
  readonly answer: string;
};

export type WebhookDelivery = {
  readonly id: WebhookDeliveryId;
  readonly organisationId: OrganisationId;
  readonly webhookEndpointId: WebhookEndpointId;
  readonly position: number;
  readonly eventId: EventId;
  readonly type: string;
  readonly subject: string;
  readonly sequence: number;
  readonly occurredAt: Instant;
  readonly origin: DeliveryOrigin;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextAttemptAt: Instant;
  readonly createdAt: Instant;
  readonly finishedAt: Instant | undefined;
};

/** A document that goes out as it is; it is in no feed. */
export const DOCUMENT_TYPE = 'epcis.query_results';
/** What a test sends; it is in no feed. */
export const TEST_TYPE = 'webhook_endpoint.test';
/** How long feed and delivery log are kept; our default. */
export const RETENTION_DAYS = 30;
/** Both secrets sign for so long after a rotation; our default. */
export const SECRET_OVERLAP_DAYS = 1;
/** Endpoints of one organisation; our default. */
export const MAX_ENDPOINTS = 20;

export const NOTICE_ERRORS = {
  cursor_expired: {
    status: 422,
    title: 'Events behind this cursor are no longer kept',
    advice: 'Begin without `after`: the feed holds 30 days. Read the present state of what you follow.',
  },
  cursor_unknown: {
    status: 422,
    title: 'This cursor is not of this feed',
    advice: 'Take it from `cursor` or `next_cursor` of GET /v1/events.',
  },
  event_type_unknown: {
    status: 422,
    title: 'There is no event of this type',
    advice: 'Use public names such as shipment.purchased, or a prefix such as shipment.*.',
  },
  webhook_url_refused: {
    status: 422,
    title: 'Webhooks are not sent to this address',
    advice: 'Give an https URL on the public Internet, port 443, 8443, 80 or 8080, without credentials.',
  },
  webhook_endpoint_limit_reached: {
    status: 422,
    title: 'Too many webhook endpoints',
    advice: `Delete one first; an organisation has at most ${MAX_ENDPOINTS}.`,
  },
  webhook_endpoint_of_subscription: {
    status: 409,
    title: 'This webhook endpoint belongs to a subscription',
    advice: 'It may be disabled, enabled and described; for all else change the subscription.',
  },
  webhook_endpoint_disabled: {
    status: 409,
    title: 'This webhook endpoint is disabled',
    advice: 'Enable it first: PATCH it with state enabled.',
  },
} as const satisfies Catalogue;
export type NoticeErrorCode = keyof typeof NOTICE_ERRORS;
