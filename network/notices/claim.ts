import { newId, type World } from '../../platform/world/index.ts';
import type { Instant } from '../kernel/index.ts';
import {
  type ClaimedDelivery,
  claimDue,
  type HungryEndpoint,
  hasEnabledEndpoints,
  lockHungryEndpoints,
  type News,
  readNews,
  takeCensus,
  type Wanted,
} from './claim-store.ts';
import { insertDeliveries, type NewDelivery } from './delivery-store.ts';
import { listSecrets, type StoredSecret } from './endpoint-store.ts';
import { isWanted } from './event-types.policy.ts';
import { feedEventOf } from './feed-store.ts';
import type { Lane } from './outlets.ts';

type Db = Parameters<typeof lockHungryEndpoints>[0];

export type Claim = {
  /** Of the worker. */
  readonly token: string;
  readonly leaseMs: number;
  /** Endpoints that hold enough already. */
  readonly full: readonly string[];
  room(endpointId: string, lane: Lane): number;
};

export type Claimed = {
  readonly lane: Lane;
  readonly delivery: ClaimedDelivery;
  readonly secrets: readonly StoredSecret[];
};

/** An endpoint whose filter lets little through reads at least so many events at once. */
const LEAST_READ = 100;

/**
 * Leases what there is to send: first what was tried before or waits from an earlier time, then what is new in the
 * feed, which is written down and leased in one statement. Answers it with how many events were read.
 */
export async function claim(
  world: World,
  { token, leaseMs, full, room }: Claim,
): Promise<{ read: number; claimed: Claimed[] }> {
  const now = world.clock.now();
  return world.database.transaction('network', async (tx) => {
    if (!(await hasEnabledEndpoints(tx))) return { keep: false, value: { read: 0, claimed: [] } };
    const endpoints = await lockHungryEndpoints(tx, now, full);
    const roomOf = (one: HungryEndpoint) => room(one.webhook_endpoint_id, laneOf(one));
    const due = endpoints.filter((one) => one.has_due && roomOf(one) > 0);
    const lease = { token, ms: leaseMs };
    const again =
      due.length === 0
        ? []
        : await claimDue(
            tx,
            now,
            lease,
            due.map((one) => wanted(one, roomOf(one))),
          );
    const taken = Map.groupBy(again, (delivery) => delivery.webhookEndpointId);
    const hungry = endpoints.flatMap((one) => {
      const left = roomOf(one) - (taken.get(one.webhook_endpoint_id)?.length ?? 0);
      return one.has_news && left > 0 ? [{ endpoint: one, left }] : [];
    });
    const { read, fresh } = await feed(tx, now, { token, leaseMs }, hungry);
    const deliveries = [...again, ...fresh];
    const ids = [...new Set(deliveries.map((delivery) => delivery.webhookEndpointId))];
    const secrets = ids.length === 0 ? [] : await listSecrets(tx, ids, now);
    const lanes = new Map(endpoints.map((one) => [one.webhook_endpoint_id, laneOf(one)]));
    const claimed = deliveries.map((delivery) => ({
      delivery,
      lane: lanes.get(delivery.webhookEndpointId) ?? ('slow' as const),
      secrets: secrets.filter(({ endpointId }) => endpointId === delivery.webhookEndpointId),
    }));
    return { keep: true, value: { read, claimed } };
  });
}

const laneOf = (endpoint: HungryEndpoint): Lane => (endpoint.is_slow ? 'slow' : 'quick');
const wanted = ({ organisation_id, webhook_endpoint_id }: HungryEndpoint, room: number): Wanted => ({
  organisation_id,
  webhook_endpoint_id,
  room,
});

/** Makes deliveries of what is new and passes the filter. What stands behind an unfinished one waits unleased. */
async function feed(
  db: Db,
  now: Instant,
  { token, leaseMs }: Pick<Claim, 'token' | 'leaseMs'>,
  hungry: readonly { readonly endpoint: HungryEndpoint; readonly left: number }[],
): Promise<{ read: number; fresh: ClaimedDelivery[] }> {
  if (hungry.length === 0) return { read: 0, fresh: [] };
  const census = await takeCensus(
    db,
    token,
    hungry.map(({ endpoint, left }) => wanted(endpoint, left)),
  );
  const open = hungry.filter(({ endpoint }) => census.has(endpoint.webhook_endpoint_id));
  if (open.length === 0) return { read: 0, fresh: [] };
  const news = await readNews(
    db,
    open.map(({ endpoint, left }) =>
      wanted(endpoint, endpoint.event_types.length === 0 ? left : Math.max(left, LEAST_READ)),
    ),
  );
  const byId = new Map(open.map((one) => [one.endpoint.webhook_endpoint_id, one]));
  const made = news.flatMap((row) => {
    const one = byId.get(row.webhook_endpoint_id);
    if (one === undefined || !isWanted(one.endpoint.event_types, row.type)) return [];
    const waits = census.get(row.webhook_endpoint_id)?.waiting_subjects.includes(row.subject_id) === true;
    return [deliveryFrom(row, one.endpoint, waits ? undefined : token, now)];
  });
  if (made.length > 0)
    await insertDeliveries(
      db,
      made.map((one) => one.row),
      now,
      leaseMs,
    );
  return { read: news.length, fresh: made.flatMap((one) => one.claimed ?? []) };
}

function deliveryFrom(
  row: News,
  endpoint: HungryEndpoint,
  leaseToken: string | undefined,
  now: Instant,
): { readonly row: NewDelivery; readonly claimed: ClaimedDelivery | undefined } {
  const { data, ...event } = feedEventOf(row);
  const origin = row.position <= endpoint.replay_until ? ('replay' as const) : ('event' as const);
  const { organisation_id: organisationId, webhook_endpoint_id: webhookEndpointId } = row;
  const id = newId('whd');
  const made: NewDelivery = { id, organisationId, webhookEndpointId, event, origin, leaseToken };
  if (leaseToken === undefined) return { row: made, claimed: undefined };
  const { id: eventId, position, type, subject, sequence, occurredAt } = event;
  return {
    row: made,
    claimed: {
      ...{
        id,
        organisationId,
        webhookEndpointId,
        position,
        eventId,
        type,
        subject,
        sequence,
        occurredAt,
        origin,
        data,
      },
      ...{ state: 'pending', attempts: 0, nextAttemptAt: now, createdAt: now, finishedAt: undefined },
      url: endpoint.url,
    },
  };
}
