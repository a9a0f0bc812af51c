import { wallClock } from '../../platform/clock/index.ts';
import type { World } from '../../platform/world/index.ts';
import { accepted, msOf, type Outcome, refused } from '../kernel/index.ts';
import { takeReading } from '../tracking/index.ts';
import type { Push } from './connector-contract.ts';
import { faultOf, keepPayload } from './payloads.ts';
import { type PollingPorts, reporterOfConnector } from './ports.ts';
import { countPush, findSubscription } from './push-store.ts';
import { openFields } from './secrets.ts';

export type IncomingPush = Push & {
  readonly subscriptionId: string;
  readonly connector: string;
  readonly contentType: string;
};

type Acknowledgement = { readonly contentType: string; readonly body: string };

/**
 * Takes a push in: proof first; of one that is not genuine nothing is kept but a count. A genuine one that cannot be
 * read is kept as it is and acknowledged, because sending it again would change nothing.
 */
export async function receivePush(
  world: World,
  ports: PollingPorts,
  push: IncomingPush,
): Promise<
  Outcome<Acknowledgement, 'not_found' | 'push_not_genuine' | 'scan_batch_busy' | 'scan_batch_too_large'>
> {
  const { subscription, now } = await world.read('network', async (db, at) => ({
    subscription: await findSubscription(db, push.subscriptionId),
    now: at,
  }));
  const receiver = subscription && ports.receiverOf(subscription.connector);
  if (subscription === undefined || receiver === undefined || subscription.connector !== push.connector)
    return refused('not_found', '');
  const { organisationId, connector } = subscription;
  const count = (result: 'accepted' | 'unreadable' | 'refused', verdict: string) =>
    world.command({ organisationId }, async ({ db, now }) =>
      accepted(await countPush(db, subscription, result, verdict, now)),
    );
  const present = openFields(ports.keys, subscription);
  // What carriers sign is the time of the world outside, in the test world too.
  const nowMs = msOf(wallClock.now());
  const { previous } = subscription;
  const old =
    previous === undefined || previous.until <= now
      ? undefined
      : openFields(ports.keys, { ...subscription, sealed: previous.sealed });
  const isOld = old !== undefined && receiver.verify(push, old, nowMs) === 'genuine';
  const stated = receiver.verify(push, present, nowMs);
  const verdict = isOld ? 'genuine' : stated;
  // It is answered with the fields that it was proved by.
  const fields = stated !== 'genuine' && isOld ? old : present;
  if (verdict !== 'genuine') {
    await count('refused', verdict);
    return refused('push_not_genuine', '');
  }
  const inside =
    receiver.unwrap === undefined
      ? { payload: push.body, contentType: push.contentType }
      : (receiver.unwrap(push) ?? { payload: push.body, contentType: 'text/plain' });
  const reading = ports.readPayload(connector, inside.payload, inside.contentType);
  if (reading === undefined) throw new Error(`no format ${connector} for its own pushes`);
  const reporter = reporterOfConnector(connector, organisationId);
  const isUnreadable = faultOf(reading) !== undefined;
  const taken = isUnreadable ? accepted([]) : await takeReading(world, reading, reporter);
  if (!taken.ok) return taken;
  await keepPayload(world, ports.keys, organisationId, {
    ...inside,
    format: connector,
    way: 'push',
    reporter,
    reading,
    results: taken.value,
  });
  await count(isUnreadable ? 'unreadable' : 'accepted', verdict);
  return accepted(receiver.acknowledge({ fields, nowMs }));
}
