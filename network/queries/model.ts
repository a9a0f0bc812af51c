import type { CapturePlace } from '../epcis/index.ts';
import type { Catalogue, Id, Instant, OrganisationId } from '../kernel/index.ts';
import type { WebhookEndpointId } from '../notices/index.ts';
import type { Schedule } from './schedule.policy.ts';

export type SubscriptionId = Id<'eqs'>;

/** Of one organisation; our defaults. */
export const MAX_QUERIES = 100;
export const MAX_SUBSCRIPTIONS = 20;

export type NamedQuery = {
  readonly organisationId: OrganisationId;
  readonly name: string;
  /** In the names of the standard, as it was given. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly createdAt: Instant;
};

export type Subscription = {
  readonly organisationId: OrganisationId;
  readonly id: SubscriptionId;
  readonly queryName: string;
  readonly webhookEndpointId: WebhookEndpointId;
  readonly dest: string;
  /** Undefined: a stream, told of events when they are captured. */
  readonly schedule: Schedule | undefined;
  readonly reportIfEmpty: boolean;
  readonly initialRecordTime: Instant;
  readonly after: CapturePlace;
  readonly documents: number;
  readonly lastRunAt: Instant | undefined;
  readonly lastNotifiedAt: Instant | undefined;
  readonly createdAt: Instant;
};

export const QUERIES_ERRORS = {
  epcis_query_name_taken: {
    status: 409,
    title: 'There is a query of this name',
    advice: 'Choose another name, or delete the query first.',
  },
  epcis_query_limit_reached: {
    status: 422,
    title: 'Too many named queries',
    advice: `Delete one first; an organisation has at most ${MAX_QUERIES}.`,
  },
  epcis_subscription_invalid: {
    status: 400,
    title: 'This is no subscription to a query',
    advice: 'Give dest, and either stream: true or a schedule such as {"hour": "1", "minute": "5"}.',
  },
  epcis_subscription_not_permitted: {
    status: 400,
    title: 'This query cannot be subscribed to',
    advice: 'Leave eventCountLimit and maxEventCount out of the query: a subscriber gets all that fits.',
  },
  epcis_subscription_limit_reached: {
    status: 422,
    title: 'Too many subscriptions',
    advice: `Unsubscribe from one first; an organisation has at most ${MAX_SUBSCRIPTIONS}.`,
  },
} as const satisfies Catalogue;

/** What the standard calls them (EPCIS 2.0, 8.2.6 and the OpenAPI of 2.0.1). */
export const QUERIES_PROBLEM_TYPES: Readonly<Record<string, string>> = {
  epcis_query_name_taken: 'epcisException:ResourceAlreadyExistsException',
  epcis_subscription_invalid: 'epcisException:SubscriptionControlsException',
  epcis_subscription_not_permitted: 'epcisException:SubscribeNotPermittedException',
  webhook_url_refused: 'epcisException:InvalidURIException',
};
