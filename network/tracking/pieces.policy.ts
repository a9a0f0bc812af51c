import type { Instant } from '../kernel/index.ts';
import { MILESTONE_NAMES, orderOf } from './milestones.policy.ts';
import type { Milestone, ParcelStatus, Timeline } from './model.ts';

/** What counts of a piece. */
export type Piece = Pick<Timeline, 'status' | 'terminal' | 'milestones' | 'deliveredAt'>;

/** A consignment of several pieces. `partially_delivered`: some pieces are with the recipient, others are not. */
export type PiecesStatus = ParcelStatus | 'partially_delivered';

export type Pieces = {
  readonly status: PiecesStatus;
  readonly terminal: boolean;
  readonly total: number;
  readonly delivered: number;
  /** What every piece has reached, at the time of the last one. */
  readonly milestones: readonly { readonly name: Milestone; readonly occurredAt: Instant }[];
  /** When the last piece was delivered; absent while one is missing. */
  readonly deliveredAt?: Instant;
  /** Positions (from 0) of pieces in trouble: exception, returning, returned, cancelled. */
  readonly troubled: readonly number[];
};

/** How far a status is, for the minimum of domain 1.6. Trouble ranks lowest so that it is never hidden. */
const PROGRESS: Readonly<Record<ParcelStatus, number>> = {
  exception: 0,
  expired: 1,
  returning: 2,
  returned: 3,
  cancelled: 4,
  unknown: 5,
  not_found: 6,
  info_received: 7,
  picked_up: 8,
  in_transit: 9,
  delivery_attempted: 10,
  out_for_delivery: 11,
  available_for_pickup: 12,
  delivered: 13,
};

const TROUBLED: ReadonlySet<ParcelStatus> = new Set([
  'exception',
  'expired',
  'returning',
  'returned',
  'cancelled',
]);

/**
 * The parent of parent/child pieces: the minimum of its children; delivered only when all are (domain 1.6, our
 * default). Pieces that are closed but not delivered no longer hold back those that move; they stand in `troubled`.
 * Throws RangeError without pieces.
 */
export function combinePieces(pieces: readonly Piece[]): Pieces {
  if (pieces.length === 0) throw new RangeError('a consignment has at least one piece');
  const delivered = pieces.filter((piece) => piece.status === 'delivered');
  const whole = delivered.length === pieces.length;
  const deliveredAt = whole ? latestOf(pieces.map((piece) => piece.deliveredAt)) : undefined;
  return {
    status: !whole && delivered.length > 0 ? 'partially_delivered' : slowest(pieces),
    terminal: pieces.every((piece) => piece.terminal),
    total: pieces.length,
    delivered: delivered.length,
    milestones: sharedMilestones(pieces),
    ...(deliveredAt === undefined ? {} : { deliveredAt }),
    troubled: pieces.flatMap((piece, index) => (TROUBLED.has(piece.status) ? [index] : [])),
  };
}

function slowest(pieces: readonly Piece[]): ParcelStatus {
  const moving = pieces.filter((piece) => !piece.terminal);
  const counted = moving.length > 0 ? moving : pieces;
  return counted
    .map((piece) => piece.status)
    .reduce((low, next) => (PROGRESS[next] < PROGRESS[low] ? next : low));
}

function sharedMilestones(pieces: readonly Piece[]): Pieces['milestones'] {
  const shared = MILESTONE_NAMES.flatMap((name) => {
    const times = pieces.map(
      (piece) => piece.milestones.find((reached) => reached.name === name)?.occurredAt,
    );
    const occurredAt = latestOf(times);
    return occurredAt === undefined ? [] : [{ name, occurredAt }];
  });
  return shared.sort((first, second) =>
    first.occurredAt === second.occurredAt
      ? orderOf(first.name) - orderOf(second.name)
      : first.occurredAt < second.occurredAt
        ? -1
        : 1,
  );
}

/** The latest, or undefined when one is missing. */
function latestOf(times: readonly (Instant | undefined)[]): Instant | undefined {
  let latest: Instant | undefined;
  for (const time of times) {
    if (time === undefined) return undefined;
    if (latest === undefined || time > latest) latest = time;
  }
  return latest;
}
