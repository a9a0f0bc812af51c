import { type Clock, monotonicMs, wallClock } from '../../platform/clock/index.ts';
import type { KeyRing } from '../../platform/crypto/index.ts';
import type { Outbound } from '../../platform/outbound/index.ts';
import { newId, type Poller, startPoller, type World } from '../../platform/world/index.ts';
import { accepted, msOf } from '../kernel/index.ts';
import { SLOW_MS } from './attempt.policy.ts';
import { type Claimed, claim } from './claim.ts';
import type { ClaimedDelivery } from './claim-store.ts';
import { DOCUMENT_TYPE } from './model.ts';
import { createOutlets, type OutletLimits, type Outlets } from './outlets.ts';
import { type AttemptAnswer, recordEnded } from './record.ts';
import { openSecret } from './secrets.ts';
import { gs1Headers, signedHeaders } from './signature.policy.ts';
import { documentBody, webhookBody } from './views.ts';

export type DelivererPorts = {
  readonly keys: KeyRing;
  readonly outbound: Pick<Outbound, 'post'>;
  /** The time that receivers compare with theirs: never a test world's. */
  readonly sendingClock?: Clock;
};

export type Deliverer = Poller;

const POLL_QUICK_MS = 250;
const POLL_SLOW_MS = 1_000;
/** What a worker holds nobody else sends. Longer than it is held (10 s) and an attempt takes (15 s) together. */
const LEASE_MS = 30_000;
/** Our defaults. Endpoints that fail or are slow have slots of their own, so that they take none of the others'. */
const LIMITS: OutletLimits = {
  slots: { quick: 64, slow: 32 },
  window: 16,
  ahead: 8,
  slowMs: SLOW_MS,
  holdMs: 10_000,
  keepMs: 60_000,
};

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
  const token = newId('lea');
  const clock = ports.sendingClock ?? wallClock;
  const outlets = createOutlets<AttemptAnswer>(LIMITS, isSuccess, monotonicMs, () => poller.wake());
  const poller = startPoller({
    round: async () => {
      isInRound = true;
      try {
        outlets.sweep();
        const recorded = await record(world, outlets, token, msOf(clock.now()));
        return { done: recorded + (stopped ? 0 : await fill(world, outlets, token, ports, onFailure)) };
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
        if (outlets.busy() === 0 && !isInRound) return;
        await outlets.ended();
      }
    },
    stop: async () => {
      stopped = true;
      await poller.stop();
      outlets.close();
      await outlets.ended();
      await record(world, outlets, token, msOf(clock.now())).catch(onFailure);
    },
  };
}

const isSuccess = (answer: AttemptAnswer): boolean =>
  answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;

/** What is not recorded, because the database is away or this process is killed, is sent again: at least once. */
async function record(
  world: World,
  outlets: Outlets<AttemptAnswer>,
  token: string,
  nowMs: number,
): Promise<number> {
  const ended = outlets.take();
  if (ended.finished.length + ended.released.length === 0) return 0;
  try {
    await world.command('network', async (work) => accepted(await recordEnded(work, token, ended, nowMs)));
  } catch (error) {
    outlets.giveBack(ended);
    throw error;
  }
  outlets.settled(ended);
  return ended.finished.length + ended.released.length;
}

/** Moves cursors, leases what there is room for and hands it to the queues. Answers how much moved. */
async function fill(
  world: World,
  outlets: Outlets<AttemptAnswer>,
  token: string,
  ports: DelivererPorts,
  onFailure: (error: unknown) => void,
): Promise<number> {
  const since = monotonicMs();
  const { room } = outlets;
  const { read, claimed } = await claim(world, { token, leaseMs: LEASE_MS, full: outlets.full(), room });
  const opened = new Map<string, readonly Uint8Array[]>();
  /** Opened once for all that was claimed together; throws for each when it cannot be. */
  const secretsOf = ({ delivery, secrets }: Claimed) => {
    const known = opened.get(delivery.webhookEndpointId);
    if (known !== undefined) return known;
    const own = secrets.map((one) => openSecret(ports.keys, one.organisationId, one.endpointId, one));
    opened.set(delivery.webhookEndpointId, own);
    return own;
  };
  for (const [lane, ofLane] of Map.groupBy(claimed, (one) => one.lane))
    outlets.hold(
      lane,
      ofLane.map((one) => ({
        delivery: one.delivery,
        since,
        send: () => attempt(ports, one.delivery, () => secretsOf(one), onFailure),
      })),
    );
  return read + claimed.length;
}

async function attempt(
  ports: DelivererPorts,
  delivery: ClaimedDelivery,
  secrets: () => readonly Uint8Array[],
  onFailure: (error: unknown) => void,
): Promise<AttemptAnswer> {
  try {
    if (delivery.data === undefined) return { kind: 'failed', failure: 'event_expired', durationMs: 0 };
    const { type, occurredAt, data, eventId: id, subject, sequence } = delivery;
    const isDocument = type === DOCUMENT_TYPE;
    const body = isDocument
      ? documentBody(data)
      : webhookBody({ type, occurredAt, data, id, subject, sequence });
    const own = secrets();
    const headers = {
      ...signedHeaders(id, msOf((ports.sendingClock ?? wallClock).now()), body, own),
      ...(isDocument ? gs1Headers(body, own) : {}),
    };
    return await ports.outbound.post({ url: delivery.url, headers, body });
  } catch (error) {
    onFailure(error);
    return { kind: 'failed', failure: 'internal', durationMs: 0 };
  }
}
