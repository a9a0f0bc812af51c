import type { z } from 'zod';
import { type PublishedEvent, type Reaction, reactionOfAll } from '../../platform/outbox/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { ShipmentDeclared, ShipmentModified, ShipmentWithdrawn } from '../external/events.ts';
import type { OrganisationId } from '../kernel/index.ts';
import { normaliseNumber } from '../numbers/index.ts';
import { wantNumber } from './handle.ts';
import { stopNumber } from './number-store.ts';
import type { PollingPorts } from './ports.ts';

type Declared = z.output<typeof ShipmentDeclared.schema>;
type Modified = z.output<typeof ShipmentModified.schema>;
type Withdrawn = z.output<typeof ShipmentWithdrawn.schema>;

/**
 * Numbers that merchants declare are wanted from then on, where a client asks their carrier; of a number that was
 * corrected or withdrawn nobody wants to hear any more.
 */
export function pollingReactions(ports: Pick<PollingPorts, 'clients'>): readonly Reaction[] {
  const follow = async (work: Work, events: readonly PublishedEvent<never>[]) => {
    for (const { type, payload } of events) await followOne(work, ports, type, payload);
  };
  return [
    reactionOfAll(
      'polling.declared_numbers',
      [ShipmentDeclared.name, ShipmentModified.name, ShipmentWithdrawn.name],
      follow,
    ),
  ];
}

async function followOne(
  work: Work,
  ports: Pick<PollingPorts, 'clients'>,
  type: string,
  payload: Declared | Modified | Withdrawn,
): Promise<void> {
  const { carrierCode, number } = payload;
  const organisationId = payload.organisationId as OrganisationId;
  await work.actFor({ organisationId });
  const previous = 'previous' in payload ? payload.previous : undefined;
  if (previous !== undefined) await stop(work, organisationId, previous);
  if (type === ShipmentWithdrawn.name) await stop(work, organisationId, { carrierCode, number });
  // A carrier that no client asks, or a number too many, is nobody's error: it waits for pushes or the merchant.
  else await wantNumber(work, ports, { organisationId, number, carrierCode });
}

async function stop(
  work: Work,
  organisationId: OrganisationId,
  declared: { readonly carrierCode: string; readonly number: string },
): Promise<void> {
  const number = normaliseNumber(declared.number);
  if (number !== undefined)
    await stopNumber(work.db, { organisationId, number, carrierCode: declared.carrierCode }, work.now);
}
