import type { JobHandler } from '../../platform/jobs/index.ts';
import { type PublishedEvent, type Reaction, reactionOfAll } from '../../platform/outbox/index.ts';
import {
  ExternalShipmentProgressed,
  ShipmentDeclared,
  ShipmentModified,
  ShipmentWithdrawn,
} from '../external/events.ts';
import type { OrganisationId } from '../kernel/index.ts';
import {
  EvidenceAdded,
  MilestoneReached,
  ParcelWeighed,
  StatusReportClosed,
  StatusReported,
  TimelineRevised,
} from '../tracking/events.ts';
import { LOOK_AGAIN, lookAgain, openCase } from './handle.ts';
import type { VerificationId } from './model.ts';
import type { AuthenticityPorts } from './ports.ts';
import { listCasesOf } from './store.ts';

/** The last one tells what the number leads to. */
const DECLARATION_NEWS = [
  ShipmentDeclared.name,
  ShipmentModified.name,
  ShipmentWithdrawn.name,
  ExternalShipmentProgressed.name,
];

/** What was scanned, what it weighed, what is not believed of it, and what its buyer says. */
const PARCEL_NEWS = [
  MilestoneReached.name,
  TimelineRevised.name,
  ParcelWeighed.name,
  EvidenceAdded.name,
  StatusReported.name,
  StatusReportClosed.name,
];

type Declared = { readonly externalShipmentId: string };
type OfParcel = { readonly number: string };

/** Declarations open cases; what becomes of their numbers makes the rules look again. */
export function authenticityReactions(ports: AuthenticityPorts): readonly Reaction[] {
  return [
    {
      name: 'authenticity.declarations',
      on: DECLARATION_NEWS,
      run: async (work, event: PublishedEvent<Declared>) => {
        const { externalShipmentId } = event.payload;
        // A correction or withdrawal frees the number that was declared before: its other cases are seen anew.
        const [before] = await listCasesOf(work.db, { externalShipmentId });
        const rivals = before === undefined ? [] : await listCasesOf(work.db, { numbers: [before.number] });
        await openCase(work, ports, externalShipmentId);
        await lookAgain(work, ports, rivals);
      },
    },
    reactionOfAll(
      'authenticity.timelines',
      PARCEL_NEWS,
      async (work, events: readonly PublishedEvent<never>[]) => {
        const numbers = new Set(events.map((event) => (event.payload as OfParcel).number));
        await lookAgain(work, ports, await listCasesOf(work.db, { numbers: [...numbers] }));
      },
    ),
  ];
}

type LookAgain = { readonly organisationId: OrganisationId; readonly verificationId: VerificationId };

export function authenticityJobs(ports: AuthenticityPorts): readonly JobHandler[] {
  return [
    {
      kind: LOOK_AGAIN,
      run: async (work, { organisationId, verificationId }: LookAgain) => {
        await work.actFor('network');
        await lookAgain(work, ports, [{ organisationId, id: verificationId }]);
      },
    },
  ];
}
