import type { z } from 'zod';
import { type PublishedEvent, type Reaction, reactionOfAll } from '../../platform/outbox/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { ShipmentDeclared, ShipmentModified, ShipmentWithdrawn } from '../external/events.ts';
import type { OrganisationId } from '../kernel/index.ts';
import { normaliseNumber } from '../numbers/index.ts';
import { WaybillCancelled, WaybillExpired, WaybillIssued, type WaybillPayload } from '../waybills/events.ts';
import { wantNumber } from './handle.ts';
import { stopNumber } from './number-store.ts';
import type { PollingPorts } from './ports.ts';

type Declared = z.output<typeof ShipmentDeclared.schema>;
type Modified = z.output<typeof ShipmentModified.schema>;
type Withdrawn = z.output<typeof ShipmentWithdrawn.schema>;

const ENDS: ReadonlySet<string> = new Set([
  ShipmentWithdrawn.name,
  WaybillCancelled.name,
  WaybillExpired.name,
]);

/**
 * Numbers that merchants declare, and waybills of carriers that are asked, are wanted from then on; of a number that was
 * corrected, withdrawn or cancelled nobody wants to hear any more.
 */
export function pollingReactions(ports: Pick<PollingPorts, 'clients'>): readonly Reaction[] {
  const asked = new Set(ports.clients.flatMap(({ carriers }) => carriers));
  const follow = async (work: Work, events: readonly PublishedEvent<never>[]) => {
    // Most waybills are of carriers that report by our API: nothing is written for those.
    for (const { type, payload } of events)
      if (isAbout(payload, asked)) await followOne(work, ports, type, payload);
  };
  return [
    reactionOfAll(
      'polling.wanted_numbers',
      [
        ShipmentDeclared,
        ShipmentModified,
        ShipmentWithdrawn,
        WaybillIssued,
        WaybillCancelled,
        WaybillExpired,
      ].map(({ name }) => name),
      follow,
    ),
  ];
}

function isAbout(payload: Declared | Modified, asked: ReadonlySet<string>): boolean {
  const before = 'previous' in payload ? payload.previous?.carrierCode : undefined;
  return asked.has(payload.carrierCode) || (before !== undefined && asked.has(before));
}

async function followOne(
  work: Work,
  ports: Pick<PollingPorts, 'clients'>,
  type: string,
  payload: Declared | Modified | Withdrawn | WaybillPayload,
): Promise<void> {
  const { carrierCode, number } = payload;
  const organisationId = payload.organisationId as OrganisationId;
  await work.actFor({ organisationId });
  const previous = 'previous' in payload ? payload.previous : undefined;
  if (previous !== undefined) await stop(work, organisationId, previous);
  if (ENDS.has(type)) await stop(work, organisationId, { carrierCode, number });
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
