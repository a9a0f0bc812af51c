import { type Clock, wallClock } from '../../platform/clock/index.ts';
import type { KeyRing } from '../../platform/crypto/index.ts';
import type { Outbound } from '../../platform/outbound/index.ts';
import { newId, type Poller, startPoller, type World } from '../../platform/world/index.ts';
import { accepted, msOf } from '../kernel/index.ts';
import { type ClaimedDelivery, claimDeliveries, feedEndpoints } from './delivery-store.ts';
import { listSecrets, type StoredSecret } from './endpoint-store.ts';
import { isWanted } from './event-types.policy.ts';
import { type AttemptAnswer, type FinishedAttempt, recordFinished } from './record.ts';
import { openSecret } from './secrets.ts';
import { signedHeaders } from './signature.policy.ts';
import { webhookBody } from './views.ts';

export type DelivererPorts = {
  readonly keys: KeyRing;
  readonly outbound: Outbound;
  /** The time that receivers compare with theirs: never a test world's. */
  readonly sendingClock?: Clock;
};

export type Deliverer = Poller;

/** Longer than an attempt can take (15 s), so that nobody else sends the same meanwhile; no heartbeat is needed. */
const LEASE_MS = 30_000;
const POLL_QUICK_MS = 250;
const POLL_SLOW_MS = 1_000;
/**
 * Attempts under way in one process. Endpoints that fail or are slow have slots of their own and one each, so that
 * they cannot use up those of the healthy ones. Our defaults.
 */
const LANES = {
  quick: { slots: 32, perEndpoint: 4 },
  slow: { slots: 32, perEndpoint: 1 },
} as const;
type Lane = keyof typeof LANES;

/**
 * Sends what feeds hold to the endpoints of one world until stopped. Any number of processes may do so at once. No
 * transaction is open while something is sent.
 */
export function startDeliverer(
  world: World,
  ports: DelivererPorts,
  onFailure: (error: unknown) => void,
): Deliverer {
  let stopped = false;
  let isInRound = false;
  const sendings = createSendings(ports, onFailure, () => poller.wake());
  const poller = startPoller({
    round: async () => {
      isInRound = true;
      try {
        const recorded = await record(world, sendings);
        return { done: recorded + (stopped ? 0 : await claim(world, sendings)) };
      } finally {
        isInRound = false;
      }
    },
    quickMs: POLL_QUICK_MS,
    slowMs: POLL_SLOW_MS,
    onError: onFailure,
  });
  return {
    wake: poller.wake,
    idle: async () => {
      for (;;) {
        await poller.idle();
        // A round of its own loop may be at work on what nobody else sees any more.
        if (sendings.busy() === 0 && !isInRound) return;
        await sendings.ended();
      }
    },
    stop: async () => {
      stopped = true;
      await poller.stop();
      await sendings.ended();
      await record(world, sendings).catch(onFailure);
    },
  };
}

type Launch = {
  readonly delivery: ClaimedDelivery;
  readonly lane: Lane;
  readonly token: string;
  readonly secrets: readonly StoredSecret[];
};

type Sendings = {
  readonly nowMs: () => number;
  readonly freeSlots: (lane: Lane) => number;
  readonly launch: (launch: Launch) => void;
  /** Those under way and those that ended and are not recorded. */
  readonly busy: () => number;
  readonly ended: () => Promise<unknown>;
  readonly takeFinished: () => readonly FinishedAttempt[];
  readonly giveBack: (finished: readonly FinishedAttempt[]) => void;
};

function createSendings(
  ports: DelivererPorts,
  onFailure: (error: unknown) => void,
  onEnd: () => void,
): Sendings {
  const clock = ports.sendingClock ?? wallClock;
  const inFlight: Record<Lane, Set<Promise<void>>> = { quick: new Set(), slow: new Set() };
  let finished: FinishedAttempt[] = [];
  return {
    nowMs: () => msOf(clock.now()),
    freeSlots: (lane) => LANES[lane].slots - inFlight[lane].size,
    launch: ({ delivery, lane, token, secrets }) => {
      const sending = attempt(ports, clock, delivery, secrets)
        .catch((error): AttemptAnswer => {
          onFailure(error);
          return { kind: 'failed', failure: 'internal', durationMs: 0 };
        })
        .then((answer) => {
          finished.push({ delivery, token, answer });
          inFlight[lane].delete(sending);
          onEnd();
        });
      inFlight[lane].add(sending);
    },
    busy: () => inFlight.quick.size + inFlight.slow.size + finished.length,
    ended: () => Promise.all([...inFlight.quick, ...inFlight.slow]),
    takeFinished: () => {
      const taken = finished;
      finished = [];
      return taken;
    },
    giveBack: (taken) => {
      finished = [...taken, ...finished];
    },
  };
}

async function attempt(
  ports: DelivererPorts,
  clock: Clock,
  delivery: ClaimedDelivery,
  stored: readonly StoredSecret[],
): Promise<AttemptAnswer> {
  if (delivery.data === undefined) return { kind: 'failed', failure: 'event_expired', durationMs: 0 };
  const secrets = stored.map((one) => openSecret(ports.keys, one.organisationId, one.endpointId, one));
  const { type, occurredAt, data, eventId: id, subject, sequence } = delivery;
  const body = webhookBody({ type, occurredAt, data, id, subject, sequence });
  const headers = signedHeaders(id, msOf(clock.now()), body, secrets);
  return ports.outbound.post({ url: delivery.url, headers, body });
}

/** What is not recorded, because the database is away or this process is killed, is sent again: at least once. */
async function record(world: World, sendings: Sendings): Promise<number> {
  const batch = sendings.takeFinished();
  if (batch.length === 0) return 0;
  try {
    await world.command('network', async (work) =>
      accepted(await recordFinished(work, batch, sendings.nowMs())),
    );
  } catch (error) {
    sendings.giveBack(batch);
    throw error;
  }
  return batch.length;
}

/** Moves cursors, leases what is due and launches it. Answers how much moved. */
async function claim(world: World, sendings: Sendings): Promise<number> {
  const now = world.clock.now();
  const token = newId('lea');
  const { fed, claimed, secrets } = await world.database.transaction('network', async (tx) => {
    const fed = await feedEndpoints(tx, now, newId, isWanted);
    const claimed: { delivery: ClaimedDelivery; lane: Lane }[] = [];
    for (const lane of ['quick', 'slow'] as const) {
      const limit = sendings.freeSlots(lane);
      if (limit <= 0) continue;
      const { perEndpoint } = LANES[lane];
      const slow = lane === 'slow';
      const list = await claimDeliveries(tx, now, { token, leaseMs: LEASE_MS, slow, perEndpoint, limit });
      claimed.push(...list.map((delivery) => ({ delivery, lane })));
    }
    const endpoints = [...new Set(claimed.map(({ delivery }) => delivery.webhookEndpointId))];
    const secrets = endpoints.length === 0 ? [] : await listSecrets(tx, endpoints, now);
    return { keep: true, value: { fed, claimed, secrets } };
  });
  for (const { delivery, lane } of claimed) {
    const own = secrets.filter(({ endpointId }) => endpointId === delivery.webhookEndpointId);
    sendings.launch({ delivery, lane, token, secrets: own });
  }
  return fed + claimed.length;
}
