import type { z } from 'zod';
import { type Reaction, reactionOfAll } from '../../platform/outbox/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { BagBuilt, BagCanceled, BagEdited } from '../handovers/events.ts';
import type { Instant, ParcelId } from '../kernel/index.ts';
import { normaliseNumber } from '../numbers/index.ts';
import type { ContainerKind, ContainmentAction } from './containment.policy.ts';
import { inheritScans, recordContainment } from './containment.ts';
import { ContainerScanned } from './events.ts';
import { parcelsOfLines } from './intake.ts';
import type { Reporter } from './recognition.policy.ts';

const NETWORK: Reporter = { kind: 'network' };

/** Lets what is inside a container follow its scans, those of containers inside it too. */
export const containerReaction: Reaction = reactionOfAll(
  'tracking.containers',
  [ContainerScanned.name],
  async (work, events) => {
    const scanned = new Set(
      events.map(({ payload }) => (payload as z.output<typeof ContainerScanned.schema>).parcelId),
    );
    for (const id of scanned) await inheritScans(work, id);
  },
);

export const BAG_EVENTS: readonly string[] = [BagBuilt.name, BagEdited.name, BagCanceled.name];

type BagFacts = z.output<typeof BagCanceled.schema> &
  Partial<
    Pick<z.output<typeof BagBuilt.schema>, 'parcelIds'> &
      Pick<z.output<typeof BagEdited.schema>, 'added' | 'removed'>
  >;

/** A big bag of a handover holds its parcels; scans of its code are theirs, too. */
export async function followBag(work: Work, type: string, facts: BagFacts, at: Instant): Promise<void> {
  const tell = (action: ContainmentAction, contents: readonly ParcelId[] | 'everything') =>
    fillContainer(work, { number: facts.code, kind: 'receptacle', action, contents, at });
  if (type === BagCanceled.name) return tell('unpack', 'everything');
  await tell('pack', [...(facts.parcelIds ?? []), ...(facts.added ?? [])]);
  await tell('unpack', facts.removed ?? []);
}

/** What this program itself knows about a container, by its number. */
export async function fillContainer(
  work: Work,
  packing: {
    readonly number: string;
    readonly carrierCode?: string;
    readonly kind: ContainerKind;
    readonly action: ContainmentAction;
    readonly contents: readonly ParcelId[] | 'everything';
    readonly at: Instant;
  },
): Promise<void> {
  const { kind, action, contents, at } = packing;
  const number = normaliseNumber(packing.number);
  if (number === undefined || contents.length === 0) return;
  const line = { index: 0, number, statedCarrier: packing.carrierCode, scan: { occurredAt: at } };
  const [containerId] = (await parcelsOfLines(work, [{ line, reporter: NETWORK }])) ?? [];
  if (typeof containerId !== 'string') throw new Error('a container has a number that leads to one parcel');
  const recorded = await recordContainment(work, {
    containerId,
    kind,
    action,
    occurredAt: at,
    reporter: NETWORK,
    contents,
  });
  if (recorded === undefined) throw new Error('a parcel was merged while its container was filled');
}
