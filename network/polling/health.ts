import type { Queryable } from '../../platform/db/index.ts';
import type { Instant, OrganisationId } from '../kernel/index.ts';
import { breakerOf } from './breaker.policy.ts';
import { listCredentials } from './credential-store.ts';
import type { Credential, PushSubscription } from './model.ts';
import { countDue, type DueCount } from './number-store.ts';
import { clientOf, type PollingPorts, servedBy } from './ports.ts';
import { listSubscriptions } from './push-store.ts';

/** How one source of scans does. `idle`: nothing was asked or came yet. */
export type SourceHealthRow = {
  readonly way: 'pull' | 'push';
  readonly id: string;
  readonly organisationId: OrganisationId;
  readonly connector: string;
  readonly label: string;
  readonly carriers: readonly string[];
  readonly state: 'idle' | 'well' | 'failing' | 'open' | 'half_open';
  readonly errorStreak: number;
  readonly lastOutcome: string | undefined;
  readonly lastAttemptAt: Instant | undefined;
  readonly lastSuccessAt: Instant | undefined;
  readonly resumeAt: Instant | undefined;
  readonly nextPollAt: Instant | undefined;
  readonly numbers: number;
  readonly due: number;
  readonly accepted: number;
  readonly unreadable: number;
  readonly refused: number;
};

/** Of one organisation, or of all. */
export async function listSourceHealth(
  db: Queryable,
  ports: Pick<PollingPorts, 'clients'>,
  now: Instant,
  organisationId: string | undefined,
): Promise<SourceHealthRow[]> {
  const credentials = await listCredentials(db, organisationId);
  const counts = await countDue(db, servedBy(ports), organisationId, now);
  const subscriptions = await listSubscriptions(db, organisationId);
  return [
    ...credentials.map((one) => pullRow(one, ports, counts.get(one.id), now)),
    ...subscriptions.map(pushRow),
  ];
}

function pullRow(
  one: Credential,
  ports: Pick<PollingPorts, 'clients'>,
  count: DueCount | undefined,
  now: Instant,
): SourceHealthRow {
  const { id, organisationId, connector, label, errorStreak, lastOutcome, lastAttemptAt } = one;
  const breaker = breakerOf(one, now);
  return {
    way: 'pull',
    id,
    organisationId,
    connector,
    label,
    carriers: clientOf(ports, connector)?.carriers ?? [],
    state:
      lastAttemptAt === undefined
        ? 'idle'
        : breaker !== 'closed'
          ? breaker
          : errorStreak > 0
            ? 'failing'
            : 'well',
    errorStreak,
    lastOutcome,
    lastAttemptAt,
    lastSuccessAt: one.lastSuccessAt,
    resumeAt: one.resumeAt,
    nextPollAt: count?.nextPollAt,
    numbers: count?.numbers ?? 0,
    due: count?.due ?? 0,
    accepted: 0,
    unreadable: 0,
    refused: 0,
  };
}

function pushRow(one: PushSubscription): SourceHealthRow {
  const { id, organisationId, connector, label, accepted, unreadable, refused, lastPushAt, lastRefusedAt } =
    one;
  const isFailing = lastRefusedAt !== undefined && (lastPushAt === undefined || lastRefusedAt > lastPushAt);
  return {
    way: 'push',
    id,
    organisationId,
    connector,
    label,
    carriers: [connector],
    state: isFailing ? 'failing' : lastPushAt === undefined ? 'idle' : 'well',
    errorStreak: 0,
    lastOutcome: one.lastVerdict,
    lastAttemptAt: isFailing ? lastRefusedAt : lastPushAt,
    lastSuccessAt: lastPushAt,
    resumeAt: undefined,
    nextPollAt: undefined,
    numbers: 0,
    due: 0,
    accepted,
    unreadable,
    refused,
  };
}
