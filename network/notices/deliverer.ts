import { type Clock, wallClock } from '../../platform/clock/index.ts';
import type { KeyRing } from '../../platform/crypto/index.ts';
import type { Outbound } from '../../platform/outbound/index.ts';
import { newId, type World } from '../../platform/world/index.ts';
import { accepted, msOf } from '../kernel/index.ts';
import { type ClaimedDelivery, claimDeliveries, feedEndpoints } from './delivery-store.ts';
import { listSecrets, type StoredSecret } from './endpoint-store.ts';
import { isWanted } from './event-types.policy.ts';
import { PURGE_JOB } from './purge.ts';
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

export type Deliverer = { wake(): void; stop(): Promise<void>; idle(): Promise<void> };

/** Longer than an attempt can take (15 s), so that nobody else sends the same meanwhile; no heartbeat is needed. */
const LEASE_MS = 30_000;
const POLL_MS = 500;
/**
 * Attempts under way in one process. Endpoints that fail or are slow have slots of their own and one each, so that
 * they cannot use up those of the healthy ones. Our defaults.
 */
const LANES = {
  quick: { slots: 32, perEndpoint: 4 },
  slow: { slots: 32, perEndpoint: 1 },
} as const;
type Lane = keyof typeof LANES;

/** Sends what feeds hold to the endpoints of one world until stopped. Any number of processes may do so at once. */
export function startDeliverer(
  world: World,
  ports: DelivererPorts,
  onFailure: (error: unknown) => void,
): Deliverer {
  const sendingClock = ports.sendingClock ?? wallClock;
  const inFlight: Record<Lane, Set<Promise<void>>> = { quick: new Set(), slow: new Set() };
  let finished: FinishedAttempt[] = [];
  let turn: Promise<unknown> = Promise.resolve();
  let stopped = false;
  let woken = false;
  let prepared = false;
  let sleeper: { timer: NodeJS.Timeout; wake: () => void } | undefined;

  const wake = () => {
    woken = true;
    if (sleeper === undefined) return;
    clearTimeout(sleeper.timer);
    sleeper.wake();
  };

  async function prepare(): Promise<void> {
    await world.command('network', async (work) => {
      work.schedule({ kind: PURGE_JOB, key: PURGE_JOB, runAt: work.now, payload: {} });
      return accepted(undefined);
    });
    prepared = true;
  }

  async function record(): Promise<number> {
    const batch = finished;
    if (batch.length === 0) return 0;
    finished = [];
    try {
      await world.command('network', async (work) =>
        accepted(await recordFinished(work, batch, msOf(sendingClock.now()))),
      );
    } catch (error) {
      // What is not recorded is sent again after its lease: at least once.
      finished = [...batch, ...finished];
      throw error;
    }
    return batch.length;
  }

  function launch(
    delivery: ClaimedDelivery,
    lane: Lane,
    token: string,
    secrets: readonly StoredSecret[],
  ): void {
    const sending = attempt(ports, sendingClock, delivery, secrets)
      .catch((error): AttemptAnswer => {
        onFailure(error);
        return { kind: 'failed', failure: 'internal', durationMs: 0 };
      })
      .then((answer) => {
        finished.push({ delivery, token, answer });
        inFlight[lane].delete(sending);
        wake();
      });
    inFlight[lane].add(sending);
  }

  async function claim(): Promise<number> {
    const now = world.clock.now();
    const token = newId('lea');
    const claimed = await world.database.transaction('network', async (tx) => {
      const fed = await feedEndpoints(tx, now, newId, isWanted);
      const all: { delivery: ClaimedDelivery; lane: Lane }[] = [];
      for (const lane of ['quick', 'slow'] as const) {
        const limit = LANES[lane].slots - inFlight[lane].size;
        if (limit <= 0) continue;
        const { perEndpoint } = LANES[lane];
        const slow = lane === 'slow';
        const list = await claimDeliveries(tx, now, { token, leaseMs: LEASE_MS, slow, perEndpoint, limit });
        all.push(...list.map((delivery) => ({ delivery, lane })));
      }
      const endpoints = [...new Set(all.map(({ delivery }) => delivery.webhookEndpointId))];
      const secrets = endpoints.length === 0 ? [] : await listSecrets(tx, endpoints, now);
      return { keep: true, value: { fed, all, secrets } };
    });
    for (const { delivery, lane } of claimed.all) {
      const own = claimed.secrets.filter(({ endpointId }) => endpointId === delivery.webhookEndpointId);
      launch(delivery, lane, token, own);
    }
    return claimed.fed + claimed.all.length;
  }

  /** One round at a time: the loop's and those of `idle`. Answers how much moved. */
  function round(): Promise<number> {
    const next = turn.then(async () => {
      if (!prepared) await prepare();
      const recorded = await record();
      return recorded + (stopped ? 0 : await claim());
    });
    turn = next.catch(() => undefined);
    return next;
  }

  const waiting = () => Promise.all([...inFlight.quick, ...inFlight.slow]);

  async function loop(): Promise<void> {
    while (!stopped) {
      woken = false;
      const moved = await round().catch((error) => {
        onFailure(error);
        return 0;
      });
      if (moved > 0 || woken || stopped) continue;
      await new Promise<void>((resolve) => {
        sleeper = { timer: setTimeout(resolve, POLL_MS), wake: resolve };
      });
      sleeper = undefined;
    }
  }
  const running = loop();

  return {
    wake,
    idle: async () => {
      for (;;) {
        const moved = await round();
        const busy = inFlight.quick.size + inFlight.slow.size + finished.length;
        if (moved === 0 && busy === 0) return;
        await waiting();
      }
    },
    stop: async () => {
      stopped = true;
      wake();
      await running;
      await waiting();
      await round().catch(onFailure);
    },
  };
}

async function attempt(
  ports: DelivererPorts,
  sendingClock: Clock,
  delivery: ClaimedDelivery,
  stored: readonly StoredSecret[],
): Promise<AttemptAnswer> {
  if (delivery.data === undefined) return { kind: 'failed', failure: 'event_expired', durationMs: 0 };
  const secrets = stored.map((one) => openSecret(ports.keys, one.organisationId, one.endpointId, one));
  const { type, occurredAt, data, eventId: id, subject, sequence } = delivery;
  const body = webhookBody({ type, occurredAt, data, id, subject, sequence });
  const headers = signedHeaders(id, msOf(sendingClock.now()), body, secrets);
  return ports.outbound.post({ url: delivery.url, headers, body });
}
