import type { Queryable } from '../../platform/db/index.ts';
import type { Instant, OrganisationId, Position } from '../kernel/index.ts';
import { coordinatesOf } from './coordinates.ts';
import { judgeCorrections } from './corrections.policy.ts';
import { isNative } from './directory.policy.ts';
import { listEntries } from './directory-store.ts';
import { factsOf } from './facts.ts';
import { foldScans } from './fold.ts';
import type { Scan } from './model.ts';
import { listParcelsByIds } from './parcel-store.ts';
import { listScans } from './scan-store.ts';
import { listReportsOf, type StatusReport } from './status-report-store.ts';

/**
 * A scan for whoever judges a number; a point only where a town or postcode is known. `quarantined`: it cannot be true as far
 * as is known, so that it moved nothing.
 */
export type NumberScan = Pick<
  Scan,
  'id' | 'milestone' | 'occurredAt' | 'zoneConfidence' | 'source' | 'recognised' | 'place' | 'weightGrams'
> & { readonly position: Position | undefined; readonly quarantined: boolean };
/** A buyer's word about the parcel, without what he wrote. */
export type NumberReport = Pick<StatusReport, 'kind' | 'reportedAt' | 'state' | 'answeredByKind'>;
/** More of one parcel is noise. */
const MAX_REPORTS = 50;

/**
 * Everything that was scanned under a carrier's number in the life that it has now, by whomever, corrected scans left
 * out; and who owns the parcel. A number that was issued here is found under any carrier's name. For the network's own eyes:
 * read in its scope, shown to nobody as it is. Undefined when the number leads nowhere.
 */
export async function scansOfNumber(
  db: Queryable,
  carrierCode: string,
  number: string,
  now: Instant,
): Promise<
  | {
      readonly organisationId: OrganisationId | undefined;
      readonly scans: NumberScan[];
      readonly reports: readonly NumberReport[];
    }
  | undefined
> {
  const entries = (await listEntries(db, [number])).get(number) ?? [];
  const living = entries.filter(
    ({ carrierCode: code, to }) =>
      (code === carrierCode || code === '' || isNative(code)) && (to === undefined || to > now),
  );
  const owned = living.filter(({ provisional }) => !provisional);
  const chosen = owned.find(({ carrierCode: code }) => code === carrierCode) ?? owned[0] ?? living[0];
  if (chosen === undefined) return undefined;
  const [found] = await listParcelsByIds(db, [chosen.parcelId]);
  const [parcel] = found?.mergedInto === undefined ? [found] : await listParcelsByIds(db, [found.mergedInto]);
  if (parcel === undefined) return undefined;
  const scans = (await listScans(db, [parcel.id])).get(parcel.id) ?? [];
  const official = new Map(scans.filter(({ recognised }) => recognised).map((scan) => [scan.id, scan]));
  const { standing } = judgeCorrections(official);
  const held = new Set(foldScans(scans, factsOf(parcel)).quarantined.map(({ scanId }) => scanId));
  return {
    organisationId: parcel.organisationId,
    reports: await listReportsOf(db, parcel.id, MAX_REPORTS),
    scans: scans.flatMap((scan) => {
      const isCorrected = scan.recognised && standing.get(scan.id) !== 'in_force';
      const isWithdrawal = scan.correction !== undefined && scan.milestone === 'unmapped';
      return isCorrected || isWithdrawal
        ? []
        : [{ ...factOf(scan), position: pointOf(scan), quarantined: held.has(scan.id) }];
    }),
  };
}

function factOf({ id, milestone, occurredAt, zoneConfidence, source, recognised, place, weightGrams }: Scan) {
  const weight = weightGrams === undefined ? {} : { weightGrams };
  const fact = { id, milestone, occurredAt, zoneConfidence, source, recognised, ...weight };
  return place === undefined ? fact : { ...fact, place };
}

function pointOf({ place }: Scan): Position | undefined {
  const point = place === undefined ? undefined : coordinatesOf(place);
  if (point === undefined || point.precision === 'country' || point.precision === 'division')
    return undefined;
  return { latitude: point.latitude, longitude: point.longitude };
}
