import type { Queryable } from '../../platform/db/index.ts';
import type { ParcelId } from '../kernel/index.ts';
import { stepOf } from './buyer-step.ts';
import { zoneOfParcel } from './destination-zone.policy.ts';
import { factsOf } from './facts.ts';
import { foldScans } from './fold.ts';
import type { Scan } from './model.ts';
import type { TrackedParcel } from './parcel.ts';
import type { BuyerParcel } from './parcel-contract.ts';
import { listParcelsByIds } from './parcel-store.ts';
import { listScans } from './scan-store.ts';
import { numberPieces, type SentPiece } from './sending.policy.ts';
import { asPlatformSays } from './silence.policy.ts';
import { promiseAnswer } from './views.ts';

/** More than a buyer reads; the others are counted. Our default. */
const MAX_SISTERS = 30;
/** Signs of a number by which somebody tells his parcels apart, and nobody else finds them; of a short one half. */
const TAIL = 4;

/**
 * The parcels that bring the goods of one order to one recipient, this one among them, in the order in which they were
 * sent; none of anybody else, whoever names them. Empty or alone: there are no sisters.
 */
export type SendingOf = (
  db: Queryable,
  parcel: Pick<TrackedParcel, 'id' | 'organisationId' | 'shipmentId'>,
) => Promise<readonly SentPiece[]>;

export type PiecesOfBuyer = {
  readonly pieces: NonNullable<BuyerParcel['pieces']>;
  /** Those that are told of. */
  readonly sisters: readonly TrackedParcel[];
};

/**
 * Which piece a parcel is, and of its sisters what a page needs that may be passed on. Parcels that were cancelled are no
 * pieces. Undefined for a parcel that comes alone.
 */
export async function piecesOf(
  db: Queryable,
  parcel: TrackedParcel,
  sendingOf: SendingOf,
): Promise<PiecesOfBuyer | undefined> {
  const sent = await sendingOf(db, parcel);
  if (sent.length < 2) return undefined;
  const known = new Map(
    (await listParcelsByIds(db, [...new Set(sent.map(({ parcelId }) => parcelId))])).map((one) => [
      one.id,
      one,
    ]),
  );
  const isPiece = (id: ParcelId) => {
    const one = known.get(id);
    return one !== undefined && one.mergedInto === undefined && one.timeline.status !== 'cancelled';
  };
  const { total, pieces } = numberPieces(sent.filter(({ parcelId }) => isPiece(parcelId)));
  const position = pieces.find(({ parcelId }) => parcelId === parcel.id)?.position;
  if (position === undefined || pieces.length < 2) return undefined;
  const others = pieces
    .filter(({ parcelId }) => parcelId !== parcel.id)
    .slice(0, MAX_SISTERS)
    .flatMap(({ parcelId, position: at }) => {
      const sister = known.get(parcelId);
      return sister === undefined ? [] : [{ sister, position: at }];
    });
  const scans = await listScans(
    db,
    others.map(({ sister }) => sister.id),
  );
  return {
    pieces: {
      position,
      total,
      sisters: others.map((one) => ({
        position: one.position,
        ...sisterOf(one.sister, scans.get(one.sister.id) ?? []),
      })),
    },
    sisters: others.map(({ sister }) => sister),
  };
}

type Sister = NonNullable<BuyerParcel['pieces']>['sisters'][number];

function sisterOf(parcel: TrackedParcel, scans: readonly Scan[]): Omit<Sister, 'position'> {
  const timeline = asPlatformSays(foldScans(scans, factsOf(parcel)), parcel);
  const last = scans.find(({ id }) => id === timeline.lastScan?.scanId);
  return {
    numberTail: parcel.number.slice(-Math.min(TAIL, Math.floor(parcel.number.length / 2))),
    status: timeline.status,
    substatus: timeline.substatus,
    promise: promiseAnswer(parcel),
    destinationZone: zoneOfParcel(parcel),
    deliveredAt: timeline.deliveredAt,
    ...(last === undefined ? {} : { lastStep: stepOf(last) }),
  };
}
