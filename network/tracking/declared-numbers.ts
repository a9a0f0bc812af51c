import type { z } from 'zod';
import { type Reaction, reactionOfAll } from '../../platform/outbox/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { findCarrierOrganisation } from '../accounts/index.ts';
import { NumberReleased, NumberSought, ShipmentModified, ShipmentWithdrawn } from '../external/events.ts';
import {
  addDays,
  type CountryCode,
  type Instant,
  type OrganisationId,
  type ParcelId,
} from '../kernel/index.ts';
import { bucketOf } from './bucket.policy.ts';
import { isNative, SCAN_BEFORE_ORDER_DAYS } from './directory.policy.ts';
import { listEntries, type NumberEntry, updateLives } from './directory-store.ts';
import { DeclaredNumberFreed, DeclaredNumberSettled } from './events.ts';
import { MILESTONES } from './milestones.policy.ts';
import { OWN_SOURCE, type Scan } from './model.ts';
import { mintedParcel, type TrackedParcel } from './parcel.ts';
import { findSurvivor, listParcelsByIds, touchParcel } from './parcel-store.ts';
import { recordOwnScans } from './record.ts';
import { registerParcels } from './register.ts';
import { hasOwnScan } from './scan-store.ts';

type Sought = z.output<typeof NumberSought.schema>;
type Released = z.output<typeof NumberReleased.schema>;
type Modified = z.output<typeof ShipmentModified.schema>;

/** In the registry of nobody; its numbers are those of whoever reports them. */
const OTHER_CARRIER = 'other';
/** Our own scan of a parcel that came to be by a declaration. */
const DECLARED = 'dispatch_declared';

/** What it says is the merchant's word, although the scan is our own. */
export function isDeclaration({ source, milestone }: Pick<Scan, 'source' | 'milestone'>): boolean {
  return source === OWN_SOURCE && milestone === DECLARED;
}

/**
 * Numbers that merchants declared for parcels which they sent outside the network's lines. A declaration neither steals
 * nor reveals: one whose number leads to a living parcel of somebody else only points there.
 */
export const declaredNumbersReaction: Reaction = reactionOfAll(
  'tracking.declared_numbers',
  [NumberSought.name, NumberReleased.name, ShipmentModified.name, ShipmentWithdrawn.name],
  async (work, events) => {
    // One by one: who comes second with a number must see what the first one got.
    for (const { type, payload } of events) {
      if (type === NumberSought.name) await settle(work, payload as Sought);
      else if (type === NumberReleased.name) await free(work, payload as Released);
      else await showAnew(work, payload as Modified);
    }
  },
);

/** What a merchant says of his parcel is another: the parcel's row changes, so that its readers are shown it. */
async function showAnew(work: Work, { number, previous, organisationId }: Modified): Promise<void> {
  const numbers = previous === undefined ? [number] : [number, previous.number];
  const entries = [...(await listEntries(work.db, numbers)).values()].flat();
  const parcels = await listParcelsByIds(work.db, [...new Set(entries.map(({ parcelId }) => parcelId))]);
  const own = parcels.filter((parcel) => parcel.organisationId === organisationId).map(({ id }) => id);
  // In the order in which everybody locks parcels.
  for (const id of own.sort()) await touchParcel(work.db, id, work.now);
}

async function settle(work: Work, sought: Sought): Promise<void> {
  const carrierCode = sought.carrierCode === OTHER_CARRIER ? '' : sought.carrierCode;
  const holder = await holderOf(work, sought, carrierCode);
  if (holder !== undefined && holder.organisationId !== sought.organisationId) {
    tell(work, DeclaredNumberSettled.name, sought.externalShipmentId, { ...headOf(sought), hold: 'shared' });
    return;
  }
  const parcelId = holder?.id ?? (sought.parcelId as ParcelId);
  if (holder === undefined) await register(work, sought, carrierCode);
  const parcel = await findSurvivor(work.db, parcelId);
  if (parcel === undefined) throw new Error('a parcel was registered and is not there');
  tell(work, DeclaredNumberSettled.name, sought.externalShipmentId, {
    ...headOf(sought),
    hold: 'own',
    parcelId: parcel.id,
    ...stateOf(parcel),
  });
}

/**
 * Whose parcel the number leads to now; undefined when it is free: nobody has it, only scans came, or the parcel of
 * somebody else arrived so long ago that its carrier may have given the number again.
 */
async function holderOf(work: Work, sought: Sought, carrierCode: string): Promise<TrackedParcel | undefined> {
  const entries = (await listEntries(work.db, [sought.number])).get(sought.number) ?? [];
  const living = entries.filter((entry) => isLiving(entry, carrierCode, work.now));
  const parcels = await listParcelsByIds(work.db, [...new Set(living.map(({ parcelId }) => parcelId))]);
  const own = parcels.find(({ organisationId }) => organisationId === sought.organisationId);
  return own ?? parcels.find((parcel) => !isLongOver(parcel, sought.orderedAt as Instant));
}

/** Numbers of the carriers that take orders here are issued here: under another carrier's name they are no other number. */
function isLiving(entry: NumberEntry, carrierCode: string, now: Instant): boolean {
  const isOf =
    entry.carrierCode === carrierCode ||
    entry.carrierCode === '' ||
    carrierCode === '' ||
    isNative(entry.carrierCode);
  return isOf && !entry.provisional && (entry.to === undefined || entry.to > now);
}

/** Its last step lies half a year before the order; what was only announced is no step. */
function isLongOver({ timeline }: TrackedParcel, orderedAt: Instant): boolean {
  if (!timeline.terminal) return false;
  const steps = [...timeline.milestones, ...timeline.returnMilestones].filter(
    ({ name }) => !MILESTONES[name].notice,
  );
  const before = addDays(orderedAt, -SCAN_BEFORE_ORDER_DAYS);
  return steps.every(({ occurredAt }) => occurredAt < before);
}

async function register(work: Work, sought: Sought, carrierCode: string): Promise<void> {
  const { country, city } = sought.to;
  const place = country as CountryCode;
  const parcelId = sought.parcelId as ParcelId;
  const carrierId = await findCarrierOrganisation(work.db, sought.carrierCode);
  const parcel: TrackedParcel = {
    ...mintedParcel(parcelId, sought.number, carrierCode, work.now),
    organisationId: sought.organisationId as OrganisationId,
    clientPlatformId: sought.clientPlatformId as OrganisationId | undefined,
    carrierId,
    destination: city === undefined ? { country: place } : { country: place, city },
  };
  await registerParcels(work, [{ parcel, at: sought.orderedAt as Instant }]);
  const { number, occurredAt } = sought;
  await recordOwnScans(work, [
    { parcelId, number, code: DECLARED, occurredAt: occurredAt as Instant, synthetic: false },
  ]);
}

/** The number leads to the merchant's parcel no more; what was known until now stays with it. */
async function free(work: Work, released: Released): Promise<void> {
  const entries = (await listEntries(work.db, [released.number])).get(released.number) ?? [];
  const ended = entries.filter(
    ({ parcelId, to }) => parcelId === released.parcelId && (to === undefined || to > work.now),
  );
  const [parcel] = await listParcelsByIds(work.db, [released.parcelId]);
  if (ended.length === 0 || parcel === undefined) return;
  // A parcel of an order or a waybill of the network was only pointed at: its number stays.
  if (!(await hasOwnScan(work.db, parcel.id, DECLARED))) return;
  await updateLives(
    work.db,
    ended.map((entry) => ({ ...entry, to: work.now })),
  );
  tell(work, DeclaredNumberFreed.name, released.externalShipmentId, headOf(released));
}

function stateOf({ timeline }: TrackedParcel) {
  return {
    status: timeline.status,
    terminal: timeline.terminal,
    firstScanAt: timeline.firstScanAt,
    deliveredAt: timeline.deliveredAt,
  };
}

function headOf({ externalShipmentId, organisationId, carrierCode, number }: Sought | Released) {
  return { externalShipmentId, organisationId, carrierCode, number };
}

/** For the room that asked, without an audience. */
function tell(work: Work, type: string, externalShipmentId: string, payload: object): void {
  work.emit({
    type,
    group: { bucket: bucketOf(externalShipmentId) },
    subjectId: externalShipmentId,
    subjectSequence: 1,
    audience: [],
    payload,
  });
}
