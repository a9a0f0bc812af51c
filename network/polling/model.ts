import type { Catalogue, Id, Instant, OrganisationId } from '../kernel/index.ts';
import type { ParcelStatus } from '../tracking/index.ts';
import type { PullOutcome } from './outcome.policy.ts';
import type { EndReason } from './plan.policy.ts';
import type { SealedFields } from './secrets.ts';

export type CredentialId = Id<'tcr'>;
export type PolledNumberId = Id<'pln'>;
/** The prefix tells the world, because whoever pushes has no key that would: `psl_` live, `pst_` test. */
export type PushSubscriptionId = Id<'psl'> | Id<'pst'>;

export type Credential = {
  readonly id: CredentialId;
  readonly organisationId: OrganisationId;
  readonly connector: string;
  readonly label: string;
  readonly servesNetwork: boolean;
  readonly requestsPerDay: number | undefined;
  readonly baseUrl: string | undefined;
  readonly sealed: SealedFields;
  readonly createdAt: Instant;
  /** When its fields were last replaced. */
  readonly rotatedAt: Instant | undefined;
  readonly errorStreak: number;
  readonly resumeAt: Instant | undefined;
  readonly lastOutcome: PullOutcome | undefined;
  readonly lastAttemptAt: Instant | undefined;
  readonly lastSuccessAt: Instant | undefined;
  readonly bucketFullAt: Instant;
  readonly nextRequestAt: Instant;
};

export type WantedNumber = {
  readonly id: PolledNumberId;
  readonly organisationId: OrganisationId;
  readonly number: string;
  readonly carrierCode: string;
  readonly wantedAt: Instant;
  readonly nextPollAt: Instant;
  readonly status: ParcelStatus;
  readonly newestScanAt: Instant | undefined;
  readonly changedAt: Instant | undefined;
  readonly quietPolls: number;
  readonly polls: number;
  readonly lastPollAt: Instant | undefined;
  readonly lastResult: string | undefined;
  readonly endReason: EndReason | undefined;
};

export type PushSubscription = {
  readonly id: PushSubscriptionId;
  readonly organisationId: OrganisationId;
  readonly connector: string;
  readonly label: string;
  readonly sealed: SealedFields;
  readonly createdAt: Instant;
  /** When its fields were last replaced. */
  readonly rotatedAt: Instant | undefined;
  /** The fields before those, and until when they prove a push as well. */
  readonly previous: { readonly sealed: SealedFields; readonly until: Instant } | undefined;
  readonly accepted: number;
  readonly unreadable: number;
  readonly refused: number;
  readonly lastPushAt: Instant | undefined;
  readonly lastRefusedAt: Instant | undefined;
  readonly lastVerdict: string | undefined;
};

/** Numbers that one organisation may have polled at once, and push addresses; our defaults. */
export const MAX_POLLED_NUMBERS = 100_000;
export const MAX_PUSH_SUBSCRIPTIONS = 50;

export const POLLING_ERRORS = {
  connector_not_pulled: {
    status: 422,
    title: 'This carrier is not asked for its scans',
    advice: 'connectors/README.md tells which connectors have a pull client, and why the others have none.',
  },
  connector_unknown: {
    status: 422,
    title: 'There is no connector of this code',
    advice: 'Use a code of connectors/README.md, such as ups or kuaidi100.',
  },
  credential_fields_wrong: {
    status: 422,
    title: 'The credential does not have the fields that its carrier asks for',
    advice: 'Give exactly the fields that the detail names, each one line of text.',
  },
  credential_exists: {
    status: 409,
    title: 'You have a credential of this connector',
    advice: 'Rotate it to give other fields; its numbers stay.',
  },
  credential_address_refused: {
    status: 422,
    title: 'Carriers are asked at their own address only',
    advice: 'Leave base_url out. A server for development may name an address of its own machine.',
  },
  carrier_not_polled: {
    status: 422,
    title: 'No connector asks this carrier',
    advice: 'Give the code of a carrier that a pull client serves; the detail lists them.',
  },
  polled_number_limit_reached: {
    status: 422,
    title: 'Too many numbers are polled for you at once',
    advice: `An organisation has at most ${MAX_POLLED_NUMBERS}; those that arrived make room by themselves.`,
  },
  push_subscription_limit_reached: {
    status: 422,
    title: 'Too many push subscriptions',
    advice: `Delete one first; an organisation has at most ${MAX_PUSH_SUBSCRIPTIONS}.`,
  },
  push_not_of_caller: {
    status: 422,
    title: 'A carrier receives pushes of its own connector only',
    advice: 'Use the connector of your carrier code; the operator receives those of all others.',
  },
  push_not_genuine: {
    status: 401,
    title: 'The push does not carry the proof that was agreed on',
    advice: 'Sign it as the carrier documents it, with the secret of this subscription and a present time.',
  },
} as const satisfies Catalogue;
export type PollingErrorCode = keyof typeof POLLING_ERRORS;
