import { hasMoved } from '../tracking/index.ts';

/** What counts of a timeline: the reason of an exception, else the status. */
export function followedStatus(status: string, substatus: string | undefined): string {
  return status === 'exception' && substatus !== undefined ? substatus : status;
}

/** Where an order stands by the statuses of its parcels' timelines. */
export type FollowedState = 'in_transit' | 'delivered' | 'returned' | 'destroyed' | 'lost';

const ENDS: Readonly<Record<string, FollowedState>> = {
  delivered: 'delivered',
  returned: 'returned',
  'exception.destroyed': 'destroyed',
  'exception.lost': 'lost',
};

/**
 * An order has ended only when all its pieces have, and it is delivered only when all are (domain reference 1.6). Of
 * different ends the worst for the buyer counts: lost, destroyed, returned. Undefined: nothing moves yet.
 */
export function stateOfPieces(statuses: readonly (string | undefined)[]): FollowedState | undefined {
  const known = statuses.map((status) => (status === undefined || !hasMoved(status) ? undefined : status));
  if (known.every((status) => status === undefined)) return undefined;
  const ends = known.map((status) => (status === undefined ? undefined : ENDS[status]));
  if (ends.some((end) => end === undefined)) return 'in_transit';
  for (const end of ['lost', 'destroyed', 'returned'] as const) if (ends.includes(end)) return end;
  return 'delivered';
}
